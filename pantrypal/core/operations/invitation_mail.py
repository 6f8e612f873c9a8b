"""The letter that carries an invitation's link."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pantrypal.core.addresses import site_path
from pantrypal.core.mail import message_id
from pantrypal.core.models import Invitation


def send_invitation(invitation_id: int, *, event_id: UUID) -> None:
    """In the language of the one who invites. Nothing is sent if it was accepted or withdrawn meanwhile."""
    invitation = Invitation.objects.select_related("org", "invited_by").get(pk=invitation_id)
    if not invitation.is_open(timezone.now()):
        return
    with translation.override(invitation.invited_by.language or settings.LANGUAGE_CODE):
        link = settings.SITE_URL + site_path("invitation", invitation.token)
        EmailMessage(
            _("%(person)s invites you to %(org)s") % {"person": invitation.invited_by, "org": invitation.org},
            render_to_string("core/email/invitation.txt", {"invited": invitation, "link": link}),
            to=[invitation.email],
            headers={"Message-ID": message_id(event_id)},
        ).send()
