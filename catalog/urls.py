"""Pages of the catalog, mounted at /<org>/."""

from django.urls import URLPattern, URLResolver, re_path

from catalog.views import pictures

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^pictures/(?P<picture_id>[0-9a-f-]{36})/(?P<size>full|small)\.webp$", pictures.picture, name="picture"),
]
