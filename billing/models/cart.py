"""What is being rung up, before it is posted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.register import Register
from customers.models import Customer
from pantrypal.tenancy.fields import OrgForeignKey
from pantrypal.tenancy.models import OrgModel


class Cart(OrgModel):
    """Kept on the server: a reload, a dead battery or another device loses nothing.

    The cart's id becomes the bill's id, so paying twice is paying once. Lines are a JSON list in
    the form of `billing.carts.CartLine`; the row is locked while it changes. A held cart has a name,
    who put it aside and when, and belongs to its store: any register there may take it up until it expires.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("being rung up")
        HELD = "held", _("held")
        PAID = "paid", _("paid")
        DROPPED = "dropped", _("dropped")

    store_id = models.UUIDField()
    register = OrgForeignKey(Register)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    lines = models.JSONField(default=list)
    discount = models.JSONField(default=dict)
    coupons = models.JSONField(default=list)
    customer = OrgForeignKey(Customer, null=True, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    checked_age = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="So old, at least, somebody has found the buyer to be; 0: nobody has looked."
    )
    shows_code = models.BooleanField(default=False, help_text="The customer's display shows the code to pay by.")
    held_by = models.CharField(_("held by"), max_length=254, blank=True)
    held_at = models.DateTimeField(_("held since"), null=True, blank=True)
    expires_at = models.DateTimeField(_("held until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(OrgModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["org_id", "register"], condition=models.Q(state="active"), name="billing_cart_one_active"
            )
        ]
        indexes = [
            models.Index(fields=["org_id", "store_id"], condition=models.Q(state="held"), name="billing_cart_held")
        ]

    def __str__(self) -> str:
        return f"{len(self.lines)} lines"
