"""Pages of the back office about what is there."""

from inventory.admin import suppliers

__all__ = ["suppliers"]
