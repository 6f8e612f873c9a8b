from inventory.models.adjustment import WRITE_OFFS, StockAdjustment, StockAdjustmentLine
from inventory.models.costing import CostLayer, StockSettings
from inventory.models.lot import Lot
from inventory.models.purchase_order import PurchaseOrder, PurchaseOrderLine
from inventory.models.series import StockSeries
from inventory.models.stock import StockLevel, StockMove
from inventory.models.supplier import Supplier, SupplierPrice

__all__ = [
    "WRITE_OFFS",
    "CostLayer",
    "Lot",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "StockAdjustment",
    "StockAdjustmentLine",
    "StockLevel",
    "StockMove",
    "StockSeries",
    "StockSettings",
    "Supplier",
    "SupplierPrice",
]
