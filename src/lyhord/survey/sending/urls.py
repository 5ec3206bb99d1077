"""The addresses of the sending pages."""

from __future__ import annotations

from django.urls import path

from lyhord.survey.sending import views

app_name = "sending"
urlpatterns = [
    path("matningar", views.overview, name="overview"),
    path("matningar/alla", views.everyone, name="everyone"),
    path("matningar/<int:pk>", views.plan, name="plan"),
    path("matningar/<int:pk>/paus", views.pause, name="pause"),
    path("matningar/<int:pk>/texter", views.texts, name="texts"),
    path("kontakter/<int:pk>/aterkalla", views.take_back, name="recall"),
    path("berakna", views.calculator, name="calculator"),
]
