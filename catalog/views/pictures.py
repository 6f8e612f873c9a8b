"""Pictures of products, for people of their organization."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from catalog.models import Picture
from pantrypal.core.access import Permission
from pantrypal.core.actor import require
from pantrypal.core.http import OrgRequest

# The picture at an address never changes; a replaced one has another address.
KEPT = "private, max-age=31536000, immutable"


@require_GET
def picture(request: OrgRequest, picture_id: UUID, size: str) -> FileResponse:
    """`size` is full or small; small is the full one until a worker has made it."""
    require(request.actor, Permission.CATALOG_VIEW)
    found = Picture.objects.filter(pk=picture_id).first()
    if found is None:
        raise Http404
    file = found.thumbnail if size == "small" and found.thumbnail else found.file
    headers = {"Cache-Control": KEPT if file == found.thumbnail or size == "full" else "no-store"}
    headers |= {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file.open(), content_type="image/webp", headers=headers)
