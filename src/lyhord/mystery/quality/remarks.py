"""What a municipality sees of its graded contacts before they are published, what it says of them, and the replies.

The records are the measuring organisation's. Each deed here opens that organisation's scope for one municipality, whose
code the caller has from the person's own membership, and shows no more than is needed to recognise a contact and
judge its grade: never who asked, under which name, at what time of day, or what an officer wrote or was called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation, User
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.instruments.cuts import option_for
from lyhord.instruments.definition import Instrument, Item
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import FieldPlan, Probe
from lyhord.mystery.planning.plans import bank_of
from lyhord.mystery.quality.models import Edition, QualityTerms, Remark, Words
from lyhord.mystery.quality.rows import COUNTED, exclusion_reason, gradings_of, question_text
from lyhord.text.redaction import redacted

WHY: Final = "a municipality looks for the rounds in which it is asked to comment"
LONGEST: Final = 2_000
Outcome = Remark.Outcome


@dataclass(frozen=True, slots=True)
class SeenContact:
    """One contact as its municipality sees it. ``day`` is a date: the time of day would tell who was at work."""

    id: int
    channel: str
    area: str
    question: str
    day: date | None
    grades: tuple[tuple[str, str], ...]
    excluded: str
    remarks: tuple[Remark, ...]


def open_hearings(municipality: str, today: date | None = None) -> list[Round]:
    """The rounds in which the municipality may comment today: closed, within the days, and not approved yet."""
    day = today or timezone.localdate()
    with scope_of_everything(WHY):
        terms = QualityTerms.objects.filter(remarks_until__gte=day, round__state=Round.State.CLOSED)
        rounds = [one.round for one in terms.select_related("round", "round__organisation")]
        measured = set(
            Probe.objects.filter(round__in=rounds, municipality=municipality).values_list("round_id", flat=True)
        )
        approved = set(
            Edition.objects.filter(round__in=rounds, municipality=municipality).values_list("round_id", flat=True)
        )
    return [round_ for round_ in rounds if round_.pk in measured - approved]


def last_day_of(round_: Round) -> date | None:
    """The last day for remarks; None where nobody is asked."""
    with scope(round_.organisation_id):
        return QualityTerms.objects.filter(round=round_).values_list("remarks_until", flat=True).first()


def seen_contacts(round_: Round, municipality: str, language: str = "sv") -> tuple[SeenContact, ...]:
    """The municipality's graded and excluded contacts, by channel and area; MysteryError where no hearing is open."""
    with _hearing(round_, municipality):
        probes = list(Probe.objects.filter(round=round_, municipality=municipality, state__in=COUNTED))
        gradings = gradings_of(probes)
        words = {one.probe_id: one for one in Words.objects.filter(probe__in=probes)}
        plan = FieldPlan.objects.filter(round=round_).first()
        bank, instrument = bank_of(plan) if plan else None, instrument_of(round_)
        said: defaultdict[int, list[Remark]] = defaultdict(list)
        for remark in Remark.objects.filter(probe__in=probes):
            said[remark.probe_id].append(remark)
        seen = [
            SeenContact(
                probe.pk,
                instrument.channel(probe.channel).name.in_language(language),
                area_name(instrument, probe.area, language),
                question_text(probe, bank, words.get(probe.pk)),
                timezone.localdate(probe.done_at) if probe.done_at else None,
                grades_shown(instrument, probe.channel, gradings[probe.pk].answers, language)
                if probe.pk in gradings
                else (),
                exclusion_reason(probe) if probe.state == Probe.State.EXCLUDED else "",
                tuple(said[probe.pk]),
            )
            for probe in probes
            if probe.state == Probe.State.EXCLUDED or probe.pk in gradings
        ]
    return tuple(sorted(seen, key=lambda one: (one.channel, one.area, one.day or date.min, one.id)))


@transaction.atomic
def remark_on(round_: Round, municipality: str, probe_id: int, text: str, *, by: Acting) -> Remark:
    """Keep what the municipality says of one of its contacts, without names; written down.

    MysteryError where no hearing is open, the contact is not the municipality's, or nothing is said.
    """
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise MysteryError(f"Skriv din synpunkt, med högst {LONGEST} tecken.")
    with _hearing(round_, municipality) as owner:
        probe = Probe.objects.filter(pk=probe_id, round=round_, municipality=municipality, state__in=COUNTED).first()
        if probe is None:
            raise MysteryError("Kontakten finns inte i den här mätningen.")
        remark = Remark.objects.create(
            organisation=owner, probe=probe, author=by.user, text=redacted(said).text, at=timezone.now()
        )
        record("remark.made", remark, by=by, organisation=owner)
    return remark


@transaction.atomic
def reply_to(remark: Remark, outcome: Remark.Outcome, reply: str, *, by: Acting | User) -> None:
    """Answer a remark and say what came of it; written down. The grade itself is corrected, or the contact excluded,
    by their own deeds first. Within the scope of who measures. MysteryError without words or an outcome.
    """
    if outcome not in (Outcome.KEPT, Outcome.CORRECTED, Outcome.EXCLUDED) or not reply.strip():
        raise MysteryError("Skriv ett svar och välj vad synpunkten ledde till.")
    if remark.outcome != Outcome.OPEN:
        raise MysteryError("Synpunkten är redan besvarad.")
    remark.outcome, remark.reply = outcome, redacted(reply.strip()[:LONGEST]).text
    remark.replied_by = by.user if isinstance(by, Acting) else by
    remark.replied_at = timezone.now()
    remark.save()
    record("remark.replied", remark, by=by, organisation=remark.organisation)


def grades_shown(
    instrument: Instrument, channel: str, answers: Mapping[str, str], language: str
) -> tuple[tuple[str, str], ...]:
    """What was graded, by name and in words; neither texts, moments of the day nor exact seconds, which a telephone
    exchange could look up, but the interval that they fall in.
    """
    shown = []
    for item in instrument.items_in(channel):
        given = answers.get(item.id, "") or _interval(item, answers)
        label = next((one.label.in_language(language) for one in item.options if one.code == given), "")
        if label:
            shown.append((item.name.in_language(language), label))
    return tuple(shown)


def _interval(item: Item, answers: Mapping[str, str]) -> str:
    """The option that an item cut from seconds has; "" for any other item."""
    if item.cut is None or item.cut.unit != "seconds":
        return ""
    seconds = answers.get(item.cut.sources[0], "")
    return (option_for(item.cut, Fraction(seconds)) if seconds else item.cut.missing) or ""


def area_name(instrument: Instrument, area: str, language: str) -> str:
    """An area as people say it."""
    breakdown = instrument.breakdown("area")
    values = breakdown.values if breakdown else ()
    return next((one.label.in_language(language) for one in values if one.code == area), area)


@contextmanager
def _hearing(round_: Round, municipality: str) -> Iterator[Organisation]:
    """The measurer's scope, opened for a municipality that may comment in the round today."""
    if round_.pk not in {each.pk for each in open_hearings(municipality)}:
        raise MysteryError("Det går inte att lämna synpunkter på den här mätningen nu.")
    with scope(round_.organisation_id):
        yield round_.organisation
