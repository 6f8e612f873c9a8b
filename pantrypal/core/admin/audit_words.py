"""The journal in the words of the shop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "alert.snoozed": _("Alert put off"),
    "alert_settings.changed": _("Alert settings changed"),
    "api_key.created": _("API key made"),
    "api_key.revoked": _("API key revoked"),
    "approval.given": _("Approval given"),
    "bill.age_checked": _("Age of the buyer checked"),
    "bill.paper_differs": _("Bill made off line at other prices"),
    "bill.posted": _("Bill posted"),
    "bill.sent": _("Bill sent to its buyer"),
    "brand.changed": _("Brand changed"),
    "brand.created": _("Brand added"),
    "cash.cash_drop": _("Cash to the safe"),
    "cash.cash_in": _("Cash in"),
    "cash.cash_out": _("Cash out"),
    "cash.no_sale": _("Drawer opened without a sale"),
    "cart.discounted": _("Discount given at the till"),
    "cart.dropped": _("Cart dropped"),
    "cart.expired": _("Held cart dropped after its days"),
    "cart.fitted": _("Cart cut down to the stock"),
    "cart.held": _("Cart held"),
    "cart.line_removed": _("Line taken out of a cart"),
    "cart.priced": _("Other price at the till"),
    "cart.resumed": _("Held cart taken up"),
    "cart.returned": _("Goods of a cart taken back"),
    "cart.sold_offline": _("Cart sold off line"),
    "catalog.exported": _("Products taken along as a file"),
    "catalog.import_undone": _("Import of products undone"),
    "catalog.imported": _("Products imported"),
    "category.changed": _("Category changed"),
    "category.created": _("Category added"),
    "coupons.changed": _("Coupons changed"),
    "coupons.made": _("Coupons made"),
    "credit_note.posted": _("Credit note posted"),
    "customer.changed": _("Customer changed"),
    "customer.created": _("Customer added"),
    "customer.erased": _("Person erased"),
    "customer.exported": _("Data of a person handed out"),
    "device.cloned": _("Two devices with one pairing"),
    "delivery.replayed": _("Background work tried again"),
    "goods_receipt.posted": _("Goods received"),
    "lot.changed": _("Lot changed"),
    "lot.created": _("Lot added"),
    "member.added": _("Person added"),
    "member.changed": _("Person changed"),
    "member.invitation_withdrawn": _("Invitation withdrawn"),
    "member.invited": _("Person invited"),
    "member.invited_again": _("Invitation sent again"),
    "member.joined": _("Person joined"),
    "member.pin_set": _("PIN set"),
    "family.changed": _("Family of variants changed"),
    "family.created": _("Family of variants added"),
    "offline.refused": _("Sale made off line refused"),
    "organization.changed": _("Organization changed"),
    "organization.created": _("Organization created"),
    "organization.resumed": _("Organization resumed by the platform"),
    "organization.subscription_changed": _("Plan or status changed by the platform"),
    "organization.suspended": _("Organization suspended by the platform"),
    "payment.asked": _("Payment asked for"),
    "payment.failed": _("Payment failed"),
    "payment.paid": _("Payment confirmed by the provider"),
    "payment.refunded": _("Payment given back by the provider"),
    "payment.refund_failed": _("Payment not given back by the provider"),
    "payment_account.saved": _("Payment account changed"),
    "pin.locked": _("Too many wrong PINs"),
    "pin.unlocked": _("PINs taken again"),
    "price.changed": _("Price changed"),
    "price.noted": _("Price noted"),
    "price.withdrawn": _("Price withdrawn"),
    "price_list.changed": _("Price list changed"),
    "price_list.created": _("Price list added"),
    "prices.changed": _("Many prices changed"),
    "product.archived": _("Product archived"),
    "product.changed": _("Product changed"),
    "product.created": _("Product added"),
    "product.picture_changed": _("Picture changed"),
    "product.picture_refused": _("Picture could not be had"),
    "product.picture_removed": _("Picture removed"),
    "product.picture_wanted": _("Picture asked for"),
    "product.restored": _("Product restored"),
    "promotion.archived": _("Promotion ended"),
    "promotion.changed": _("Promotion changed"),
    "promotion.created": _("Promotion added"),
    "promotion.restored": _("Promotion taken up again"),
    "purchase_invoice.changed": _("Purchase invoice corrected"),
    "purchase_invoice.noted": _("Purchase invoice noted"),
    "purchase_order.cancelled": _("Purchase order cancelled"),
    "purchase_order.changed": _("Purchase order changed"),
    "purchase_order.closed": _("Purchase order closed short"),
    "purchase_order.created": _("Purchase order drafted"),
    "purchase_order.sent": _("Purchase order sent"),
    "reason.saved": _("Reason changed"),
    "refund.asked": _("Refund asked of the provider"),
    "refund.done": _("Refund made by the provider"),
    "refund.failed": _("Refund refused by the provider"),
    "register.archived": _("Register taken out of use"),
    "recall.ended": _("Recall ended"),
    "recall.started": _("Lots recalled"),
    "register.changed": _("Register changed"),
    "register.created": _("Register added"),
    "register.paired": _("Device paired"),
    "register.restored": _("Register back in use"),
    "register.unpaired": _("Device unpaired"),
    "reorder_rule.changed": _("Reorder rule changed"),
    "reorder_rule.created": _("Reorder rule made"),
    "reorder_rule.removed": _("Reorder rule removed"),
    "reorder_rules.made": _("Reorder rules made from sales"),
    "scale_label.changed": _("Scale label changed"),
    "scale_label.created": _("Scale label added"),
    "shift.closed": _("Shift closed"),
    "shift.opened": _("Shift opened"),
    "stock.adjusted": _("Stock adjusted"),
    "stock.costing_changed": _("Way of valuing stock changed"),
    "stock_count.cancelled": _("Count called off"),
    "stock_count.opened": _("Count begun"),
    "stock_count.posted": _("Count posted"),
    "stock_count.recount_asked": _("Asked to count again"),
    "store.changed": _("Store changed"),
    "store.created": _("Store added"),
    "supplier.archived": _("Supplier archived"),
    "supplier.changed": _("Supplier changed"),
    "supplier.created": _("Supplier added"),
    "supplier.restored": _("Supplier restored"),
    "supplier_price.changed": _("Supplier price changed"),
    "supplier_price.created": _("Supplier price added"),
    "till_rules.changed": _("Rules of the tills changed"),
    "supplier_return.posted": _("Goods sent back to the supplier"),
    "tax_class.changed": _("Tax class changed"),
    "tax_class.reclassed": _("Products put into another tax class"),
    "tax_class.created": _("Tax class added"),
    "webhook.changed": _("Webhook changed"),
    "webhook.created": _("Webhook added"),
    "webhook.disabled": _("Webhook switched off: it failed for too long"),
    "webhook.removed": _("Webhook removed"),
    "webhook.replayed": _("Events sent to a webhook again"),
    "webhook.secret_rotated": _("Webhook given a new secret"),
    "transfer.cancelled": _("Transfer called off"),
    "transfer.received": _("Transfer received"),
    "transfer.requested": _("Transfer asked for"),
    "transfer.sent": _("Transfer sent"),
}


def words_for(action: str) -> str:
    """An action that has no words yet is shown by its own name."""
    return str(ACTIONS.get(action, action))


@dataclass(frozen=True, slots=True)
class Change:
    """One value of an entry; `old` is None where only the new one was kept."""

    name: str
    new: str
    old: str | None = None


def changes_of(data: dict[str, Any]) -> Iterator[Change]:
    """Pairs of old and new values first, then whatever else the entry holds."""
    old, new = data.get("old"), data.get("new")
    if isinstance(old, dict) and isinstance(new, dict):
        for name in old.keys() | new.keys():
            if old.get(name) != new.get(name):
                yield Change(name, _text(new.get(name)), _text(old.get(name)))
        data = {name: value for name, value in data.items() if name not in ("old", "new")}
    for name, value in data.items():
        yield Change(name, _text(value))


def _text(value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(each)}" for name, each in value.items())
    return str(value)
