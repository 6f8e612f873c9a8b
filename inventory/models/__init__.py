from inventory.models.lot import Lot
from inventory.models.stock import StockLevel, StockMove

__all__ = ["Lot", "StockLevel", "StockMove"]
