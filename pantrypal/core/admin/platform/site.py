"""The operators' admin site."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

from pantrypal.core.admin.csp import with_admin_policy
from pantrypal.core.admin.menu import Menu, MenuItem, sidebar
from pantrypal.core.admin.platform.overview import overview
from pantrypal.core.admin.site import UNUSED_URLS
from pantrypal.core.admin.theme import theme


class PlatformSite(UnfoldAdminSite):  # type: ignore[misc]
    """For those who are `is_staff`; for everybody else there is nothing here. No organization is ever active."""

    index_template = "admin/platform_home.html"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_authenticated and user.is_active and user.is_staff)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        inner = super().admin_view(view, cacheable)

        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            request.current_app = self.name
            answer: HttpResponseBase = inner(request, *args, **kwargs)
            return answer

        return with_admin_policy(update_wrapper(guarded, inner))

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in UNUSED_URLS]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        context = self.each_context(request) | {"title": _("Platform"), **overview()} | (extra_context or {})
        return TemplateResponse(request, self.index_template, context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().each_context(request)
        return context | theme(context) | {"site_header": _("PantryPal platform")}

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        items = [MenuItem(Menu("home", 0, "home"), _("Home"), reverse("admin:index", current_app=self.name))]
        for model, page in self._registry.items():
            title = str(model._meta.verbose_name_plural)
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
            link = reverse(name, current_app=self.name)
            items.append(MenuItem(page.menu, title[:1].upper() + title[1:], link))
        return [group for group in sidebar(items, request.path) if group["items"]]


class PlatformAdmin(ModelAdmin):  # type: ignore[misc]
    """Who may open the site may use all of it; nothing is deleted here."""

    menu: Menu
    list_per_page = 50
    list_filter_submit = True
    warn_unsaved_form = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True  # the site has asked already

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


platform = PlatformSite(name="platform")
