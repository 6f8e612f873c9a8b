"""A shop's own program that sells through the API, and does not give up."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from pantrypal.tenancy.ids import uuid7

TRIES = 40


@dataclass
class Integrator:
    """Sells until it is told to stop; whatever gets no answer is sent again with its own id, as a till does."""

    address: str
    secret: str
    barcode: str
    sold: dict[str, str] = field(default_factory=dict)  # number by bill id
    repeated: int = 0

    def sell_until(self, stop: Event) -> Integrator:
        while not stop.is_set():
            bill = str(uuid7())
            self.sold[bill] = self._sell(bill)
        return self

    def _sell(self, bill: str) -> str:
        lines = [{"barcode": self.barcode, "quantity": "1"}]
        body = {"id": bill, "store": "B1", "register": "A", "lines": lines, "payments": [{"method": "cash"}]}
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        for attempt in range(TRIES):
            try:
                request = Request(f"{self.address}/api/v1/bills", json.dumps(body).encode(), headers)
                with urlopen(request, timeout=30) as answer:
                    return str(json.load(answer)["number"])
            except HTTPError as refusal:
                if refusal.code not in (502, 503, 504):
                    raise AssertionError(refusal.read()) from refusal
            except (OSError, HTTPException):
                pass  # the line is down: sent again below
            self.repeated += 1
            time.sleep(min(2, 0.05 * (attempt + 1)))
        raise AssertionError(f"bill {bill} was never answered")
