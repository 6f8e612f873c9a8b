from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Sum

from billing.demo import plans
from billing.demo.founding import found
from billing.demo.goods import DATA
from billing.demo.people import invite_everybody
from billing.models import Bill, Register, Shift
from catalog.gtin import is_gtin
from catalog.models import Product
from catalog.queries import favourites
from inventory.models import StockLevel, StockMove
from pantrypal.core.errors import Invalid
from pantrypal.core.gstin import is_gstin
from pantrypal.core.models import ApiKey, Membership, Organization, User
from pantrypal.tenancy.context import org_scope

EVENING = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # half past five in Kolkata


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", ["products.csv", "products_gb.csv"])
def test_every_product_of_the_demo_could_be_sold(name: str) -> None:
    rows = rows_of(name)

    assert len({row["sku"] for row in rows}) == len(rows)
    for row in rows:
        assert bool(row["gtin"]) != bool(row["plu"]), row
        assert not row["gtin"] or (is_gtin(row["gtin"]) and row["gtin"].startswith("952")), row
        assert Decimal(row["cost"]) < Decimal(row["price"]) <= Decimal(row["mrp"] or "Infinity"), row


def test_the_chain_sells_about_150_products_named_in_english_and_hindi() -> None:
    rows = rows_of("products.csv")

    assert 140 <= len(rows) <= 180
    assert all(row["name_hi"] and row["hsn"] for row in rows)


def test_the_registrations_of_the_demo_are_well_formed() -> None:
    for plan in (plans.ANNAPURNA, plans.BHARAT):
        assert is_gstin(plan.values["gstin"])
        assert plan.values["gstin"][:2] == plan.values["state_code"]


@pytest.mark.django_db
def test_two_days_of_the_chain_leave_no_page_empty() -> None:
    invite_everybody("!")
    assert found(replace(plans.ANNAPURNA, days=1), now=EVENING)

    org = Organization.objects.get(slug="annapurna")
    with org_scope(org.pk):
        assert Product.objects.filter(family=None, is_bundle=False).count() == len(rows_of("products.csv"))
        assert Product.objects.filter(is_bundle=True).count() == 2
        assert Product.objects.exclude(family=None).count() == 6
        assert len(favourites()) == 24
        assert Register.objects.count() == 4
        assert {bill.register.code for bill in Bill.objects.select_related("register")} == {"A", "B", "W"}
        assert Bill.objects.filter(customer__isnull=False).exists()
        assert Bill.objects.filter(document_date=EVENING.date()).exists()
        free = Register.objects.get(code="A", store_id=Bill.objects.filter(number__startswith="B1A")[0].store_id)
        assert not Shift.objects.filter(register=free, closed_at=None).exists()
        assert Bill.objects.filter(finalized_at__gt=EVENING).count() == 0


@pytest.mark.django_db
def test_the_demo_s_ledger_and_levels_agree() -> None:
    invite_everybody("!")
    found(plans.BHARAT, now=EVENING)

    with org_scope(Organization.objects.get(slug="bharat").pk):
        places = ("store_id", "product", "lot")
        levels = {level[:3]: level[3] for level in StockLevel.objects.values_list(*places, "on_hand")}
        sums = StockMove.objects.values_list(*places).annotate(moved=Sum("quantity"))
        assert {row[:3]: row[3] for row in sums} == levels
        assert min(levels.values()) >= 0


@pytest.mark.django_db
def test_a_seed_that_fails_half_way_leaves_nothing() -> None:
    invite_everybody("!")
    (store,) = plans.GREENFIELD.stores
    broken = replace(store, registers=(replace(store.registers[0], code="too long"),))

    with pytest.raises(Invalid):
        found(replace(plans.GREENFIELD, stores=(broken,)), now=EVENING)

    assert not Organization.objects.filter(slug="greenfield").exists()
    assert found(plans.GREENFIELD, now=EVENING)


@pytest.mark.django_db
def test_a_second_seed_changes_nothing_and_tells_the_same_key(tmp_path: Path) -> None:
    invite_everybody("!")
    found(replace(plans.ANNAPURNA, days=0), now=EVENING)
    found(plans.GREENFIELD, now=EVENING)
    told = [StringIO(), StringIO()]

    for out in told:
        arguments = ["--password", "x", "--key-file", str(tmp_path / "key"), "annapurna", "greenfield"]
        call_command("seed_demo", *arguments, stdout=out)

    assert told[0].getvalue() == told[1].getvalue()
    assert (tmp_path / "key").read_text() in told[0].getvalue()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert ApiKey.objects.count() == 1
    assert User.objects.get(email="operator@pantrypal.example").is_staff
    assert Membership.objects.filter(user__email="ravi@auditors.example").count() == 2
