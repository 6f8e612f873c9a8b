"""What is a quantity that stock can move in."""

from __future__ import annotations

from decimal import Decimal

GRAM = Decimal("0.001")
LARGEST = Decimal(10) ** 9


def is_quantity(quantity: Decimal) -> bool:
    """Other than zero, to the gram or millilitre, and of a size that books can hold."""
    return quantity.is_finite() and GRAM <= abs(quantity) < LARGEST and not quantity % GRAM
