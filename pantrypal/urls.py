"""Pages that belong to no organization, and the API."""

from django.urls import URLPattern, URLResolver, include, path

from pantrypal import api_router
from pantrypal.core.admin.platform import platform
from pantrypal.health import livez, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("", include("pantrypal.core.urls")),
    path("", include("billing.site_urls")),
    path("platform/", platform.urls),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include(api_router.urlpatterns)),
]

handler400 = "pantrypal.core.views.refusals.bad_request"
handler403 = "pantrypal.core.views.refusals.forbidden"
handler404 = "pantrypal.core.views.refusals.not_found"
handler500 = "pantrypal.core.views.refusals.server_error"
