"""The pages for what went wrong: not found, not readable, broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lyhord.web.produced import ProducedError


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return render(request, "web/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what the person's role does not allow."""
    return render(request, "web/403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is missing or old: a cookie was lost, or another site sent it."""
    return render(request, "web/403.html", {"form_expired": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an error of ours; it needs nothing but its template."""
    return render(request, "web/500.html", status=500)


def unreadable(request: HttpRequest, error: ProducedError) -> HttpResponse:
    """The page for a folder of reports that cannot be shown, with the reason and the remedy."""
    return render(request, "web/unreadable.html", {"reason": str(error)}, status=503)
