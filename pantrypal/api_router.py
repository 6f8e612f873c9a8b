"""/api/v1/: the list of resources."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

router = SimpleRouter()
router.trailing_slash = "/?"  # both forms work
