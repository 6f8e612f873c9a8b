"""The back office: one admin site for each organization at /<org>/admin/, one for the platform's operators.

An app hangs its pages into `site` from its own `admin` package:

    @register(Brand, site=site)
    class BrandAdmin(OrgAdmin): ...
"""

from pantrypal.core.admin import api_keys, journal, organization, people, webhooks
from pantrypal.core.admin.base import LedgerAdmin, OrgAdmin
from pantrypal.core.admin.columns import PageColumn
from pantrypal.core.admin.home import Card
from pantrypal.core.admin.inlines import LedgerInline, OrgInline
from pantrypal.core.admin.menu import Menu
from pantrypal.core.admin.site import site
from pantrypal.core.admin.stores import StoreAdmin

__all__ = [
    "Card",
    "LedgerAdmin",
    "LedgerInline",
    "Menu",
    "OrgAdmin",
    "OrgInline",
    "PageColumn",
    "StoreAdmin",
    "api_keys",
    "journal",
    "organization",
    "people",
    "site",
    "webhooks",
]
