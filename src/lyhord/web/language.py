"""Which language a page is in: Swedish, or English where the address says ``lang=en``, and then on every link of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

PARAMETER: Final = "lang"
# A link or form that leads to an address of ours; style sheets and pictures are links of another kind.
OURS: Final = re.compile(rb'(<(?:a|form)\b[^>]*?\s(?:href|action)=")((?:/(?!/)|\?)[^"#]*)')

Respond = Callable[[HttpRequest], HttpResponseBase]


def language_of_request(respond: Respond) -> Respond:
    """Middleware: the address alone decides, so that a link shows the same page to everyone."""
    known = {code for code, _ in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = request.GET.get(PARAMETER, "")
        language = asked if asked in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = respond(request)
        if language != settings.LANGUAGE_CODE:
            _keep(response, language)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def _keep(response: HttpResponseBase, language: str) -> None:
    """Let every link and form of a page, and where it leads on to, name the language too."""
    onward = response.headers.get("Location", "")
    if onward.startswith("/") and not onward.startswith("//"):
        path, mark, place = onward.partition("#")
        response.headers["Location"] = _named(path, language, "&") + mark + place
    if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = OURS.sub(
            lambda found: found[1] + _named(found[2].decode(), language, "&amp;").encode(), response.content
        )


def _named(address: str, language: str, joined: str) -> str:
    """The address with the language, unless it names one."""
    path, _, query = address.partition("?")
    if re.search(rf"(?:^|[&;]){PARAMETER}=", query):
        return address
    return f"{path}?{query}{joined if query else ''}{PARAMETER}={language}"
