"""A Chromium, driven from a thread of its own.

Playwright's loop in the test's own thread would keep Django from closing its connections.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PATIENCE = 120

Answer = TypeVar("Answer")


class NoChromium(Exception):
    """There is no browser on this machine."""


class Chromium:
    """One browser for the whole run. Raises NoChromium."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser")
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        try:
            self.do(self._start)
        except BaseException:
            self.end()
            raise

    def do(self, action: Callable[[], Answer]) -> Answer:
        """Run the action in the browser's thread and wait for its answer."""
        return self._thread.submit(action).result(PATIENCE)

    def context(self, **options: object) -> BrowserContext:
        """A visitor's own cookies and storage. Call it inside `do`."""
        assert self._browser is not None
        return self._browser.new_context(locale="en-IN", timezone_id="Asia/Kolkata", **options)

    def end(self) -> None:
        self.do(self._stop)
        self._thread.shutdown()

    def _start(self) -> None:
        self._playwright = sync_playwright().start()
        # As root there is no sandbox, and containers have little shared memory.
        arguments = ["--disable-dev-shm-usage", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        path = _path_of_some_chromium(self._playwright)
        self._browser = self._playwright.chromium.launch(executable_path=path, args=arguments)

    def _stop(self) -> None:
        if self._browser is not None:
            self._browser.close()
        if self._playwright is not None:
            self._playwright.stop()


def _path_of_some_chromium(playwright: Playwright) -> str:
    own = playwright.chromium.executable_path
    found = own if Path(own).exists() else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoChromium("no Chromium on this machine; `playwright install chromium` brings one")
    return found
