"""The addresses of the respondent's pages."""

from __future__ import annotations

from django.urls import path

from lyhord.survey.answers import municipality_views, views

app_name = "answers"
urlpatterns = [
    path("s/enkat.css", views.css, name="css"),
    path("s/<str:link>", views.survey, name="survey"),
    path("s/<str:link>/avboj", views.optout, name="optout"),
    path("akta", municipality_views.genuine, name="genuine"),
    path("om/<slug:code>/integritet", municipality_views.privacy, name="privacy"),
    path("om/<slug:code>/tillganglighet", municipality_views.accessibility, name="accessibility"),
    path("om/<slug:code>/kontakt", municipality_views.contact, name="contact"),
]
