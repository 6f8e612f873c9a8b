"""Pictures of products: taken, replaced, removed, made small."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from catalog.models import Picture, Product
from catalog.pictures import MOST_BYTES, THUMBNAIL_EDGE, BadPicture, CleanPicture, clean_picture
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.errors import DomainError
from pantrypal.core.outside import fetch, require_public
from pantrypal.journal.models import AuditEntry, OutboxEvent

SECONDS = 20
REDIRECTS = 3


@transaction.atomic
def set_picture(product: Product, raw: bytes, *, actor: Actor, at: datetime) -> Picture:
    """Take this picture for the product, in place of the one it has. Raises BadPicture."""
    require(actor, Permission.CATALOG_EDIT)
    clean = clean_picture(raw)
    _drop(product)
    picture = Picture(product=product, width=clean.width, height=clean.height, created_at=at)
    picture.file.name = _store(picture, "full", clean)
    picture.save()
    AuditEntry.record("product.picture_changed", product, actor=actor, at=at, size=f"{clean.width} × {clean.height}")
    OutboxEvent.emit("picture.taken", picture=str(picture.pk))
    OutboxEvent.emit("product.changed", product=str(product.pk))
    return picture


@transaction.atomic
def remove_picture(product: Product, *, actor: Actor, at: datetime) -> bool:
    """Returns whether there was one."""
    require(actor, Permission.CATALOG_EDIT)
    had_one = _drop(product)
    if had_one:
        AuditEntry.record("product.picture_removed", product, actor=actor, at=at)
        OutboxEvent.emit("product.changed", product=str(product.pk))
    return had_one


@transaction.atomic
def want_picture(product: Product, url: str, *, actor: Actor, at: datetime) -> None:
    """Have a worker get the picture at this address. Raises AddressRefused for what is none."""
    require(actor, Permission.CATALOG_EDIT)
    require_public(url)
    AuditEntry.record("product.picture_wanted", product, actor=actor, at=at, url=url)
    OutboxEvent.emit("picture.wanted", product=str(product.pk), url=url)


def fetch_picture(product_id: UUID, url: str, *, at: datetime) -> Picture | None:
    """Get it, in a worker. What cannot be had or is none is told in the product's history, and not tried again."""
    product = Product.objects.get(pk=product_id)
    actor = Actor.system(product.org_id)
    try:
        answer = fetch(url, most_bytes=MOST_BYTES, seconds=SECONDS, redirects=REDIRECTS)
        if answer.status != 200 or answer.is_cut:
            raise BadPicture(_("There is no picture of at most 10 MB at this address."))
        return set_picture(product, answer.body, actor=actor, at=at)
    except DomainError as refusal:
        told = {"url": url, "reason": refusal.message}
        AuditEntry.record("product.picture_refused", product, actor=actor, at=at, **told)
        return None


def make_thumbnail(picture_id: UUID) -> None:
    """Once; a picture that has been replaced meanwhile needs none."""
    picture = Picture.objects.select_for_update(of=("self",)).filter(pk=picture_id, thumbnail="").first()
    if picture is None:
        return
    with picture.file.open() as file:
        small = clean_picture(file.read(), longest_edge=THUMBNAIL_EDGE)
    picture.thumbnail.name = _store(picture, "small", small)
    picture.save(update_fields=["thumbnail"])


def _store(picture: Picture, size: str, clean: CleanPicture) -> str:
    """Under a name of our own, unguessable without the installation's secret."""
    secret = salted_hmac("catalog.pictures", f"{picture.org_id}/{picture.pk}/{size}", algorithm="sha256").hexdigest()
    name = f"orgs/{picture.org_id}/pictures/{secret}.webp"
    default_storage.delete(name)  # of a try that was rolled back
    return str(default_storage.save(name, ContentFile(clean.content)))


def _drop(product: Product) -> bool:
    """Without its row nobody is served the files any more; they go once that is certain."""
    picture = Picture.objects.select_for_update(of=("self",)).filter(product=product).first()
    if picture is None:
        return False
    names = [name for name in (picture.file.name, picture.thumbnail.name) if name]
    picture.delete()
    transaction.on_commit(partial(_delete_files, names))
    return True


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
