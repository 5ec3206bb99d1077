"""Which language a page is in: Swedish, or English where the address says ``lang=en``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

PARAMETER: Final = "lang"

Respond = Callable[[HttpRequest], HttpResponseBase]


def language_of_request(respond: Respond) -> Respond:
    """Middleware: the address alone decides, so that a link shows the same page to everyone."""
    known = {code for code, _ in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = request.GET.get(PARAMETER, "")
        language = asked if asked in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = respond(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer
