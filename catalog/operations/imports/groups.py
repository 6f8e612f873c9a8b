"""Brands, categories, families, tax classes and scale labels as an import needs them: by name, made where missing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from catalog.importing.candidates import Unfit
from catalog.models import Brand, Category, Family, Product, ScaleLabel, TaxClass
from catalog.queries import rates_on

Made = Brand | Category | Family | ScaleLabel


class Groups:
    """Read once for an import. What is missing is made in memory; `take_made` hands it over to be written."""

    def __init__(self, *, tax_class: str, on: date) -> None:
        self.brands = {name.casefold(): pk for pk, name in Brand.objects.values_list("pk", "name")}
        self.families = {name.casefold(): pk for pk, name in Family.objects.values_list("pk", "name")}
        rows = Category.objects.values_list("pk", "parent_id", "name")
        self.categories: dict[tuple[UUID | None, str], UUID] = {
            (parent, name.casefold()): pk for pk, parent, name in rows
        }
        self.classes = dict(TaxClass.objects.values_list("code", "pk"))
        self.rates = self._by_rate(on)
        self.labels = set(ScaleLabel.objects.values_list("prefix", flat=True))
        self.default_class: UUID = self.classes.get(tax_class) or self._usual_class()
        self.made: list[Made] = []

    def take_made(self) -> list[Made]:
        made, self.made = self.made, []
        return made

    def brand(self, name: str) -> UUID:
        """Found whatever its case."""
        key = name.casefold()
        if key not in self.brands:
            self.made.append(Brand(name=name))
            self.brands[key] = self.made[-1].pk
        return self.brands[key]

    def family(self, name: str, options: dict[str, str]) -> UUID:
        """Found whatever its case; a new one differs in what its first variant says."""
        key = name.casefold()
        if key not in self.families:
            self.made.append(Family(name=name, axes=list(options)))
            self.families[key] = self.made[-1].pk
        return self.families[key]

    def category(self, path: tuple[str, ...]) -> UUID:
        parent: UUID | None = None
        for name in path:
            key = (parent, name.casefold())
            if key not in self.categories:
                self.made.append(Category(name=name, parent_id=parent))
                self.categories[key] = self.made[-1].pk
            parent = self.categories[key]
        assert parent is not None
        return parent

    def tax_class(self, code: str | None, rate: Decimal | None) -> UUID | None:
        """None where the row names none. Raises Unfit for one that is not there."""
        if code is not None:
            if code not in self.classes:
                raise Unfit("unknown_tax_class", value=code)
            return self.classes[code]
        if rate is not None:
            if rate not in self.rates:
                raise Unfit("unknown_tax_class", value=f"{rate:f} %")
            return self.rates[rate]
        return None

    def know_label(self, prefix: str, code: str) -> None:
        """A prefix without a layout reads as most scales print: the item, then grams."""
        if prefix not in self.labels:
            items = len(code) - len(prefix)
            self.made.append(ScaleLabel(prefix=prefix, item_digits=items, value_digits=10 - items))
            self.labels.add(prefix)

    def _by_rate(self, on: date) -> dict[Decimal, UUID]:
        """The class of each rate today, of several the one with the first code; cess is a matter for people."""
        rates = rates_on(on, self.classes.values())
        found: dict[Decimal, UUID] = {}
        for _code, pk in sorted(self.classes.items()):
            if pk in rates and not rates[pk].cess:
                found.setdefault(rates[pk].rate, pk)
        return found

    def _usual_class(self) -> UUID:
        """The one that most products have, else the first. Before an import there is one; a check needs none."""
        used: Counter[UUID] = Counter(
            dict(Product.objects.values_list("tax_class_id").annotate(Count("pk")).order_by())
        )
        if used:
            return used.most_common(1)[0][0]
        return next((pk for _code, pk in sorted(self.classes.items())), UUID(int=0))
