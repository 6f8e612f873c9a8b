"""The home page: what to do today before how things went. Each app puts its own cards here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pantrypal.core.access import Permission
from pantrypal.core.http import OrgRequest

Load = Callable[[OrgRequest], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Card:
    """A fragment of the home page, drawn with what `load` returns; None leaves the card out.

    `wide` cards take the whole width.
    """

    order: int
    template: str
    load: Load
    permission: Permission
    wide: bool = False


@dataclass(slots=True)
class Home:
    cards: list[Card] = field(default_factory=list)

    def cards_for(self, request: OrgRequest) -> list[dict[str, Any]]:
        return [
            {"template": card.template, "data": data, "wide": card.wide}
            for card in sorted(self.cards, key=lambda card: card.order)
            if request.actor.may(card.permission) and (data := card.load(request)) is not None
        ]
