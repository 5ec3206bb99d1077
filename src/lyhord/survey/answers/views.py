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
from lyhord.survey.answers.opening import Opened, invitation_of, opened
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
from lyhord.survey.sending.opting_out import opt_out

ONE_CLICK = ("List-Unsubscribe", "One-Click")  # RFC 8058, section 3.1
DECLINE = "decline"  # what the button of the page sends
FORBIDDEN = 403
YEAR = 31_536_000

Page = Callable[[HttpRequest, str, Opened], HttpResponse]


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
        found = opened(link)
        if found is None:
            if is_well_formed(link):  # anything else tells nobody whether a guess was close
                MISSES.add(client)
            return neutral(request)
        with scope(found.organisation_id):
            return page(request, link, found)

    return csrf_exempt(guarded)


@behind_link
def survey(request: HttpRequest, link: str, found: Opened) -> HttpResponse:
    """The screen that a respondent has come to; a form answers with the next one."""
    instrument, channel = found.instrument, found.channel
    answers = drafts.load(found.invitation_id, found.draft, link)
    if request.method in READ:
        show = steps.opening_whole if found.one_page else steps.opening
        return _shown(request, link, found, show(instrument, channel, answers, request.GET.get("a", "")))
    posted = request.POST.dict()
    if not form_token.is_valid(posted.get("t", ""), link):
        return _shown(request, link, found, steps.stale(instrument, channel, answers, posted), FORBIDDEN)
    step = steps.taken(instrument, channel, answers, posted)
    if step.handed_in:
        return _handed_in(request, found, step)
    if step.answers != answers:
        drafts.save(found.invitation_id, link, step.answers)
    return _shown(request, link, found, step)


def _handed_in(request: HttpRequest, found: Opened, step: Step) -> HttpResponse:
    if not submit(found, step.answers, step.comment):
        return neutral(request)
    spoken = language_for(request, found.instrument, found.language)
    return sent(pages.thanks(spoken, found.host), spoken)


def _shown(request: HttpRequest, link: str, found: Opened, step: Step, status: int = 200) -> HttpResponse:
    spoken = language_for(request, found.instrument, found.language)
    token = form_token.token_for(link)
    return sent(pages.form(found.instrument, spoken, found.host, step, token=token, link=link), spoken, status)


@behind_link
def optout(request: HttpRequest, link: str, found: Opened) -> HttpResponse:
    """The page with the button that declines, and what the button (or an e-mail program's own) does."""
    spoken = language_asked(request, found.language)
    if request.method in READ:
        return sent(pages.declining(spoken, found.host, link, stale=False), spoken)
    one_click = request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]
    pressed = request.POST.get("go") == DECLINE and form_token.is_valid(request.POST.get("t", ""), link)
    if not one_click and not pressed:  # also a form that a program sent by itself, without its button
        return sent(pages.declining(spoken, found.host, link, stale=True), spoken, FORBIDDEN)
    opt_out(invitation_of(found))
    return sent(pages.message(spoken, found.host, "optout_done_title", "optout_done_text"), spoken)


@require_safe
def css(request: HttpRequest) -> HttpResponse:
    """The style sheet; its address changes with it."""
    response = HttpResponse(style.sheet(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
