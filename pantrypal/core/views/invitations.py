"""The page behind the link of an invitation."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pantrypal.core.addresses import home_of
from pantrypal.core.http import PersonRequest
from pantrypal.core.operations.invitations import accept_invitation, open_invitation


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link has read the mail: signing up with its address needs no second confirmation."""
    invited = open_invitation(token, timezone.now())
    if not request.user.is_authenticated:
        get_adapter().stash_verified_email(request, invited.email)
    is_for_me = request.user.is_authenticated and request.user.email.lower() == invited.email
    return render(request, "core/invitation.html", {"invited": invited, "is_for_me": is_for_me, "token": token})


@login_required
@require_POST
def accept(request: PersonRequest, token: str) -> HttpResponse:
    member = accept_invitation(token=token, user=request.user, at=timezone.now())
    messages.success(request, _("Welcome to %s.") % member.org.name)
    return redirect(home_of(member))
