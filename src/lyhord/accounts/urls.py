"""The addresses of the account pages."""

from __future__ import annotations

from django.urls import path

from lyhord.accounts import people_views, views

app_name = "accounts"
urlpatterns = [
    path("logga-in", views.SignIn.as_view(), name="sign-in"),
    path("logga-ut", views.SignOut.as_view(), name="sign-out"),
    path("valj-roll", views.choose_membership, name="choose"),
    path("personer", people_views.people, name="people"),
    path("personer/<int:pk>", people_views.member, name="member"),
    path("valkommen/<str:number>/<str:token>", people_views.welcome, name="welcome"),
]
