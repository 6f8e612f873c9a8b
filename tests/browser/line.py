"""The line between a shop and the site: it can be cut, and it can lose answers after the site has done its work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from tests.browser.site import Site

OURS_TO_WRITE = {"transfer-encoding", "connection", "server", "date", "content-length"}


@dataclass
class Line:
    """`address` is where the shop finds the site. Of paths that end in `losing` so many answers are `lost`."""

    site: Site
    address: str = ""
    is_cut: bool = False
    losing: str = "/offline/bills/"
    lost: int = 0
    breaks: bool = False  # with the answer that is lost
    passed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.site.log

    def loses(self, path: str) -> bool:
        """Whether the answer to this request is the next one that is lost."""
        if not self.lost or not path.endswith(self.losing):
            return False
        self.lost -= 1
        self.is_cut = self.breaks
        return True


class Shop(ThreadingHTTPServer):
    """The end of the line where the shop's browsers come in."""

    line: Line


class Request(BaseHTTPRequestHandler):
    server: Shop

    def _pass_on(self) -> None:
        line = self.server.line
        if line.is_cut:
            return self._break()
        answer, body = self._asked()
        line.passed.append((self.command, self.path))
        if line.is_cut or line.loses(self.path):
            return self._break()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OURS_TO_WRITE:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self._write(body)

    do_GET = do_POST = do_HEAD = _pass_on  # noqa: N815

    def _asked(self) -> tuple[HTTPResponse, bytes]:
        there = HTTPConnection(urlsplit(self.server.line.site.address).netloc, timeout=30)
        length = int(self.headers.get("Content-Length") or 0)
        there.request(self.command, self.path, self.rfile.read(length), dict(self.headers))
        answer = there.getresponse()
        body = answer.read()
        there.close()
        return answer, body

    def _write(self, body: bytes) -> None:
        with suppress(OSError):  # the browser has gone elsewhere
            self.wfile.write(body)

    def _break(self) -> None:
        self.close_connection = True
        self.connection.close()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def log_message(self, *args: object) -> None:
        """Quietly."""


@contextmanager
def line_to(site: Site) -> Iterator[Line]:
    server = Shop(("127.0.0.1", 0), Request)
    server.line = Line(site, f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server.line
    server.shutdown()
    server.server_close()
