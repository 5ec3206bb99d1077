"""The addresses of the respondent's pages."""

from __future__ import annotations

from django.urls import path

from lyhord.survey.answers import municipality_views, request_views, terms_views, views

app_name = "answers"
urlpatterns = [
    path("s/enkat.css", views.css, name="css"),
    path("s/<str:link>", views.survey, name="survey"),
    path("s/<str:link>/avboj", views.optout, name="optout"),
    path("akta", municipality_views.genuine, name="genuine"),
    path("om/<slug:code>/integritet", municipality_views.privacy, name="privacy"),
    path("om/<slug:code>/tillganglighet", municipality_views.accessibility, name="accessibility"),
    path("om/<slug:code>/kontakt", municipality_views.contact, name="contact"),
    path("svarande", terms_views.terms, name="terms"),
    path("onskemal", request_views.requests, name="requests"),
    path("onskemal/<int:pk>", request_views.open_request, name="request"),
    path("onskemal/<int:pk>/klart", request_views.tick_off, name="tick-off"),
]
