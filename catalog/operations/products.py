"""Products with their barcodes and prices: added, changed, archived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.gtin import is_gtin
from catalog.models import Barcode, Product, TaxClass
from catalog.operations.barcodes import BarcodeInput, set_barcodes
from catalog.operations.bundles import PartInput, set_parts
from catalog.operations.mrp import require_all_under_mrp, require_packs_under_mrp
from catalog.operations.noting import noted_by
from catalog.refusals import PriceAboveMrp
from pantrypal.core.access import Permission
from pantrypal.core.actor import Actor, require
from pantrypal.core.changes import differences
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Organization
from pantrypal.core.money import round_money
from pantrypal.core.validation import save_valid
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.ids import uuid7

SKU_LENGTH = 40
AMOUNTS = ("price", "mrp")
PRICES = (*AMOUNTS, "price_is_missing")


@transaction.atomic
def save_product(
    product: Product,
    *,
    org: Organization,
    barcodes: Sequence[BarcodeInput] | None = None,
    parts: Sequence[PartInput] | None = None,
    actor: Actor,
    at: datetime,
) -> Product:
    """Create or change a product. `barcodes` and `parts` are all it is to have; None leaves them as they are.

    Another price or MRP than before needs PRICE_EDIT. Raises Invalid, PriceAboveMrp.
    """
    require(actor, Permission.CATALOG_EDIT)
    before = None if product._state.adding else Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    product.price_is_missing = product.price_is_missing and not product.price
    _require_sound_prices(product, org)
    if before is not None and any(differences(before, product, PRICES)):
        require(actor, Permission.PRICE_EDIT)
        noted_by(actor.label, at)
    product.sku, product.name = product.sku.strip(), product.name.strip()
    product.is_bundle = before is not None and before.is_bundle if parts is None else bool(parts)
    if product.is_bundle:
        product.tracks_stock = False  # its parts have the stock
    if before is not None and before.mrp != product.mrp:
        require_all_under_mrp(product, org=org, at=at)
    save_valid(product)
    if barcodes is None and before is not None and before.mrp != product.mrp:
        require_packs_under_mrp(product, org=org)
    lists = {
        "barcodes": None if barcodes is None else set_barcodes(product, barcodes, org=org),
        "parts": None if parts is None else set_parts(product, parts),
    }
    _tell(before, product, lists, actor, at)
    return product


def quick_add_product(
    *, name: str, price: Decimal, tax_class: TaxClass, code: str = "", org: Organization, actor: Actor, at: datetime
) -> Product:
    """A product as much as is known at the till: it can be sold at once, for its stock is not counted yet.

    `code` is what was scanned: a GTIN, or any other as a code of the shop. Raises Invalid, PriceAboveMrp.
    """
    code = code.strip()
    sku = code[:SKU_LENGTH] or f"Q{uuid7().hex[-12:].upper()}"
    product = Product(sku=sku, name=name, price=price, tax_class=tax_class, tracks_stock=False)
    kind = Barcode.Kind.GTIN if is_gtin(code) else Barcode.Kind.IN_HOUSE
    return save_product(product, org=org, barcodes=[BarcodeInput(code, kind)] if code else [], actor=actor, at=at)


def _require_sound_prices(product: Product, org: Organization) -> None:
    for name in AMOUNTS:
        value = getattr(product, name)
        if value is None:
            continue
        if value != round_money(value, org.places):
            sentence = _("Amounts in %(currency)s have at most %(places)s decimal places.")
            sentence %= {"currency": org.currency, "places": org.places}
            raise Invalid(sentence, {name: [sentence]})
        setattr(product, name, round_money(value, org.places))
    require_under_mrp(price=product.price, mrp=product.mrp, org=org)


def require_under_mrp(*, price: Decimal, mrp: Decimal | None, org: Organization) -> None:
    """Raises PriceAboveMrp where the org's country has that ceiling (India: Legal Metrology Rules 18(2))."""
    if org.has_mrp_ceiling and mrp is not None and price > mrp:
        sentence = _("The price of %(price)s is above the MRP of %(mrp)s printed on the pack. Please lower it.")
        raise PriceAboveMrp(sentence % {"price": price, "mrp": mrp}, field="price")


def _tell(
    before: Product | None,
    product: Product,
    lists: dict[str, tuple[list[str], list[str]] | None],
    actor: Actor,
    at: datetime,
) -> None:
    """An entry for the price, another for all else; nothing where nothing changed."""
    if before is None:
        told = {name: given[1] for name, given in lists.items() if given}
        figures = {"price": product.price, "mrp": product.mrp} | told
        AuditEntry.record("product.created", product, actor=actor, at=at, sku=product.sku, **figures)
        OutboxEvent.emit("product.created", product=str(product.pk))
        return
    old, new = differences(before, product)
    old_price, new_price = ({name: values.pop(name) for name in PRICES if name in values} for values in (old, new))
    for name, given in lists.items():
        if given and given[0] != given[1]:
            old[name], new[name] = given
    if new_price:
        AuditEntry.record("price.changed", product, actor=actor, at=at, old=old_price, new=new_price)
    if new:
        AuditEntry.record("product.changed", product, actor=actor, at=at, old=old, new=new)
    if new or new_price:
        OutboxEvent.emit("product.changed", product=str(product.pk))


def archive_products(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Take products out of sale; bills go on referring to them. Returns how many were in sale."""
    return _set_archived(ids, at, actor=actor, at=at)


def restore_products(ids: Iterable[UUID], *, actor: Actor, at: datetime) -> int:
    """Put archived products back into sale. Returns how many there were."""
    return _set_archived(ids, None, actor=actor, at=at)


@transaction.atomic
def _set_archived(ids: Iterable[UUID], archived_at: datetime | None, *, actor: Actor, at: datetime) -> int:
    require(actor, Permission.CATALOG_EDIT)
    others = Product.objects.filter(pk__in=set(ids), archived_at__isnull=archived_at is not None)
    products = list(others.order_by("pk").select_for_update(of=("self",)))
    for product in products:
        product.archived_at = archived_at
        product.save(update_fields=["archived_at", "updated_at"])
        action = "product.restored" if archived_at is None else "product.archived"
        AuditEntry.record(action, product, actor=actor, at=at)
        OutboxEvent.emit("product.changed", product=str(product.pk))
    return len(products)
