from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import ImportJob, Product
from catalog.operations.import_products import finish_work
from catalog.operations.imports.undoing import undo_stepwise
from pantrypal.core.api import uploads
from pantrypal.journal.models import AuditEntry
from tests.api import Api
from tests.catalog.importing.lists import HEADER, bring, listed
from tests.shop import NOON, Shop

RICE = "Basmati rice 1 kg;R1;9520000000011;120,00;130,00;Annapurna;Grocery"
WRONG = "Toor dal 1 kg;D1;9520000000012;168,00;;Annapurna;Grocery"
DEAR = "Salt 1 kg;S1;;30,00;24,00;Annapurna;Grocery"


@pytest.fixture
def api(shop: Shop) -> Api:
    return Api(shop)


def send(api: Api, *rows: str, content: bytes | None = None, **fields: Any) -> tuple[int, Any, Any]:
    """POST imports; `key` is the idempotency key."""
    headers = {"Authorization": f"Bearer {api.secret}"}
    if key := fields.pop("key", ""):
        headers["Idempotency-Key"] = key
    file = SimpleUploadedFile("list.csv", content or "\n".join([HEADER, *rows]).encode())
    answer = api.client.post("/api/v1/imports", {"file": file} | fields, headers=headers)
    return answer.status_code, json.loads(answer.content), answer.headers


def work(job: dict[str, Any]) -> None:
    finish_work(UUID(job["id"]), at=NOON)
    for _step in undo_stepwise(UUID(job["id"]), at=NOON):
        pass


def test_a_list_is_checked_started_and_undone(shop: Shop, api: Api) -> None:
    status, job, headers = send(api, RICE, WRONG, DEAR, dry_run="true")

    assert (status, job["state"], job["file_name"]) == (201, "checking", "list.csv")
    assert headers["Location"] == f"/api/v1/imports/{job['id']}"
    work(job)
    status, checked = api.get(f"imports/{job['id']}")
    assert (checked["state"], checked["progress"], checked["rows"]) == ("checked", 100, 3)
    assert (checked["accepted"], checked["rejected"], checked["created"], checked["total"]) == (1, 2, 1, "120.00")
    assert not Product.objects.exists()

    status, started = api.post(f"imports/{job['id']}/start", None)
    assert (status, started["state"]) == (202, "importing")
    work(job)
    assert Product.objects.get().name == "Basmati rice 1 kg"
    assert api.get("imports")[1]["results"][0]["state"] == "imported"

    status, undoing = api.post(f"imports/{job['id']}/undo", None)
    assert (status, undoing["state"]) == (202, "undoing")
    work(job)
    assert not Product.objects.exists()


def test_rejected_rows_come_in_pages_each_with_its_reason(shop: Shop, api: Api) -> None:
    job = send(api, RICE, WRONG, DEAR)[1]
    work(job)

    status, first = api.get(f"imports/{job['id']}/rejected-rows?limit=1")
    second = api.get(first["next"])[1]

    assert status == 200
    assert [(row["line"], row["code"], row["reason"]) for row in first["results"] + second["results"]] == [
        (3, "bad_check_digit", "The barcode 9520000000012 is mistyped: its last figure should be 1."),
        (4, "price_above_mrp", "The price of 30.00 is above the MRP of 24.00."),
    ]
    assert second["next"] is None


def test_a_row_is_put_right_and_the_list_started_again(shop: Shop, api: Api) -> None:
    job = send(api, WRONG)[1]
    work(job)

    status, _job = api("PATCH", f"imports/{job['id']}", {"rows": {"2": ["Toor dal 1 kg", "D1", "", "168,00"]}})
    assert status == 200
    api.post(f"imports/{job['id']}/start", None)
    work(job)

    assert Product.objects.get().sku == "D1"
    assert api.get(f"imports/{job['id']}/rejected-rows")[1]["results"] == []


def test_settings_say_how_a_list_is_to_be_read(shop: Shop, api: Api) -> None:
    settings = {"money": "minor", "columns": {"name": 1, "price": 0}}

    job = send(api, content=b"a;b\n4900;Rice\n", settings=json.dumps(settings))[1]
    work(job)

    assert [(row.name, str(row.price)) for row in Product.objects.all()] == [("Rice", "49.00")]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"dry_run": "perhaps"}, "invalid", "dry_run"),
        ({"settings": "{"}, "invalid", None),
        ({"settings": '{"columns": {"colour": 1}}'}, "invalid", None),
        ({"settings": '{"money": "gold"}'}, "invalid", "money"),
        ({"colour": "red"}, "invalid", "colour"),
    ],
)
def test_what_is_not_understood_is_refused_and_nothing_kept(
    shop: Shop, api: Api, fields: dict[str, str], code: str, field: str | None
) -> None:
    status, problem, _headers = send(api, RICE, **fields)

    assert (status, problem["code"]) == (400, code)
    assert field is None or field in problem["errors"]
    assert not ImportJob.objects.exists()


def test_a_file_is_needed(shop: Shop, api: Api) -> None:
    status, problem = api.post("imports", {"dry_run": True})

    assert (status, list(problem["errors"])) == (400, ["file"])


def test_a_file_larger_than_the_limit_is_refused_unread(shop: Shop, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 2_000_000)

    assert send(api, content=b"x" * 2_000_001)[0] == 413
    assert send(api, content=b"x" * 2_000_001, key="again")[0] == 413


def test_a_list_sent_twice_under_one_key_is_one_import(shop: Shop, api: Api) -> None:
    long = [f"Item {n};S{n};;1,00;;;" for n in range(60_000)]  # larger than what is kept in memory or sent as JSON
    first = send(api, *long, key="list-1")
    second = send(api, *long, key="list-1")

    assert (first[0], second[0], second[2]["Idempotent-Replayed"]) == (201, 201, "true")
    assert first[1] == second[1]
    assert ImportJob.objects.count() == 1
    assert send(api, RICE, key="list-1")[:1] == (422,)


def test_an_import_at_work_is_cancelled_and_cannot_be_started_twice(shop: Shop, api: Api) -> None:
    job = send(api, RICE)[1]

    assert api.post(f"imports/{job['id']}/start", None)[0] == 409
    assert send(api, WRONG)[0] == 409
    assert api.post(f"imports/{job['id']}/cancel", None)[0] == 202
    work(job)
    assert api.get(f"imports/{job['id']}")[1]["state"] == "cancelled"


def test_a_key_that_may_only_read_imports_nothing(shop: Shop) -> None:
    reader = Api(shop, ["catalog:read"])

    assert send(reader, RICE)[0] == 403
    assert reader.get("imports") == (200, {"results": [], "next": None})


def test_the_exported_products_come_back_unchanged(shop: Shop, api: Api) -> None:
    bring(shop, listed(RICE))
    files = api.get("exports")[1]["results"]
    assert [file["id"] for file in files] == ["products.csv", "products.xlsx"]

    for name in ("products.csv", "products.xlsx"):
        answer = api.raw("GET", f"exports/{name}")
        content = b"".join(answer.streaming_content)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        job = send(api, content=content)[1]
        work(job)
        shown = api.get(f"imports/{job['id']}")[1]
        assert (shown["accepted"], shown["unchanged"], shown["rejected"]) == (1, 1, 0)
    assert AuditEntry.objects.filter(action="catalog.exported").count() == 2
    assert api.get("exports/products.pdf")[0] == 404
