"""A month of GSTR-1 in one go: each registration of an organization with its own file and its own check."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from billing.operations.checkout import checkout
from billing.operations.registers import create_register
from billing.operations.shifts import open_shift
from billing.reports.gst.packs import by_registration, pack_zip, packs
from billing.reports.period import Period
from billing.sale import Basket, Buyer, Sale, Tender
from pantrypal.core.models import Store
from pantrypal.core.money import ZERO
from pantrypal.core.operations.organizations import create_store
from pantrypal.tenancy.ids import uuid7
from tests.api import Api
from tests.shop import NOON, Shop, line

KARNATAKA, MAHARASHTRA = "29AAGCB7383J1Z4", "27AAGCB7383J1Z8"
MARCH = "from=2026-03-01&to=2026-03-31"


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """Three stores: two of one registration, one in another state with a registration of its own."""
    type(shop.org).objects.filter(pk=shop.org.pk).update(gstin=KARNATAKA)
    shop.org.refresh_from_db()
    milk = shop.product("Milk", price="63.00", rate="5", hsn="0401", tracks_stock=False)
    shop.store.org = shop.org
    shop.sell(line(milk), buyer=Buyer(phone="+919812345678", name="Mehta", gstin=KARNATAKA, state_code="29"))
    for code, state, gstin, quantity in (("B2", "29", "", "2"), ("M1", "27", MAHARASHTRA, "4")):
        store = create_store(
            actor=shop.actor, at=NOON, code=code, name=code, state_code=state, gstin=gstin, rounding_step=ZERO
        )
        register = create_register(store=store, code="A", name="Counter", actor=shop.actor, at=NOON)
        open_shift(register=register, store=store, opening_float=ZERO, actor=shop.actor, at=NOON)
        basket = Basket(store, (line(milk, quantity),))
        checkout(Sale(uuid7(), register, basket, (Tender("cash"),)), actor=shop.actor, at=NOON)
    return shop


def month() -> Period:
    stores = list(Store.objects.select_related("org").order_by("code"))
    return Period(date(2026, 3, 1), date(2026, 3, 31), stores)


def test_stores_are_filed_by_their_registration(shop: Shop) -> None:
    found = {gstin: [store.code for store in stores] for gstin, stores in by_registration(month().stores).items()}

    assert found == {MAHARASHTRA: ["M1"], KARNATAKA: ["B1", "B2"]}


def test_each_registration_ties_by_itself(shop: Shop) -> None:
    west, south = packs(month())

    assert (west.gstin, west.result.totals().taxable, list(west.problems)) == (MAHARASHTRA, Decimal("240.00"), [])
    assert (south.gstin, south.result.totals().taxable, list(south.problems)) == (KARNATAKA, Decimal("180.00"), [])
    assert west.result.totals().igst == ZERO
    assert [run.first[:3] for run in south.result.issued] == ["B1A", "B2A"]


def test_the_api_gives_one_pack_for_each_registration(shop: Shop) -> None:
    status, answer = Api(shop).get(f"reports/gstr1-packs?{MARCH}")

    assert (status, answer["first"], answer["last"]) == (200, "2026-03-01", "2026-03-31")
    assert [(one["gstin"], one["stores"], one["problems"]) for one in answer["results"]] == [
        (MAHARASHTRA, ["M1"], []),
        (KARNATAKA, ["B1", "B2"], []),
    ]
    assert [one["gstr1"]["gstin"] for one in answer["results"]] == [MAHARASHTRA, KARNATAKA]
    assert answer["results"][1]["gstr1"]["b2b"][0]["ctin"] == KARNATAKA


def test_one_file_for_several_registrations_is_refused(shop: Shop) -> None:
    api = Api(shop)

    status, refusal = api.get(f"reports/gstr1?{MARCH}")
    of_one = api.get(f"reports/gstr1?{MARCH}&store=M1")

    assert (status, list(refusal["errors"])) == (400, ["store"])
    assert MAHARASHTRA in refusal["detail"]
    assert (of_one[0], of_one[1]["gstr1"]["gstin"]) == (200, MAHARASHTRA)
    assert api.get("reports/gstr1-packs?from=2026-02-01&to=2026-03-31")[0] == 400


def test_the_zip_holds_a_folder_for_each_registration(shop: Shop) -> None:
    answer = Api(shop).raw("GET", f"reports/gstr1-packs/zip?{MARCH}")

    assert answer["Content-Disposition"] == 'attachment; filename="gstr1-2026-03.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert {name.split("/")[0] for name in archive.namelist()} == {KARNATAKA, MAHARASHTRA}
    assert len(archive.namelist()) == 2 * 10
    filed = json.loads(archive.read(f"{MAHARASHTRA}/gstr1-032026.json"))
    assert (filed["gstin"], filed["b2cs"][0]["txval"]) == (MAHARASHTRA, 240)
    (row,) = csv.DictReader(io.StringIO(archive.read(f"{KARNATAKA}/b2b.csv").decode()))
    assert (row["gstin"], row["taxable"]) == (KARNATAKA, "60.00")
    assert archive.read(f"{KARNATAKA}/check.csv") == b""
    assert pack_zip(packs(month())) == answer.content


def test_what_is_wrong_is_said_of_the_registration_it_belongs_to(shop: Shop) -> None:
    shop.sell(line(shop.product("Tea", price="63.00", hsn="09", tracks_stock=False)))

    west, south = Api(shop).get(f"reports/gstr1-packs?{MARCH}")[1]["results"]
    check = Api(shop).get(f"reports/gstr1-check?{MARCH}")[1]["results"]

    assert (west["problems"], [found["where"] for found in south["problems"]]) == ([], ["B1A-25-0000002"])
    assert [found["where"] for found in check] == [f"{KARNATAKA}: B1A-25-0000002"]


@time_machine.travel("2026-04-10 06:00", tick=False)
def test_the_page_shows_last_month_and_leads_to_the_file(shop: Shop, till: Client) -> None:
    page = till.get("/asha/admin/sales-reports/gstr1-pack/").content.decode()

    assert "March 2026" in page
    assert page.index(MAHARASHTRA) < page.index(KARNATAKA)
    assert "₹180.00" in page
    assert "it can be filed" in page
    assert "/asha/api/v1/reports/gstr1-packs/zip?from=2026-03-01&amp;to=2026-03-31" in page
    assert till.get(f"/asha/api/v1/reports/gstr1-packs/zip?{MARCH}").status_code == 200
    assert "₹0.00" in till.get("/asha/admin/sales-reports/gstr1-pack/?month=2026-02-01").content.decode()
    assert till.get("/asha/admin/sales-reports/gstr1-pack/?month=nonsense").status_code == 200
