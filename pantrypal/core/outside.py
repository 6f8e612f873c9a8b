"""Requests to addresses that strangers have chosen: webhooks, pictures of an imported product, logos.

    answer = fetch("https://cdn.example/milk.jpg", most_bytes=5_000_000, redirects=3)

The one way out of the house for such an address (OWASP A10, server-side request forgery). The name is resolved
here, every address it has must be a public one, and the connection goes to that very address, so a name that
resolves to something else a moment later gains nothing. Proxies of the environment are not used.
`OUTSIDE_NETWORKS` names private networks that may be called all the same: an integrator on the installation's own.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from pantrypal.core.errors import DomainError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_ADDRESS = 2000
PORTS = {"http": 80, "https": 443}
# IPv6 addresses that stand for an IPv4 address behind a gateway.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(DomainError):
    """Not a web address, or one that leads into a private network."""

    code = "address_refused"


class NoAnswer(DomainError):
    """The other side could not be reached, broke off, or took too long."""

    code = "no_answer"
    status = 502


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by lower-case name; `is_cut` where the body went on after `most_bytes`."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most_bytes: int = 1_000_000,
    seconds: int = 10,
    redirects: int = 0,
) -> Answer:
    """Ask `url`, in all in `seconds`, and read at most `most_bytes`. Redirects beyond `redirects` are the answer.

    Raises AddressRefused or NoAnswer; an answer of any status is returned.
    """
    for _hop in range(redirects):
        answer = _ask(url, method, body, headers or {}, most_bytes, seconds)
        if not 300 <= answer.status < 400 or "location" not in answer.headers:
            return answer
        url = urljoin(url, answer.headers["location"])
    return _ask(url, method, body, headers or {}, most_bytes, seconds)


def require_public(url: str) -> SplitResult:
    """The parts of an address that may be called, as far as can be told without asking for its name.

    Raises AddressRefused.
    """
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in PORTS and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_web = False
    if not is_web or len(url) > LONGEST_ADDRESS or parts.username is not None or not url.isprintable():
        raise AddressRefused(_("This is not a web address."))
    with suppress(ValueError):  # a name
        _require_public_address(ipaddress.ip_address(parts.hostname or ""))
    return parts


def _ask(
    url: str, method: str, body: bytes | None, headers: Mapping[str, str], most_bytes: int, seconds: int
) -> Answer:
    parts = require_public(url)
    connection = _Connection(parts, _resolved(parts), seconds)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + ("?" + _quoted(parts.query) if parts.query else "")
    try:
        with _ended_after(seconds, connection):
            connection.request(
                method, target, body, {"User-Agent": "PantryPal", "Accept-Encoding": "identity", **headers}
            )
            response = connection.getresponse()
            text = response.read(most_bytes + 1)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise NoAnswer(_("%s did not answer.") % parts.hostname, problem=type(problem).__name__) from problem
    found = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, found, text[:most_bytes], len(text) > most_bytes)


def _quoted(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~?[]")


# -- names and addresses ----------------------------------------------------------------------


def _resolved(parts: SplitResult) -> str:
    """The address to connect to. Raises AddressRefused if any address of this name is private."""
    assert parts.hostname is not None
    try:
        found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NoAnswer(_("There is no %s.") % parts.hostname) from problem
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        _require_public_address(ipaddress.ip_address(address.partition("%")[0]))
    return addresses[0]


def _require_public_address(address: Address) -> None:
    if not is_public(address) and not any(address in network for network in _allowed_networks()):
        # Says nothing of what was found there.
        raise AddressRefused(_("This address cannot be called from here."))


def is_public(address: Address) -> bool:
    """Routed in the internet; for an IPv6 address that carries an IPv4 address, that one counts."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried:
            return is_public(carried)
    return address.is_global and not address.is_multicast


def _allowed_networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(network) for network in settings.OUTSIDE_NETWORKS]


# -- the connection ---------------------------------------------------------------------------


class _Connection(http.client.HTTPConnection):
    """Goes to `address`, whatever its host's name resolves to by now."""

    def __init__(self, parts: SplitResult, address: str, seconds: int) -> None:
        assert parts.hostname is not None
        super().__init__(parts.hostname, _port(parts), timeout=seconds)
        self.address = address
        self.secure = parts.scheme == "https"
        self.default_port = PORTS[parts.scheme]
        self.wire: socket.socket | None = None  # `sock` is given away to an answer that ends with the connection

    def connect(self) -> None:
        self.wire = self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            secured = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.wire = self.sock = secured
            secured.do_handshake()  # within reach of the time limit by now


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


@contextmanager
def _ended_after(seconds: int, connection: _Connection) -> Iterator[None]:
    """A socket's time limit is one for each byte; this one is for all of it. Raises TimeoutError."""
    is_over = threading.Event()

    def end() -> None:
        is_over.set()
        with suppress(OSError):
            if connection.wire is not None:
                connection.wire.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, end)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        connection.close()
    if is_over.is_set():
        raise TimeoutError  # what was read so far is not the whole answer
