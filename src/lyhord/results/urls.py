"""The addresses of the results."""

from __future__ import annotations

from django.urls import path

from lyhord.results import views

app_name = "results"
urlpatterns = [
    path("resultat", views.rounds, name="rounds"),
    path("resultat/<slug:round_key>", views.whole_round, name="round"),
    path("resultat/<slug:round_key>/<slug:municipality>", views.live, name="live"),
    path("resultat/<slug:round_key>/<slug:municipality>/kommentarer/<slug:channel>", views.comments, name="comments"),
]
