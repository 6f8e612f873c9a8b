"""Pages of billing, mounted at /<org>/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
