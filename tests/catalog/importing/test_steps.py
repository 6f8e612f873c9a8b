from __future__ import annotations

from datetime import timedelta

import pytest

from catalog.models import Barcode, ImportJob, ImportRejection, Product
from catalog.operations.import_products import finish_work
from catalog.operations.imports import steps
from catalog.operations.imports.runs import cancel_import, start_check, start_import
from catalog.operations.imports.uploads import choose_settings, mend_rows, upload_list
from catalog.refusals import ImportAtWork
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.journal.stepwise import Busy
from tests.catalog.importing.lists import bring, counts, listed, product, reasons
from tests.shop import NOON, Shop

ROWS = [f"Item {n};S{n // 2};{100_000 + n};{n // 2},00" for n in range(1, 21)]


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "BATCH", 3)


def uploaded(shop: Shop, *rows: str, header: str = "name;sku;barcode;price") -> ImportJob:
    return upload_list(listed(*rows, header=header), "list.csv", actor=shop.actor, at=NOON)


def test_work_that_died_midway_is_taken_up_again_and_comes_to_the_same(shop: Shop) -> None:
    whole = counts(bring(shop, listed(*ROWS, header="name;sku;barcode;price")))
    Product.objects.all().delete()
    job = uploaded(shop, *ROWS)
    start_import(job.pk, actor=shop.actor, at=NOON)
    dying = steps.work_through(job.pk, at=NOON)
    assert [next(dying), next(dying)] == [3, 6]
    dying.close()

    job = finish_work(job.pk, at=NOON)

    assert (job.state, job.processed, counts(job)) == ("imported", 20, whole)
    assert Product.objects.count() == whole[2] == 10
    assert AuditEntry.objects.filter(action="catalog.imported", subject_id=str(job.pk)).count() == 1


def test_two_workers_on_one_import_do_not_take_a_step_twice(shop: Shop) -> None:
    job = uploaded(shop, *ROWS)
    start_import(job.pk, actor=shop.actor, at=NOON)
    first, second = steps.work_through(job.pk, at=NOON), steps.work_through(job.pk, at=NOON)
    assert (next(first), next(second)) == (3, 3)  # the second one reads what is done
    assert next(first) == 6

    with pytest.raises(Busy):
        next(second)

    assert list(first)[-1] == 20
    assert Product.objects.count() == 10


def test_a_cancelled_import_stops_after_its_step_and_can_go_on_or_be_undone(shop: Shop) -> None:
    job = uploaded(shop, *ROWS)
    start_import(job.pk, actor=shop.actor, at=NOON)
    work = steps.work_through(job.pk, at=NOON)
    next(work)
    cancel_import(job.pk, actor=shop.actor)

    assert list(work) == []

    job.refresh_from_db()
    assert (job.state, job.processed) == ("cancelled", 3)
    assert OutboxEvent.objects.get(topic="catalog.imported").payload["state"] == "cancelled"
    start_import(job.pk, actor=shop.actor, at=NOON)
    assert finish_work(job.pk, at=NOON).state == "imported"


def test_one_list_at_a_time_is_imported(shop: Shop) -> None:
    first, second = uploaded(shop, *ROWS), uploaded(shop, *ROWS)
    start_import(first.pk, actor=shop.actor, at=NOON)

    with pytest.raises(ImportAtWork, match="Another list is being imported"):
        start_import(second.pk, actor=shop.actor, at=NOON)

    start_check(second.pk, actor=shop.actor, at=NOON)
    assert finish_work(second.pk, at=NOON).state == "checked"


def test_a_list_that_breaks_off_fails_with_the_reason_and_keeps_what_was_imported(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "BATCH", 500)
    rows = [f"Item {n};S{n};;1,00" for n in range(1_200)]
    job = uploaded(shop, *rows, "Broken;" + "x" * 40_000)
    start_import(job.pk, actor=shop.actor, at=NOON)

    job = finish_work(job.pk, at=NOON)

    assert (job.state, job.problem) == ("failed", "A cell is far too long: perhaps a quotation mark is not closed.")
    assert Product.objects.count() == 1_000


def test_mended_rows_take_the_place_of_the_file_s(shop: Shop) -> None:
    job = uploaded(shop, "Rice;R;9520000000012;1,00", "Dal;D;;2,00")
    start_import(job.pk, actor=shop.actor, at=NOON)
    assert reasons(finish_work(job.pk, at=NOON)) == [(2, "bad_check_digit")]

    mend_rows(job.pk, {2: ["Rice", "R", "9520000000011", "1,00"]}, actor=shop.actor)
    start_import(job.pk, actor=shop.actor, at=NOON + timedelta(minutes=5))
    job = finish_work(job.pk, at=NOON)

    assert counts(job) == (2, 0, 1, 0, 1)
    assert not ImportRejection.objects.filter(job=job).exists()
    assert Barcode.objects.get(product=product("R")).code == "09520000000011"


def test_lost_zeros_are_put_back_for_all_rows_by_choice(shop: Shop) -> None:
    job = uploaded(shop, "Deo;A;83800047857;1,00")
    start_check(job.pk, actor=shop.actor, at=NOON)
    assert reasons(finish_work(job.pk, at=NOON)) == [(2, "lost_zero")]

    choose_settings(job.pk, actor=shop.actor, fix_zeros=True)
    start_import(job.pk, actor=shop.actor, at=NOON)

    assert counts(finish_work(job.pk, at=NOON)) == (1, 0, 1, 0, 0)
    assert Barcode.objects.get().shown == "083800047857"


def test_what_was_chosen_for_a_list_holds_for_the_next_one_with_its_header(shop: Shop) -> None:
    first = uploaded(shop, "Rice;1;1200;R", header="a;name;price;sku")
    choose_settings(first.pk, actor=shop.actor, money="minor")

    assert uploaded(shop, "Dal;1;1300;D", header="A;Name;Price;SKU").settings["money"] == "minor"
    assert uploaded(shop, "Dal;1300;D", header="name;price;sku").settings["money"] == "major"
