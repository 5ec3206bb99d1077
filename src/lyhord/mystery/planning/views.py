"""The pages where a coordinator plans a mystery round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed
from lyhord.instruments.catalogue import definition_text
from lyhord.instruments.question_banks import available_banks
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Municipality, Round
from lyhord.measurements.rounds import RoundPlan, instrument_of, move, plan_round
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning import plans
from lyhord.mystery.planning.calendars import calendar_of, edit_calendar
from lyhord.mystery.planning.forms import NewRoundForm, TermsForm, agreed_with, codes_in, instruments, rows_in
from lyhord.mystery.planning.making import make_plan, outlook, replan, standing_loads, states_of
from lyhord.mystery.planning.models import FieldPlan, Persona, Probe, Voice
from lyhord.mystery.planning.probes import missed_probes
from lyhord.mystery.planning.showing import capacity_rows, reasons_of, weekdays_of
from lyhord.mystery.planning.staff_letter import facts_of, letter_text, set_facts

WRITING: Final = ("GET", "HEAD", "POST")
NEW: Final = {"weeks": "4"}
State = Probe.State


@requires(Deed.PLAN_ROUND)
@require_safe
def rounds(request: HttpRequest) -> HttpResponseBase:
    """Every mystery round that the organisation plans."""
    rows = FieldPlan.objects.select_related("round").order_by("-round__starts", "round__name")
    return render(request, "planning/rounds.html", {"plans": rows, "personas": Persona.objects.count()})


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a round: its name, instrument and weeks."""
    form = NewRoundForm(request.POST or NEW)
    problem = ""
    if request.method == "POST":
        try:
            return redirect("planning:plan", _begun(_acting(request), form).round.key)
        except (MysteryError, MeasurementError) as error:
            problem = str(error)
    page = {"form": form, "problem": problem, "instruments": instruments()}
    return render(request, "planning/new.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_safe
def plan(request: HttpRequest, key: str) -> HttpResponseBase:
    """A plan: what has been chosen, what is missing, and how it stands once it is made."""
    own = _plan(key)
    personas = list(own.personas.filter(retired=False))
    assigned = plans.assignments_of(own)
    page = {
        "plan": own,
        "bank": plans.bank_of(own),
        "personas": personas,
        "assigned": assigned,
        "red_days": _red_days(own),
        "ready": bool(own.codes and personas and own.mail_domain),
        "standing": _standing(own) if own.made else None,
        "may_start": bool(own.made) and own.round.state == Round.State.PLANNED,
    }
    return render(request, "planning/plan.html", page)


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def municipalities(request: HttpRequest, key: str) -> HttpResponseBase:
    """Which municipalities are measured."""
    own = _plan(key)

    def choose() -> None:
        codes = [*request.POST.getlist("code"), *codes_in(request.POST.get("written", ""))]
        plans.choose_municipalities(own, codes, by=_acting(request))

    problem, done = _tried(request, choose)
    if done:
        return redirect("planning:plan", key)
    rows = Municipality.objects.order_by("county", "name")
    chosen = set(request.POST.getlist("code") if problem else own.codes)
    page = {
        "plan": own,
        "problem": problem,
        "chosen": chosen,
        "counties": [_county(name, list(group), chosen) for name, group in groupby(rows, lambda one: one.county)],
        "written": request.POST.get("written", ""),
    }
    return render(request, "planning/municipalities.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def interviewers(request: HttpRequest, key: str) -> HttpResponseBase:
    """Who calls, how many calls a day, and when not."""
    own = _plan(key)
    problem, done = _tried(request, lambda: _agree(request, own))
    if done:
        return redirect("planning:plan", key)
    page = {
        "plan": own,
        "problem": problem,
        "rows": _people(own, request.POST if problem else {}),
        "voices": Voice.choices,
    }
    return render(request, "planning/interviewers.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def names(request: HttpRequest, key: str) -> HttpResponseBase:
    """Which personas are used in the round."""
    own = _plan(key)
    every = list(Persona.objects.filter(retired=False).order_by("surname", "given_name"))
    if request.method == "POST":
        wanted = set(request.POST.getlist("persona"))
        plans.choose_personas(own, [one for one in every if str(one.pk) in wanted], by=_acting(request))
        return redirect("planning:plan", key)
    page = {"plan": own, "personas": every, "chosen": set(own.personas.values_list("pk", flat=True))}
    return render(request, "planning/names.html", page)


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def terms(request: HttpRequest, key: str) -> HttpResponseBase:
    """At what hours contacts are made, how far apart, and where letters come from."""
    own = _plan(key)
    written = {name: _as_written(getattr(own, name)) for name in TermsForm.base_fields}
    form = TermsForm(request.POST if request.method == "POST" else written)

    def change() -> None:
        if not form.is_valid():
            raise MysteryError("Fyll i alla fält: klockslag som 08:30 och hela tal.")
        plans.set_terms(own, form.terms(), by=_acting(request))

    problem, done = _tried(request, change)
    if done:
        return redirect("planning:plan", key)
    page = {"plan": own, "form": form, "problem": problem}
    return render(request, "planning/terms.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def calendar(request: HttpRequest, key: str) -> HttpResponseBase:
    """The round's frozen red days."""
    own = _plan(key)
    written = request.POST.get("days", "")
    problem, done = _tried(request, lambda: edit_calendar(own, rows_in(written), by=_acting(request)))
    if done:
        return redirect("planning:plan", key)
    stored = "\n".join(f"{day} {reason}" for day, reason in calendar_of(own).as_rows())
    page = {"plan": own, "problem": problem, "days": written if problem else stored}
    return render(request, "planning/calendar.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def preview(request: HttpRequest, key: str) -> HttpResponseBase:
    """What the plan, or a new plan of what is left, would be; and making it."""
    own = _plan(key)
    problem, done = _tried(request, lambda: _made(own, _acting(request)))
    if done:
        return redirect("planning:plan", key)
    page: dict[str, object] = {"plan": own, "problem": problem}
    try:
        shown = outlook(own, after=_after(own))
    except MysteryError as error:
        page["problem"] = str(error)
        return render(request, "planning/preview.html", page, status=400)
    page |= {
        "shown": shown,
        "rows": capacity_rows(shown.loads, _caller_names(own)),
        "reasons": reasons_of(shown.schedule.unplaced, plans.bank_of(own), get_language() or "sv"),
        "weekdays": weekdays_of(shown.schedule.contacts),
    }
    return render(request, "planning/preview.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponseBase:
    """Open the round: from now on calls are shown to interviewers and letters leave."""
    own = _plan(key)
    if own.made and own.round.state == Round.State.PLANNED:
        move(own.round, Round.State.OPEN, by=_acting(request))
    return redirect("planning:plan", key)


@requires(Deed.PLAN_ROUND)
@require_safe
def questions(request: HttpRequest, key: str) -> HttpResponseBase:
    """The round's questions, with what a full answer holds."""
    own = _plan(key)
    bank, instrument = plans.bank_of(own), instrument_of(own.round)
    division = instrument.breakdown("area")
    areas = [
        (option.label.in_language(get_language() or "sv"), [one for one in bank.questions if one.area == option.code])
        for option in (division.values if division else ())
    ]
    return render(request, "planning/questions.html", {"plan": own, "bank": bank, "areas": areas})


@requires(Deed.PLAN_ROUND)
@require_http_methods(WRITING)
def letter(request: HttpRequest, key: str) -> HttpResponseBase:
    """The letter to the municipalities' staff, and the facts in it."""
    own = _plan(key)
    problem, done = _tried(request, lambda: set_facts(own, request.POST.dict(), by=_acting(request)))
    if done:
        return redirect("planning:letter", key)
    page = {"plan": own, "problem": problem, "facts": facts_of(own), "letter": _headed(letter_text(own))}
    return render(request, "planning/letter.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_safe
def letter_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The letter as a text file."""
    answer = HttpResponse(letter_text(_plan(key)), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="informationsbrev-{key}.txt"'
    return answer


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise PermissionDenied
    return found


def _plan(key: str) -> FieldPlan:
    return get_object_or_404(FieldPlan.objects.select_related("round", "organisation"), round__key=key)


def _tried(request: HttpRequest, deed: Callable[[], object]) -> tuple[str, bool]:
    """Do it if the page was posted: what went wrong, and whether it was done."""
    if request.method != "POST":
        return "", False
    try:
        deed()
    except (MysteryError, MeasurementError) as error:
        return str(error), False
    return "", True


@transaction.atomic
def _begun(acting: Acting, form: NewRoundForm) -> FieldPlan:
    if not form.is_valid():
        raise MysteryError("Fyll i namn, instrument, första vecka och antal veckor (1–12).")
    given, (first, last) = form.cleaned_data, form.days()
    organisation = Organisation.objects.get(pk=acting.organisation_id)
    wanted = RoundPlan(_free_key(given["name"]), given["name"].strip(), first, last)
    made = plan_round(organisation, definition_text(given["instrument"]), wanted, by=acting)
    begun = plans.begin_plan(made, available_banks(given["instrument"])[0], by=acting)
    plans.choose_personas(begun, list(Persona.objects.filter(retired=False)), by=acting)
    return begun


def _free_key(name: str) -> str:
    base = slugify(name)[:50] or "provkontakter"
    taken = set(Round.objects.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _after(own: FieldPlan) -> datetime | None:
    """From when contacts are placed: the whole round before it has begun, else now."""
    has_begun = timezone.localdate() >= own.round.starts
    return timezone.now() if own.made or has_begun else None


def _made(own: FieldPlan, acting: Acting) -> None:
    if own.made:
        replan(own, by=acting)
    else:
        make_plan(own, after=_after(own), by=acting)


def _standing(own: FieldPlan) -> dict[str, object]:
    states, bank = states_of(own), plans.bank_of(own)
    made = {
        kind: {state.value: sum(states.get((channel, state), 0) for channel in channels) for state in State}
        for kind, channels in (("calls", bank.calls), ("letters", bank.letters))
    }
    rows = capacity_rows(standing_loads(own), _caller_names(own))
    return {**made, "rows": rows, "missed": missed_probes(own).count()}


def _caller_names(own: FieldPlan) -> Mapping[str, str]:
    return {str(one.user_id): one.user.name for one in plans.assignments_of(own)}


def _red_days(own: FieldPlan) -> list[tuple[object, str]]:
    days = calendar_of(own).closed_days
    return [(day, why) for day, why in days if own.round.starts <= day <= own.round.ends and day.weekday() < 5]


def _county(name: str, places: list[Municipality], chosen: set[str]) -> dict[str, object]:
    return {"name": name, "places": places, "chosen": sum(place.code in chosen for place in places)}


def _people(own: FieldPlan, posted: Mapping[str, str]) -> list[dict[str, object]]:
    assigned = {one.user_id: one for one in plans.assignments_of(own)}
    rows = []
    for user in plans.possible_interviewers(own):
        known = assigned.get(user.pk)
        rows.append(
            {
                "user": user,
                "chosen": f"user_{user.pk}" in posted if posted else known is not None,
                "per_day": posted.get(f"per_day_{user.pk}", known.per_day if known else 25),
                "voice": posted.get(f"voice_{user.pk}", known.voice if known else ""),
                "absent": posted.get(f"absent_{user.pk}", ", ".join(known.absent) if known else ""),
            }
        )
    return rows


@transaction.atomic
def _agree(request: HttpRequest, own: FieldPlan) -> None:
    acting, assigned = _acting(request), {one.user_id: one for one in plans.assignments_of(own)}
    posted = request.POST.dict()
    for user in plans.possible_interviewers(own):
        if f"user_{user.pk}" in posted:
            given = agreed_with(posted, user.pk, user.name)
            plans.assign(own, user, given.per_day, voice=given.voice, absent=given.absent, by=acting)
        elif user.pk in assigned:
            plans.release(assigned[user.pk], by=acting)


def _headed(text: str) -> list[tuple[str, str]]:
    """The letter's parts: the line above each, and the lines below it."""
    parts = (part.partition("\n") for part in text.strip().split("\n\n"))
    return [(heading, body) for heading, _, body in parts]


def _as_written(value: object) -> str:
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)
