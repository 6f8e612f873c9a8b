"""Pages of the platform's operators, at /platform/: organizations, plans and shards, and no shop's books."""

from pantrypal.core.admin.platform import organizations, plans, shards
from pantrypal.core.admin.platform.site import platform

__all__ = ["organizations", "plans", "platform", "shards"]
