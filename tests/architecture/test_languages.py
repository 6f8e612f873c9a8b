from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext

from deploy.devstack.messages import APPS, read, template_of
from deploy.devstack.spoken import AT_THE_COUNTER, EVERYWHERE

SPOKEN = [*EVERYWHERE, *AT_THE_COUNTER]
VALUES = re.compile(r"%\(\w+\)[sd]|%[sd]")


def lacking(wanted: Any, have: Any) -> list[str]:
    """Texts of the one catalog that the other does not say."""
    found = []
    for message in wanted:
        if message.id:
            said = have.get(message.id, message.context)
            texts = [] if said is None else [said.string] if isinstance(said.string, str) else said.string
            if not texts or not all(texts):
                found.append(str(message.id))
    return found


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("app", APPS)
def test_hindi_says_everything_and_the_others_all_of_the_counter(app: str, language: str) -> None:
    missing = lacking(template_of(app, language), read(app, language))

    assert not missing, f"run make messages, then translate {app}/locale/{language}:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", SPOKEN)
def test_our_own_words_are_what_people_read(language: str) -> None:
    """Django takes the first of all apps' translations of a text: one in which "Receipt" is a delivery goes before ours
    of a bill. Such a text needs a context, or the same translation everywhere."""
    others = []
    with translation.override(language):
        for app in APPS:
            for message in read(app, language):
                if message.id and isinstance(message.string, str):
                    read_as = pgettext(message.context, message.id) if message.context else gettext(message.id)
                    if read_as != message.string:
                        others.append(f"{app}: {message.id!r} is {message.string!r}, but people read {read_as!r}")

    assert not others, "\n".join(others)


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("app", APPS)
def test_a_translation_holds_the_same_values(app: str, language: str) -> None:
    for message in read(app, language):
        if message.id and message.string:
            asked = message.id if isinstance(message.id, str) else message.id[-1]
            said = message.string if isinstance(message.string, str) else message.string[-1]
            assert set(VALUES.findall(asked)) == set(VALUES.findall(said)), asked
