from __future__ import annotations

import re
from typing import Any

import pytest

from deploy.devstack.messages import APPS, read, template_of

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


@pytest.mark.parametrize("app", APPS)
def test_everything_is_said_in_hindi_too(app: str) -> None:
    missing = lacking(template_of(app), read(app, "hi"))

    assert not missing, f"run make messages, then translate {app}/locale/hi:\n" + "\n".join(missing)


@pytest.mark.parametrize("app", APPS)
def test_a_translation_holds_the_same_values(app: str) -> None:
    for message in read(app, "hi"):
        if message.id and message.string:
            asked = message.id if isinstance(message.id, str) else message.id[-1]
            said = message.string if isinstance(message.string, str) else message.string[-1]
            assert set(VALUES.findall(asked)) == set(VALUES.findall(said)), asked
