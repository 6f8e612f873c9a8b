"""Pages of people who are in no organization yet, or choose one."""

from django.urls import path

from pantrypal.core.views import home, invitations, language

urlpatterns = [
    path("", home.home, name="home"),
    path("accounts/language/", language.choose, name="language"),
    path("signup/invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("signup/invitation/<str:token>/accept/", invitations.accept, name="accept-invitation"),
]
