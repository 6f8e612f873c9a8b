from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import ImportJob, ImportMapping, Product
from catalog.operations.import_products import finish_work
from catalog.operations.imports.undoing import undo_stepwise
from pantrypal.core.access import Role
from tests.catalog.importing.lists import HEADER, counts, product
from tests.shop import NOON, Shop

LIST = "/asha/admin/catalog/importjob/"
RICE = "Basmati rice 1 kg;R1;9520000000011;120,00;130,00;Annapurna;Grocery"
MISTYPED = "Dal;D1;9520000000029;168,00;;;"
ZERO = "Deo;Z1;83800047857;9,00;;;"


def upload(browser: Client, *rows: str, name: str = "list.csv") -> str:
    """The address of the import's page."""
    file = SimpleUploadedFile(name, "\n".join([HEADER, *rows]).encode())
    answer = browser.post(f"{LIST}add/", {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer.headers["Location"])


def press(browser: Client, page: str, button: str, **values: Any) -> ImportJob:
    """Press it, and let the worker do the work."""
    if button == "check":
        form = browser.get(page).context["form"]
        values = {name: form[name].value() or "" for name in form.fields} | values
    answer = browser.post(page, {"do": button, **values})
    assert answer.status_code == 302, answer.context["form"].errors
    job = finish_work(ImportJob.objects.latest("id").pk, at=NOON)
    for _step in undo_stepwise(job.pk, at=NOON):
        pass
    job.refresh_from_db()
    return job


def test_a_list_is_brought_confirmed_checked_imported_and_undone(shop: Shop, till: Client) -> None:
    page = upload(till, RICE, MISTYPED)
    shown = till.get(page).content.decode()
    assert "UTF-8, columns apart by semicolons" in shown
    assert "Basmati rice 1 kg" in shown

    checked = press(till, page, "check")
    assert counts(checked) == (1, 1, 1, 0, 0)
    assert not Product.objects.exists()
    shown = till.get(page).content.decode()
    assert "A product costs ₹120.00 on average." in shown
    assert "9520000000029 is mistyped: its last figure should be 8." in shown

    assert press(till, page, "import").state == "imported"
    assert product("R1").name == "Basmati rice 1 kg"
    assert press(till, page, "undo").state == "undone"
    assert not Product.objects.exists()
    assert "1 × removed" in till.get(page).content.decode()


def test_a_refused_row_is_mended_in_the_page(shop: Shop, till: Client) -> None:
    page = upload(till, RICE, MISTYPED)
    press(till, page, "check")

    job = press(till, page, "mend", **{"cell-3-2": "9520000000028"})

    assert (job.state, counts(job)) == ("checked", (2, 0, 2, 0, 0))
    assert press(till, page, "import").created == 2


def test_lost_zeros_are_offered_back_for_all_rows_at_once(shop: Shop, till: Client) -> None:
    page = upload(till, RICE, ZERO)
    press(till, page, "import")
    assert "Put the zero back in 1 row" in till.get(page).content.decode()

    job = press(till, page, "fix_zeros")

    assert (job.state, job.rejected) == ("imported", 0)
    assert Product.objects.filter(sku="Z1").exists()


def test_columns_and_prices_are_as_people_choose_them(shop: Shop, till: Client) -> None:
    page = upload(till, "Rice;R;;12000;12000;;")

    press(till, page, "check", money="minor", column_4="")
    press(till, page, "import")

    rice = product("R")
    assert (str(rice.price), rice.mrp) == ("120.00", None)
    assert ImportMapping.objects.get().settings["money"] == "minor"
    again = till.get(upload(till, "Dal;D;;13000;;;"))
    assert again.context["form"]["money"].value() == "minor"


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [({"column_0": ""}, "Which column holds the name?"), ({"column_1": "name"}, "Two columns are “Name”.")],
)
def test_columns_that_make_no_sense_are_not_taken(
    shop: Shop, till: Client, choices: dict[str, str], sentence: str
) -> None:
    page = upload(till, RICE)
    form = till.get(page).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | choices

    answer = till.post(page, {"do": "check", **values})

    assert sentence in answer.content.decode()
    assert ImportJob.objects.get().state == "uploaded"


def test_pasted_cells_are_a_list_too(shop: Shop, till: Client) -> None:
    answer = till.post(f"{LIST}add/", {"cells": "Name\tPrice\nSalt 1 kg\t24.00\n"})

    press(till, answer.headers["Location"], "import")

    assert [(row.name, str(row.price)) for row in Product.objects.all()] == [("Salt 1 kg", "24.00")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"%PDF-1.7", "This is no table."), (b"PK\x03\x04 torn", "damaged"), (b"\n\n", "The file is empty.")],
)
def test_what_is_no_list_is_refused_at_its_field(shop: Shop, till: Client, content: bytes, sentence: str) -> None:
    answer = till.post(f"{LIST}add/", {"file": SimpleUploadedFile("x.csv", content)})

    assert sentence in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_the_bar_moves_while_the_worker_works_and_the_page_comes_back_when_it_is_done(shop: Shop, till: Client) -> None:
    page = upload(till, RICE)
    till.post(page, {"do": "import"})
    assert 'hx-trigger="load delay:1s"' in till.get(page).content.decode()
    progress = page.replace("change/", "progress/")
    assert "0 rows" in till.get(progress).content.decode()

    finish_work(ImportJob.objects.get().pk, at=NOON)

    assert till.get(progress).headers["HX-Refresh"] == "true"


def test_an_import_can_be_stopped(shop: Shop, till: Client) -> None:
    page = upload(till, RICE)
    till.post(page, {"do": "import"})

    assert press(till, page, "cancel").state == "cancelled"


def test_who_may_not_set_prices_prepares_an_import_for_a_manager(shop: Shop, client: Client) -> None:
    client.force_login(shop.member(Role.INVENTORY_MANAGER))
    page = upload(client, RICE)
    press(client, page, "check")

    assert "Please ask a manager" in client.get(page).content.decode()
    assert "Your role does not allow this." in client.post(page, {"do": "import"}, follow=True).content.decode()
    assert not Product.objects.exists()


def test_an_auditor_looks_and_changes_nothing(shop: Shop, till: Client, client: Client) -> None:
    page = upload(till, RICE)
    client.force_login(shop.member(Role.AUDITOR))

    assert client.get(page).status_code == 200
    assert client.post(page, {"do": "import"}).status_code == 404
    assert client.get(f"{LIST}add/").status_code == 404
    assert ImportJob.objects.get().state == "uploaded"


def test_an_import_of_somebody_else_is_not_there(shop: Shop, other_shop: Shop, till: Client) -> None:
    page = upload(till, RICE)
    stranger = Client()
    stranger.force_login(other_shop.owner)

    for address in (page, page.replace("change/", "progress/")):
        assert stranger.get(address.replace("/asha/", "/bala/")).status_code == 404


def test_refused_rows_beyond_the_first_fifty_are_paged_and_mended(shop: Shop, till: Client) -> None:
    page = upload(till, *[f"Item {number};S{number};;;;;" for number in range(120)])
    press(till, page, "check")
    assert "1 to 50 of 120" in till.get(page).content.decode()

    last = till.get(page, {"p": "3"}).content.decode()
    assert "101 to 120 of 120" in last
    assert 'name="cell-121-3"' in last

    job = press(till, page, "mend", **{"cell-121-3": "9,00"})
    assert (job.accepted, job.rejected) == (1, 119)


def test_refused_rows_are_had_as_a_file_that_is_brought_again(shop: Shop, till: Client) -> None:
    page = upload(till, RICE, MISTYPED, "=1+1;X1;9520000000029;1,00;;;")
    press(till, page, "check")

    answer = till.get(f"{page.removesuffix('change/')}refused/")

    assert 'filename="list-refused.csv"' in answer.headers["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == HEADER.replace(";", ",") + ",Line,Why"
    assert lines[1] == (
        'Dal,D1,9520000000029,"168,00",,,,3,The barcode 9520000000029 is mistyped: its last figure should be 8.'
    )
    assert lines[2].startswith("'=1+1,X1,")
    again = till.post(f"{LIST}add/", {"file": SimpleUploadedFile("mended.csv", answer.content)})
    assert press(till, str(again.headers["Location"]), "check").rejected == 2
