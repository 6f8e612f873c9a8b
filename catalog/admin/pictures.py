"""The picture on a product's page and in the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from catalog.models import Picture, Product
from catalog.operations.pictures import remove_picture, set_picture, want_picture
from catalog.pictures import MOST_BYTES
from catalog.queries.tiles import colour_of
from pantrypal.core.actor import Actor
from pantrypal.core.http import OrgRequest


class PictureFields(forms.Form):
    picture = forms.FileField(
        label=_("New picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF of at most 10 MB."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    picture_url = forms.CharField(
        label=_("Or its web address"),
        required=False,
        max_length=2000,
        help_text=_("It is fetched in a moment."),
        widget=UnfoldAdminTextInputWidget,
    )
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False, widget=UnfoldBooleanSwitchWidget)

    def clean_picture(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("A picture may have at most 10 MB."))
        return file

    def save_picture(self, product: Product, *, actor: Actor, at: datetime) -> None:
        given = self.cleaned_data
        if given.get("picture"):
            set_picture(product, given["picture"].read(), actor=actor, at=at)
        elif given.get("picture_url"):
            want_picture(product, given["picture_url"].strip(), actor=actor, at=at)
        elif given.get("remove_picture"):
            remove_picture(product, actor=actor, at=at)


def picture_of(product: Product) -> SafeString | str:
    picture = Picture.objects.filter(product=product).first() if not product._state.adding else None
    if picture is None:
        return "–"
    return format_html('<img class="product-picture" src="{}" alt="">', _address(picture, "full"))


def tiles(request: OrgRequest, rows: Sequence[Any]) -> dict[UUID, SafeString]:
    """A small picture, or the first letter on the colour of the category."""
    pictures = {picture.product_id: picture for picture in Picture.objects.filter(product__in=rows)}
    return {row.pk: _tile(row, pictures.get(row.pk)) for row in rows}


def _tile(product: Product, picture: Picture | None) -> SafeString:
    if picture is not None:
        return format_html('<img class="product-tile" src="{}" alt="" loading="lazy">', _address(picture, "small"))
    colour = colour_of(product.category_id)
    return format_html('<span class="product-tile tile-{}" aria-hidden="true">{}</span>', colour, product.name[:1])


def _address(picture: Picture, size: str) -> str:
    return reverse("picture", args=[picture.pk, size])
