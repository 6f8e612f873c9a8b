"""Tamil, Telugu and Kannada at the counter; English and Hindi everywhere."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from pantrypal.core import account_words, form_words
from tests.core.test_way_in import sign_in
from tests.shop import Shop


def spoken_and_offered(html: str) -> tuple[str, set[str]]:
    """The language of a page, and those that its menu offers."""
    spoken = re.search(r'<html lang="(\w+)"', html)
    assert spoken
    return spoken[1], set(re.findall(r'name="language"[^>]* value="(\w+)"', html))


@pytest.mark.parametrize("language", ["ta", "te", "kn"])
def test_the_counters_languages_stay_at_the_counter(shop: Shop, language: str) -> None:
    shop.owner.language = language
    shop.owner.save(update_fields=["language"])
    client = sign_in(shop.owner)
    everywhere = {"en", "hi"}

    for address, spoken, offered in (
        ("/asha/till/", language, everywhere | {"ta", "te", "kn"}),
        (f"/asha/till/{shop.register.pk}/", language, everywhere | {"ta", "te", "kn"}),
        ("/asha/admin/", "en", everywhere),
        ("/asha/stock/", "en", set()),
    ):
        assert spoken_and_offered(client.get(address, follow=True).content.decode()) == (spoken, offered), address


def test_an_owner_reads_the_back_office_in_hindi(shop: Shop) -> None:
    shop.owner.language = "hi"
    shop.owner.save(update_fields=["language"])

    assert spoken_and_offered(sign_in(shop.owner).get("/asha/admin/").content.decode())[0] == "hi"


@pytest.mark.parametrize("language", ["hi", "ta", "te", "kn"])
def test_what_django_says_on_a_form_is_said_in_the_language_too(language: str) -> None:
    known = form_words.SENTENCES + (account_words.SENTENCES if language == "hi" else ())
    with translation.override(language):
        assert [sentence for sentence in known if gettext(sentence) == sentence] == []
