"""The addresses of the round pages."""

from __future__ import annotations

from django.urls import path

from lyhord.measurements import administrators, views

app_name = "measurements"
urlpatterns = [
    path("omgangar", views.rounds, name="rounds"),
    path("omgangar/ny", views.new_round, name="new-round"),
    path("omgangar/<slug:round_key>", views.one_round, name="round"),
    path("omgangar/<slug:round_key>/lage", views.move_round, name="move"),
    path("omgangar/<slug:round_key>/deltagare", views.enrol_many, name="enrol"),
    path("omgangar/<slug:round_key>/administratorer", administrators.administrators, name="administrators"),
    path("deltagande/<int:pk>", views.participation, name="participation"),
]
