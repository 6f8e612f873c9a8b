"""Goods to be tapped: the favourites, and everything by its category."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from billing.views.at_till import Till, at_till
from catalog.models import Category, Picture
from catalog.queries import Tile, category_tiles, favourites, goods_in
from pantrypal.core.http import OrgRequest


def favourites_context() -> dict[str, Any]:
    return {"is_favourites": True, "tiles": _with_pictures(favourites())}


@require_GET
@at_till
def favourite_goods(request: OrgRequest, till: Till) -> HttpResponse:
    return _answer(request, till, favourites_context())


@require_GET
@at_till
def all_goods(request: OrgRequest, till: Till) -> HttpResponse:
    """The topmost categories."""
    return _answer(request, till, {"categories": _shown(None)})


@require_GET
@at_till
def category(request: OrgRequest, till: Till, category_id: UUID) -> HttpResponse:
    """What lies in it: first the categories, then the goods, page by page."""
    here = Category.objects.select_related("parent").filter(pk=category_id).first()
    if here is None:
        raise Http404
    asked = request.GET.get("page", "")
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1
    tiles, has_more = goods_in(here.pk, page)
    context = {"here": here, "page": page, "has_more": has_more, "tiles": _with_pictures(tiles)}
    return _answer(request, till, context | {"categories": _shown(here.pk) if page == 1 else []})


def _answer(request: OrgRequest, till: Till, context: dict[str, Any]) -> HttpResponse:
    known = {"register": till.register, "currency": till.store.org.currency}
    return render(request, "billing/_goods.html", known | context)


def _with_pictures(tiles: Iterable[Tile]) -> list[tuple[Tile, str]]:
    """Each with the address of its picture."""
    tiles = list(tiles)
    pictures = dict(Picture.objects.filter(product__in=[tile.product for tile in tiles]).values_list("product", "pk"))
    return [(tile, _picture(pictures.get(tile.product))) for tile in tiles]


def _shown(parent: UUID | None) -> list[tuple[Any, str]]:
    return [(tile, _picture(tile.picture)) for tile in category_tiles(parent)]


def _picture(pk: UUID | None) -> str:
    return "" if pk is None else reverse("picture", kwargs={"picture_id": str(pk), "size": "small"})
