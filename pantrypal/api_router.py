"""/api/v1/: the list of resources, the OpenAPI document and its readable form."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerView
from rest_framework.routers import SimpleRouter

from billing.api.approvals import ApprovalViewSet
from billing.api.bill_papers import BillPapersViewSet
from billing.api.carts import CartViewSet
from billing.api.credit_note_papers import CreditNotePapersViewSet
from billing.api.customer_rights import CustomerRightsViewSet
from billing.api.payment_intents import PaymentIntentViewSet
from billing.api.recalled import RecalledBillsViewSet
from billing.api.registers import RegisterViewSet, ShiftViewSet
from billing.api.reports import ReportViewSet
from billing.api.scan import ScanViewSet
from catalog.api.exports import ExportViewSet
from catalog.api.groups import BrandViewSet, CategoryViewSet, TaxClassViewSet
from catalog.api.hsn import HsnViewSet
from catalog.api.imports import ImportViewSet
from catalog.api.prices import PriceListViewSet, PriceViewSet
from catalog.api.products import ProductViewSet
from catalog.api.promotions import PromotionViewSet
from customers.api.views import CustomerViewSet
from inventory.api.adjustments import StockAdjustmentViewSet
from inventory.api.alert_settings import AlertSettingsViewSet
from inventory.api.alerts import AlertViewSet
from inventory.api.counts import StockCountViewSet
from inventory.api.invoices import PurchaseInvoiceViewSet
from inventory.api.loss_reports import NearExpiryViewSet, ShrinkageViewSet, WasteViewSet
from inventory.api.lots import LotViewSet
from inventory.api.markdowns import MarkdownViewSet
from inventory.api.orders import PurchaseOrderViewSet
from inventory.api.recalls import RecallViewSet
from inventory.api.receipts import GoodsReceiptViewSet
from inventory.api.reorder import ReorderRuleViewSet, ReorderSuggestionViewSet
from inventory.api.reports import StockValueViewSet
from inventory.api.returns import SupplierReturnViewSet
from inventory.api.suppliers import SupplierViewSet
from inventory.api.transfers import TransferViewSet
from inventory.api.views import StockMoveViewSet, StockViewSet
from pantrypal.core.api.organization import MeViewSet, StoreViewSet
from pantrypal.core.api.webhooks import EventViewSet, WebhookViewSet

router = SimpleRouter()
router.trailing_slash = "/?"  # both forms work
for name, viewset in (
    ("me", MeViewSet),
    ("stores", StoreViewSet),
    ("registers", RegisterViewSet),
    ("shifts", ShiftViewSet),
    ("categories", CategoryViewSet),
    ("brands", BrandViewSet),
    ("tax-classes", TaxClassViewSet),
    ("products", ProductViewSet),
    ("prices", PriceViewSet),
    ("price-lists", PriceListViewSet),
    ("promotions", PromotionViewSet),
    ("hsn", HsnViewSet),
    ("imports", ImportViewSet),
    ("exports", ExportViewSet),
    ("scan", ScanViewSet),
    ("customers", CustomerViewSet),
    ("stock", StockViewSet),
    ("stock-moves", StockMoveViewSet),
    ("stock-adjustments", StockAdjustmentViewSet),
    ("suppliers", SupplierViewSet),
    ("lots", LotViewSet),
    ("purchase-orders", PurchaseOrderViewSet),
    ("alerts", AlertViewSet),
    ("alert-settings", AlertSettingsViewSet),
    ("recalls", RecallViewSet),
    ("stock-counts", StockCountViewSet),
    ("transfers", TransferViewSet),
    ("reports/stock-value", StockValueViewSet),
    ("goods-receipts", GoodsReceiptViewSet),
    ("supplier-returns", SupplierReturnViewSet),
    ("purchase-invoices", PurchaseInvoiceViewSet),
    ("reorder-suggestions", ReorderSuggestionViewSet),
    ("reorder-rules", ReorderRuleViewSet),
    ("markdowns", MarkdownViewSet),
    ("reports/waste", WasteViewSet),
    ("reports/shrinkage", ShrinkageViewSet),
    ("reports/near-expiry", NearExpiryViewSet),
    ("payment-intents", PaymentIntentViewSet),
    ("reports", ReportViewSet),
    ("bills", BillPapersViewSet),
    ("credit-notes", CreditNotePapersViewSet),
    ("carts", CartViewSet),
    ("approvals", ApprovalViewSet),
    ("events", EventViewSet),
    ("webhooks", WebhookViewSet),
):
    router.register(name, viewset, basename=name)
router.register("customers", CustomerRightsViewSet, basename="customer-rights")  # upper floor, same resource
router.register("recalls", RecalledBillsViewSet, basename="recalled-bills")

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="openapi"), name="api-docs"),
    *router.urls,
]
