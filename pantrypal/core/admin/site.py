"""The back office of one organization, at /<org>/admin/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from unfold.sites import UnfoldAdminSite

from pantrypal.core.access import Permission
from pantrypal.core.admin.columns import PageColumn
from pantrypal.core.admin.csp import with_admin_policy
from pantrypal.core.admin.home import Card, Home
from pantrypal.core.admin.menu import Menu, MenuItem, sidebar
from pantrypal.core.admin.theme import theme
from pantrypal.core.http import OrgRequest

# Signing in and out is allauth's alone; view_on_site would look up any content type's rows.
UNUSED_URLS = frozenset({"login", "logout", "password_change", "password_change_done", "view_on_site", "search"})

View = Callable[[OrgRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    name: str
    title: str | Promise
    view: View
    permission: Permission
    menu: Menu | None


class OrgAdminSite(UnfoldAdminSite):  # type: ignore[misc]
    """Who may enter is asked of the request's actor, never of Django's own permissions.

    OrgMiddleware has turned strangers away and opened the organization before a view runs here.
    """

    index_template = "admin/home.html"
    enable_nav_sidebar = True

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.pages: list[Page] = []
        self.home = Home()
        self._columns: defaultdict[type[Model], list[PageColumn]] = defaultdict(list)

    def add_page(
        self,
        path: str,
        name: str,
        view: View,
        *,
        title: str | Promise,
        permission: Permission,
        menu: Menu | None = None,
    ) -> None:
        """Hang a view of one's own into the site: `admin:<name>` at /<org>/admin/<path>.

        It is called only for those who have the permission; `site.page(request, template, title, ...)`
        renders it with the site's frame.
        """
        self.pages.append(Page(path, name, title, view, permission, menu))

    def add_card(self, card: Card) -> None:
        """Put a card on the home page."""
        self.home.cards.append(card)

    def add_column(self, model: type[Model], column: PageColumn) -> None:
        """Add a column to the list of a lower floor's model: the stock of a product, say."""
        self._columns[model].append(column)

    def columns_of(self, model: type[Model]) -> list[PageColumn]:
        return self._columns[model]

    def has_permission(self, request: HttpRequest) -> bool:
        actor = getattr(request, "actor", None)
        return actor is not None and actor.may(Permission.BACK_OFFICE)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        inner = super().admin_view(view, cacheable)

        def guarded(request: OrgRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise PermissionDenied(_("Your role does not open the back office. Please ask a manager."))
            request.current_app = self.name
            answer: HttpResponseBase = inner(request, *args, **kwargs)
            return answer

        return with_admin_policy(update_wrapper(guarded, inner))

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in UNUSED_URLS]

    def extra_urls(self) -> list[URLPattern]:
        """Called by unfold; these come before the models' own."""
        return [path(page.path, self.admin_view(_guarded(page)), name=page.name) for page in self.pages]

    def page(self, request: OrgRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        return TemplateResponse(request, template, self.each_context(request) | {"title": title} | context)

    def index(self, request: OrgRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        cards = self.home.cards_for(request)
        return self.page(request, "admin/home.html", _("Home"), cards=cards, **(extra_context or {}))

    def each_context(self, request: OrgRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().each_context(request)
        return context | theme(context) | self._org_context(request)

    def _org_context(self, request: OrgRequest) -> dict[str, Any]:
        return {
            "site_header": request.org.name,
            "site_dropdown": [
                {"title": membership.org.name, "link": f"/{membership.org.slug}/admin/", "icon": "storefront"}
                for membership in request.memberships
            ],
            "till_url": reverse("admin:index").removesuffix("admin/") if request.actor.may(Permission.SELL) else "",
        }

    def get_sidebar_list(self, request: OrgRequest) -> list[dict[str, Any]]:
        return sidebar(list(self._menu_items(request)), request.path)

    def _menu_items(self, request: OrgRequest) -> list[MenuItem]:
        items = [MenuItem(Menu("home", 0, "home"), _("Home"), reverse("admin:index", current_app=self.name))]
        for model, model_admin in self._registry.items():
            if model_admin.menu and model_admin.has_view_permission(request):
                name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
                title = str(model._meta.verbose_name_plural)
                items.append(MenuItem(model_admin.menu, title[:1].upper() + title[1:], reverse(name)))
        items += [
            MenuItem(page.menu, page.title, reverse(f"admin:{page.name}"))
            for page in self.pages
            if page.menu and request.actor.may(page.permission)
        ]
        return items


def _guarded(page: Page) -> View:
    def view(request: OrgRequest) -> HttpResponse:
        if not request.actor.may(page.permission):
            raise PermissionDenied
        return page.view(request)

    return view


site = OrgAdminSite()
