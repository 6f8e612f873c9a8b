"""`promotions` and `promotions/{id}/coupons`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.promotion_bodies import (
    CouponAnswer,
    CouponsAnswer,
    CouponsBody,
    PromotionAnswer,
    PromotionBody,
    PromotionChanges,
    TargetAnswer,
    TargetBody,
)
from catalog.models import Brand, Category, Coupon, Product, Promotion, PromotionTarget
from catalog.operations.coupons import CouponInput, make_coupons, save_coupons
from catalog.operations.promotions import TargetInput, archive_promotions, restore_promotions, save_promotion
from catalog.promotions.words import effect
from catalog.queries import rules_of
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.errors import Invalid, NotFound
from pantrypal.core.queries import find_store, store_codes

FILTERS = {"active": "`true`: those that were not ended; `false`: the others.", "q": "A part of the name."}
OF_OTHER_TABLES = {"stores", "targets", "active"}


class PromotionViewSet(OrgViewSet):
    queryset = Promotion.objects.all()
    read_permission = Permission.CATALOG_VIEW
    write_permission = Permission.PRICE_EDIT
    keyset = ("name", "id")
    parameters = FILTERS
    paged = ("list", "coupons")

    def shown(self, row: Any) -> msgspec.Struct:
        return _shown_coupon(row) if isinstance(row, Coupon) else _shown_promotion(row)

    @documented(summary="List promotions", answer=PromotionAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        promotions = _complete()
        if active := request.query_params.get("active"):
            promotions = promotions.filter(archived_at__isnull=active != "false")
        if text := request.query_params.get("q"):
            promotions = promotions.filter(name__icontains=text)
        return self.page(promotions)

    @documented(summary="One promotion", answer=PromotionAnswer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return self.one(self.row(_complete(), pk))

    @documented(summary="Add a promotion", body=PromotionBody, answer=PromotionAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, PromotionBody)
        values = {name: value for name, value in msgspec.structs.asdict(body).items() if name not in OF_OTHER_TABLES}
        values |= {"days": list(body.days), "stores": [find_store(ref).pk for ref in body.stores]}
        promotion = Promotion(**values)
        targets = [_target(target) for target in body.targets]
        save_promotion(promotion, org=self.org, targets=targets, actor=self.actor, at=timezone.now())
        answer = self.shown(_complete().get(pk=promotion.pk))
        return Response(
            answer, status=status.HTTP_201_CREATED, headers={"Location": f"/api/v1/promotions/{promotion.pk}"}
        )

    @documented(summary="Change, end or take up a promotion", body=PromotionChanges, answer=PromotionAnswer)
    def partial_update(self, request: Request, pk: str) -> Response:
        promotion = self.row(_complete().select_for_update(of=("self",)), pk)
        self.require_fresh(promotion)
        changes = self.changes(decode(request, PromotionChanges))
        targets, active = changes.pop("targets", None), changes.pop("active", None)
        if "stores" in changes:
            changes["stores"] = [find_store(ref).pk for ref in changes["stores"]]
        if "days" in changes:
            changes["days"] = list(changes["days"])
        for name, value in changes.items():
            setattr(promotion, name, value)
        by: dict[str, Any] = {"actor": self.actor, "at": timezone.now()}
        rows = None if targets is None else [_target(target) for target in targets]
        save_promotion(promotion, org=self.org, targets=rows, **by)
        if active is not None:
            (restore_promotions if active else archive_promotions)([promotion.pk], **by)
        return self.one(_complete().get(pk=promotion.pk))

    @documented(summary="Coupons of a promotion", answer=CouponAnswer, many=True)
    @action(detail=True, keyset=("code", "id"))
    def coupons(self, request: Request, pk: str) -> Response:
        promotion = self.row(Promotion.objects.all(), pk)
        return self.page(Coupon.objects.filter(promotion=promotion))

    @documented(summary="Add coupons, or have some made", body=CouponsBody, answer=CouponsAnswer, statuses=(201,))
    @coupons.mapping.post
    def add_coupons(self, request: Request, pk: str) -> Response:
        promotion = self.row(Promotion.objects.all(), pk)
        body = decode(request, CouponsBody)
        by: dict[str, Any] = {"actor": self.actor, "at": timezone.now()}
        if bool(body.codes) == (body.count is not None):
            raise Invalid(_("Give either codes or count."), {"codes": [_("Give either codes or count.")]})
        if body.count is not None:
            made = make_coupons(promotion, count=body.count, prefix=body.prefix, **by)
        else:
            made = save_coupons(promotion, [CouponInput(row.code, row.most_uses) for row in body.codes], **by)
        return Response(CouponsAnswer(coupons=[_shown_coupon(row) for row in made]), status=status.HTTP_201_CREATED)


def _complete() -> Any:
    return Promotion.objects.prefetch_related(Prefetch("targets", PromotionTarget.objects.order_by("id")))


def _target(body: TargetBody) -> TargetInput:
    """Raises NotFound for goods of somebody else."""
    found: dict[str, Any] = {}
    for name, model in (("product", Product), ("category", Category), ("brand", Brand)):
        pk = getattr(body, name)
        rows: Any = model.objects
        found[name] = rows.filter(pk=pk).first() if pk else None
        if pk and found[name] is None:
            raise NotFound(_("There is no such %s.") % model._meta.verbose_name, field="targets")
    return TargetInput(body.role, **found)


def _shown_promotion(row: Promotion) -> PromotionAnswer:
    codes = store_codes()
    targets: Iterable[PromotionTarget] = row.targets.all()
    kept = {name: getattr(row, name) for name in PromotionAnswer.__struct_fields__ if hasattr(Promotion, name)}
    kept |= {
        "stores": [codes[pk] for pk in row.stores if pk in codes],
        "targets": [
            TargetAnswer(role=t.role, product=t.product_id, category=t.category_id, brand=t.brand_id) for t in targets
        ],
    }
    return PromotionAnswer(**kept, effect=effect(rules_of([row])[0]), active=row.archived_at is None)


def _shown_coupon(row: Coupon) -> CouponAnswer:
    return CouponAnswer(id=row.pk, code=row.code, most_uses=row.most_uses, used=row.used)
