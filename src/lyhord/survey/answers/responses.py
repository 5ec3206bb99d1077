"""How every page of a respondent's is sent: never stored, never indexed, never passed on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from lyhord.instruments.definition import Instrument
from lyhord.survey.answers import pages
from lyhord.survey.answers.wordings import SOURCE, Language, language, languages_of

LANGUAGE = "lang"
READ = ("GET", "HEAD")
NOT_ALLOWED = 405


def sent(html: str, spoken: Language, status: int = 200) -> HttpResponse:
    """A page as a response."""
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is a secret
    response.headers["Content-Language"] = spoken.lang
    return response


def language_asked(request: HttpRequest, otherwise: str = SOURCE) -> Language:
    """The language that the address or the form names, else ``otherwise``."""
    return language(request.POST.get(LANGUAGE) or request.GET.get(LANGUAGE) or otherwise)


def language_for(request: HttpRequest, instrument: Instrument, invited_in: str) -> Language:
    """The language asked for, where the instrument has it; else the one of the invitation, else Swedish."""
    there = languages_of(instrument)
    wanted = (language_asked(request, invited_in), language(invited_in))
    return next((one for one in wanted if one in there), language(SOURCE))


def neutral(request: HttpRequest) -> HttpResponse:
    """The page for a finished, closed or unknown link: the same for all three, byte for byte."""
    spoken = language_asked(request)
    return sent(pages.message(spoken, pages.NOBODY, "neutral_title", "neutral_text"), spoken, 404)


def busy(request: HttpRequest) -> HttpResponse:
    """The page for who has tried too many links."""
    spoken = language_asked(request)
    response = sent(pages.message(spoken, pages.NOBODY, "busy_title", "busy_text"), spoken, 429)
    response.headers["Retry-After"] = "60"
    return response


def not_allowed(*methods: str) -> HttpResponse:
    """The response to another method than these."""
    response = HttpResponse(status=NOT_ALLOWED)
    response.headers["Allow"] = ", ".join((*READ, *methods))
    return response
