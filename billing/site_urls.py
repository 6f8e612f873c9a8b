"""Pages of billing that belong to no organization yet."""

from django.urls import path

from billing.views.founding import found
from billing.views.public import public_bill, public_pdf

urlpatterns = [
    path("signup/", found, name="found-shop"),
    path("b/<str:token>/", public_bill, name="public-bill"),
    path("b/<str:token>/invoice.pdf", public_pdf, name="public-pdf"),
]
