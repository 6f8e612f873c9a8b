"""Why a change of the catalog, or a sale of its goods, may be refused."""

from __future__ import annotations

from pantrypal.core.errors import DomainError


class PriceAboveMrp(DomainError):
    """Nothing may be sold above the MRP printed on it, where the country says so."""

    code = "price_above_mrp"


class PriceMissing(DomainError):
    """Nobody has said yet what it costs, neither everywhere nor here. `data["product"]` is its id."""

    code = "price_missing"


class UnreadableCode(DomainError):
    """What was scanned breaks the rules of its own kind of code; the sentence says which."""

    code = "unreadable_code"


class ImportAtWork(DomainError):
    """The import is in a state, or another one is at work, in which this cannot be done."""

    code = "import_at_work"
    status = 409
