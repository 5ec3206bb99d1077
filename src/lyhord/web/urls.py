"""The addresses of the pages."""

from __future__ import annotations

from django.urls import path

from lyhord.web import views

app_name = "web"
urlpatterns = [
    path("", views.index, name="index"),
    path("rapporter/<slug:report_id>/<slug:format_name>", views.report_file, name="report-file"),
    path("form.css", views.tokens_css, name="tokens-css"),
]
