"""The interviewer's pages: the day's calls, one call, correcting it, and what telephones send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.audit import record
from lyhord.accounts.gate import requires
from lyhord.accounts.permissions import Deed
from lyhord.instruments.problems import Problem
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.calls import lists
from lyhord.mystery.calls.models import Entry
from lyhord.mystery.calls.receiving import entries_in, told_back
from lyhord.mystery.calls.showing import Change, changes_of, parts_of, rows_of
from lyhord.mystery.calls.switchboards import dialled
from lyhord.mystery.calls.taking import STEPS, is_callers, kept_answers, press, presses_of, save, take_in
from lyhord.mystery.calls.timer import (
    ORDER,
    Step,
    contact_seconds,
    following,
    in_order,
    seconds_between,
    standing,
    written,
)
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.observing.grading import GradingError, correct
from lyhord.mystery.observing.models import Correction, Grading
from lyhord.mystery.planning.models import FieldPlan, Persona, Probe
from lyhord.mystery.planning.plans import bank_of
from lyhord.mystery.planning.probes import exclude, overdue_probes, probes_of_today

WRITING: Final = ("GET", "HEAD", "POST")
EXCLUSIONS: Final = (Probe.Exclusion.EXPOSED, Probe.Exclusion.WRONG_ADDRESS, Probe.Exclusion.OWN_FAULT)
State = Probe.State


@requires(Deed.MAKE_PROBES)
@require_safe
def today(request: HttpRequest) -> HttpResponseBase:
    """The day's calls in order, and what is left from other days."""
    acting, language = _acting(request), get_language() or "sv"
    rows = rows_of(probes_of_today(acting.user), language)
    shown = {row.probe.pk for row in rows}
    begun = [one for one in lists.begun(acting.user) if one.pk not in shown]
    page = {
        "user_id": acting.user.pk,
        "calls": [row for row in rows if row.probe.state in (State.PLANNED, State.STARTED)],
        "begun": rows_of(begun, language),
        "made": rows_of(lists.done(acting.user), language),
        "missed": overdue_probes(acting.user).count(),
    }
    return render(request, "calls/today.html", page)


@requires(Deed.MAKE_PROBES)
@require_http_methods(WRITING)
def call(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One call: whom to call as, the timer, and the grading."""
    acting, probe = _acting(request), _own(request, pk)
    if request.method != "POST":
        return _shown(request, probe)
    if "press" in request.POST:
        return _pressed(request, probe)
    if "exclude" in request.POST:
        return _excluded(request, probe)
    taken = save(acting.user, probe, request.POST.dict(), done="done" in request.POST)
    if not taken.kept or taken.problems:
        return _shown(request, probe, taken.message, taken.problems, request.POST.dict())
    if "done" not in request.POST:
        return redirect("calls:call", pk)
    after = lists.next_call(acting.user, probe)
    return redirect("calls:call", after.pk) if after else redirect("calls:today")


@requires(Deed.MAKE_PROBES)
@require_http_methods(WRITING)
def correction(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Correct a finished grading of one's own, with a reason; what stood stays to be seen."""
    acting, probe, language = _acting(request), _own(request, pk), get_language() or "sv"
    grading = get_object_or_404(_gradings(probe), finished_at__isnull=False)
    instrument, problem = instrument_of(probe.round), ""
    problems: tuple[Problem, ...] = ()
    answers: Mapping[str, str] = grading.answers
    if request.method == "POST":
        answers = kept_answers(instrument, probe.channel, request.POST.dict())
        try:
            if correct(grading, acting.user, answers, request.POST.get("reason", "")):
                record("call.corrected", probe, by=acting)
            return redirect("calls:call", pk)
        except GradingError as error:
            problem, problems = str(error), error.problems
    page = {
        "probe": probe,
        "parts": parts_of(instrument, probe.channel, answers, problems, language),
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "clock": written(contact_seconds(presses_of(probe))),
        "changes": _changes(grading, language),
    }
    return render(request, "calls/correct.html", page, status=400 if problem else 200)


@requires(Deed.MAKE_PROBES)
@require_POST
def entries(request: HttpRequest) -> HttpResponseBase:
    """What a telephone sends, perhaps long after it was done; answers what became of each entry."""
    try:
        sent = entries_in(request.body)
    except MysteryError as error:
        return JsonResponse({"message": str(error)}, status=400)
    taken = take_in(_acting(request).user, sent)
    return JsonResponse({"entries": told_back(taken, get_language() or "sv")})


@requires(Deed.MAKE_PROBES)
@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """The script that opens the pages where there is no line."""
    answer = render(request, "calls/worker.js", content_type="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/samtal"
    return answer


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise PermissionDenied
    return found


def _own(request: HttpRequest, pk: int) -> Probe:
    """The person's own call; not found where it is anybody else's."""
    rows = Probe.objects.select_related("round", "municipality", "persona", "organisation")
    probe = get_object_or_404(rows, pk=pk, address="")
    if not is_callers(probe, _acting(request).user):
        raise Http404
    return probe


def _pressed(request: HttpRequest, probe: Probe) -> HttpResponseBase:
    wanted = request.POST["press"]
    if wanted not in STEPS or not lists.may_be_made(probe):
        return _shown(request, probe, gettext("Samtalet kan inte ringas nu."))
    taken = press(_acting(request).user, probe, Step(wanted))
    return redirect("calls:call", probe.pk) if taken.kept else _shown(request, probe, taken.message)


def _excluded(request: HttpRequest, probe: Probe) -> HttpResponseBase:
    """The caller was recognised, or the call went wrong by our own fault: it counts nowhere, and says why."""
    why = next((one for one in EXCLUSIONS if one == request.POST["exclude"]), Probe.Exclusion.NONE)
    try:
        exclude(probe, why, request.POST.get("note", ""), by=_acting(request))
    except MysteryError as error:
        return _shown(request, probe, str(error))
    return redirect("calls:today")


def _shown(
    request: HttpRequest,
    probe: Probe,
    problem: str = "",
    problems: Sequence[Problem] = (),
    given: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    acting, language = _acting(request), get_language() or "sv"
    (row,) = rows_of([probe], language)
    grading = _gradings(probe).first()
    answers: Mapping[str, str] = grading.answers if grading else {}
    if given is not None:
        answers = kept_answers(instrument_of(probe.round), probe.channel, given)
    after = lists.next_call(acting.user, probe)
    page = {
        "user_id": acting.user.pk,
        "row": row,
        "probe": probe,
        "dialled": dialled(row.number),
        "traits": _traits(probe, language),
        "may": lists.may_be_made(probe),
        "finished": grading is not None and grading.finished_at is not None,
        "parts": parts_of(instrument_of(probe.round), probe.channel, answers, problems, language),
        "changes": _changes(grading, language) if grading else [],
        "exclusions": [(one.value, one.label) for one in EXCLUSIONS],
        "problem": problem,
        "next": after,
        **_clock(probe),
    }
    return render(request, "calls/call.html", page, status=400 if problem else 200)


def _clock(probe: Probe) -> dict[str, object]:
    """How far the call has come: what may be pressed, what was pressed, and for the page's script all of it."""
    rows = list(Entry.objects.filter(probe=probe).order_by("received_at", "device", "sequence"))
    presses = presses_of(probe)
    stands = standing(presses)
    last = stands[-1].step if stands else None
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.device] = max(seen.get(row.device, 0), row.sequence)
    return {
        "steps": [(step.value, Entry.Kind(step.value).label, step in following(last)) for step in ORDER],
        "last": last.value if last else "",
        "trace": [row for row in rows if row.kind in STEPS],
        "seconds": written(contact_seconds(presses)),
        "length": written(seconds_between(stands, Step.DIALLED, Step.ENDED)),
        "server_presses": [
            {"step": one.step.value, "device": one.device, "sequence": one.sequence, "clock": one.clock_ms}
            for one in in_order(presses)
        ],
        "seen": seen,
        "now": timezone.now(),
    }


def _traits(probe: Probe, language: str) -> list[str]:
    plan = FieldPlan.objects.filter(round_id=probe.round_id).first()
    persona: Persona | None = probe.persona
    if plan is None or persona is None:
        return []
    labels = bank_of(plan).traits
    return [labels[trait].in_language(language) for trait in persona.traits if trait in labels]


def _gradings(probe: Probe) -> QuerySet[Grading]:
    return Grading.objects.filter(probe=probe, turn=Grading.Turn.FIRST)


def _changes(grading: Grading, language: str) -> list[Change]:
    corrections = list(Correction.objects.filter(grading=grading).select_related("by"))
    return changes_of(corrections, instrument_of(grading.probe.round), language)
