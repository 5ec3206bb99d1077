"""The pages where observations are graded again, settled and approved."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.permissions import Deed, may
from lyhord.instruments.definition import Instrument
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Municipality, Round
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.observing.grading import GradingError
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import FieldPlan, Probe
from lyhord.mystery.planning.plans import bank_of
from lyhord.mystery.planning.probes import exclude, include
from lyhord.mystery.quality.approving import approve, obstacles_in, obstacles_to, waiting_changes
from lyhord.mystery.quality.disagreeing import agreement_of, differing, disagreements, settle
from lyhord.mystery.quality.drawing import draw_second_gradings, grade_again, set_terms, terms_of, to_grade_again
from lyhord.mystery.quality.importing import Imported, import_observations
from lyhord.mystery.quality.models import Edition, Remark, Words
from lyhord.mystery.quality.remarks import area_name, reply_to
from lyhord.mystery.quality.rows import question_text
from lyhord.mystery.quality.showing import contact_shown, factors_of

WRITING: Final = ("GET", "HEAD", "POST")
ERRORS: Final = (MysteryError, MeasurementError)
LARGEST: Final = 20 << 20  # bytes of an uploaded file
Turn = Grading.Turn


@requires(Deed.GRADE_AGAIN, Deed.APPROVE_GRADES)
@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """What the person may grade a second time, and the rounds to look over."""
    acting = _acting(request)
    again = list(to_grade_again(acting.user)) if may(acting.role, Deed.GRADE_AGAIN) else []
    rounds: list[Round] = []
    if may(acting.role, Deed.APPROVE_GRADES):
        observed = Probe.objects.order_by().values_list("round_id", flat=True).distinct()
        rounds = list(Round.objects.filter(pk__in=list(observed)).order_by("-starts"))
    page = {
        "again": [(probe, _area(probe), _channel(probe)) for probe in again],
        "rounds": rounds,
        "grades": may(acting.role, Deed.GRADE_AGAIN),
        "approves": may(acting.role, Deed.APPROVE_GRADES),
    }
    return render(request, "quality/overview.html", page)


@requires(Deed.GRADE_AGAIN)
@require_http_methods(WRITING)
def again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Grade a contact that somebody else has graded, without seeing those grades."""
    acting = _acting(request)
    probe = get_object_or_404(to_grade_again(acting.user), pk=pk)
    first = get_object_or_404(Grading, probe=probe, turn=Turn.FIRST)
    problem = ""
    if request.method == "POST":
        try:
            grade_again(probe, acting.user, _given(request))
            return redirect("quality:overview")
        except MysteryError as error:
            problem = _told(error, instrument_of(probe.round))
    page = {
        "probe": probe,
        "problem": problem,
        "shown": contact_shown(probe, first.answers, _language()),
        "factors": factors_of(probe, first, _given(request), _language()),
    }
    return render(request, "quality/again.html", page, status=400 if problem else 200)


@requires(Deed.APPROVE_GRADES)
@require_http_methods(WRITING)
def round_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """A round's quality: the share graded twice, agreement, the queue, and how far every municipality has come."""
    own = _round(request, key)
    done: list[Imported | int] = []
    deeds: dict[str, Callable[[], object]] = {
        "terms": lambda: set_terms(own, _number(request, "share"), _day(request), by=_acting(request)),
        "draw": lambda: done.append(draw_second_gradings(own, by=_acting(request))),
        "import": lambda: done.append(_imported(request, own)),
    }
    problem = _tried(request, deeds)
    left = obstacles_in(own)
    names = dict(Municipality.objects.filter(code__in=left).values_list("code", "name"))
    editions = dict(Edition.objects.filter(round=own).order_by("number").values_list("municipality_id", "number"))
    page = {
        "round": own,
        "problem": problem,
        "drawn": next((each for each in done if isinstance(each, int)), None),
        "imported": next((each for each in done if isinstance(each, Imported)), None),
        "terms": terms_of(own),
        "agreement": [(item.name.in_language(_language()), found) for item, found in agreement_of(own)],
        "queue": [(one.probe, _area(one.probe), len(one.items)) for one in disagreements(own)],
        "rows": sorted((names[code], code, each, editions.get(code)) for code, each in left.items()),
    }
    return render(request, "quality/round.html", page, status=400 if problem else 200)


@requires(Deed.APPROVE_GRADES)
@require_http_methods(WRITING)
def municipality(request: HttpRequest, key: str, code: str) -> HttpResponseBase:
    """One municipality's contacts, what is left to settle, its editions, and approving the next."""
    own = _round(request, key)
    place = get_object_or_404(Municipality, code=code)
    probes = list(Probe.objects.filter(round=own, municipality=place).order_by("channel", "area", "pk"))
    if not probes:
        raise Http404
    reason = request.POST.get("reason", "")
    problem = _tried(request, {"approve": lambda: approve(own, code, reason, by=_acting(request))})
    if request.method == "POST" and not problem:
        return redirect("quality:municipality", key, code)
    plan = FieldPlan.objects.filter(round=own).first()
    bank = bank_of(plan) if plan else None
    words = {one.probe_id: one for one in Words.objects.filter(probe__in=probes)}
    editions = list(Edition.objects.filter(round=own, municipality=place).select_related("approved_by"))
    page = {
        "round": own,
        "place": place,
        "problem": problem,
        "left": obstacles_to(own, code),
        "editions": sorted(editions, key=lambda one: -one.number),
        "changes": waiting_changes(own, code),
        "contacts": [
            (probe, _channel(probe, own), _area(probe, own), question_text(probe, bank, words.get(probe.pk)))
            for probe in probes
        ],
        "reason": reason,
    }
    return render(request, "quality/municipality.html", page, status=400 if problem else 200)


@requires(Deed.APPROVE_GRADES)
@require_http_methods(WRITING)
def contact(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One contact: settle a disagreement, answer a remark, let it count or not."""
    acting = _acting(request)
    probe = get_object_or_404(Probe.objects.select_related("round", "municipality"), pk=pk)
    deeds: dict[str, Callable[[], object]] = {
        "settle": lambda: settle(probe, acting.user, _given(request)),
        "exclude": lambda: exclude(probe, *_exclusion(request), by=acting),
        "include": lambda: include(probe, by=acting),
        "reply": lambda: _reply(request, probe, acting),
    }
    problem = _tried(request, deeds, instrument_of(probe.round))
    if request.method == "POST" and not problem:
        return redirect("quality:contact", pk)
    probe.refresh_from_db(fields=["state", "exclusion", "exclusion_note"])
    turns = {one.turn: one for one in Grading.objects.filter(probe=probe, finished_at__isnull=False)}
    first, second = turns.get(Turn.FIRST), turns.get(Turn.SECOND)
    open_ = first and second and Turn.SETTLED not in turns and probe.state == Probe.State.DONE
    differ = differing(instrument_of(probe.round), probe.channel, first, second) if first and second else ()
    page = {
        "probe": probe,
        "problem": problem,
        "shown": contact_shown(probe, first.answers if first else {}, _language()),
        "differ": [
            (item.name.in_language(_language()), _label(item.options, one), _label(item.options, other))
            for item, one, other in differ
        ],
        "factors": factors_of(probe, first, _given(request) or first.answers, _language()) if open_ and first else (),
        "exclusions": [choice for choice in Probe.Exclusion.choices if choice[0]],
        "remarks": list(Remark.objects.filter(probe=probe)),
        "outcomes": [choice for choice in Remark.Outcome.choices if choice[0] != Remark.Outcome.OPEN],
        "changeable": probe.round.state != Round.State.LOCKED and probe.state in ("done", "excluded"),
        "posted": request.POST,
    }
    return render(request, "quality/contact.html", page, status=400 if problem else 200)


def _reply(request: HttpRequest, probe: Probe, acting: Acting) -> None:
    remark = get_object_or_404(Remark, probe=probe, pk=_number(request, "remark"))
    outcome = request.POST.get("outcome", "")
    if outcome not in Remark.Outcome.values:
        raise MysteryError("Välj vad synpunkten ledde till.")
    reply_to(remark, Remark.Outcome(outcome), request.POST.get("reply", ""), by=acting)


def _exclusion(request: HttpRequest) -> tuple[Probe.Exclusion, str]:
    why, note = request.POST.get("exclusion", ""), request.POST.get("note", "")
    if why not in Probe.Exclusion.values:
        raise MysteryError("Välj varför kontakten utesluts.")
    if why == Probe.Exclusion.OTHER and not note.strip():
        raise MysteryError("Skriv vilket skälet är.")
    return Probe.Exclusion(why), note


def _imported(request: HttpRequest, own: Round) -> Imported:
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile) or not given.size or given.size > LARGEST:
        raise MysteryError("Välj en fil på högst 20 MB.")
    with tempfile.TemporaryDirectory(prefix="lyhord-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / f"observationer{Path(given.name or '').suffix[:8]}"
        with file.open("wb") as opened:
            opened.writelines(given.chunks())
        acting = _acting(request)
        return import_observations(own, file, acting.user, by=acting)


def _tried(
    request: HttpRequest, deeds: Mapping[str, Callable[[], object]], instrument: Instrument | None = None
) -> str:
    """Do the deed that the form names, if it is a form; why not, where it could not be done."""
    deed = deeds.get(request.POST.get("deed", "")) if request.method == "POST" else None
    if deed is None:
        return "" if request.method != "POST" else "Formuläret går inte att läsa. Ladda om sidan."
    try:
        with transaction.atomic():
            deed()
    except ERRORS as error:
        return _told(error, instrument)
    return ""


def _told(error: Exception, instrument: Instrument | None) -> str:
    """The message, with what is wrong at each judged item in words."""
    if not isinstance(error, GradingError) or not error.problems or instrument is None:
        return str(error)
    names = {item.id: item.name.in_language(_language()) for item in instrument.items}
    told = [f"{names.get(one.field, one.field)}: {one.message(_language())}" for one in error.problems]
    return " ".join(("Bedömningen går inte ihop.", *told))


def _given(request: HttpRequest) -> dict[str, str]:
    return {name: str(text) for name, text in request.POST.items() if "." in name and text}


def _number(request: HttpRequest, name: str) -> int:
    written = request.POST.get(name, "").strip()
    if not (written.isascii() and written.isdecimal() and len(written) < 10):
        raise MysteryError("Skriv ett heltal.")
    return int(written)


def _day(request: HttpRequest) -> date | None:
    written = request.POST.get("remarks_until", "").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise MysteryError("Skriv dagen som 2026-12-24.") from None


def _label(options: object, code: str) -> str:
    for option in options if isinstance(options, tuple) else ():
        if option.code == code:
            return str(option.label.in_language(_language()))
    return "–"


def _area(probe: Probe, round_: Round | None = None) -> str:
    return area_name(instrument_of(round_ or probe.round), probe.area, _language())


def _channel(probe: Probe, round_: Round | None = None) -> str:
    return instrument_of(round_ or probe.round).channel(probe.channel).name.in_language(_language())


def _round(request: HttpRequest, key: str) -> Round:
    """A mystery round of the organisation's own; not found otherwise."""
    own = get_object_or_404(Round, key=key, organisation_id=_acting(request).organisation_id)
    if instrument_of(own).method != "mystery":
        raise Http404
    return own


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise PermissionDenied
    return found


def _language() -> str:
    return (get_language() or "sv")[:2]
