"""A person's place in an organization, and the way into it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from pantrypal.core.access import ROLE_NAMES, ROLES, Permission, Role, role_choices
from pantrypal.core.actor import Actor
from pantrypal.core.models.organization import Organization
from pantrypal.core.models.store import Store
from pantrypal.tenancy.context import require_org_id

SIGNED_FOR = "core.invitation"


class Membership(models.Model):
    org = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", default=require_org_id, editable=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=role_choices)
    all_stores = models.BooleanField(_("works in all stores"), default=True)
    stores = models.ManyToManyField(Store, verbose_name=_("stores"), blank=True, related_name="+")
    pin_hash = models.CharField(max_length=128, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(fields=["org", "user"], name="core_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role_name}"

    @property
    def role_name(self) -> str:
        return str(ROLE_NAMES[Role(self.role)])

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLES[Role(self.role)]

    def _store_ids(self) -> frozenset[UUID]:
        # From the link table itself: the org is not active yet, and its stores cannot be read.
        links = self.stores.through._default_manager.filter(membership=self.pk)
        return frozenset(links.values_list("store_id", flat=True))

    def actor(self) -> Actor:
        """The person as the one who acts. Reads the stores covered, unless that is all of them."""
        stores = None if self.all_stores else self._store_ids()
        return Actor(
            kind="user",
            ident=str(self.user_id),
            label=str(self.user),
            org_id=self.org.pk,
            permissions=self.permissions,
            stores=stores,
            user_id=self.user_id,
            role=Role(self.role),
        )


class Invitation(models.Model):
    """A single-use, expiring way into an organization, sent by e-mail as a signed link."""

    org = models.ForeignKey(
        Organization, models.CASCADE, related_name="invitations", default=require_org_id, editable=False
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20, choices=role_choices)
    stores = models.ManyToManyField(Store, verbose_name=_("stores"), blank=True, related_name="+")
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email

    @property
    def role_name(self) -> str:
        return str(ROLE_NAMES[Role(self.role)])

    @property
    def token(self) -> str:
        """What the link carries: signed, so it need not be kept."""
        return signing.dumps(self.pk, salt=SIGNED_FOR)

    @classmethod
    def id_in(cls, token: str) -> int | None:
        try:
            return int(signing.loads(token, salt=SIGNED_FOR))
        except signing.BadSignature:
            return None

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and at < self.expires_at
