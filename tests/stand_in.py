"""A server on this machine that stands in for somebody else's: it keeps what it is sent and answers as it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

LOST = (0, None)  # what was asked is received, and its answer never arrives


@dataclass
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class StandIn:
    """`answers` are given one after the other, the last one for ever: (status, JSON)."""

    url: str = ""
    answers: list[tuple[int, Any]] = field(default_factory=lambda: [(200, {})])
    received: list[Received] = field(default_factory=list)


@contextmanager
def stand_in(*answers: tuple[int, Any]) -> Iterator[StandIn]:
    there = StandIn(answers=list(answers) or [(200, {})])

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            there.received.append(Received(self.command, self.path, dict(self.headers), body))
            status, said = there.answers.pop(0) if len(there.answers) > 1 else there.answers[0]
            if (status, said) == LOST:
                self.close_connection = True
                return
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
