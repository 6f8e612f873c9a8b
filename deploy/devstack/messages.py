"""Texts for people in other languages: `.po` files beside the app that says them, built into `.mo`, never committed.

python -m deploy.devstack.messages          compile what has changed
python -m deploy.devstack.messages update   read all texts from code and templates into the .po files

An app's templates lie in templates/<app>; all others belong to pantrypal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from deploy.devstack.spoken import AT_THE_COUNTER, EVERYWHERE, is_of_the_counter

REPO = Path(__file__).resolve().parents[2]
APPS = ("pantrypal", "catalog", "customers", "inventory", "billing")
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = DEFAULT_KEYWORDS | LAZY | {"gettext_noop": None}
INDENT = re.compile(r"(?m)^[ \t]+")

# (file, line, message or (singular, plural), context)
Found = tuple[str, int, str | tuple[str, ...], str | None]


def po_file(app: str, language: str) -> Path:
    return REPO / app / "locale" / language / "LC_MESSAGES" / "django.po"


def texts_of(app: str) -> Iterator[Found]:
    """Every text that the app says, in code and templates."""
    for path in sorted((REPO / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _python(path, path.read_text())
    for path in sorted((REPO / "templates").rglob("*")):
        if path.suffix in (".html", ".txt") and _app_of(path) == app:
            code = templatize(path.read_text(), origin=str(path))
            yield from _python(path, INDENT.sub("", code))


def _app_of(template: Path) -> str:
    folder = template.relative_to(REPO / "templates").parts[0]
    return folder if folder in APPS else "pantrypal"


def _python(path: Path, code: str) -> Iterator[Found]:
    name = str(path.relative_to(REPO))
    for line, function, message, _comments in extract_python(BytesIO(code.encode()), list(KEYWORDS), [], {}):
        yield from _messages(name, line, str(function), message)


def _messages(name: str, line: int, function: str, said: object) -> Iterator[Found]:
    parts = list(said) if isinstance(said, tuple) else [said]
    context = parts.pop(0) if function.removesuffix("_lazy") in ("pgettext", "npgettext") else None
    texts = [part for part in parts if isinstance(part, str)]
    if texts and (context is None or isinstance(context, str)):
        is_plural = "ngettext" in function or "npgettext" in function
        yield name, line, (tuple(texts[:2]) if is_plural else texts[0]), context


def template_of(app: str, language: str) -> Catalog:
    """What the app is to say in a language."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for name, _line, message, context in texts_of(app):
        if language in EVERYWHERE or is_of_the_counter(name):
            catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def read(app: str, language: str) -> Catalog:
    path = po_file(app, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as text:
        return read_po(text, locale=language, abort_invalid=True)


def update() -> None:
    for app in APPS:
        for language in (*EVERYWHERE, *AT_THE_COUNTER):
            catalog = read(app, language)
            catalog.update(template_of(app, language), no_fuzzy_matching=True)
            path = po_file(app, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as text:
                write_po(text, catalog, width=120, ignore_obsolete=True, include_lineno=False, omit_header=False)


def compile_all() -> None:
    for po in REPO.glob("*/locale/*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as text:
            catalog = read_po(text, locale=po.parts[-3], abort_invalid=True)
        with mo.open("wb") as binary:
            write_mo(binary, catalog)


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    else:
        compile_all()
