from billing.models.approval import Approval, ApprovalKind
from billing.models.bill import Bill, BillBuyer, BillLine
from billing.models.cart import Cart
from billing.models.cash import CashMovement
from billing.models.credit_note import CreditNote, CreditNoteLine, Refund
from billing.models.device import RegisterDevice, WrongPins
from billing.models.intent import PaymentAccount, PaymentIntent, PaymentNotice
from billing.models.message import BillMessage
from billing.models.payment import Payment
from billing.models.pdf import BillPdf
from billing.models.provider_refund import ProviderRefund
from billing.models.register import Register
from billing.models.rules import Reason, ReasonUse, TillRules
from billing.models.seller import SellerSnapshot
from billing.models.series import DocumentSeries
from billing.models.shift import Shift, ShiftTally
from billing.models.z_report import ZReport

__all__ = [
    "Approval",
    "ApprovalKind",
    "Bill",
    "BillBuyer",
    "BillLine",
    "BillMessage",
    "BillPdf",
    "Cart",
    "CashMovement",
    "CreditNote",
    "CreditNoteLine",
    "DocumentSeries",
    "Payment",
    "PaymentAccount",
    "PaymentIntent",
    "PaymentNotice",
    "ProviderRefund",
    "Reason",
    "ReasonUse",
    "Refund",
    "Register",
    "RegisterDevice",
    "SellerSnapshot",
    "Shift",
    "ShiftTally",
    "TillRules",
    "WrongPins",
    "ZReport",
]
