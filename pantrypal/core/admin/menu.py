"""The back office's sidebar: built from what each page says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

GROUPS = {
    "home": "",
    "sales": _("Sales"),
    "catalog": _("Catalog"),
    "stock": _("Stock"),
    "customers": _("Customers"),
    "organization": _("Organization"),
}


@dataclass(frozen=True, slots=True)
class Menu:
    """Where a page stands: its group, its place there, and a Material Symbols icon."""

    group: str
    order: int
    icon: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    menu: Menu
    title: Any
    link: str


def sidebar(items: list[MenuItem], path: str) -> list[dict[str, Any]]:
    """The sidebar in unfold's form; the item whose page is open is marked."""
    active = max((item.link for item in items if _is_open(item, path)), key=len, default="")
    return [
        {
            "title": title,
            "separator": bool(title),
            "items": [
                {
                    "title": item.title,
                    "icon": item.menu.icon,
                    "link": item.link,
                    "active": item.link == active,
                    "has_permission": True,
                }
                for item in sorted(items, key=lambda item: item.menu.order)
                if item.menu.group == group
            ],
        }
        for group, title in GROUPS.items()
    ]


def _is_open(item: MenuItem, path: str) -> bool:
    return path == item.link or (item.menu.group != "home" and path.startswith(item.link))
