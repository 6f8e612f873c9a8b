"""Somebody at a screen, who presses keys and reads."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import TypeVar

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from pantrypal.core.models import User
from pantrypal.tenancy.context import org_scope
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.database import REPO

SCREENSHOTS = REPO / "screenshots"
SIZES = {"1366x768": (1366, 768), "1024x600": (1024, 600), "768x1024": (768, 1024), "390x844": (390, 844)}
SHOP_PC = "1366x768"
MOST_TABS = 20
# What WCAG 2.2 AA asks and a machine can tell.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]

Answer = TypeVar("Answer")


class Visitor:
    """One browser window with cookies of its own. Whatever the page complains of is kept in `complaints`."""

    def __init__(self, chromium: Chromium, site: Site, size: str = SHOP_PC, **options: object) -> None:
        self.site = site
        self.complaints: list[str] = []
        self._chromium = chromium
        self._context, self._page = chromium.do(lambda: self._open_window(size, options))

    def do(self, action: Callable[[Page], Answer]) -> Answer:
        """Anything Playwright can do with the page; it runs in the browser's thread."""
        return self._chromium.do(lambda: action(self._page))

    def signed_in_as(self, user: User) -> Visitor:
        """With the session of somebody who has given the password already."""
        client = Client()
        with org_scope(None):
            client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.site.address}
        self._chromium.do(lambda: self._context.add_cookies([cookie]))
        return self

    def open(self, path: str) -> Visitor:
        self.do(lambda page: page.goto(self.site.address + path))
        return self

    def opens_another(self) -> Visitor:
        """A second window of the same browser."""
        other = copy(self)
        other._page = self._chromium.do(self._context.new_page)
        return other

    def press(self, *keys: str) -> Visitor:
        """Keys by their names: Enter, F8, Control+z."""
        for key in keys:
            self.do(lambda page, key=key: page.keyboard.press(key))
        return self

    def tap(self, name: str) -> Visitor:
        """A finger on the button that is called so."""
        self.do(lambda page: page.get_by_role("button", name=name).tap())
        return self

    def tabs_to(self, selector: str) -> Visitor:
        """Tab after Tab until the focus is there."""
        for _press in range(MOST_TABS):
            self.press("Tab")
            if self.do(lambda page: page.evaluate("s => document.activeElement.matches(s)", selector)):
                return self
        raise AssertionError(f"No Tab leads to {selector}.")

    def type(self, text: str) -> Visitor:
        """Into whatever has the focus, as fast as fingers can."""
        self.do(lambda page: page.keyboard.type(text, delay=60))
        return self

    def scan(self, code: str) -> Visitor:
        """As a scanner does that is plugged in as a keyboard: all at once, and Enter."""
        self.do(lambda page: page.keyboard.type(code + "\n"))
        return self

    def sees(self, text: str, inside: str = "body") -> Visitor:
        """Waits for the text to be on the page."""
        self.do(lambda page: expect(page.locator(inside)).to_contain_text(text))
        return self

    def sees_no(self, selector: str) -> Visitor:
        """Waits until nothing that fits the selector can be seen."""
        self.do(lambda page: expect(page.locator(selector).locator("visible=true")).to_have_count(0))
        return self

    def has_focus_on(self, selector: str) -> Visitor:
        self.do(lambda page: expect(page.locator(selector)).to_be_focused())
        self.do(lambda page: page.wait_for_load_state())  # a page's own first focus comes before its scripts
        return self

    def text(self, selector: str) -> str:
        """What the element shows, with its spaces made single."""
        return " ".join(self.do(lambda page: page.locator(selector).inner_text()).split())

    def shoots(self, name: str, *sizes: str, scheme: str = "light") -> Visitor:
        """Screenshots for people to look at, in /screenshots/, which git ignores."""
        SCREENSHOTS.mkdir(exist_ok=True)
        for size in sizes or (SHOP_PC,):
            suffix = "" if scheme == "light" else f"-{scheme}"
            self.do(lambda page, size=size, suffix=suffix: _shoot(page, name + suffix, size, scheme))
        return self

    def is_accessible(self) -> Visitor:
        """axe-core finds nothing on the page as it is now."""
        found = self.do(lambda page: Axe().run(page, options={"runOnly": RULES}))
        assert not found.violations_count, found.generate_report()
        return self

    def is_accessible_everywhere(self) -> Visitor:
        """Nor on a PC, a small PC and a phone; in the dark as well, where only the colours are others.

        Without motion, so that no colour is on its way to another one.
        """
        self.do(lambda page: page.emulate_media(reduced_motion="reduce"))
        for size in ("1366x768", "1024x600", "390x844"):
            width, height = SIZES[size]
            self.do(lambda page, w=width, h=height: page.set_viewport_size({"width": w, "height": h}))
            self.is_accessible()
            self.do(lambda page: page.emulate_media(color_scheme="dark"))
            found = self.do(lambda page: Axe().run(page, options={"runOnly": {"type": "rule", "values": COLOURS}}))
            assert not found.violations_count, found.generate_report()
            self.do(lambda page: page.emulate_media(color_scheme="light"))
        width, height = SIZES[SHOP_PC]
        self.do(lambda page: page.set_viewport_size({"width": width, "height": height}))
        self.do(lambda page: page.emulate_media(reduced_motion="no-preference"))
        return self

    def leave(self) -> None:
        self._chromium.do(self._context.close)

    def _open_window(self, size: str, options: dict[str, object]) -> tuple[BrowserContext, Page]:
        width, height = SIZES[size]
        context = self._chromium.context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hears)
        return context, page

    def _hears(self, said: ConsoleMessage) -> None:
        """A refusal's status is in the console too; it is no fault of the page."""
        if said.type == "error" and "the server responded with a status of 4" not in said.text:
            self.complaints.append(f"{said.location}: {said.text}")


def _shoot(page: Page, name: str, size: str, scheme: str) -> Path:
    width, height = SIZES[size]
    before = page.viewport_size
    path = SCREENSHOTS / f"{name}-{size}.png"
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path, animations="disabled")
    if before:
        page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
    return path
