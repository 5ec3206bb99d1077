"""The pages that are about no particular link: privacy, accessibility, being contacted, and whether a link is ours."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Municipality
from lyhord.survey.answers import form_token, pages
from lyhord.survey.answers.attempts import MISSES, client_of
from lyhord.survey.answers.contact_requests import Wanted, keep
from lyhord.survey.answers.models import Terms
from lyhord.survey.answers.opening import opened
from lyhord.survey.answers.pages import Host
from lyhord.survey.answers.responses import READ, busy, language_asked, not_allowed, sent
from lyhord.survey.answers.terms import privacy_values, terms_of
from lyhord.survey.sending.links import LENGTH

LINK_AT_END: Final = re.compile(rf"(?:^|/)([0-9A-Za-z]{{{LENGTH}}})(?:[/?#].*)?$")
LONGEST: Final = {"name": 120, "address": 254, "about": 2_000}


def _hosted(code: str) -> tuple[Organisation, Host, Terms]:
    organisation = Organisation.objects.filter(municipality_code=code).exclude(municipality_code="").first()
    municipality = Municipality.objects.filter(pk=code).first()
    if organisation is None or municipality is None:
        raise Http404
    with scope(organisation):
        terms = terms_of(organisation)
    host = Host(code, municipality.formal_name, terms.phone, terms.email, contact_me=terms.contact_me)
    return organisation, host, terms


@require_safe
def privacy(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes of a respondent's data, by the organisation's own terms."""
    _, host, terms = _hosted(code)
    spoken = language_asked(request)
    values = privacy_values(spoken, host, terms)
    return sent(pages.sections(spoken, host, "privacy", values), spoken)


@require_safe
def accessibility(request: HttpRequest, code: str) -> HttpResponse:
    """The accessibility statement, with where to report faults."""
    _, host, terms = _hosted(code)
    spoken = language_asked(request)
    reached = replace(host, email=terms.accessibility_email or host.email)
    return sent(pages.sections(spoken, reached, "accessibility", {}), spoken)


@csrf_exempt  # the form's own token stands in for it, without a cookie
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """The form of somebody who wants to be contacted."""
    if request.method not in (*READ, "POST"):
        return not_allowed("POST")
    organisation, host, terms = _hosted(code)
    spoken = language_asked(request)
    if not host.contact_me:
        return sent(pages.message(spoken, host, "contact_off_title", "contact_off_text"), spoken, 404)
    shown = {name: request.POST.get(name, "").replace("\0", "").strip()[:most] for name, most in LONGEST.items()}
    problem = ""
    if request.method == "POST":
        if MISSES.too_many(f"contact {client_of(request)}", settings.SURVEY_MISSES):
            return busy(request)
        problem = _problem(request, code, shown)
        if not problem:
            MISSES.add(f"contact {client_of(request)}")
            with scope(organisation):
                keep(organisation, Wanted(**shown))
            days = terms.request_days
            return sent(pages.message(spoken, host, "contact_done_title", "contact_done_text", days=days), spoken)
    html = pages.page(
        "contact",
        spoken,
        host,
        token=form_token.token_for(f"contact {code}"),
        shown=shown,
        problem=spoken.text(problem) if problem else "",
    )
    return sent(html, spoken, 422 if problem else 200)


def _problem(request: HttpRequest, code: str, shown: dict[str, str]) -> str:
    if not form_token.is_valid(request.POST.get("t", ""), f"contact {code}"):
        return "stale"
    return "" if shown["address"] else "contact_missing"


@csrf_exempt  # it changes nothing; a form only keeps the link out of addresses and logs
def genuine(request: HttpRequest) -> HttpResponse:
    """Whether a link is one of ours, without opening it."""
    if request.method not in (*READ, "POST"):
        return not_allowed("POST")
    spoken = language_asked(request)
    if request.method in READ:
        return sent(pages.page("genuine", spoken, pages.NOBODY, verdict=""), spoken)
    client = client_of(request)
    if MISSES.too_many(client, settings.SURVEY_MISSES):
        return busy(request)
    found = LINK_AT_END.search(request.POST.get("lank", "").strip()[:300])
    survey = opened(found.group(1)) if found else None
    if survey is None:
        MISSES.add(client)
        return sent(pages.page("genuine", spoken, pages.NOBODY, verdict=spoken.text("genuine_no")), spoken)
    verdict = spoken.text("genuine_yes", municipality=survey.host.municipality)
    return sent(pages.page("genuine", spoken, pages.NOBODY, verdict=verdict, genuine=True), spoken)
