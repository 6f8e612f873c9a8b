"""Why the storeroom says no to a purchase."""

from __future__ import annotations

from pantrypal.core.errors import DomainError


class OrderSettled(DomainError):
    """The order is no longer in a state in which this can be done to it."""

    code = "order_settled"
    status = 409


class BundleNotStocked(DomainError):
    """A bundle is sold out of the stock of its parts: nothing is ordered, received or added of the bundle itself."""

    code = "bundle_not_stocked"
    status = 422


class CostChanged(DomainError):
    """Goods come at another cost than the last time. `data["lines"]` says which; accepting them posts the receipt."""

    code = "cost_changed"
    status = 409


class ReceiptIdReused(DomainError):
    """The same id came with another delivery."""

    code = "receipt_id_reused"
    status = 409


class LotNotTaken(DomainError):
    """The lot may not come into stock: recalled, expired, or with another date than the one we know."""

    code = "lot_not_taken"
    status = 409


class DateNeeded(DomainError):
    """Goods with lots come in with the date or lot number printed on them. `data`: the product and the quantity."""

    code = "date_needed"


class MoreThanReceived(DomainError):
    """More is to go back than came with the receipt."""

    code = "more_than_received"
    status = 409


class InvoiceTwice(DomainError):
    """This supplier's invoice is in the books of that fiscal year already."""

    code = "invoice_twice"
    status = 409


class RecallEnded(DomainError):
    """The lots of this recall may be sold again already."""

    code = "recall_ended"
    status = 409


class TransferMovedOn(DomainError):
    """The transfer is no longer in the state in which this can be done to it."""

    code = "transfer_moved_on"
    status = 409


class CountEnded(DomainError):
    """The count was posted or cancelled already."""

    code = "count_ended"
    status = 409


class NothingToUndo(DomainError):
    """The scan was taken back already, or was another person's."""

    code = "nothing_to_undo"
    status = 409


class CountIncomplete(DomainError):
    """Something is still to be counted again, or was not found. `data["products"]` says what."""

    code = "count_incomplete"
    status = 409


class MarkedDownAlready(DomainError):
    """A promotion of the same product runs in this store."""

    code = "marked_down_already"
    status = 409
