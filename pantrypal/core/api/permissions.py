"""Who may use an endpoint. A module of its own: DRF imports it while it loads itself."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from pantrypal.core.actor import Actor, require


class ActorMay(BasePermission):
    """Asks the role table for the view's `read_permission` or `write_permission`; None means signed in."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, Actor):
            return False
        permission = view.read_permission if request.method in SAFE_METHODS else view.write_permission
        if permission is not None:
            require(request.auth, permission)
        return True
