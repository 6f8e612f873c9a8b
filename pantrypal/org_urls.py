"""Pages of one organization, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, include, path

from pantrypal.api_router import router

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(router.urls)),
]
