"""Reports tie to the ledger to the paisa, whatever was sold and brought back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from django.db.models import Sum
from django.test import Client

from billing.models import Bill, CreditNote
from billing.operations.returns import take_goods_back
from billing.queries import PostedBill
from billing.reports import goods, takings
from billing.reports.gst import checks, rows, tax
from billing.reports.gst.gstr1 import gstr1
from billing.reports.period import Period
from billing.reports.registry import COLUMNS, REPORTS
from billing.return_request import ReturnLine, ReturnRequest
from billing.sale import Buyer, Tender
from pantrypal.core.access import Role
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.owner import owner_connection
from tests.shop import NOON, Shop, line

FIRM = Buyer(phone="+919812345678", name="Mehta & Co", gstin="29AAGCB7383J1Z4", state_code="29")
FAR = Buyer(phone="+919812345679", name="Far", state_code="27")


def month(shop: Shop) -> Period:
    shop.store.org = shop.org
    return Period(date(2026, 3, 1), date(2026, 3, 31), [shop.store])


def bring_back(shop: Shop, posted: PostedBill, quantity: str, at: datetime = NOON) -> CreditNote:
    asked = ReturnLine(posted.lines[0].pk, Decimal(quantity))
    request = ReturnRequest(uuid7(), posted.bill, shop.store, shop.register, "sour", (asked,))
    return take_goods_back(request, actor=shop.actor, at=at).note


@pytest.fixture
def march(shop: Shop) -> Shop:
    """A month of trade: consumers here and far, a firm, nil rated goods, a large invoice, returns."""
    shop.org.gstin = "29AAGCB7383J1Z4"
    shop.org.save()
    milk = shop.product("Milk", price="63.00", rate="5", hsn="0401", tracks_stock=False, cost=Decimal("50.00"))
    salt = shop.product("Salt", price="20.00", rate="0", hsn="2501", tracks_stock=False)
    oven = shop.product("Oven", price="60000.00", rate="18", hsn="8516", tracks_stock=False)
    chance = Random(7)
    for number in range(24):
        buyer = (None, FIRM, FAR)[number % 3]
        lines = [line(milk, str(chance.randint(1, 9))), line(salt, "1")]
        at = NOON + timedelta(days=chance.randrange(20), hours=chance.randrange(8))
        payments = (Tender("upi"),) if number % 2 else (Tender("cash"),)
        posted = shop.sell(*lines, buyer=buyer, at=at, payments=payments)
        if number % 4 == 0:
            bring_back(shop, posted, "1", at + timedelta(hours=1))
    large = shop.sell(line(oven, "2"), buyer=FAR)
    bring_back(shop, large, "1")
    return shop


def net(field: str) -> Decimal:
    sold = Bill.objects.aggregate(sum=Sum(field))["sum"]
    return sold - CreditNote.objects.aggregate(sum=Sum(field))["sum"]


@pytest.mark.parametrize(
    "by", [takings.by_day, takings.by_hour, takings.by_store, takings.by_register, takings.by_cashier]
)
def test_takings_add_up_to_bills_less_credit_notes(march: Shop, by) -> None:
    found = by(month(march))

    assert sum(row.net for row in found) == net("total")
    assert sum(row.tax for row in found) == net("tax")
    assert sum(row.bills for row in found) == Bill.objects.count()


def test_an_hour_is_that_of_the_stores_clock(shop: Shop) -> None:
    shop.sell(line(shop.product(price="63.00", tracks_stock=False)), at=NOON)

    (row,) = takings.by_hour(month(shop))

    assert (row.name, row.bills, row.net) == ("12", 1, Decimal("63.00"))


def test_means_of_payment_add_up_to_the_takings(march: Shop) -> None:
    found = takings.by_tender(month(march))

    assert {row.name for row in found} == {"Cash", "UPI"}
    assert sum(row.net for row in found) == net("total")


@pytest.mark.parametrize("by", [goods.by_product, goods.by_category, goods.by_margin])
def test_goods_add_up_to_the_taxable_value_and_leave_their_margin(march: Shop, by) -> None:
    found = by(month(march))

    assert sum(row.sold for row in found) == net("taxable")
    assert all(row.margin == row.sold - row.cost for row in found)


def test_the_margin_of_a_product(shop: Shop) -> None:
    shop.sell(line(shop.product("Milk", price="63.00", rate="5", tracks_stock=False, cost=Decimal("50.00")), "2"))

    (milk,) = goods.by_product(month(shop))

    assert (milk.quantity, milk.sold, milk.cost) == (Decimal("2.000"), Decimal("120.00"), Decimal("100.00"))
    assert (milk.margin, milk.margin_percent) == (Decimal("20.00"), Decimal("16.7"))


def test_taxes_by_rate_and_by_hsn_are_those_of_the_documents(march: Shop) -> None:
    by_rate, by_hsn = tax.by_rate(month(march)), tax.by_hsn(month(march))

    for found in (by_rate, by_hsn):
        assert sum(row.tax for row in found) == net("tax")
        assert sum(row.taxable for row in found) == net("taxable")
    assert [row.rate for row in by_rate] == [0, 5, 18]
    assert sum(row.cgst for row in by_rate) == sum(row.sgst for row in by_rate)


def test_a_month_of_gstr1_ties_to_the_ledger_to_the_paisa(march: Shop) -> None:
    result = gstr1(month(march))

    assert result.totals().taxable == result.hsn_totals().taxable == net("taxable")
    assert result.totals().tax == result.hsn_totals().tax == net("tax")
    assert checks.problems(month(march), result, gstin=march.org.gstin) == []


def test_each_supply_stands_in_its_own_section(march: Shop) -> None:
    result = gstr1(month(march))

    assert {row.gstin for row in rows.b2b(result)} == {FIRM.gstin}
    assert len(rows.b2b(result)) == 8
    assert {(row.place, row.kind) for row in rows.b2cs(result)} == {
        ("29-Karnataka", "INTRA"),
        ("27-Maharashtra", "INTER"),
    }
    (large,) = rows.b2cl(result)
    assert (large.value, large.rate, large.igst) == (Decimal("120000.00"), Decimal("18"), Decimal("18305.08"))
    (back,) = rows.cdnur(result)
    assert (back.original, back.taxable + back.igst) == (large.number, Decimal("60000.00"))
    assert {row.gstin for row in rows.cdnr(result)} == {FIRM.gstin}
    assert {row.kind for row in rows.nil(result)} == {"INTRA", "INTER"}
    assert {row.hsn for row in rows.hsn(result)} == {"0401", "2501", "8516"}
    bills, notes = rows.issued(result)
    assert (bills.first, bills.last, bills.count) == ("B1A-25-0000001", "B1A-25-0000025", 25)
    assert (notes.count, notes.cancelled) == (CreditNote.objects.count(), 0)


def test_the_pre_flight_says_what_is_wrong_where(shop: Shop) -> None:
    shop.sell(line(shop.product("Loose tea", price="63.00", rate="5", hsn="09", tracks_stock=False)))

    found = checks.problems(month(shop), gstr1(month(shop)), gstin="")

    assert [(one.where, one.problem) for one in found] == [
        ("Seller", "The stores have no valid GSTIN. Please add it to the organization."),
        ("B1A-25-0000001", "Loose tea has the HSN 09; it must have 4, 6 or 8 figures."),
    ]


def test_a_tampered_line_is_named_by_the_pre_flight(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        milk = shop.product("Milk", price="63.00", rate="5", hsn="0401", tracks_stock=False)
        number = shop.sell(line(milk)).bill.number
    with owner_connection() as connection:
        connection.execute(
            "UPDATE billing_billline SET taxable = taxable - 1, total = total - 1 WHERE org_id = %s", [shop.org.pk]
        )
    with transaction.atomic():
        found = checks.problems(month(shop), gstr1(month(shop)), gstin=FIRM.gstin)

    said = {(one.where, one.problem) for one in found}
    assert (number, "Its lines do not add up to it.") in said
    assert ("HSN", "The taxable value is 59.00, but the ledger says 60.00.") in said


def test_the_portals_file_has_its_own_names_and_numbers(march: Shop) -> None:
    status, answer = Api(march).get("reports/gstr1?from=2026-03-01&to=2026-03-31")

    assert (status, answer["problems"]) == (200, [])
    filed = answer["gstr1"]
    assert (filed["gstin"], filed["fp"]) == (march.org.gstin, "032026")
    invoice = filed["b2b"][0]["inv"][0]
    assert filed["b2b"][0]["ctin"] == FIRM.gstin
    assert (invoice["inum"][:4], invoice["idt"][2:], invoice["rchrg"]) == ("B1A-", "-03-2026", "N")
    assert isinstance(invoice["itms"][0]["itm_det"]["txval"], (int, float))
    assert {part["doc_num"] for part in filed["doc_issue"]["doc_det"]} == {1, 5}


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_its_words_and_comes_as_json_csv_and_page(march: Shop, till: Client, name: str) -> None:
    api, asked = Api(march), "from=2026-03-01&to=2026-03-31"

    status, answer = api.get(f"reports/{name}?{asked}")
    as_csv = api.raw("GET", f"reports/{name}?{asked}&format=csv")
    page = till.get(f"/asha/admin/sales-reports/{name}/?first=2026-03-01&last=2026-03-31")

    assert (status, as_csv.status_code, page.status_code) == (200, 200, 200)
    found = list(csv.DictReader(io.StringIO(as_csv.content.decode())))
    assert len(found) == len(answer["results"])
    if answer["results"]:
        assert as_csv["Content-Type"].startswith("text/csv")
        assert list(found[0]) == list(answer["results"][0])
        assert set(found[0]) <= set(COLUMNS)
    if REPORTS[name].chart and len(found) > 1:
        assert "<svg" in page.content.decode()


def test_a_cashier_sees_no_reports_and_a_bad_day_is_refused(march: Shop, client: Client) -> None:
    api = Api(march)

    assert api.get("reports/sales-by-day?from=yesterday")[0] == 400
    assert api.get("reports/gstr1?from=2026-02-01&to=2026-03-31")[0] == 400
    assert api.get("reports/no-such-report")[0] == 404
    assert Api(march, ["billing:read"]).get("reports/sales-by-day")[0] == 403
    client.force_login(march.member(Role.CASHIER))
    assert client.get("/asha/admin/sales-reports/").status_code == 403
    assert json.dumps(api.get("reports")[1]).count("gstr1-") == 9
