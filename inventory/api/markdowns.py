"""`markdowns`: a lot that will not be sold before its date gets cheaper."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Meta
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inventory.models import Lot
from inventory.operations.markdowns import mark_down
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import Answer, Body, Code, decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import NotFound
from pantrypal.core.queries import find_store


class MarkdownBody(Body):
    """`lot` is a lot number; `reports/near-expiry` suggests the percentage."""

    store: Code
    product: UUID
    lot: Code
    percent: Annotated[int, Meta(ge=1, le=99)]


class MarkdownAnswer(Answer):
    """The promotion that was made: on the lot's product, in this store, until the end of the lot's last day."""

    promotion: UUID
    name: str
    percent: Decimal
    ends_at: datetime


class MarkdownViewSet(OrgViewSet):
    queryset = Lot.objects.all()
    write_permission = Permission.PRICE_EDIT

    @documented(summary="Mark a lot down until its last day", body=MarkdownBody, answer=MarkdownAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, MarkdownBody)
        store = find_store(body.store)
        lot = Lot.objects.select_related("product").filter(product=body.product, code=body.lot).first()
        if lot is None:
            raise NotFound(_("There is no lot “%s” of this product.") % body.lot, field="lot")
        promotion = mark_down(lot, body.percent, store=store, actor=self.actor, at=timezone.now())
        promotion.refresh_from_db(fields=["percent", "ends_at"])
        assert promotion.ends_at is not None
        answer = MarkdownAnswer(
            promotion=promotion.pk, name=promotion.name, percent=promotion.percent, ends_at=promotion.ends_at
        )
        return Response(answer, status=status.HTTP_201_CREATED)
