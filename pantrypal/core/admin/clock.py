"""Forms in which people give a time of day: by the clock of their own shop."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from pantrypal.core.admin.scope import stores_of
from pantrypal.core.business_time import zone
from pantrypal.core.http import OrgRequest


def shop_clock(request: OrgRequest) -> Any:
    """The zone of the first store there is: what people of a chain in one country mean by "17:00"."""
    store = next(iter(stores_of(request).values()), None)
    return timezone.override(zone("Asia/Kolkata" if store is None else store.time_zone))


class ByShopClock:
    """An OrgAdmin whose form shows and takes times in the shop's zone. Comes before OrgAdmin among the bases."""

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with shop_clock(request):
            answer: HttpResponseBase = super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
            if isinstance(answer, TemplateResponse):
                answer.render()
        return answer
