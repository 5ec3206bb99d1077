"""A short way to the survey's two pages: nothing that they have no use for is asked on the way.

A respondent has no session, no account and no cookie, and the page's language is its own affair, so that the rest of
the middleware and the search through every address of the site would only cost: measured, half of what such a request
costs in Python. Without this middleware the same pages are met through ``urls``, and a test holds the two ways'
responses equal, header by header.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lyhord.survey.answers.views import optout, survey
from lyhord.survey.sending.links import LENGTH

PAGE: Final = re.compile(rf"/s/([0-9A-Za-z]{{{LENGTH}}})(/avboj)?")

Respond = Callable[[HttpRequest], HttpResponseBase]


def short_way(respond: Respond) -> Respond:
    """Middleware: answer what is behind a link at once. Stands after what makes every response safe."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        found = PAGE.fullmatch(request.path_info)
        if found is None:
            return respond(request)
        request.get_host()  # refuses a host that is not ours, as the middleware passed over does
        link, declining = found.groups()
        response = optout(request, link) if declining else survey(request, link)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        return response

    return answer
