"""The pages behind a link: the survey and declining it. A GET changes nothing; a form shows that it was fetched."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lyhord.accounts.scope import scope
from lyhord.survey.answers import drafts, form_token, pages, steps, style
from lyhord.survey.answers.attempts import MISSES, client_of
from lyhord.survey.answers.opening import draft_of, host_of, instrument_for, opened, terms_of
from lyhord.survey.answers.responses import (
    READ,
    busy,
    language_asked,
    language_for,
    neutral,
    not_allowed,
    sent,
)
from lyhord.survey.answers.steps import Step
from lyhord.survey.answers.submitting import submit
from lyhord.survey.sending.links import is_well_formed
from lyhord.survey.sending.models import Invitation
from lyhord.survey.sending.opting_out import opt_out

ONE_CLICK = ("List-Unsubscribe", "One-Click")  # RFC 8058, section 3.1
FORBIDDEN = 403
YEAR = 31_536_000

Page = Callable[[HttpRequest, str, Invitation], HttpResponse]


def behind_link(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Decorator: the page of whoever holds an open link; everyone else gets the neutral page.

    There is no cookie that another site could misuse, so that Django's own check is replaced by the form's token.
    """

    @wraps(page)
    def guarded(request: HttpRequest, link: str) -> HttpResponse:
        if request.method not in (*READ, "POST"):
            return not_allowed("POST")
        client = client_of(request)
        if MISSES.too_many(client, settings.SURVEY_MISSES):
            return busy(request)
        invitation = opened(link)
        if invitation is None:
            if is_well_formed(link):  # anything else tells nobody whether a guess was close
                MISSES.add(client)
            return neutral(request)
        with scope(invitation.participation.organisation_id):
            return page(request, link, invitation)

    return csrf_exempt(guarded)


@behind_link
def survey(request: HttpRequest, link: str, invitation: Invitation) -> HttpResponse:
    """The screen that a respondent has come to; a form answers with the next one."""
    participation = invitation.participation
    instrument, channel = instrument_for(participation), participation.channel
    answers = drafts.load(draft_of(invitation), link)
    terms = terms_of(participation.organisation)
    if request.method in READ:
        show = steps.opening_whole if terms and terms.one_page else steps.opening
        return _shown(request, link, invitation, show(instrument, channel, answers, request.GET.get("a", "")))
    posted = {key: request.POST.get(key, "") for key in request.POST}
    step = steps.taken(instrument, channel, answers, posted)
    if not form_token.is_valid(posted.get("t", ""), link):
        return _shown(request, link, invitation, steps.stale(instrument, channel, answers, posted), FORBIDDEN)
    if step.handed_in:
        return _handed_in(request, invitation, step)
    if step.answers != answers:
        drafts.save(invitation, link, step.answers)
    return _shown(request, link, invitation, step)


def _handed_in(request: HttpRequest, invitation: Invitation, step: Step) -> HttpResponse:
    if not submit(invitation, step.answers, step.comment):
        return neutral(request)
    spoken = language_for(request, instrument_for(invitation.participation), invitation.language)
    host = host_of(invitation.participation)
    return sent(pages.thanks(spoken, host), spoken)


def _shown(request: HttpRequest, link: str, invitation: Invitation, step: Step, status: int = 200) -> HttpResponse:
    instrument = instrument_for(invitation.participation)
    spoken = language_for(request, instrument, invitation.language)
    host = host_of(invitation.participation)
    html = pages.form(instrument, spoken, host, step, token=form_token.token_for(link), link=link)
    return sent(html, spoken, status)


@behind_link
def optout(request: HttpRequest, link: str, invitation: Invitation) -> HttpResponse:
    """The page with the button that declines, and what the button (or an e-mail program's own) does."""
    spoken = language_asked(request, invitation.language)
    host = host_of(invitation.participation)
    if request.method == "POST":
        one_click = request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]
        if one_click or form_token.is_valid(request.POST.get("t", ""), link):
            opt_out(invitation)
            return sent(pages.message(spoken, host, "optout_done_title", "optout_done_text"), spoken)
    stale = request.method == "POST"
    return sent(pages.declining(spoken, host, link, stale=stale), spoken, FORBIDDEN if stale else 200)


@require_safe
def css(request: HttpRequest) -> HttpResponse:
    """The style sheet; its address changes with it."""
    response = HttpResponse(style.sheet(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
