"""The project's addresses."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("lyhord.web.urls")),
    path("", include("lyhord.accounts.urls")),
    path("", include("lyhord.measurements.urls")),
    path("", include("lyhord.delivery.urls")),
    path("", include("lyhord.mystery.planning.urls")),
    path("", include("lyhord.mystery.letters.urls")),
    path("", include("lyhord.mystery.calls.urls")),
    path("", include("lyhord.mystery.quality.urls")),
    path("", include("lyhord.survey.answers.urls")),
    path("", include("lyhord.survey.contacts.urls")),
    path("", include("lyhord.survey.sending.urls")),
    path("", include("lyhord.results.urls")),
]
handler403 = "lyhord.web.problems.forbidden"
handler404 = "lyhord.web.problems.not_found"
handler500 = "lyhord.web.problems.server_error"
