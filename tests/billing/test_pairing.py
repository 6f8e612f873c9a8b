"""One device for each register, and PINs that are counted whatever happens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from billing.http import device_of, remember_device
from billing.models import Approval, ApprovalKind, RegisterDevice, WrongPins
from billing.operations.approvals import Question
from billing.operations.pairing import AlreadyPaired, pair_device, unlock_pins, unpair
from billing.operations.pins import PinLocked, WrongPin, approve_by_pin, till_actor, who_is_it
from billing.refusals import NotPaired
from pantrypal.core.access import Permission, Role
from pantrypal.core.errors import DomainError, Forbidden, Invalid
from pantrypal.core.models import Membership, Store
from pantrypal.core.operations.organizations import create_store
from pantrypal.core.operations.pins import set_pin
from pantrypal.journal.models import AuditEntry, OutboxEvent
from pantrypal.tenancy.context import org_scope
from pantrypal.tenancy.ids import uuid7
from tests.shop import NOON, Shop


def member(shop: Shop, role: Role, pin: str, *stores: Store) -> Membership:
    made = Membership.objects.select_related("org", "user").get(user=shop.member(role), org=shop.org)
    if stores:
        made.all_stores = False
        made.save()
        made.stores.set(stores)
    set_pin(member=made, pin=pin, actor=shop.actor, at=NOON)
    return made


@pytest.fixture
def device(shop: Shop) -> RegisterDevice:
    return pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)[0]


@pytest.fixture
def meena(shop: Shop) -> Membership:
    return member(shop, Role.CASHIER, "2580")


def guess(device: RegisterDevice, pin: str, *, minutes: int = 0, who: Membership | None = None) -> str:
    """How a PIN is answered: the member's name, or the code of the refusal."""
    try:
        found = who_is_it(
            device=device, pin=pin, member_id=who.pk if who else None, at=NOON + timedelta(minutes=minutes)
        )
    except DomainError as refusal:
        return refusal.code
    return str(found.user.name)


def test_a_register_has_one_device_until_a_manager_unpairs_it(shop: Shop, device: RegisterDevice) -> None:
    with pytest.raises(AlreadyPaired, match="“Blue tablet” is paired with this register."):
        pair_device(register=shop.register, name="Thief", actor=shop.actor, at=NOON)

    unpair(device=device, actor=shop.actor, at=NOON)
    other, _token = pair_device(register=shop.register, name="Red tablet", actor=shop.actor, at=NOON)

    assert RegisterDevice.objects.get(revoked_at=None) == other
    with pytest.raises(NotPaired):
        unpair(device=device, actor=shop.actor, at=NOON)
    assert guess(device, "2580") == "not_paired"


def test_a_cashier_pairs_nothing(shop: Shop) -> None:
    with pytest.raises(Forbidden):
        pair_device(register=shop.register, name="Mine", actor=shop.actor_as(Role.CASHIER), at=NOON)


def test_the_device_is_known_by_its_cookie_and_a_changed_cookie_is_nobodys(shop: Shop) -> None:
    device, token = pair_device(register=shop.register, name="Blue tablet", actor=shop.actor, at=NOON)
    response = HttpResponse()
    remember_device(response, token)
    ((name, morsel),) = response.cookies.items()
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")
    assert token not in RegisterDevice.objects.values_list("token_hash", flat=True)

    def seen(value: str) -> RegisterDevice | None:
        request = RequestFactory().get("/")
        request.COOKIES[name] = value
        return device_of(request)

    assert seen(morsel.value) == device
    assert seen(morsel.value[:-1]) is None
    assert seen(token) is None
    unpair(device=device, actor=shop.actor, at=NOON)
    assert seen(morsel.value) is None


def test_a_pin_says_who_stands_at_the_till(shop: Shop, device: RegisterDevice, meena: Membership) -> None:
    arjun = member(shop, Role.STORE_MANAGER, "1793")

    assert guess(device, "2580") == guess(device, "2580", who=meena) == "Cashier"
    assert guess(device, "1793", who=meena) == "wrong_pin"
    assert who_is_it(device=device, pin="1793", at=NOON) == arjun


def test_a_pin_opens_the_till_and_no_more(shop: Shop) -> None:
    actor = till_actor(Membership.objects.select_related("org", "user").get(user=shop.owner))

    assert actor.may(Permission.APPROVE)
    assert actor.may(Permission.SELL)
    assert not actor.may(Permission.BACK_OFFICE)
    assert not actor.may(Permission.PEOPLE_EDIT)


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "१२३४", "1111", "1234", "9876", ""])
def test_a_pin_has_four_to_eight_figures_and_is_not_the_first_guess(shop: Shop, meena: Membership, pin: str) -> None:
    with pytest.raises(Invalid):
        set_pin(member=meena, pin=pin, actor=shop.actor, at=NOON)


def test_a_pin_is_ones_own_within_a_store(shop: Shop, device: RegisterDevice) -> None:
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    member(shop, Role.CASHIER, "2580", shop.store)
    member(shop, Role.CASHIER, "2580", other)

    with pytest.raises(Invalid, match="somebody in this store has this one"):
        member(shop, Role.CASHIER, "2580", shop.store, other)
    with pytest.raises(Invalid):
        member(shop, Role.STORE_MANAGER, "2580")


def test_somebody_of_another_store_or_gone_has_no_pin_here(shop: Shop, device: RegisterDevice) -> None:
    other = create_store(actor=shop.actor, at=NOON, code="B2", name="Indiranagar")
    member(shop, Role.CASHIER, "2580", other)
    gone = member(shop, Role.CASHIER, "1793")
    Membership.objects.filter(pk=gone.pk).update(is_active=False)

    assert guess(device, "2580") == "wrong_pin"
    assert guess(device, "1793") == "wrong_pin"


def test_the_fifth_wrong_pin_of_a_person_locks_them_out_and_tells_the_owner(
    shop: Shop, device: RegisterDevice, meena: Membership
) -> None:
    for _ in range(5):
        assert guess(device, "0000", who=meena) == "wrong_pin"
    cache.clear()

    assert guess(device, "2580", who=meena) == "pin_locked"
    assert guess(device, "2580", minutes=14, who=meena) == "pin_locked"
    assert guess(device, "2580", minutes=15, who=meena) == "Cashier"
    assert OutboxEvent.objects.get(topic="pin.locked").payload["members"] == [meena.pk]
    assert AuditEntry.objects.filter(action="pin.locked").count() == 1


def test_ten_wrong_pins_on_a_device_lock_it_for_everybody(
    shop: Shop, device: RegisterDevice, meena: Membership
) -> None:
    member(shop, Role.STORE_MANAGER, "1793")
    for number in range(10):
        # A right PIN of one's own in between gives no new guesses at the others'.
        assert guess(device, f"00{number:02}") == "wrong_pin"
        if number < 9:
            assert guess(device, "2580") == "Cashier"

    assert guess(device, "1793") == "pin_locked"
    assert guess(device, "2580") == "pin_locked"
    unlock_pins(device=device, actor=shop.actor, at=NOON)
    assert guess(device, "2580") == "Cashier"


def test_wrong_pins_of_the_morning_are_forgotten_in_the_evening(
    shop: Shop, device: RegisterDevice, meena: Membership
) -> None:
    for number in range(8):
        assert guess(device, "0000", minutes=61 * number, who=meena) == "wrong_pin"

    assert guess(device, "2580", minutes=61 * 8, who=meena) == "Cashier"


def test_a_manager_approves_by_pin_and_a_cashier_does_not(
    shop: Shop, device: RegisterDevice, meena: Membership
) -> None:
    member(shop, Role.STORE_MANAGER, "1793")
    question = Question(ApprovalKind.DISCOUNT, uuid7(), shop.store, "old stock", Decimal("40.00"))
    asked = {"device": device, "asked_by": meena.actor(), "at": NOON}

    with pytest.raises(WrongPin):
        approve_by_pin(question, pin="0000", **asked)
    with pytest.raises(Forbidden, match="This needs a manager"):
        approve_by_pin(question, pin="2580", **asked)
    approval = approve_by_pin(question, pin="1793", **asked)

    assert Approval.objects.get() == approval
    assert (approval.asked_by, approval.approved_by) == ("Cashier", "Store_Manager")
    assert approval.register == shop.register


def test_forty_guesses_at_once_are_counted_one_by_one(committed_shop: Shop) -> None:
    shop = committed_shop
    with transaction.atomic():
        device, _token = pair_device(register=shop.register, name="Till", actor=shop.actor, at=NOON)
        meena = member(shop, Role.CASHIER, "2580")

    def attempt(number: int) -> str:
        try:
            with org_scope(shop.org.pk):
                return guess(device, f"10{number:02}", who=meena)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(40)))

    assert answers.count("wrong_pin") == 5
    assert answers.count("pin_locked") == 35
    with transaction.atomic():
        assert WrongPins.objects.get(member_id=meena.pk).is_locked(NOON)
        with pytest.raises(RuntimeError):
            who_is_it(device=device, pin="2580", at=NOON)


def test_a_locked_pin_is_a_refusal_with_its_end(shop: Shop, device: RegisterDevice, meena: Membership) -> None:
    for _ in range(5):
        guess(device, "0000", who=meena)

    with pytest.raises(PinLocked) as refusal:
        who_is_it(device=device, pin="2580", member_id=meena.pk, at=NOON)

    assert refusal.value.data["until"] == NOON + timedelta(minutes=15)
