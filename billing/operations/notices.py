"""What an owner must hear of though nobody tells them: by e-mail, from a worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from billing.models import ProviderRefund, Register, RegisterDevice
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


def tell_of_failed_refund(refund_id: UUID, event_id: UUID) -> None:
    """The payment provider does not give back what a return has promised."""
    row = ProviderRefund.objects.select_related("intent", "refund__credit_note").get(pk=refund_id)
    note = row.refund.credit_note.number if row.refund else ""
    sentence = _(
        "The payment provider has not given back %(amount)s of payment %(reference)s (credit note %(note)s). It says: "
        "%(problem)s In the back office under “Refunds by the provider” you can have it asked for again; or give the "
        "money back another way."
    )
    told = {"amount": row.amount, "reference": row.intent.reference, "note": note, "problem": row.problem}
    context = {"sentence": sentence % told, "register": Register.objects.get(pk=row.intent.register_id)}
    _mail(row.org_id, event_id, _("A refund has failed"), context)


def _tell(device_id: UUID, event_id: UUID, subject: str, sentence: str) -> None:
    device = RegisterDevice.objects.select_related("register").get(pk=device_id)
    context = {"sentence": sentence, "device": device, "register": device.register}
    _mail(device.org_id, event_id, subject, context)


def _mail(org_id: int, event_id: UUID, subject: str, context: dict[str, Any]) -> None:
    owners = Membership.objects.select_related("user").filter(org=org_id, role=Role.OWNER, is_active=True)
    context["org"] = Organization.objects.get(pk=org_id)
    EmailMessage(
        subject=subject,
        body=render_to_string("billing/email/notice.txt", context),
        to=[owner.user.email for owner in owners],
        headers={"Message-ID": message_id(event_id)},
    ).send()
