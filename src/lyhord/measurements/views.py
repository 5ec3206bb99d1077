"""The pages where a coordinator plans rounds and who takes part, and where the terms of taking part are set."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed, may
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.instruments.catalogue import definition_text
from lyhord.instruments.faults import InstrumentError
from lyhord.instruments.reading import instrument_from_text
from lyhord.measurements.enrolling import Enrolled, enrol
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.forms import FIXED_WHEN_OPEN, OWN, RAISABLE, DelayForm, NewRoundForm, RoundForm, TermsForm
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import (
    change_terms,
    participations_in,
    raise_thresholds,
    thresholds_of,
    withdraw,
)
from lyhord.measurements.rounds import NEXT, change_round, instrument_of, move, plan_round
from lyhord.rendering.alphabet import in_swedish_order

EVERYONE = "the coordinator plans for every participant"
LATEST = "skr-servicematning-2024"  # the instrument that is chosen unless another one is
USUAL_DELAYS = {"epost": 48}  # hours: an e-mail is asked about when an answer should have come


@requires(Deed.PLAN_ROUND)
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds that the organisation runs, the latest first."""
    found = Round.objects.filter(organisation_id=_acting(request).organisation_id).order_by("-starts", "key")
    return render(request, "measurements/rounds.html", {"rounds": found})


@requires(Deed.PLAN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest) -> HttpResponse:
    """Plan a round."""
    sent = request.method == "POST"
    form = (
        NewRoundForm(request.POST, request.FILES)
        if sent
        else NewRoundForm(initial={"quarantine_days": 180, "instrument": LATEST})
    )
    problem = ""
    if sent and form.is_valid():
        try:
            made = _planned(form, _acting(request))
            return redirect("measurements:round", round_key=made.key)
        except (MeasurementError, InstrumentError) as error:
            problem = str(error)
    page = {"form": form, "problem": problem, "faulty": sent}
    return render(request, "measurements/new_round.html", page, status=400 if sent else 200)


@requires(Deed.PLAN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def one_round(request: HttpRequest, round_key: str) -> HttpResponse:
    """A round's plan, who takes part, and what may become of it."""
    round_ = round_of(request, round_key)
    sent = request.POST.get("part") == "plan"
    form, hours = _forms(round_, request.POST if sent else None)
    problem = ""
    if sent and form.is_valid() and hours.is_valid():
        try:
            change_round(round_, form.plan(round_.key, hours.delays()), by=_acting(request))
            return redirect("measurements:round", round_key=round_key)
        except MeasurementError as error:
            problem = str(error)
    return _shown(request, round_, (form, hours), problem=problem, status=400 if sent else 200)


@requires(Deed.PLAN_ROUND)
@require_POST
def move_round(request: HttpRequest, round_key: str) -> HttpResponse:
    """Open, close, open again or lock a round; locking is asked about first."""
    round_, wanted = round_of(request, round_key), request.POST.get("to", "")
    if wanted not in NEXT[round_.state]:
        return _shown(request, round_of(request, round_key), problem=gettext("Omgången har redan ändrats."), status=409)
    if wanted == Round.State.LOCKED and request.POST.get("sure") != "yes":
        return render(request, "measurements/lock.html", {"round": round_})
    try:
        move(round_, Round.State(wanted), by=_acting(request))
    except MeasurementError as error:
        return _shown(request, round_of(request, round_key), problem=str(error), status=409)
    return redirect("measurements:round", round_key=round_key)


@requires(Deed.PLAN_ROUND)
@require_POST
def enrol_many(request: HttpRequest, round_key: str) -> HttpResponse:
    """Let municipalities take part."""
    round_ = round_of(request, round_key)
    lines = request.POST.get("places", "").replace(",", "\n").splitlines()
    try:
        done = enrol(round_, lines, request.POST.getlist("channel"), by=_acting(request))
    except MeasurementError as error:
        return _shown(request, round_, problem=str(error), lines=request.POST.get("places", ""), status=400)
    return _shown(request, round_, done=done, lines="\n".join(done.unknown))


@requires(Deed.PLAN_ROUND, Deed.RUN_PARTICIPATION)
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: HttpRequest, pk: int) -> HttpResponse:
    """On what terms a municipality takes part: quota, senders, and thresholds that it raises."""
    acting = _acting(request)
    found = _participation(acting, pk)
    sent = request.method == "POST"
    form = TermsForm(request.POST if sent else None, initial=_terms_stored(found))
    problem = ""
    with scope(found.organisation_id):
        if request.POST.get("deed") == "withdraw":
            problem = _withdrawn(found, acting)
            if not problem:
                return redirect("measurements:round", round_key=found.round.key)
        elif sent and form.is_valid():
            problem = _changed(found, form, acting)
            if not problem:
                return redirect("measurements:participation", pk=pk)
        page = {
            "participation": found,
            "channel": instrument_of(found.round).channel(found.channel).name.in_language(get_language()),
            "form": form,
            "problem": problem,
            "faulty": sent,
            "least": instrument_of(found.round).thresholds,
            "routes": Participation.Route.choices,
            "plans": _plans(acting, found.round),
        }
        return render(request, "measurements/participation.html", page, status=400 if sent else 200)


def _planned(form: NewRoundForm, acting: Acting) -> Round:
    """The round that the form asks for; the usual delays of its channels are put in."""
    given = form.cleaned_data
    file = given["definition"]
    if given["instrument"] == OWN and not file:
        raise MeasurementError(gettext("Välj filen med det egna instrumentet."))
    try:
        text = file.read().decode() if given["instrument"] == OWN else definition_text(given["instrument"])
    except UnicodeDecodeError as error:
        raise MeasurementError(gettext("Filen är inte text i UTF-8. Spara om den.")) from error
    channels = [one.id for one in instrument_from_text(text, given["key"]).channels]
    delays = {channel: USUAL_DELAYS.get(channel, 0) for channel in channels}
    organisation = Organisation.objects.get(pk=acting.organisation_id)
    return plan_round(organisation, text, form.plan(given["key"], delays), by=acting)


def _shown(
    request: HttpRequest,
    round_: Round,
    forms: tuple[RoundForm, DelayForm] | None = None,
    *,
    problem: str = "",
    done: Enrolled | None = None,
    lines: str = "",
    status: int = 200,
) -> HttpResponse:
    instrument = instrument_of(round_)
    form, hours = forms or _forms(round_, None)
    names = {one.id: one.name.in_language(get_language()) for one in instrument.channels}
    with scope_of_everything(EVERYONE):
        joined = sorted(
            participations_in(round_), key=lambda one: (in_swedish_order(one.municipality.name), one.channel)
        )
    page = {
        "round": round_,
        "instrument": instrument.name.in_language(get_language()),
        "channels": names.items(),
        "form": form,
        "hours": [(names[name.removeprefix("delay_")], hours[name]) for name in hours.fields],
        "joined": [(one, names[one.channel]) for one in joined],
        "next": NEXT[round_.state],
        "may_change": round_.state in (Round.State.PLANNED, Round.State.OPEN),
        "problem": problem,
        "faulty": status == 400,
        "done": done,
        "lines": lines,
        "survey": instrument.method == "survey",
    }
    return render(request, "measurements/round.html", page, status=status)


def _forms(round_: Round, sent: QueryDict | None) -> tuple[RoundForm, DelayForm]:
    """The round's plan and delays, as sent or as stored; when it is open, only name and last day may change."""
    instrument = instrument_of(round_)
    form = RoundForm(sent, initial=_stored(round_))
    delays = {f"delay_{one.id}": round_.delays.get(one.id, 0) for one in instrument.channels}
    hours = DelayForm(instrument, sent, initial=delays)
    if round_.state != Round.State.PLANNED:
        form.fix(FIXED_WHEN_OPEN)
        hours.fix()
    return form, hours


def _changed(found: Participation, form: TermsForm, acting: Acting) -> str:
    """Change the terms; why they were not, or nothing."""
    now = thresholds_of(found)
    wanted = {name: value for name, value in form.raised().items() if value != getattr(now, name)}
    try:
        with transaction.atomic():
            change_terms(found, form.terms(), by=acting)
            if wanted:
                raise_thresholds(found, by=acting, **wanted)
    except MeasurementError as error:
        return str(error)
    return ""


def _withdrawn(found: Participation, acting: Acting) -> str:
    if not _plans(acting, found.round):
        raise PermissionDenied
    try:
        withdraw(found, by=acting)
    except MeasurementError as error:
        return str(error)
    return ""


def _plans(acting: Acting, round_: Round) -> bool:
    return may(acting.role, Deed.PLAN_ROUND) and round_.organisation_id == acting.organisation_id


def _participation(acting: Acting, pk: int) -> Participation:
    """One's own, or one of a round that one's organisation runs."""
    with scope_of_everything("a coordinator reaches the participations of its own rounds"):
        found = get_object_or_404(Participation.objects.select_related("round", "municipality", "organisation"), pk=pk)
    own = may(acting.role, Deed.RUN_PARTICIPATION) and found.organisation_id == acting.organisation_id
    if not own and not _plans(acting, found.round):
        raise Http404
    return found


def _stored(round_: Round) -> dict[str, object]:
    return {name: getattr(round_, name) for name in ("name", "starts", "ends", "quarantine_days", "fictitious")}


def _terms_stored(found: Participation) -> dict[str, object]:
    limits = thresholds_of(found)
    stored = {name: getattr(found, name) for name in ("quota", "sender_name", "sms_sender", "route")}
    return {**stored, **{name: getattr(limits, name) for name in RAISABLE}}


def round_of(request: HttpRequest, key: str) -> Round:
    """A round that the person's organisation runs."""
    return get_object_or_404(Round, key=key, organisation_id=_acting(request).organisation_id)


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise Http404  # the gate has seen to it that there is one
    return found
