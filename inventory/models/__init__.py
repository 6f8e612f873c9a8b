from inventory.models.adjustment import WRITE_OFFS, StockAdjustment, StockAdjustmentLine
from inventory.models.alert import Alert, AlertDigest, AlertKind, AlertSettings
from inventory.models.costing import CostLayer, StockSettings
from inventory.models.goods_receipt import GoodsReceipt, GoodsReceiptLine
from inventory.models.lot import Lot
from inventory.models.open_delivery import OpenDelivery
from inventory.models.purchase_invoice import PurchaseInvoice
from inventory.models.purchase_order import PurchaseOrder, PurchaseOrderLine
from inventory.models.recall import Recall, RecalledLot
from inventory.models.reorder import ReorderRule
from inventory.models.series import StockSeries
from inventory.models.stock import StockLevel, StockMove
from inventory.models.stock_count import CountScan, Recount, StockCount, StockCountLine
from inventory.models.supplier import Supplier, SupplierPrice
from inventory.models.supplier_return import SupplierReturn, SupplierReturnLine
from inventory.models.transfer import Transfer, TransferLine, TransferredGoods

__all__ = [
    "WRITE_OFFS",
    "Alert",
    "AlertDigest",
    "AlertKind",
    "AlertSettings",
    "CostLayer",
    "CountScan",
    "GoodsReceipt",
    "GoodsReceiptLine",
    "Lot",
    "OpenDelivery",
    "PurchaseInvoice",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "Recall",
    "RecalledLot",
    "Recount",
    "ReorderRule",
    "StockAdjustment",
    "StockAdjustmentLine",
    "StockCount",
    "StockCountLine",
    "StockLevel",
    "StockMove",
    "StockSeries",
    "StockSettings",
    "Supplier",
    "SupplierPrice",
    "SupplierReturn",
    "SupplierReturnLine",
    "Transfer",
    "TransferLine",
    "TransferredGoods",
]
