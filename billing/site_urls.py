"""Pages of billing that belong to no organization yet."""

from django.urls import path

from billing.views.founding import found

urlpatterns = [path("signup/", found, name="found-shop")]
