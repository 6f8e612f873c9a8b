"""A web server of somebody else, in a thread: it notes what it is asked and answers as it is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """`statuses` are the answers to come, the last one for ever; a `location` goes with each of them."""

    host: str = "127.0.0.1"
    port: int = 0
    connections: int = 0
    asked: list[Asked] = field(default_factory=list)
    statuses: list[int] = field(default_factory=lambda: [200])
    body: bytes = b"thanks"
    location: str = ""
    drips: bool = False  # a byte of the body each tenth of a second, for ever
    over: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@contextmanager
def listening(host: str = "127.0.0.1", port: int = 0) -> Iterator[Listener]:
    listener = Listener(host)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def setup(self) -> None:
            listener.connections += 1
            super().setup()

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            listener.asked.append(Asked(self.command, self.path, headers, body))
            self.send_response(listener.status())
            if listener.location:
                self.send_header("Location", listener.location)
            self.end_headers()
            self.wfile.write(listener.body)
            while listener.drips and not listener.over.is_set():
                self.wfile.write(b".")
                time.sleep(0.1)

        do_GET = do_POST = answer  # noqa: N815  # http.server's names

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer((host, port), Handler)
    listener.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
