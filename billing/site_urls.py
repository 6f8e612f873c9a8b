"""Pages of billing that belong to no organization yet."""

from django.urls import path

from billing.views.callbacks import provider_callback
from billing.views.founding import found
from billing.views.public import public_bill, public_pdf

urlpatterns = [
    path("signup/", found, name="found-shop"),
    path("api/callbacks/<str:token>/", provider_callback, name="provider-callback"),
    path("b/<str:token>/", public_bill, name="public-bill"),
    path("b/<str:token>/invoice.pdf", public_pdf, name="public-pdf"),
]
