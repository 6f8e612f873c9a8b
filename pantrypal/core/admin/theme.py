"""Looks of both admin sites: neutral greys and one leaf green, as on the till."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from pantrypal.core.addresses import site_path
from pantrypal.core.languages import EVERYWHERE

# White text on 600 and 500 text on the dark background both reach a contrast of 4.5.
LEAF = {
    "50": "oklch(98.2% .018 155.8)",
    "100": "oklch(96.2% .044 156.7)",
    "200": "oklch(92.5% .084 156.0)",
    "300": "oklch(87.1% .12 154.4)",
    "400": "oklch(79.2% .16 151.7)",
    "500": "oklch(68% .16 149.6)",
    "600": "oklch(50% .13 150.1)",
    "700": "oklch(44.8% .119 151.3)",
    "800": "oklch(39.3% .095 152.5)",
    "900": "oklch(33% .08 152.7)",
    "950": "oklch(26.6% .065 152.9)",
}

STYLES = ("admin_fonts", "admin", "charts", "admin_forms", "admin_imports", "admin_products", "admin_reports")


def theme(context: dict[str, Any]) -> dict[str, Any]:
    """What every page of an admin site needs besides unfold's own context."""
    return {
        "colors": (context.get("colors") or {}) | {"primary": LEAF},
        "styles": [static(f"css/{name}.css") for name in STYLES],
        "site_title": "PantryPal",
        "show_languages": True,
        "languages_list": [get_language_info(code) for code in EVERYWHERE],
        "languages_action": site_path("language"),
        "account_links": [
            {"title": _("Your account"), "link": "/accounts/email/"},
            {"title": _("Change password"), "link": "/accounts/password/change/"},
        ],
        "site_url": None,
    }
