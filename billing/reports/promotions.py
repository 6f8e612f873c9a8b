"""What each promotion took off, in how many bills. As the bills have it: returns are not taken out."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import msgspec
from django.db import connection
from django.utils.translation import gettext as _

from billing.reports.period import Period
from catalog.models import Promotion
from pantrypal.tenancy.context import require_org_id

GIVEN = """
SELECT reason ->> 'promotion', count(DISTINCT b.id), sum((reason ->> 'amount')::numeric)
  FROM billing_bill b
  JOIN billing_billline l ON l.org_id = b.org_id AND l.bill_id = b.id
 CROSS JOIN LATERAL jsonb_array_elements(l.discount_reasons) reason
 WHERE b.org_id = %s AND b.business_date BETWEEN %s AND %s AND b.store_id = ANY (%s)
   AND reason ->> 'promotion' IS NOT NULL
 GROUP BY 1
"""


class PromotionGiven(msgspec.Struct):
    name: str
    bills: int
    given: Decimal


def by_promotion(period: Period) -> list[PromotionGiven]:
    """Those that took off most first."""
    with connection.cursor() as cursor:
        stores = [store.pk for store in period.stores]
        cursor.execute(GIVEN, [require_org_id(), period.first, period.last, stores])
        found = {UUID(pk): (bills, given) for pk, bills, given in cursor.fetchall()}
    names = dict(Promotion.objects.filter(pk__in=found).values_list("pk", "name"))
    rows = [PromotionGiven(names.get(pk, _("Unknown promotion")), *figures) for pk, figures in found.items()]
    return sorted(rows, key=lambda row: (-row.given, row.name))
