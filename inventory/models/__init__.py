from inventory.models.lot import Lot
from inventory.models.series import StockSeries
from inventory.models.stock import StockLevel, StockMove
from inventory.models.supplier import Supplier, SupplierPrice

__all__ = ["Lot", "StockLevel", "StockMove", "StockSeries", "Supplier", "SupplierPrice"]
