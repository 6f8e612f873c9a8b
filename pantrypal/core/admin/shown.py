"""Values of lists and read-only forms, written as people of the shop write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.admin.scope import stores_of, zone_of
from pantrypal.core.fields import MoneyField, QuantityField, RateField, UnitCostField
from pantrypal.core.http import OrgRequest
from pantrypal.core.templatetags.pantrypal import day, in_zone, money, quantity

Write = Callable[[Any, models.Model, OrgRequest], str]


class Shown:
    """A column or read-only field in the place of the model's own: same name, same label, written out.

    Made for one request. Two of the same field are equal, so that lists of names can be compared.
    """

    def __init__(self, field: models.Field[Any, Any], write: Write, request: OrgRequest, *, is_figure: bool) -> None:
        self.__name__ = field.name
        self.short_description = _("store") if field.verbose_name == "store id" else field.verbose_name
        self.admin_order_field = field.name
        self.formatting = "price" if is_figure else None  # unfold's word for "to the right"
        self.write, self.request = write, request

    def __call__(self, row: models.Model) -> str | None:
        value = getattr(row, self.__name__)
        return None if value is None else self.write(value, row, self.request)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and other.__name__ == self.__name__

    def __hash__(self) -> int:
        return hash(self.__name__)


def shown(model: type[models.Model], name: Any, request: OrgRequest) -> Any:
    """The name itself, or what writes its field better than Django would."""
    if not isinstance(name, str):
        return name
    field = next((field for field in model._meta.concrete_fields if field.name == name), None)
    if field is None:
        return name
    if name.endswith("store_id"):
        return Shown(field, _store, request, is_figure=False)
    write = next((write for kind, write in WRITERS.items() if isinstance(field, kind)), None)
    return name if write is None else Shown(field, write, request, is_figure=isinstance(field, models.DecimalField))


def _money(value: Any, row: models.Model, request: OrgRequest) -> str:
    return money(value, getattr(row, "currency", request.org.currency))


def _quantity(value: Any, row: models.Model, request: OrgRequest) -> str:
    return quantity(value)


def _rate(value: Any, row: models.Model, request: OrgRequest) -> str:
    return f"{quantity(value)} %"


def _moment(value: Any, row: models.Model, request: OrgRequest) -> str:
    return in_zone(value, zone_of(row, request))


def _day(value: Any, row: models.Model, request: OrgRequest) -> str:
    return day(value)


def _store(value: Any, row: models.Model, request: OrgRequest) -> str:
    store = stores_of(request).get(value)
    return "" if store is None else store.name


# In this order: a DateTimeField is a DateField too.
WRITERS: dict[type, Write] = {
    MoneyField: _money,
    UnitCostField: _money,
    QuantityField: _quantity,
    RateField: _rate,
    models.DateTimeField: _moment,
    models.DateField: _day,
}
