from billing.models.bill import Bill, BillBuyer, BillLine
from billing.models.cart import Cart
from billing.models.payment import Payment
from billing.models.pdf import BillPdf
from billing.models.register import Register
from billing.models.seller import SellerSnapshot
from billing.models.series import DocumentSeries
from billing.models.shift import Shift, ShiftTally

__all__ = [
    "Bill",
    "BillBuyer",
    "BillLine",
    "BillPdf",
    "Cart",
    "DocumentSeries",
    "Payment",
    "Register",
    "SellerSnapshot",
    "Shift",
    "ShiftTally",
]
