"""`recalls/{id}/bills` and `recalls/{id}/refunds`."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bodies.recalled import LeftBillAnswer, RecalledSaleAnswer, RecallRefundAnswer, RecallRefundBody
from billing.operations.recalls import refund_recalled
from billing.queries import find_register
from billing.recalled import RecalledSale, recalled_sales
from inventory.models import Recall
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.queries import find_store, store_codes


class RecalledBillsViewSet(OrgViewSet):
    queryset = Recall.objects.all()
    read_permission = Permission.BILLS_VIEW
    write_permission = Permission.SELL

    @documented(summary="Bills that had the recalled goods, newest first", answer=RecalledSaleAnswer, many=True)
    @action(detail=True, methods=["get"])
    def bills(self, request: Request, pk: str) -> Response:
        recall, codes = self.row(Recall.objects.all(), pk), store_codes()
        sales = recalled_sales(recall, stores=self.actor.stores)
        return Response({"results": [_shown(sale, codes[sale.bill.store_id]) for sale in sales], "next": None})

    @documented(
        summary="Give the money for recalled goods back, to all buyers who are known",
        body=RecallRefundBody,
        answer=RecallRefundAnswer,
    )
    @action(detail=True, methods=["post"])
    def refunds(self, request: Request, pk: str) -> Response:
        recall, body = self.row(Recall.objects.all(), pk), decode(request, RecallRefundBody)
        store = find_store(body.store)
        done = refund_recalled(
            recall,
            set(body.bills) or None,
            register=find_register(body.register, store),
            store=store,
            actor=self.actor,
            at=timezone.now(),
        )
        left = [
            LeftBillAnswer(
                bill=sale.bill.pk, number=sale.bill.number, obstacle=why.value, reason=f"{why.label}. {why.advice}"
            )
            for sale, why in done.left
        ]
        return Response(RecallRefundAnswer(bills=done.bills, left=left))


def _shown(sale: RecalledSale, store: str) -> RecalledSaleAnswer:
    buyer = sale.buyer
    return RecalledSaleAnswer(
        bill=sale.bill.pk,
        number=sale.bill.number,
        store=store,
        sold_at=sale.bill.finalized_at,
        product=sale.line.name,
        lots=list(sale.lots),
        quantity=sale.quantity,
        out=sale.out,
        customer=buyer.name if buyer else None,
        phone=buyer.phone if buyer else "",
        email=buyer.email if buyer else "",
        obstacle=sale.obstacle.value if sale.obstacle else None,
    )
