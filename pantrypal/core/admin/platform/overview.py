"""The platform at a glance: how full the shards are, and what waits in them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from pantrypal.core.models import Organization, OrgRoute, Shard
from pantrypal.journal.backlog import backlog_of


def overview() -> dict[str, Any]:
    """`shards`: each with its organizations and its backlog; `parked`: organizations with work that was given up."""
    shards = [
        {"shard": shard, "backlog": backlog_of(shard.schema_name), "organizations": organizations}
        for shard in Shard.objects.order_by("schema_name")
        for organizations in [OrgRoute.objects.filter(shard=shard).count()]
    ]
    parked = {org_id: count for shard in shards for org_id, count in shard["backlog"].parked.items()}
    counts = Organization.objects.aggregate(
        all=Count("pk"), suspended=Count("pk", filter=Q(route__state=OrgRoute.State.SUSPENDED))
    )
    return {
        "shards": shards,
        "organizations": counts,
        "parked": [
            {"organization": org, "count": parked[org.pk]}
            for org in Organization.objects.filter(pk__in=parked).order_by("name")
        ],
    }
