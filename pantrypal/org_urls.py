"""Pages of one organization, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, include, path

from pantrypal import api_router

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(api_router.urlpatterns)),
]
