"""Pages that belong to no organization, and the API."""

from django.urls import URLPattern, URLResolver, include, path

from pantrypal import api_router
from pantrypal.health import livez, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("accounts/", include("django.conf.urls.i18n")),
    path("api/v1/", include(api_router.urlpatterns)),
]
