"""Why a sale may be refused. Nothing was written when one of these is raised."""

from __future__ import annotations

from pantrypal.core.errors import DomainError


class EmptySale(DomainError):
    code = "empty_sale"
    status = 400


class UnknownProduct(DomainError):
    code = "unknown_product"
    status = 404


class BadQuantity(DomainError):
    """Pieces are whole; weights have three places at most."""

    code = "invalid_quantity"
    status = 400


class WeightNeeded(DomainError):
    """It is sold by weight and nothing says how much. `data` has product, name, unit and code."""

    code = "weight_needed"


class CartGone(DomainError):
    """It is not being rung up any more, perhaps because another window has paid or held it."""

    code = "cart_gone"
    status = 409


class LineGone(DomainError):
    code = "line_gone"
    status = 409


class InsufficientStock(DomainError):
    """`data["items"]` says of which product how many are left."""

    code = "insufficient_stock"
    status = 409


class ExpiredLot(DomainError):
    code = "expired_lot"
    status = 409


class RecalledLot(DomainError):
    code = "recalled_lot"
    status = 409


class ShiftNotOpen(DomainError):
    code = "shift_not_open"
    status = 409


class BillIdReused(DomainError):
    """The id belongs to a bill with other content."""

    code = "bill_id_reused"
    status = 409


class TotalChanged(DomainError):
    """`data["quote"]` holds the cart as it is priced now."""

    code = "total_changed"
    status = 409


class CouponRefused(DomainError):
    """There is no such coupon, its promotion has ended, or it has been used up. `data["coupon"]` is its code."""

    code = "coupon_refused"


class PaymentMismatch(DomainError):
    code = "payment_mismatch"


class ApprovalRequired(DomainError):
    """A manager must say yes first. `data["kind"]` says to what, `data["amount"]` how much."""

    code = "approval_required"


class AgeCheckRequired(DomainError):
    """Some of it is sold from an age on only; the sale says that somebody has looked, or is refused.

    `data["age"]` is the highest in years, `data["subject"]` the sale's id.
    """

    code = "age_check_required"


class NothingToReturn(DomainError):
    """More is asked back than was sold and is still out."""

    code = "nothing_to_return"
    status = 409


class RefundMismatch(DomainError):
    """The refunds do not add up to what is given back, or go back another way than they may."""

    code = "refund_mismatch"


class InsufficientStoredValue(DomainError):
    """`data["balance"]` says what is left."""

    code = "insufficient_stored_value"
    status = 409


class NotPaired(DomainError):
    """What only a register's own device may do is asked for by another one."""

    code = "not_paired"
    status = 403


class OfflineGap(DomainError):
    """Numbers before this one have not arrived yet; `data["expected"]` is the one to send first."""

    code = "offline_gap"
    status = 409


class PaymentNotConfirmed(DomainError):
    """A payment that we have asked for is not paid yet, or is not for this sale. `data["state"]` says how it stands."""

    code = "payment_not_confirmed"
    status = 409
