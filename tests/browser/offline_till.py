"""A till that has learnt to sell without a connection, for the tests in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from playwright.sync_api import Page

from billing.http import remember_device
from billing.models import Register
from billing.operations.pairing import pair_device
from pantrypal.core.models import User
from tests.browser.chromium import Chromium
from tests.browser.line import Line
from tests.browser.visitor import SHOP_PC, Visitor
from tests.processes import until
from tests.shop import Shop

# Opens what is there and never makes it: the till itself must be the first.
READ = """async ({ name, store, key }) => {
  if (!(await indexedDB.databases()).some((each) => each.name === name)) return null;
  const database = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const kept = database.transaction(store).objectStore(store);
  const answer = await new Promise((done) => {
    const asked = key ? kept.get(key) : kept.count();
    asked.onsuccess = () => done(asked.result);
  });
  database.close();
  return answer;
}"""
KEPT = "() => caches.match(document.querySelector('#offline').dataset.page).then((page) => Boolean(page))"
SERVED = "() => Boolean(navigator.serviceWorker.controller)"


@dataclass
class OfflineTill:
    """A window of a register's own device, behind a line that can be cut."""

    shop: Shop
    register: Register
    visitor: Visitor
    line: Line

    @property
    def path(self) -> str:
        return f"/{self.shop.org.slug}/till/{self.register.pk}/"

    @property
    def database(self) -> str:
        return f"till {self.shop.org.slug} {self.register.pk}"

    def learns(self) -> OfflineTill:
        """Waits until it could go on without a connection."""
        self.visitor.open(self.path).has_focus_on("#code")
        soon = partial(_until, self.visitor)
        soon(lambda page: page.evaluate(SERVED))
        soon(lambda page: page.evaluate(KEPT))
        soon(lambda page: page.evaluate(READ, {"name": self.database, "store": "state", "key": "ready"}))
        return self

    def sells(self, code: str, total: str, *, given: str = "") -> str:
        """One of it, in cash; the number on the paper."""
        self.visitor.scan(code).sees(total, "#total").press("F8").sees("Cash received", "#sheet")
        self.visitor.type(given).press("Enter").sees("Paid:", "#sheet")
        number = self.visitor.text("#sheet-title").removeprefix("Paid: ")
        self.visitor.press("Enter").has_focus_on("#code")
        return number

    def waiting(self) -> int:
        asked = {"name": self.database, "store": "queue", "key": ""}
        return int(self.visitor.do(lambda page: page.evaluate(READ, asked)) or 0)

    def goes_off(self) -> OfflineTill:
        """The line is cut; the next scan finds out."""
        self.line.is_cut = True
        return self

    def comes_on(self) -> OfflineTill:
        """The line is there again, and the browser notices."""
        self.line.is_cut = False
        self.visitor.do(lambda page: page.evaluate("void window.dispatchEvent(new Event('online'))"))
        return self

    def is_back(self) -> OfflineTill:
        """The line is there again. Waits until all is sent and the till goes on as usual."""
        self.comes_on().visitor.do(lambda page: page.locator("[data-online-word]").wait_for(timeout=60_000))
        until(lambda: self.waiting() == 0, "bills are still waiting")
        return self


@contextmanager
def offline_till(
    chromium: Chromium, line: Line, shop: Shop, register: Register, person: User, size: str = SHOP_PC
) -> Iterator[OfflineTill]:
    """Paired, signed in, nothing learnt yet. When the test is over no page may have complained of itself."""
    with transaction.atomic():
        _device, token = pair_device(register=register, name="Blue tablet", actor=shop.actor, at=timezone.now())
        shown = HttpResponse()
        remember_device(shown, token)
    visitor = Visitor(chromium, line, size)  # type: ignore[arg-type]
    visitor.signed_in_as(person)
    cookies = [{"name": name, "value": morsel.value, "url": line.address} for name, morsel in shown.cookies.items()]
    visitor.do(lambda page: page.context.add_cookies(cookies))
    visitor.do(lambda page: page.context.on("page", _says_yes))
    visitor.do(_says_yes)
    yield OfflineTill(shop, register, visitor, line)
    visitor.leave()
    complaints = [said for said in visitor.complaints if "net::ERR_" not in said and "htmx:" not in said]
    assert not complaints, complaints


def _says_yes(page: Page) -> None:
    """Whoever is asked whether to leave the page leaves it."""
    page.on("dialog", lambda dialog: dialog.accept())


def _until(visitor: Visitor, look: Callable[[Page], object]) -> None:
    until(lambda: visitor.do(look), "the till has not learnt to sell without a connection")
