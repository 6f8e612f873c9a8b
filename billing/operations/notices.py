"""What an owner must hear of though nobody tells them: by e-mail, from a worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from billing.models import RegisterDevice
from pantrypal.core.access import Role
from pantrypal.core.mail import message_id
from pantrypal.core.models import Membership, Organization


def tell_of_wrong_pins(device_id: UUID, event_id: UUID) -> None:
    """Somebody has tried PINs until the device locked itself."""
    sentence = _("Too many wrong PINs were typed at a till. It takes no PIN for a quarter of an hour.")
    _tell(device_id, event_id, _("Wrong PINs at a till"), sentence)


def tell_of_clone(device_id: UUID, number: str, event_id: UUID) -> None:
    """Two devices have used one pairing."""
    sentence = _(
        "Two devices have used the pairing of one register: both have printed bill %s. Both sales are in the books. "
        "The pairing is ended; please pair the register anew and find out where the other device is."
    )
    _tell(device_id, event_id, _("Two devices with one pairing"), sentence % number)


def tell_of_refused_sale(device_id: UUID, sentence: str, event_id: UUID) -> None:
    """A sale that was made off line cannot be taken into the books."""
    told = _(
        "A till has sent a sale that it had made without a connection, and it cannot be taken: %s All that is on its "
        "paper is kept in the register’s history. Please enter it by hand."
    )
    _tell(device_id, event_id, _("A sale made off line was refused"), told % sentence)


def _tell(device_id: UUID, event_id: UUID, subject: str, sentence: str) -> None:
    device = RegisterDevice.objects.select_related("register").get(pk=device_id)
    owners = Membership.objects.select_related("user").filter(org=device.org_id, role=Role.OWNER, is_active=True)
    addresses = [owner.user.email for owner in owners]
    context: dict[str, Any] = {"sentence": sentence, "device": device, "register": device.register}
    context["org"] = Organization.objects.get(pk=device.org_id)
    EmailMessage(
        subject=subject,
        body=render_to_string("billing/email/notice.txt", context),
        to=addresses,
        headers={"Message-ID": message_id(event_id)},
    ).send()
