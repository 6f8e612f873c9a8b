"""Pictures are checked, written anew, made small by a worker, and shown to their own organization only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from catalog.models import Picture, Product
from catalog.operations.pictures import fetch_picture, make_thumbnail, remove_picture, set_picture, want_picture
from catalog.pictures import BadPicture, clean_picture
from pantrypal.core.access import Role
from pantrypal.core.errors import Forbidden
from pantrypal.core.outside import AddressRefused
from pantrypal.journal.models import AuditEntry, OutboxEvent
from tests.api import Api
from tests.listener import Listener, listening
from tests.shop import NOON, Shop


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def partner(settings: Any) -> Iterator[Listener]:
    settings.OUTSIDE_NETWORKS = ["127.0.0.2/32"]
    with listening("127.0.0.2") as listener:
        yield listener


def drawn(size: tuple[int, int] = (640, 480), form: str = "JPEG", mode: str = "RGB", **values: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "#ff000080" if mode == "RGBA" else "red").save(out, form, **values)
    return out.getvalue()


def with_exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "shot at 12.9352 N, 77.6245 E"
    return drawn(exif=exif)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_written_anew_as_webp(form: str) -> None:
    clean = clean_picture(drawn(form=form))

    assert (clean.width, clean.height) == (640, 480)
    assert clean.content[:4] + clean.content[8:12] == b"RIFFWEBP"


def test_what_the_camera_wrote_into_it_is_gone_and_it_stands_upright() -> None:
    clean = clean_picture(with_exif(orientation=6))

    assert (clean.width, clean.height) == (480, 640)
    assert b"12.9352" not in clean.content
    assert not Image.open(io.BytesIO(clean.content)).getexif()


def test_a_large_picture_becomes_smaller_and_keeps_what_is_see_through() -> None:
    clean = clean_picture(drawn((4000, 2000), "PNG", "RGBA"))

    assert (clean.width, clean.height) == (1600, 800)
    assert Image.open(io.BytesIO(clean.content)).mode == "RGBA"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "This is not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "This is not a picture"),
        (b"%PDF-1.7 not a picture", "This is not a picture"),
        (drawn()[:200], "This"),
        (drawn(form="PNG")[:60], "This"),
        (drawn((10_000, 5_000), "PNG", "1"), "at most 40 million pixels"),
        (drawn((1, 1)) + b"\0" * 10 * 1024 * 1024, "at most 10 MB"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(BadPicture, match=sentence):
        clean_picture(raw)


def test_a_picture_is_kept_shown_and_made_small_by_the_worker(
    shop: Shop, other_shop: Shop, till: Client, media: Path
) -> None:
    milk = shop.product("Milk")
    picture = set_picture(milk, drawn(), actor=shop.actor, at=NOON)
    address = f"/asha/pictures/{picture.pk}/small.webp"
    first = till.get(address)
    assert first["Cache-Control"] == "no-store"

    make_thumbnail(picture.pk)
    make_thumbnail(picture.pk)

    small = till.get(address)
    assert small["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(b"".join(small.streaming_content))).size == (240, 180)
    assert "immutable" in small["Cache-Control"]
    assert OutboxEvent.objects.get(topic="picture.taken").payload == {"picture": str(picture.pk)}
    assert len(list(media.rglob("*.webp"))) == 2

    assert Client().get(address).status_code == 302
    stranger = Client()
    stranger.force_login(other_shop.owner)
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"/bala/pictures/{picture.pk}/small.webp").status_code == 404


def test_a_new_picture_takes_the_place_of_the_old_one_files_and_all(
    shop: Shop, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    milk = shop.product("Milk")
    with django_capture_on_commit_callbacks(execute=True):
        first = set_picture(milk, drawn(), actor=shop.actor, at=NOON)
        make_thumbnail(first.pk)
        second = set_picture(milk, drawn((100, 50)), actor=shop.actor, at=NOON)

    assert [(row.pk, row.width) for row in Picture.objects.all()] == [(second.pk, 100)]
    assert [path.name for path in media.rglob("*.webp")] == [Path(second.file.name).name]
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_picture(milk, actor=shop.actor, at=NOON)
    assert not remove_picture(milk, actor=shop.actor, at=NOON)
    assert not list(media.rglob("*.webp"))


def test_who_may_not_edit_the_catalog_sets_no_picture(shop: Shop) -> None:
    with pytest.raises(Forbidden):
        set_picture(shop.product(), drawn(), actor=shop.actor_as(Role.CASHIER), at=NOON)


def test_a_picture_is_fetched_from_a_public_address_only(shop: Shop, partner: Listener) -> None:
    milk = shop.product("Milk")
    for url in ("http://127.0.0.1/milk.jpg", "http://169.254.169.254/", "file:///etc/passwd"):
        with pytest.raises(AddressRefused):
            want_picture(milk, url, actor=shop.actor, at=NOON)
    assert not OutboxEvent.objects.filter(topic="picture.wanted").exists()

    want_picture(milk, f"{partner.url}/milk.jpg", actor=shop.actor, at=NOON)
    wanted = OutboxEvent.objects.get(topic="picture.wanted").payload
    assert fetch_picture(milk.pk, wanted["url"], at=NOON) is None

    assert not Picture.objects.exists()
    refused = AuditEntry.objects.get(action="product.picture_refused")
    assert "This is not a picture" in refused.data["reason"]

    partner.body = drawn()
    assert fetch_picture(milk.pk, wanted["url"], at=NOON) == Picture.objects.get(product=milk)


def test_the_product_page_takes_shows_and_removes_a_picture(shop: Shop, till: Client) -> None:
    milk = shop.product("Milk", sku="MILK", price="60.00")
    page = f"/asha/admin/catalog/product/{milk.pk}/change/"
    form = {"name": "Milk", "name_hi": "", "sku": "MILK", "price": "60.00", "unit": "pc", "sold_by": "each"}
    form |= {"tax_class": milk.tax_class_id, "tracks_stock": "on"}
    for inline in ("barcodes", "parts"):
        form |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}

    bad = till.post(page, form | {"picture": SimpleUploadedFile("milk.jpg", b"MZ not a picture")})
    assert "This is not a picture in JPEG, PNG, WebP or GIF." in bad.content.decode()
    assert till.post(page, form | {"picture": SimpleUploadedFile("x.exe", drawn())}).status_code == 302
    picture = Picture.objects.get(product=milk)
    assert f"/asha/pictures/{picture.pk}/full.webp" in till.get(page).content.decode()
    assert f"/asha/pictures/{picture.pk}/small.webp" in till.get("/asha/admin/catalog/product/").content.decode()

    assert till.post(page, form | {"remove_picture": "on"}).status_code == 302
    assert not Picture.objects.exists()
    assert 'class="product-tile tile-0"' in till.get("/asha/admin/catalog/product/").content.decode()


def test_who_only_reads_sees_the_picture_and_no_way_to_change_it(shop: Shop, client: Client) -> None:
    milk = shop.product("Milk")
    set_picture(milk, drawn(), actor=shop.actor, at=NOON)
    client.force_login(shop.member(Role.AUDITOR))

    page = client.get(f"/asha/admin/catalog/product/{milk.pk}/change/").content.decode()

    assert "full.webp" in page
    assert 'name="picture"' not in page
    assert Product.objects.count() == 1


def sent(api: Api, product: Product, content: bytes, name: str = "file") -> Any:
    form = {name: SimpleUploadedFile("milk.jpg", content, "image/jpeg")}
    headers = {"Authorization": f"Bearer {api.secret}"}
    return api.client.post(f"/api/v1/products/{product.pk}/picture", form, headers=headers)


def test_the_api_takes_a_picture_and_writes_it_anew(shop: Shop) -> None:
    api, milk = Api(shop), shop.product()

    answer = sent(api, milk, with_exif(6))

    assert answer.status_code == 200, answer.content
    assert answer.json()["picture"] == f"/api/v1/products/{milk.pk}/picture"
    kept = Picture.objects.get(product=milk)
    assert (kept.width, kept.height) == (480, 640)
    with kept.file.open() as file:
        assert b"12.9352" not in file.read()
    assert api("DELETE", f"products/{milk.pk}/picture")[0] == 204
    assert not Picture.objects.exists()


def test_the_api_refuses_what_is_no_picture(shop: Shop) -> None:
    api, milk = Api(shop), shop.product()

    refused = sent(api, milk, b"<svg onload=alert(1)>")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_picture")
    assert sent(api, milk, drawn(), name="picture").status_code == 400
    assert api.post(f"products/{milk.pk}/picture", {})[0] == 400
    assert not Picture.objects.exists()
