"""What every response tells the browser it may do."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY: Final = "Content-Security-Policy"
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
STYLE_ELEMENT: Final = re.compile(rb"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)

Respond = Callable[[HttpRequest], HttpResponseBase]


def policy_text(policy: Mapping[str, Sequence[str]]) -> str:
    """A content security policy as its header's value."""
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())


def report_policy(page: bytes) -> str:
    """The policy of one produced report: its own style elements and pictures inside it, and nothing else.

    The styles are allowed by hash, so that a style that got into a comment some other way does nothing.
    """
    return policy_text(
        {
            "default-src": ["'none'"],
            "style-src": [f"'sha256-{digest}'" for digest in _style_digests(page)] or ["'none'"],
            "img-src": ["data:"],
            "font-src": ["data:"],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
            "frame-ancestors": ["'none'"],
        }
    )


def _style_digests(page: bytes) -> list[str]:
    digests = {hashlib.sha256(style).digest() for style in STYLE_ELEMENT.findall(page)}
    return sorted(base64.b64encode(digest).decode("ascii") for digest in digests)


def security_headers(respond: Respond) -> Respond:
    """Middleware: add the site's policy to every response that does not bring its own."""
    site_policy = policy_text(settings.CONTENT_SECURITY_POLICY)

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers.setdefault(POLICY, site_policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer
