"""The addresses of the planning pages."""

from __future__ import annotations

from django.urls import path

from lyhord.mystery.planning import persona_views, views

app_name = "planning"
urlpatterns = [
    path("provkontakter", views.rounds, name="rounds"),
    path("provkontakter/ny", views.new, name="new"),
    path("provkontakter/personer", persona_views.personas, name="personas"),
    path("provkontakter/personer/ny", persona_views.new_persona, name="new-persona"),
    path("provkontakter/personer/<int:pk>", persona_views.persona, name="persona"),
    path("provkontakter/omgang/<slug:key>", views.plan, name="plan"),
    path("provkontakter/omgang/<slug:key>/kommuner", views.municipalities, name="municipalities"),
    path("provkontakter/omgang/<slug:key>/intervjuare", views.interviewers, name="interviewers"),
    path("provkontakter/omgang/<slug:key>/personer", views.names, name="names"),
    path("provkontakter/omgang/<slug:key>/tider", views.terms, name="terms"),
    path("provkontakter/omgang/<slug:key>/roda-dagar", views.calendar, name="calendar"),
    path("provkontakter/omgang/<slug:key>/fragor", views.questions, name="questions"),
    path("provkontakter/omgang/<slug:key>/forhandsvisning", views.preview, name="preview"),
    path("provkontakter/omgang/<slug:key>/starta", views.begin, name="begin"),
    path("provkontakter/omgang/<slug:key>/informationsbrev", views.letter, name="letter"),
    path("provkontakter/omgang/<slug:key>/informationsbrev.txt", views.letter_file, name="letter-file"),
]
