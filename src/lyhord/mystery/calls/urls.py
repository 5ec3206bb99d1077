"""The addresses of the interviewer's pages."""

from __future__ import annotations

from django.urls import path

from lyhord.mystery.calls import practice_views, switchboard_views, views

app_name = "calls"
urlpatterns = [
    path("samtal", views.today, name="today"),
    path("samtal/<int:pk>", views.call, name="call"),
    path("samtal/<int:pk>/ratta", views.correction, name="correct"),
    path("samtal/poster", views.entries, name="entries"),
    path("samtal/ovning", practice_views.practice, name="practice"),
    path("samtal/tjanst.js", views.worker, name="worker"),
    path("provkontakter/vaxlar", switchboard_views.switchboards, name="switchboards"),
]
