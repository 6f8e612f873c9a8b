"""`approvals`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.api.bodies.registers import ApprovalAnswer, ApprovalBody
from billing.models import Approval, ApprovalKind
from billing.operations.approvals import Question, give_approval
from pantrypal.core.access import Permission
from pantrypal.core.api.bodies import decode
from pantrypal.core.api.documentation import documented
from pantrypal.core.api.views import OrgViewSet
from pantrypal.core.queries import find_store, store_codes

FILTERS = {"store": "Code or id of the store."}


class ApprovalViewSet(OrgViewSet):
    queryset = Approval.objects.all()
    read_permission = Permission.AUDIT_VIEW
    write_permission = Permission.APPROVE
    parameters = FILTERS

    def shown(self, row: Any) -> ApprovalAnswer:
        return ApprovalAnswer(
            id=row.pk,
            kind=row.kind,
            store=store_codes()[row.store_id],
            subject=row.subject_id,
            asked_by=row.asked_by,
            approved_by=row.approved_by,
            reason=row.reason,
            amount=row.amount,
            at=row.at,
        )

    @documented(summary="Approvals, newest first", answer=ApprovalAnswer, many=True, parameters=FILTERS)
    def list(self, request: Request) -> Response:
        approvals = Approval.objects.all()
        if store := request.query_params.get("store"):
            approvals = approvals.filter(store_id=find_store(store).pk)
        return self.page(approvals)

    @documented(summary="Approve something", body=ApprovalBody, answer=ApprovalAnswer, statuses=(201,))
    def create(self, request: Request) -> Response:
        body = decode(request, ApprovalBody)
        question = Question(ApprovalKind(body.kind), body.subject, find_store(body.store), body.reason, body.amount)
        approval = give_approval(question, asked_by=self.actor, approver=self.actor, at=timezone.now())
        return Response(self.shown(approval), status=status.HTTP_201_CREATED)
