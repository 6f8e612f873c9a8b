"""Addresses across the border of an organization: from its pages to the installation's own, and into it.

Within an organization the script prefix is /<org>/ and reverse() knows its pages only.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from pantrypal.core.access import Permission
from pantrypal.core.models import Membership

TILL = "till/"
BACK_OFFICE = "admin/"


def site_path(name: str, *args: Any) -> str:
    """The address of a page that belongs to no organization."""
    inner = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)
    finally:
        set_script_prefix(inner)


def org_path(slug: str, rest: str = "") -> str:
    """The address of an organization's page, from anywhere."""
    return f"/{slug}/{rest}"


def first_page(permissions: frozenset[Permission]) -> str:
    """Where somebody with these permissions begins the day, below the organization's address."""
    return BACK_OFFICE if Permission.BACK_OFFICE in permissions else TILL


def home_of(membership: Membership) -> str:
    """The first useful page of this member."""
    return org_path(membership.org.slug, first_page(membership.permissions))
