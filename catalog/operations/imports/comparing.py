"""Rows against the catalog: what is new, what differs, what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from catalog.importing.candidates import Candidate, Unfit
from catalog.importing.codes import Code
from catalog.importing.reasons import Rejection
from catalog.importing.sieve import Taken
from catalog.models import Barcode, Product
from catalog.operations.imports.groups import Groups
from catalog.queries.standing_prices import standing_prices
from pantrypal.core.models import Organization
from pantrypal.core.money import ZERO, round_money

COST_PLACES = Decimal("0.0001")


@dataclass(slots=True)
class Change:
    """A product that a row has made (`is_new`) or changed, by field: before and after. `codes` are its new barcodes.

    `item` is the code by which the list calls it.
    """

    product: Product
    item: str
    is_new: bool
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    codes: list[Barcode] = field(default_factory=list)
    adapted: list[Barcode] = field(default_factory=list)  # barcodes it had, whose pack has changed


@dataclass(slots=True)
class Plan:
    """What a batch of rows comes to. `seen`: the item of each row taken over, with the change it led to, if any."""

    changes: dict[UUID, Change] = field(default_factory=dict)
    seen: list[tuple[Candidate, Change | None]] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


class Comparison:
    """One batch. With `lock` the products found stay as they are until the transaction ends."""

    def __init__(self, batch: Sequence[Taken], groups: Groups, org: Organization, *, at: datetime, lock: bool) -> None:
        self.groups, self.org, self.at = groups, org, at
        codes = {code.code for taken in batch for code in taken.candidate.codes}
        self.barcodes = {barcode.code: barcode for barcode in Barcode.objects.filter(code__in=codes)}
        owners = {barcode.product_id for barcode in self.barcodes.values()}
        skus = {taken.candidate.sku for taken in batch}
        found = Product.objects.filter(Q(sku__in=skus) | Q(pk__in=owners)).order_by("pk")
        products = list(found.select_for_update(of=("self",), no_key=True) if lock else found)
        self.by_sku = {product.sku: product for product in products}
        self.by_id = {product.pk: product for product in products}
        self.standing = self._standing(batch) if org.has_mrp_ceiling else {}
        self.variants: dict[UUID, dict[frozenset[tuple[str, str]], UUID]] = {}
        self.plan = Plan()

    def _standing(self, batch: Sequence[Taken]) -> dict[UUID, Decimal]:
        """The highest price of a store, of a list or to come, of products whose MRP the rows speak of."""
        skus = {taken.candidate.sku for taken in batch if "mrp" in taken.candidate.values}
        highest: dict[UUID, Decimal] = {}
        ids = [product.pk for product in self.by_id.values() if product.sku in skus]
        for row in standing_prices(ids, at=self.at) if ids else ():
            highest[row.product_id] = max(highest.get(row.product_id, ZERO), row.price)
        return highest

    def compared(self, batch: Sequence[Taken]) -> Plan:
        for taken in batch:
            try:
                change = self._compare(taken)
            except Unfit as problem:
                candidate = taken.candidate
                self.plan.rejections.append(Rejection(candidate.line, problem.code, candidate.cells, problem.data))
            else:
                self.plan.seen.append((taken.candidate, change))
        return self.plan

    def _compare(self, taken: Taken) -> Change | None:
        candidate = taken.candidate
        product = self._product(candidate)
        self._require_free_codes(candidate, product)
        if product is None:
            change = self._new(candidate)
        elif taken.adds_only_codes:
            change = self.plan.changes.get(product.pk) or Change(product, candidate.sku, is_new=False)
        else:
            change = self._changed(candidate, product)
        for code in candidate.codes:
            self._give(code, change)
        if not (change.is_new or change.after or change.codes or change.adapted):
            return None
        self.plan.changes[change.product.pk] = change
        return change

    def _product(self, candidate: Candidate) -> Product | None:
        if not candidate.has_own_sku:
            for code in candidate.codes:
                if barcode := self.barcodes.get(code.code):
                    return self.by_id[barcode.product_id]
        return self.by_sku.get(candidate.sku)

    def _require_free_codes(self, candidate: Candidate, product: Product | None) -> None:
        for code in candidate.codes:
            barcode = self.barcodes.get(code.code)
            if barcode is not None and (product is None or barcode.product_id != product.pk):
                owner = self.by_id[barcode.product_id]
                raise Unfit("barcode_of_other_product", value=code.printed, product=owner.name)

    def _new(self, candidate: Candidate) -> Change:
        product = Product(
            sku=candidate.sku,
            price=round_money(ZERO, self.org.places),
            price_is_missing=True,
            tracks_stock=False,
            tax_class_id=self.groups.default_class,
        )
        for name, value in self._wanted(candidate, product).items():
            put_value(product, name, value)
        self.by_sku[product.sku] = self.by_id[product.pk] = product
        return Change(product, candidate.sku, is_new=True)

    def _changed(self, candidate: Candidate, product: Product) -> Change:
        """An archived product that a list has again is in sale again."""
        wanted = self._wanted(candidate, product)
        if product.archived_at is not None and "archived_at" not in wanted:
            wanted["archived_at"] = None
        highest = max(wanted.get("price", product.price), self.standing.get(product.pk, ZERO))
        self._require_under_mrp(highest, wanted.get("mrp", product.mrp))
        differing = {name: value for name, value in wanted.items() if value_of(product, name) != value}
        change = self.plan.changes.get(product.pk) or Change(product, candidate.sku, is_new=False)
        for name, value in differing.items():
            change.before.setdefault(name, value_of(product, name))
            change.after[name] = value
            put_value(product, name, value)
        return change

    def _wanted(self, candidate: Candidate, product: Product) -> dict[str, Any]:
        """The fields of the product that the row speaks of."""
        values = dict(candidate.values)
        wanted: dict[str, Any] = {"name": candidate.name}
        # First what may be refused: a refused row leaves no new brand behind.
        if tax_class := self.groups.tax_class(candidate.tax_class, candidate.tax_rate):
            wanted["tax_class_id"] = tax_class
        if candidate.price is not None:
            wanted["price"] = candidate.price
        if (cost := values.pop("cost", None)) is not None:
            wanted["cost"] = cost.quantize(COST_PLACES)
        if (names := values.pop("names", None)) is not None:
            wanted["names"] = product.names | names
        if (is_active := values.pop("active", None)) is not None:
            wanted["archived_at"] = None if is_active else product.archived_at or self.at
        return wanted | self._grouped(candidate, values, product) | values

    def _grouped(self, candidate: Candidate, values: dict[str, Any], product: Product) -> dict[str, Any]:
        """Where it belongs to; takes the family out of `values`."""
        wanted: dict[str, Any] = {}
        if (family := values.pop("family", None)) is not None:
            wanted["family_id"] = self.groups.family(family, values.get("options", {}))
            self._require_free_variant(product, wanted["family_id"], values.get("options", product.options))
        if candidate.brand:
            wanted["brand_id"] = self.groups.brand(candidate.brand)
        if candidate.category:
            wanted["category_id"] = self.groups.category(candidate.category)
        return wanted

    def _require_free_variant(self, product: Product, family: UUID, options: dict[str, str]) -> None:
        if family not in self.variants:
            rows = Product.objects.filter(family=family).values_list("pk", "options")
            self.variants[family] = {frozenset(kept.items()): pk for pk, kept in rows}
        if self.variants[family].setdefault(frozenset(options.items()), product.pk) != product.pk:
            raise Unfit("variant_taken", value=", ".join(options.values()))

    def _require_under_mrp(self, price: Decimal, mrp: Decimal | None) -> None:
        if self.org.has_mrp_ceiling and mrp is not None and price > mrp:
            raise Unfit("price_above_mrp", price=str(price), mrp=str(mrp))

    def _give(self, code: Code, change: Change) -> None:
        if code.label:
            self.groups.know_label(code.label, code.code)
        barcode = self.barcodes.get(code.code)
        if barcode is None:
            barcode = Barcode(
                product_id=change.product.pk,
                code=code.code,
                kind=code.kind.value,
                quantity=code.quantity,
                price=code.price,
            )
            self.barcodes[code.code] = barcode
            change.codes.append(barcode)
        elif code.is_stated and (barcode.kind, barcode.quantity, barcode.price) != (
            code.kind,
            code.quantity,
            code.price,
        ):
            change.before.setdefault(
                f"barcode {code.code}", [barcode.kind, str(barcode.quantity), _text(barcode.price)]
            )
            barcode.kind, barcode.quantity, barcode.price = code.kind.value, code.quantity, code.price
            change.after[f"barcode {code.code}"] = [code.kind, str(code.quantity), _text(code.price)]
            change.adapted.append(barcode)


def value_of(product: Product, name: str) -> Any:
    """As an import compares and remembers it: a price that is not known is None."""
    return product.known_price if name == "price" else getattr(product, name)


def put_value(product: Product, name: str, value: Any) -> None:
    if name == "price":
        product.put_price(value)
    else:
        setattr(product, name, value)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
