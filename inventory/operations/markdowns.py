"""A lot that will not be sold before its date gets cheaper, until that date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import Product, Promotion, PromotionTarget
from catalog.operations.promotions import TargetInput, save_promotion
from catalog.promotions import Kind
from inventory.models import Lot
from inventory.refusals import MarkedDownAlready
from pantrypal.core.actor import Actor
from pantrypal.core.business_time import zone
from pantrypal.core.errors import Invalid
from pantrypal.core.models import Store


@transaction.atomic
def mark_down(lot: Lot, percent: int, *, store: Store, actor: Actor, at: datetime) -> Promotion:
    """A promotion on the lot's product in this store, until the end of the lot's last day.

    The catalog knows no lots: while it runs, fresher packs are cheaper too. Raises MarkedDownAlready, Invalid.
    """
    if lot.expires_on is None or lot.expires_on < store.document_date(at):
        raise Invalid(_("This lot may not be sold any more, or for ever."))
    Product.objects.select_for_update(no_key=True).get(pk=lot.product_id)  # two clicks are one promotion
    if lot.product_id in marked_down([lot.product_id], store=store, at=at):
        raise MarkedDownAlready(_("%s is marked down in this store already.") % lot.product.name)
    ends_at = datetime.combine(lot.expires_on + timedelta(days=1), time(), zone(store.time_zone))
    promotion = Promotion(
        name=_("Near its date: %s") % lot.product.name[:60],
        kind=Kind.PERCENT.value,
        percent=Decimal(percent),
        stores=[store.pk],
        starts_at=at,
        ends_at=ends_at,
    )
    return save_promotion(promotion, org=store.org, targets=[TargetInput(product=lot.product)], actor=actor, at=at)


def marked_down(products: Iterable[UUID], *, store: Store, at: datetime) -> dict[UUID, Promotion]:
    """Percentages off that run for these products alone in this store now."""
    running = PromotionTarget.objects.filter(
        Q(promotion__ends_at__gt=at),
        Q(promotion__starts_at=None) | Q(promotion__starts_at__lte=at),
        product__in=list(products),
        promotion__kind=Kind.PERCENT.value,
        promotion__archived_at=None,
        promotion__stores__contains=[store.pk],
    )
    return {target.product_id: target.promotion for target in running.select_related("promotion") if target.product_id}
