"""The reviewer's pages: what came back on letters, and what became of letters that nobody answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed, may
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters import deciding, posting, queues, showing
from lyhord.mystery.letters.destinations import as_lines, set_destinations
from lyhord.mystery.letters.keeping import letter_in
from lyhord.mystery.letters.models import Posting, Reply
from lyhord.mystery.letters.suggesting import assessment_of, clocks_differ, same_letter
from lyhord.text.replies.findings import Rung

SHOWN: Final = 50
WRITING: Final = ("GET", "HEAD", "POST")


@requires(Deed.CONFIRM_REPLIES)
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """Everything that waits, and the latest decisions."""
    waiting = queues.undecided()
    page = {
        "rows": waiting[:SHOWN],
        "total": waiting.count(),
        "unmatched": waiting.filter(suggested_probe=None).count(),
        "decided": queues.decided()[:10],
        "overdue": len(queues.overdue_letters()),
        "uncertain": posting.uncertain_letters().count() + posting.refused_letters().count(),
        "silent": queues.silent_mailboxes(),
        "nowhere": queues.without_destination(),
    }
    return render(request, "letters/queue.html", page)


@requires(Deed.CONFIRM_REPLIES)
@require_http_methods(WRITING)
def reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One mail: what it says, what the rules suggest, and the decision."""
    own = get_object_or_404(Reply.objects.select_related("suggested_probe", "probe"), pk=pk)
    problem = ""
    if request.method == "POST":
        following = queues.next_after(own)
        try:
            deciding.decide(own, _decision(own, request.POST.dict()), by=_acting(request))
        except MysteryError as error:
            problem = str(error)
        else:
            return redirect("letters:reply", following.pk) if following else redirect("letters:queue")
    return render(request, "letters/reply.html", _page(own, request, problem), status=400 if problem else 200)


@requires(Deed.CONFIRM_REPLIES)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a decision back."""
    own = get_object_or_404(Reply, pk=pk)
    try:
        deciding.undo(own, by=_acting(request))
    except MysteryError as error:
        return render(request, "letters/reply.html", _page(own, request, str(error)), status=400)
    return redirect("letters:reply", pk)


@requires(Deed.CONFIRM_REPLIES)
@require_http_methods(WRITING)
def unanswered(request: HttpRequest) -> HttpResponseBase:
    """Letters whose time has passed: closed one by one or all at once, or answered in another way."""
    problem = ""
    if request.method == "POST":
        try:
            _end_letters(request.POST.dict(), _acting(request))
        except MysteryError as error:
            problem = str(error)
        else:
            return redirect("letters:unanswered")
    overdue = queues.overdue_letters()
    waiting = [one for one in queues.waiting_letters()[: 2 * SHOWN] if one not in overdue]
    page = {"overdue": overdue, "waiting": waiting[:SHOWN], "problem": problem, "given": request.POST}
    return render(request, "letters/unanswered.html", page, status=400 if problem else 200)


@requires(Deed.CONFIRM_REPLIES, Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def uncertain(request: HttpRequest) -> HttpResponseBase:
    """Letters that may have left, and letters that were refused: a person settles them."""
    problem = ""
    if request.method == "POST":
        try:
            _settle_letter(request.POST.dict(), _acting(request))
        except MysteryError as error:
            problem = str(error)
        else:
            return redirect("letters:uncertain")
    rows = list(posting.uncertain_letters())
    heard = set(
        Reply.objects.filter(suggested_probe__in=[one.pk for one in rows]).values_list("suggested_probe", flat=True)
    )
    page = {
        "rows": [(one, one.pk in heard) for one in rows],
        "refused": posting.refused_letters(),
        "problem": problem,
        "reviews": may(_acting(request).role, Deed.CONFIRM_REPLIES),
    }
    return render(request, "letters/uncertain.html", page, status=400 if problem else 200)


@requires(Deed.CONFIRM_REPLIES, Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def destinations(request: HttpRequest) -> HttpResponseBase:
    """Where each municipality's letters go."""
    acting, problem, written = _acting(request), "", request.POST.get("lines", "")
    if request.method == "POST":
        try:
            set_destinations(Organisation.objects.get(pk=acting.organisation_id), written, by=acting)
        except MysteryError as error:
            problem = str(error)
        else:
            return redirect("letters:destinations")
    page = {
        "lines": written if problem else as_lines(acting.organisation_id),
        "problem": problem,
        "nowhere": queues.without_destination(),
        "reviews": may(acting.role, Deed.CONFIRM_REPLIES),
    }
    return render(request, "letters/destinations.html", page, status=400 if problem else 200)


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise PermissionDenied
    return found


def _page(own: Reply, request: HttpRequest, problem: str) -> dict[str, object]:
    likely, others = queues.choices_for(own)
    chosen = own.probe or own.suggested_probe
    page: dict[str, object] = {
        "reply": own,
        "problem": problem,
        "given": request.POST,
        "likely": likely,
        "others": others,
        "chosen": Posting.objects.filter(pk=chosen.pk).select_related("probe__municipality").first()
        if chosen
        else None,
        "kinds": Reply.Kind.choices,
        "classes": showing.CLASSES.items(),
        "remaining": queues.undecided().count(),
        "clocks_differ": clocks_differ(own),
        "same": same_letter(own)[:5],
        "reasons": showing.reasons_of(own.signs),
        "rung": showing.RUNGS[Rung(own.rung)] if own.rung else "",
    }
    if own.sealed is None:
        return page
    letter = letter_in(own)
    found = assessment_of(own, letter, chosen)
    return page | {
        "letter": letter,
        "parts": showing.parts_of(found),
        "facts": showing.facts_of(found),
        "additional": found.additional,
        "sender_class": own.sender_class or found.sender.sender_class.value,
        "has_more": own.additional if own.kind else found.additional.suggested,
    }


def _decision(own: Reply, given: Mapping[str, str]) -> deciding.Decision:
    kind = given.get("kind", "")
    if kind not in Reply.Kind.values:
        raise MysteryError("Välj vad mejlet är.")
    number = given.get("probe", "")
    chosen = (
        Posting.objects.filter(pk=int(number)).select_related("probe__round").first() if number.isdecimal() else None
    )
    return deciding.Decision(
        Reply.Kind(kind),
        chosen.probe if chosen else None,
        given.get("sender_class", ""),
        additional=given.get("additional") == "on",
    )


def _end_letters(given: Mapping[str, str], by: Acting) -> None:
    if given.get("deed") == "all":
        for one in queues.overdue_letters():
            deciding.close_unanswered(one, by=by)
        return
    number = given.get("letter", "")
    own = Posting.objects.filter(pk=int(number)).select_related("probe__round").first() if number.isdecimal() else None
    if own is None:
        raise MysteryError("Brevet finns inte.")
    if given.get("deed") == "otherwise":
        deciding.answered_otherwise(own, _moment(given.get("at", "")), given.get("how", ""), by=by)
    else:
        deciding.close_unanswered(own, by=by)


def _settle_letter(given: Mapping[str, str], by: Acting) -> None:
    number = given.get("letter", "")
    own = Posting.objects.filter(pk=int(number)).select_related("probe").first() if number.isdecimal() else None
    if own is None:
        raise MysteryError("Brevet finns inte.")
    if given.get("deed") == "again":
        posting.try_again(own, by=by)
    else:
        posting.settle(own, was_sent=given.get("deed") == "sent", by=by)


def _moment(written: str) -> datetime:
    try:
        return timezone.make_aware(datetime.fromisoformat(written))
    except ValueError:
        raise MysteryError("Ange dag och klockslag då svaret kom.") from None
