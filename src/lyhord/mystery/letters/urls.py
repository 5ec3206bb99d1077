"""The addresses of letters and replies."""

from __future__ import annotations

from django.urls import path

from lyhord.mystery.letters import views

app_name = "letters"
urlpatterns = [
    path("provkontakter/svar", views.queue, name="queue"),
    path("provkontakter/svar/<int:pk>", views.reply, name="reply"),
    path("provkontakter/svar/<int:pk>/angra", views.undo, name="undo"),
    path("provkontakter/svar/obesvarade", views.unanswered, name="unanswered"),
    path("provkontakter/brev/ovissa", views.uncertain, name="uncertain"),
    path("provkontakter/brev/adresser", views.destinations, name="destinations"),
]
