"""A round's plan before it is made: its questions, municipalities, hours, interviewers and names."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Membership, User
from lyhord.accounts.permissions import Deed, roles_that_may
from lyhord.instruments.faults import InstrumentError
from lyhord.instruments.question_banks import bank_text
from lyhord.instruments.question_reading import bank_from_text
from lyhord.instruments.questions import QuestionBank, require_fit
from lyhord.measurements.models import Municipality, Round
from lyhord.measurements.rounds import instrument_of
from lyhord.method.field_work import Caller, FieldWork, Span
from lyhord.method.tally import MethodError
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.calendars import as_stored, calendar_for, calendar_of
from lyhord.mystery.planning.models import Assignment, FieldPlan, Persona, Voice
from lyhord.mystery.planning.personas import aliases_of, require_domain

METHOD: Final = "mystery"
MOST_CALLS_A_DAY: Final = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person decides about when contacts are made. Gaps are minutes between contacts and days between names."""

    calls_open: time = time(8, 30)
    calls_close: time = time(16)
    letters_open: time = time(7)
    letters_close: time = time(21)
    call_minutes: int = 10
    area_gap_minutes: int = 60
    persona_gap_days: int = 7
    mail_domain: str = ""


@transaction.atomic
def begin_plan(round_: Round, bank_id: str, *, seed: str = "", by: Acting | None = None) -> FieldPlan:
    """Start the plan of a mystery round on a shipped question bank, which is frozen with it; written down.

    MysteryError where the round is no mystery round, is planned already or is closed, or the bank does not serve it.
    """
    instrument = instrument_of(round_)
    if instrument.method != METHOD:
        raise MysteryError(f"{round_} är ingen mätning med provkontakter. Välj en omgång med ett sådant instrument.")
    if round_.state not in (Round.State.PLANNED, Round.State.OPEN):
        raise MysteryError(
            f"{round_} är {round_.get_state_display()}. Bara en planerad eller öppen omgång kan planeras."
        )
    if FieldPlan.objects.filter(round=round_).exists():
        raise MysteryError(f"{round_} har redan en plan. Ändra den i stället.")
    try:
        text = bank_text(bank_id)
        require_fit(bank_from_text(text, bank_id), instrument)
    except InstrumentError as error:
        raise MysteryError(f"Frågebanken {bank_id} passar inte instrumentet {instrument.id}.") from error
    plan = FieldPlan.objects.create(
        round=round_,
        organisation_id=round_.organisation_id,
        bank_id=bank_id,
        bank=text,
        bank_hash=_hash_of(text),
        seed=seed or secrets.token_hex(8),
        calendar=as_stored(calendar_for(instrument, round_.starts, round_.ends)),
    )
    record("plan.begun", plan, by=by, organisation=plan.organisation)
    return plan


def bank_of(plan: FieldPlan) -> QuestionBank:
    """The plan's questions, as they were when it was begun. MysteryError where the stored text was changed since."""
    if _hash_of(plan.bank) != plan.bank_hash:
        raise MysteryError("Frågorna har ändrats sedan planen började. Återställ dem ur en säkerhetskopia.")
    return _parsed(plan.bank)


@transaction.atomic
def set_terms(plan: FieldPlan, terms: Terms, *, by: Acting | None = None) -> None:
    """Change when contacts are made; written down. In force for what is planned from now on.

    MysteryError, with nothing changed, where the terms cannot be.
    """
    before = {name: getattr(plan, name) for name in Terms.__dataclass_fields__}
    for name in before:
        setattr(plan, name, getattr(terms, name))
    try:
        plan.mail_domain = require_domain(terms.mail_domain) if terms.mail_domain.strip() else ""
        field_work_of(plan)
        if not (0 <= terms.area_gap_minutes <= 480 and 0 <= terms.persona_gap_days <= 60):
            raise MysteryError("Ange högst 480 minuter mellan kontakter och högst 60 dagar mellan namn.")
    except MysteryError:
        for name, value in before.items():
            setattr(plan, name, value)
        raise
    plan.save()
    record("plan.terms_set", plan, by=by, organisation=plan.organisation)


@transaction.atomic
def choose_municipalities(plan: FieldPlan, codes: Iterable[str], *, by: Acting | None = None) -> None:
    """Choose who is measured. Once the plan is made municipalities can be added, not taken away; written down."""
    wanted = sorted(set(codes))
    known = set(Municipality.objects.filter(code__in=wanted).values_list("code", flat=True))
    if unknown := [code for code in wanted if code not in known]:
        raise MysteryError(f"Ingen kommun har koden {', '.join(unknown)}.")
    if plan.made and (gone := sorted(set(plan.codes) - set(wanted))):
        raise MysteryError(
            f"{len(gone)} kommuner har redan sina kontakter planerade och kan inte tas bort. "
            "Uteslut kontakterna i stället."
        )
    plan.codes = wanted
    plan.save(update_fields=["codes"])
    record("plan.municipalities_chosen", plan, by=by, organisation=plan.organisation)


@transaction.atomic
def choose_personas(plan: FieldPlan, personas: Sequence[Persona], *, by: Acting | None = None) -> None:
    """Choose the names to ask in, among the organisation's own; written down."""
    if any(persona.organisation_id != plan.organisation_id for persona in personas):
        raise MysteryError("En av personerna är en annan organisations. Välj bland de egna.")
    plan.personas.set(personas)
    record("plan.personas_chosen", plan, by=by, organisation=plan.organisation)


def possible_interviewers(plan: FieldPlan) -> tuple[User, ...]:
    """Everyone in the organisation who may make probes, by name; within its scope."""
    members = Membership.objects.filter(organisation_id=plan.organisation_id, role__in=roles_that_may(Deed.MAKE_PROBES))
    people = {member.user.pk: member.user for member in members.select_related("user") if member.user.is_active}
    return tuple(sorted(people.values(), key=lambda user: (user.name, user.pk)))


@transaction.atomic
def assign(
    plan: FieldPlan,
    user: User,
    per_day: int,
    *,
    voice: str = Voice.ANY,
    absent: Iterable[date] = (),
    by: Acting | None = None,
) -> Assignment:
    """Let an interviewer make so many calls a day, or change what was agreed; written down.

    MysteryError for somebody who may not make probes in the organisation, or a number that is not 1–100.
    """
    if user not in possible_interviewers(plan):
        raise MysteryError(f"{user} är inte intervjuare i {plan.organisation}. Ge personen den rollen först.")
    if not 1 <= per_day <= MOST_CALLS_A_DAY or voice not in Voice.values:
        raise MysteryError(f"Ange 1–{MOST_CALLS_A_DAY} samtal om dagen för {user}.")
    values = {
        "organisation_id": plan.organisation_id,
        "per_day": per_day,
        "voice": voice,
        "absent": sorted({day.isoformat() for day in absent}),
    }
    made, _ = Assignment.objects.update_or_create(round_id=plan.pk, user=user, defaults=values)
    record("plan.interviewer_assigned", made, by=by, organisation=plan.organisation)
    return made


@transaction.atomic
def release(assignment: Assignment, *, by: Acting | None = None) -> None:
    """Take an interviewer from the round; written down. A new plan gives the calls to the others."""
    record("plan.interviewer_released", assignment, by=by, organisation=assignment.organisation)
    assignment.delete()


def assignments_of(plan: FieldPlan) -> tuple[Assignment, ...]:
    """The round's interviewers, by name."""
    rows = Assignment.objects.filter(round_id=plan.pk).select_related("user")
    return tuple(sorted(rows, key=lambda one: (one.user.name, one.user_id)))


def field_work_of(plan: FieldPlan) -> FieldWork:
    """The plan's terms as the method of scheduling sees them. MysteryError where they do not hold together."""
    callers = tuple(
        Caller(str(one.user_id), one.per_day, one.voice, frozenset(date.fromisoformat(day) for day in one.absent))
        for one in assignments_of(plan)
    )
    try:
        return FieldWork(
            calendar=calendar_of(plan),
            first=plan.round.starts,
            last=plan.round.ends,
            callers=callers,
            aliases=aliases_of(plan.personas.order_by("pk")),
            calls=Span(plan.calls_open, plan.calls_close),
            letters=Span(plan.letters_open, plan.letters_close),
            call_minutes=plan.call_minutes,
            area_gap=plan.area_gap_minutes,
            alias_gap=plan.persona_gap_days,
        )
    except MethodError as error:
        raise MysteryError(
            "Tiderna går inte ihop. Samtal ska ligga inom kontorstid (08–17), sluta efter att de börjat och ta minst "
            "en minut."
        ) from error


def _hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=8)
def _parsed(text: str) -> QuestionBank:
    return bank_from_text(text, "the plan's questions")
