"""The addresses of the contact pages and of the interface."""

from __future__ import annotations

from django.urls import path

from lyhord.survey.contacts import interface, views

app_name = "contacts"
urlpatterns = [
    path("kontakter", views.lists, name="lists"),
    path("kontakter/installningar", views.arrangement, name="arrangement"),
    path("kontakter/nyckel", views.new_key, name="new-key"),
    path("kontakter/<int:pk>", views.one_list, name="list"),
    path("kontakter/<int:pk>/kolumner", views.columns, name="columns"),
    path("kontakter/<int:pk>/utelamnade.csv", views.report, name="report"),
    path("api/kontakter/v1/openapi.json", interface.openapi, name="openapi"),
    path("api/kontakter/v1/<slug:round_key>", interface.hand_over, name="interface"),
]
