"""What a scanner sends, read without looking anything up."""

from catalog.scan.labels import Carries, LabelLayout
from catalog.scan.parse import needs_layouts, parse_scan
from catalog.scan.reading import Measure, Reading

__all__ = ["Carries", "LabelLayout", "Measure", "Reading", "needs_layouts", "parse_scan"]
