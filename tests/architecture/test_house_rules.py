from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import pytest
from celery import current_app

from pantrypal.journal.consumers import consumers_by_topic, queue_of
from tests.architecture.rules import RULES, Rule
from tests.architecture.tree import paths, text_of

# What the workers of an installation listen to.
QUEUES = {"bills", "notify", "stock", "reports", "imports", "webhooks"}
LONGEST = {".py": 300, ".sql": 200, ".html": 80, ".css": 200, ".js": 300, ".typ": 200}
LONGER_FOR_A_REASON = {"pantrypal/settings.py": "all settings are in one place"}
NOT_WRITTEN_BY_US = ("*/migrations/*", "static/js/vendor/*")
NAMES = [rule.name for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_rule_knows_good_from_bad(rule: Rule) -> None:
    assert not rule.breaches(rule.good)
    assert rule.breaches(rule.bad) == [1]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_rule_is_kept(rule: Rule) -> None:
    broken = [f"{path}:{line}" for path in paths() if rule.applies_to(path) for line in rule.breaches(text_of(path))]
    assert not broken, f"{rule.instead}\n" + "\n".join(broken)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.allowed], ids=lambda rule: rule.name)
def test_every_exception_of_the_rule_is_still_needed(rule: Rule) -> None:
    for pattern in rule.allowed:
        excepted = [path for path in paths() if fnmatch(path, pattern)]
        assert any(rule.breaches(text_of(path)) for path in excepted), f"{pattern} need not be excepted any more"


def is_too_long(path: str, text: str) -> bool:
    longest = LONGEST.get(Path(path).suffix)
    return longest is not None and len(text.splitlines()) > longest


def test_no_file_is_longer_than_a_thought() -> None:
    long = [path for path in paths() if is_too_long(path, text_of(path))]
    ours = {path for path in long if not any(fnmatch(path, pattern) for pattern in NOT_WRITTEN_BY_US)}

    assert is_too_long("a.py", "x\n" * 301)
    assert not is_too_long("a.py", "x\n" * 300)
    assert ours == set(LONGER_FOR_A_REASON), "Look for the second subject in it."


def topics_without_a_word(topics: Iterable[str], texts: Iterable[str]) -> set[str]:
    said = "\n".join(texts)
    return {topic for topic in topics if f'"{topic}"' not in said and f"'{topic}'" not in said}


def test_every_consumer_waits_for_an_event_that_somebody_emits() -> None:
    sources = [text_of(path) for path in paths() if re.match(r".*/(operations|posting)/.*\.py$", path)]

    assert topics_without_a_word(["bill.posted", "bill.vanished"], ['"topic": "bill.posted"']) == {"bill.vanished"}
    assert not topics_without_a_word(
        (topic for topic in consumers_by_topic() if not topic.startswith("test.")), sources
    )


def test_every_consumer_is_a_task_on_a_queue_that_is_served() -> None:
    names = {name for of_topic in consumers_by_topic().values() for name in of_topic}

    assert "billing.render_bill_pdf" in names
    assert names <= current_app.tasks.keys()
    assert {queue_of(name) for name in names} <= QUEUES
