"""The addresses of the account pages."""

from __future__ import annotations

from django.urls import path

from lyhord.accounts import views

app_name = "accounts"
urlpatterns = [
    path("logga-in", views.SignIn.as_view(), name="sign-in"),
    path("logga-ut", views.SignOut.as_view(), name="sign-out"),
    path("valj-roll", views.choose_membership, name="choose"),
]
