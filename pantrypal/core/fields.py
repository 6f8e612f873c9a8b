"""Precision in one place: money, quantities, costs and rates."""

from __future__ import annotations

from typing import Any

from django.db import models


class MoneyField(models.DecimalField[Any, Any]):
    """An amount in the org's currency, kept with exactly the places it was rounded to.

    The column is a plain numeric: PostgreSQL gives back 49.00 as 49.00 and 49 yen as 49, so no
    reader needs to know the currency. Amounts are rounded by `pantrypal.core.money` before they get here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        return "numeric"


class QuantityField(models.DecimalField[Any, Any]):
    """How much, in the product's unit, to the gram or millilitre."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 3)
        super().__init__(*args, **kwargs)


class UnitCostField(models.DecimalField[Any, Any]):
    """What one unit has cost, to four places, so that an average stays exact enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(*args, **kwargs)


class RateField(models.DecimalField[Any, Any]):
    """A rate in percent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 7)
        kwargs.setdefault("decimal_places", 3)
        super().__init__(*args, **kwargs)
