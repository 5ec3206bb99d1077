"""The addresses of the pages for second gradings, remarks and approval."""

from __future__ import annotations

from django.urls import path

from lyhord.mystery.quality import hearing_views, views

app_name = "quality"
urlpatterns = [
    path("granskning", views.overview, name="overview"),
    path("granskning/bedom/<int:pk>", views.again, name="again"),
    path("granskning/omgang/<slug:key>", views.round_page, name="round"),
    path("granskning/omgang/<slug:key>/<slug:code>", views.municipality, name="municipality"),
    path("granskning/kontakt/<int:pk>", views.contact, name="contact"),
    path("synpunkter", hearing_views.hearings, name="hearings"),
    path("synpunkter/<slug:key>", hearing_views.hearing, name="hearing"),
]
