"""Which requests take the fast lane: the few that come by the thousand."""

from __future__ import annotations

from billing.api.credit_notes import BillReturnsViewSet
from billing.api.scan import ScanViewSet
from pantrypal.core.api.lane import FastLane


class HotLane(FastLane):
    lanes = {
        ("GET", "/api/v1/scan"): (ScanViewSet, "list"),
        ("GET", "/api/v1/bills"): (BillReturnsViewSet, "list"),
        ("POST", "/api/v1/bills"): (BillReturnsViewSet, "create"),
        ("POST", "/api/v1/bills/quote"): (BillReturnsViewSet, "quote"),
    }
