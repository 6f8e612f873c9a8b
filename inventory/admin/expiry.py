"""What expires soon, with the markdown that would still sell it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.models import Promotion
from inventory.models import Lot
from inventory.operations.markdowns import mark_down, marked_down
from inventory.reports.expiry import ExpiringLot, expiring_lots
from pantrypal.core.access import Permission
from pantrypal.core.admin import Menu, site
from pantrypal.core.admin.report_page import Cell, Report, StoreForm, figure, report_page, words
from pantrypal.core.admin.scope import UNKNOWN, stores_of
from pantrypal.core.business_time import zone
from pantrypal.core.errors import DomainError
from pantrypal.core.http import OrgRequest
from pantrypal.core.money import ZERO, round_money
from pantrypal.core.queries import as_uuid
from pantrypal.core.templatetags.pantrypal import day, money, quantity

Running = dict[tuple[UUID, UUID], Promotion]  # markdowns of now, by store and product
MOMENT = timedelta(microseconds=1)  # a promotion that ends at midnight has its last day before
MOST_DAYS = 60
WITHIN = [(days, gettext_lazy("%s days") % days) for days in (7, 15, 30, MOST_DAYS)]


class WithinForm(StoreForm):
    within = forms.TypedChoiceField(
        label=gettext_lazy("Within"), choices=WITHIN, coerce=int, widget=UnfoldAdminSelectWidget
    )
    field_order = ("within", "store")

    def defaults(self, request: OrgRequest) -> dict[str, str]:
        return {"within": "15"}


def expiry_page(request: OrgRequest) -> HttpResponse:
    if request.method == "POST":
        _mark_down(request)
        return HttpResponseRedirect(request.get_full_path())
    form = WithinForm(request)
    lots = expiring_lots(timezone.now(), stores=form.stores, within=form.cleaned_data.get("within", 0))
    running = _running(lots)
    worth = round_money(sum((lot.value for lot in lots), ZERO), request.org.places)
    report = Report(
        (
            _("Product"),
            _("Lot"),
            _("Store"),
            _("Last day"),
            _("In stock"),
            _("Sold a day"),
            _("Left over"),
            _("At cost"),
            _("Do"),
        ),
        [_row(request, lot, running) for lot in lots],
        _("%s at cost") % money(worth, request.org.currency),
        _("Nothing in stock expires in that time."),
    )
    return report_page(request, _("Expires soon"), form, report)


def _row(request: OrgRequest, lot: ExpiringLot, running: Running) -> list[Cell]:
    value = round_money(lot.value, request.org.places)
    return [
        words(lot.name),
        words(lot.code),
        words(lot.store.name),
        Cell(day(lot.expires_on), lot.expires_on),
        figure(quantity(lot.on_hand), lot.on_hand),
        figure(quantity(lot.sold_a_day), lot.sold_a_day),
        figure(quantity(lot.markdown.left_over), lot.markdown.left_over),
        figure(money(value, request.org.currency), value),
        _advice(request, lot, running),
    ]


def _advice(request: OrgRequest, lot: ExpiringLot, running: Running) -> Cell:
    if lot.is_expired:
        return words(_("Write off: it may not be sold"))
    if promotion := running.get((lot.store.pk, lot.product)):
        last = promotion.ends_at - MOMENT if promotion.ends_at else None
        until = last.astimezone(zone(lot.store.time_zone)).date() if last else None
        said = _("%(percent)s %% off until %(day)s")
        return words(said % {"percent": quantity(promotion.percent), "day": day(until)})
    if not lot.markdown.percent:
        return words(_("Sells out by itself"))
    said = _("Take %s %% off") % lot.markdown.percent
    may = request.actor.may(Permission.PRICE_EDIT, lot.store.pk)
    return Cell(said, does=f"{lot.store.pk} {lot.lot}" if may else "")


def _running(lots: list[ExpiringLot]) -> Running:
    found = {}
    for store in {lot.store.pk: lot.store for lot in lots}.values():
        products = {lot.product for lot in lots if lot.store.pk == store.pk}
        for product, promotion in marked_down(products, store=store, at=timezone.now()).items():
            found[store.pk, product] = promotion
    return found


def _mark_down(request: OrgRequest) -> None:
    """The markdown that this page suggests for the row whose button was pressed, as of now."""
    store_ref, _space, lot_ref = request.POST.get("do", "").partition(" ")
    store, now = stores_of(request).get(as_uuid(store_ref) or UNKNOWN), timezone.now()
    lots = expiring_lots(now, stores=[store], within=MOST_DAYS) if store else []
    chosen = next((lot for lot in lots if str(lot.lot) == lot_ref and lot.markdown.percent), None)
    if store is None or chosen is None:
        messages.error(request, _("There is nothing to mark down any more. Please look again."))
        return
    lot, percent = Lot.objects.select_related("product").get(pk=chosen.lot), chosen.markdown.percent
    try:
        with transaction.atomic():
            mark_down(lot, percent, store=store, actor=request.actor, at=now)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return
    said = _("%(product)s is %(percent)s %% cheaper in %(store)s until %(day)s.")
    told = {"product": chosen.name, "percent": percent, "store": store.name, "day": day(chosen.expires_on)}
    messages.success(request, said % told)


site.add_page(
    "expires-soon/",
    "expires_soon",
    expiry_page,
    title=gettext_lazy("Expires soon"),
    permission=Permission.STOCK_VIEW,
    menu=Menu("stock", 32, "hourglass_bottom"),
)
