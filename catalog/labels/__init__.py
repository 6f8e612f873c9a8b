"""Labels for packs and shelves: what is on them, on which sheets, as PDF."""

from catalog.labels.printing import LabelOrder, Style, labels_as_pdf
from catalog.labels.sheets import SHEETS, Sheet

__all__ = ["SHEETS", "LabelOrder", "Sheet", "Style", "labels_as_pdf"]
