"""Lines of a receipt: their costs, their shares of the charges, and what the order awaited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.models import Product
from inventory.delivery import DeliveredGoods, Delivery, is_notable
from inventory.models import GoodsReceipt, GoodsReceiptLine, Lot, PurchaseOrderLine
from inventory.queries.costs import expected_costs, last_costs
from inventory.refusals import CostChanged
from pantrypal.core.errors import Invalid
from pantrypal.core.money import ZERO, allocate, round_money
from pantrypal.core.templatetags.pantrypal import money
from pantrypal.core.validation import invalid


def draft_lines(
    receipt: GoodsReceipt,
    delivery: Delivery,
    lots: Sequence[Lot | None],
    products: Mapping[UUID, Product],
    awaited: Mapping[UUID, PurchaseOrderLine],
) -> list[GoodsReceiptLine]:
    """Complete lines; puts the sums on the receipt. Raises CostChanged, Invalid."""
    before = last_costs(products)
    usual = expected_costs(products, supplier=receipt.supplier, on=receipt.received_on, awaited=awaited)
    open_of = {pk: line.outstanding for pk, line in awaited.items()}
    lines = []
    for position, (some, lot) in enumerate(zip(delivery.lines, lots, strict=True)):
        line = GoodsReceiptLine(
            receipt=receipt,
            position=position + 1,
            product=products[some.product],
            lot=lot,
            order_line=awaited.get(some.product),
            awaited=open_of.get(some.product, ZERO) if delivery.order is not None else None,
            quantity=some.quantity,
            unit_cost=_cost(some, usual, products, position),
            last_cost=before.get(some.product),
        )
        _require_sound(line, position)
        line.amount = round_money(line.quantity * line.unit_cost, delivery.store.org.places)
        if some.product in open_of:
            open_of[some.product] = max(open_of[some.product] - some.quantity, ZERO)
        lines.append(line)
    _spread_charges(receipt, lines, delivery.store.org.places)
    if not delivery.accepts_costs:
        _require_usual_costs(lines, receipt.currency)
    return lines


def _cost(
    some: DeliveredGoods, usual: Mapping[UUID, Decimal], products: Mapping[UUID, Product], position: int
) -> Decimal:
    cost = some.unit_cost if some.unit_cost is not None else usual.get(some.product)
    if cost is None:
        sentence = _("Please give what %s costs: we have never bought it.") % products[some.product]
        raise Invalid(sentence, {f"lines.{position}.unit_cost": [sentence]})
    return cost


def _require_sound(line: GoodsReceiptLine, position: int) -> None:
    given = {"quantity", "unit_cost"}
    try:
        line.clean_fields(exclude={field.name for field in line._meta.fields} - given)
    except ValidationError as problem:
        raise invalid(problem, f"lines.{position}.") from problem
    if line.quantity <= 0 or line.unit_cost < 0:
        sentence = _("A quantity is above zero, and a cost not below.")
        raise Invalid(sentence, {f"lines.{position}.quantity": [sentence]})


def _spread_charges(receipt: GoodsReceipt, lines: Sequence[GoodsReceiptLine], places: int) -> None:
    """By value, so that the shares add up to the charges to the paisa."""
    shares = allocate(receipt.charges_total, [line.amount for line in lines], places)
    for line, share in zip(lines, shares, strict=True):
        line.charge = round_money(share, places)
        line.landed_cost = round_money((line.amount + share) / line.quantity, 4)
    receipt.goods_value = sum((line.amount for line in lines), round_money(ZERO, places))
    receipt.total = receipt.goods_value + receipt.charges_total


def _require_usual_costs(lines: Sequence[GoodsReceiptLine], currency: str) -> None:
    changed = [line for line in lines if line.last_cost is not None and is_notable(line.unit_cost, line.last_cost)]
    if not changed:
        return
    told = [
        {
            "product": str(line.product_id),
            "name": line.product.name,
            "last_cost": str(line.last_cost),
            "unit_cost": str(line.unit_cost),
        }
        for line in changed
    ]
    first = changed[0]
    named = {
        "product": first.product.name,
        "now": money(round_money(first.unit_cost, 2), currency),
        "before": money(round_money(first.last_cost or ZERO, 2), currency),
    }
    raise CostChanged(_("%(product)s costs %(now)s now, the last time %(before)s.") % named, lines=told)
