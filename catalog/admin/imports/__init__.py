"""Bringing lists of products in: upload, confirm, check, mend, import, undo."""

from catalog.admin.imports import jobs, mappings

__all__ = ["jobs", "mappings"]
