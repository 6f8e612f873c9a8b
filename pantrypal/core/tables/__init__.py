"""Tables that people bring along: CSV and its kin, XLSX and XML, read row by row in little memory.

Knows nothing of products or customers. `recognise(file)` says how a file is written, `read(file, layout)`
gives its rows with their line numbers, every cell as text; what is no honest table is refused at once.
"""

from pantrypal.core.tables.layout import Kind, Layout, Row
from pantrypal.core.tables.reading import read, recognise
from pantrypal.core.tables.refusals import FileRefused

__all__ = ["FileRefused", "Kind", "Layout", "Row", "read", "recognise"]
