"""Every address of the desk, by surface."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
]
