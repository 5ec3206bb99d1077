"""What every response tells the browser it may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lyhord.rendering.html import content_security_policy

POLICY: Final = "Content-Security-Policy"
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

Respond = Callable[[HttpRequest], HttpResponseBase]


def policy_text(policy: Mapping[str, Sequence[str]]) -> str:
    """A content security policy as its header's value."""
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())


def report_policy(page: bytes) -> str:
    """The policy of one produced report: its own style and logo and nothing else, and no page may frame it."""
    return f"{content_security_policy(page)}; frame-ancestors 'none'"


def security_headers(respond: Respond) -> Respond:
    """Middleware: add the site's policy to every response that does not bring its own."""
    site_policy = policy_text(settings.CONTENT_SECURITY_POLICY)

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers.setdefault(POLICY, site_policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer
