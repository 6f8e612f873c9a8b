"""Pages of one organization, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, include, path

from pantrypal import api_router
from pantrypal.core.admin import site
from pantrypal.core.views.home import org_home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", org_home, name="org-home"),
    path("", include("billing.urls")),
    path("", include("catalog.urls")),
    path("", include("inventory.urls")),
    path("admin/", site.urls),
    path("api/v1/", include(api_router.urlpatterns)),
]

handler400 = "pantrypal.core.views.refusals.bad_request"
handler403 = "pantrypal.core.views.refusals.forbidden"
handler404 = "pantrypal.core.views.refusals.not_found"
handler500 = "pantrypal.core.views.refusals.server_error"
