"""Addresses that strangers have chosen lead out of the house and never into it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from pantrypal.core.outside import AddressRefused, NoAnswer, fetch, is_public, require_public
from tests.listener import Listener, listening


@pytest.fixture
def inside() -> Iterator[Listener]:
    """A service on this machine that nobody outside may reach."""
    with listening() as listener:
        yield listener


@pytest.fixture
def partner(settings: Any) -> Iterator[Listener]:
    """A service that may be called, standing for one in the internet."""
    settings.OUTSIDE_NETWORKS = ["127.0.0.2/32"]
    with listening("127.0.0.2") as listener:
        yield listener


NAMES_OF_THIS_MACHINE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "017700000001",
    "0",
    "0.0.0.0",  # noqa: S104
    "127.255.255.254",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "①②⑦.⓪.⓪.①",
]
OTHER_PRIVATE_PLACES = [
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1%25lo]/",
    "http://[fd00::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[ff02::1]/",
    "http://[::ffff:169.254.169.254]/",
]
NO_WEB_ADDRESSES = [
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_x",
    "ftp://127.0.0.1:{port}/",
    "dict://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "http://user:secret@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\r\nX: y/",
    "http://127.0.0.1:99999/",
    "http://[127.0.0.1/",
    "http://",
    "",
    "http://example.com/" + "x" * 2000,
]


@pytest.mark.parametrize("host", NAMES_OF_THIS_MACHINE)
def test_no_name_of_this_machine_reaches_it(inside: Listener, host: str) -> None:
    with pytest.raises((AddressRefused, NoAnswer)):
        fetch(f"http://{host}:{inside.port}/")

    assert inside.connections == 0


@pytest.mark.parametrize("url", OTHER_PRIVATE_PLACES)
def test_private_networks_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused, match="cannot be called from here|not a web address"):
        fetch(url)


@pytest.mark.parametrize("url", NO_WEB_ADDRESSES)
def test_what_is_no_web_address_is_refused(inside: Listener, url: str) -> None:
    with pytest.raises(AddressRefused):
        fetch(url.format(port=inside.port))

    assert inside.connections == 0


def test_an_address_is_judged_before_it_is_kept() -> None:
    assert require_public("https://shop.example/hooks").hostname == "shop.example"
    with pytest.raises(AddressRefused):
        require_public("https://192.168.0.7/hooks")


@pytest.mark.parametrize(("address", "public"), [("8.8.8.8", True), ("2600::1", True), ("64:ff9b::808:808", True)])
def test_the_internet_is_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_a_redirect_into_the_house_is_not_followed(inside: Listener, partner: Listener) -> None:
    partner.statuses, partner.location = [302], f"{inside.url}/admin"

    assert fetch(partner.url).status == 302
    with pytest.raises(AddressRefused):
        fetch(partner.url, redirects=3)
    assert inside.connections == 0


def test_a_redirect_is_followed_as_often_as_allowed(partner: Listener) -> None:
    partner.statuses, partner.location = [301, 200], "/milk.jpg"

    assert fetch(f"{partner.url}/picture", redirects=1).status == 200
    assert [asked.path for asked in partner.asked] == ["/picture", "/milk.jpg"]


def test_the_address_that_was_judged_is_the_one_that_is_called(
    inside: Listener, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the name has another address each time it is asked for."""
    settings.OUTSIDE_NETWORKS = ["127.0.0.2/32"]
    answers = iter(["127.0.0.2", "127.0.0.1", "127.0.0.1"])

    def ask(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        address = next(answers) if host == "rebound.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    with listening("127.0.0.2", inside.port) as judged:
        answer = fetch(f"http://rebound.example:{inside.port}/")

    assert (answer.status, judged.asked[0].headers["host"]) == (200, f"rebound.example:{inside.port}")
    assert inside.connections == 0


def test_a_name_with_one_private_address_is_refused(inside: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)

    with pytest.raises(AddressRefused):
        fetch("http://half.example/")


def test_a_long_answer_is_read_to_its_limit(partner: Listener) -> None:
    partner.body = b"x" * 50

    assert fetch(partner.url, most_bytes=10).body == b"x" * 10
    assert fetch(partner.url, most_bytes=10).is_cut
    assert not fetch(partner.url, most_bytes=50).is_cut


def test_an_answer_that_never_ends_is_broken_off(partner: Listener) -> None:
    partner.drips = True

    with pytest.raises(NoAnswer):
        fetch(partner.url, seconds=1)


def test_who_speaks_no_tls_has_not_answered(partner: Listener) -> None:
    with pytest.raises(NoAnswer):
        fetch(partner.url.replace("http:", "https:"))


def test_nobody_there_is_no_answer(partner: Listener) -> None:
    with pytest.raises(NoAnswer, match=r"127\.0\.0\.2 did not answer\."):
        fetch("http://127.0.0.2:1/")
    with pytest.raises(NoAnswer):
        fetch("http://no-such-host.invalid/")


def test_what_is_sent_arrives_as_it_was(partner: Listener) -> None:
    fetch(f"{partner.url}/hooks/é?a=1&b=%20", method="POST", body=b'{"a":1}', headers={"X-Shop": "asha"})

    (asked,) = partner.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/hooks/%C3%A9?a=1&b=%20", b'{"a":1}')
    assert asked.headers["x-shop"] == "asha"
