"""Making the plan: every question to every municipality gets its moment, and what is left can be planned anew."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.accounts.people import add_organisation
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.instruments.questions import QuestionBank
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.participations import take_part
from lyhord.method.field_work import Contact, Errand, FieldWork, Means
from lyhord.method.scheduling import Schedule, schedule
from lyhord.method.workload import Load, workload
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import FieldPlan, Persona, Probe
from lyhord.mystery.planning.personas import new_address
from lyhord.mystery.planning.plans import bank_of, field_work_of

BATCH: Final = 500
State = Probe.State
MOVABLE: Final = (State.PLANNED, State.UNPLACED)
CHANGED: Final = ("persona", "address", "interviewer", "due_at", "first_due_at", "state", "seed")


@dataclass(frozen=True, slots=True)
class Outlook:
    """A plan as it would be: what finds its place, what does not, and what it asks of the interviewers."""

    schedule: Schedule
    loads: tuple[Load, ...]

    @property
    def calls(self) -> int:
        """How many calls find their place."""
        return sum(contact.caller is not None for contact in self.schedule.contacts)

    @property
    def letters(self) -> int:
        """How many letters find theirs."""
        return len(self.schedule.contacts) - self.calls


def outlook(plan: FieldPlan, *, after: datetime | None = None) -> Outlook:
    """What making the plan, or planning anew after a moment, would give. Changes nothing."""
    work = field_work_of(plan)
    probes = _probes_of(plan)
    made = _scheduled(plan, work, probes, after)
    return Outlook(made, workload(work, [*_standing(plan, work, probes), *made.contacts]))


def standing_loads(plan: FieldPlan) -> tuple[Load, ...]:
    """The load of every interviewer, week by week, of the plan as it stands."""
    work, found = field_work_of(plan), {State.PLANNED, State.STARTED, State.DONE, State.UNKNOWN}
    probes = [probe for probe in _probes_of(plan).values() if probe.state in found]
    return workload(work, [contact for probe in probes if (contact := _contact_of(plan, work, probe))])


@transaction.atomic
def make_plan(plan: FieldPlan, *, after: datetime | None = None, by: Acting | None = None) -> Outlook:
    """Give every question to every chosen municipality its moment, and let the municipalities take part; written down.

    Nothing is placed before ``after``, which is given where the round has begun already. What found no place is kept as
    such, and is tried again by ``replan``. MysteryError where something is missing, or the plan has been made already.
    """
    if plan.made:
        raise MysteryError("Planen är redan gjord. Planera om det som återstår i stället.")
    return _make(plan, "plan.made", after, by)


@transaction.atomic
def replan(plan: FieldPlan, after: datetime | None = None, *, by: Acting | None = None) -> Outlook:
    """Plan anew everything that has not been started, from ``after`` (now) on; what is done stays; written down.

    Also finds places for what had none, and for municipalities that were added. MysteryError as for ``make_plan``.
    """
    if not plan.made:
        raise MysteryError("Planen är inte gjord än.")
    if plan.round.state in (Round.State.CLOSED, Round.State.LOCKED):
        raise MysteryError(f"Omgången är {plan.round.get_state_display()}. Inget mer kan planeras i den.")
    return _make(plan, "plan.made_anew", max(after or timezone.now(), timezone.now()), by)


def _make(plan: FieldPlan, deed: str, after: datetime | None, by: Acting | None) -> Outlook:
    _require_ready(plan)
    work = field_work_of(plan)
    probes = _probes_of(plan, locked=True)
    made = _scheduled(plan, work, probes, after)
    parts = _participations(plan, by)
    seed = _seed(plan, after)
    _write(plan, made, _Writing(probes, parts, seed))
    plan.made = timezone.now()
    plan.save(update_fields=["made"])
    record(deed, plan, by=by, organisation=plan.organisation)
    return Outlook(made, workload(work, [*_standing(plan, work, probes), *made.contacts]))


def _require_ready(plan: FieldPlan) -> None:
    bank = bank_of(plan)
    missing = {
        "kommuner att mäta": not plan.codes,
        "personer att fråga som": not plan.personas.filter(retired=False).exists(),
        "domänen som brev skickas från": bool(bank.letters) and not plan.mail_domain,
    }
    if lacking := [what for what, is_so in missing.items() if is_so]:
        raise MysteryError(f"Planen saknar {', '.join(lacking)}.")


def _probes_of(plan: FieldPlan, *, locked: bool = False) -> dict[str, Probe]:
    rows = Probe.objects.filter(round_id=plan.pk, attempt=1)
    return {
        _errand_id(probe.municipality_id, probe.question): probe
        for probe in (rows.select_for_update() if locked else rows)
    }


def _errand_id(code: str, question: str) -> str:
    return f"{code}:{question}"


def _errands(plan: FieldPlan, bank: QuestionBank) -> list[Errand]:
    return [
        Errand(
            _errand_id(code, question.id),
            code,
            question.area,
            Means.CALL if question.channel in bank.calls else Means.LETTER,
            question.trait,
        )
        for code in plan.codes
        for question in bank.questions
    ]


def _scheduled(plan: FieldPlan, work: FieldWork, probes: Mapping[str, Probe], after: datetime | None) -> Schedule:
    left = [
        errand
        for errand in _errands(plan, bank_of(plan))
        if errand.id not in probes or probes[errand.id].state in MOVABLE
    ]
    return schedule(left, work, _seed(plan, after), standing=_standing(plan, work, probes), after=after)


def _seed(plan: FieldPlan, after: datetime | None) -> str:
    return plan.seed if after is None else f"{plan.seed}:{after.astimezone(UTC):%Y%m%dT%H%M}"


def _standing(plan: FieldPlan, work: FieldWork, probes: Mapping[str, Probe]) -> list[Contact]:
    """What is done or under way, at the moment it was done; what new contacts must keep their distance to."""
    stays = (probe for probe in probes.values() if probe.state not in MOVABLE)
    return [contact for probe in stays if (contact := _contact_of(plan, work, probe))]


def _contact_of(plan: FieldPlan, work: FieldWork, probe: Probe) -> Contact | None:
    moment = probe.done_at or probe.due_at
    if moment is None:
        return None
    means = Means.CALL if probe.channel in bank_of(plan).calls else Means.LETTER
    errand = Errand(_errand_id(probe.municipality_id, probe.question), probe.municipality_id, probe.area, means)
    caller = str(probe.interviewer_id) if probe.interviewer_id else None
    return Contact(errand, moment.astimezone(work.calendar.zone), str(probe.persona_id or ""), caller)


def _participations(plan: FieldPlan, by: Acting | None) -> dict[tuple[str, str], int]:
    """Let every chosen municipality take part through every channel of the bank; ids by code and channel."""
    bank = bank_of(plan)
    with scope_of_everything("a plan lets municipalities take part, whose records are their own"):
        rows = Participation.objects.filter(round_id=plan.pk)
        found = {(code, channel): pk for pk, code, channel in rows.values_list("pk", "municipality_id", "channel")}
        owners = {one.municipality_code: one for one in Organisation.objects.filter(municipality_code__in=plan.codes)}
    names = dict(Municipality.objects.filter(code__in=plan.codes).values_list("code", "formal_name"))
    for code in plan.codes:
        for channel in (*bank.calls, *bank.letters):
            if (code, channel) not in found:
                owner = owners.get(code) or add_organisation(Organisation.Kind.MUNICIPALITY, names[code], code)
                owners[code] = owner
                with scope(owner):
                    found[code, channel] = take_part(plan.round, owner, channel, by=by).pk
    return found


@dataclass(frozen=True, slots=True)
class _Writing:
    """What probes are written from: those that stand, who takes part, and the seed of this plan."""

    probes: Mapping[str, Probe]
    participations: Mapping[tuple[str, str], int]
    seed: str


def _write(plan: FieldPlan, made: Schedule, writing: _Writing) -> None:
    bank, rng = bank_of(plan), random.Random(f"addresses:{writing.seed}")  # noqa: S311 - addresses, not secrets
    personas = {str(persona.pk): persona for persona in plan.personas.all()}
    taken = _addresses(plan)
    new: list[Probe] = []
    moved: list[Probe] = []
    for contact in made.contacts:
        probe = _probe_for(plan, bank, contact.errand, writing)
        _set_moment(probe, contact, personas[contact.alias], writing.seed)
        if contact.caller is None and not _keeps_address(probe, personas[contact.alias], plan.mail_domain):
            probe.address = new_address(personas[contact.alias], plan.mail_domain, taken, rng)
        (moved if probe.pk else new).append(probe)
    for one in made.unplaced:
        probe = _probe_for(plan, bank, one.errand, writing)
        probe.state, probe.due_at, probe.interviewer, probe.seed = State.UNPLACED, None, None, writing.seed
        (moved if probe.pk else new).append(probe)
    Probe.objects.bulk_create(new, batch_size=BATCH)
    Probe.objects.bulk_update(moved, CHANGED, batch_size=BATCH)


def _probe_for(plan: FieldPlan, bank: QuestionBank, errand: Errand, writing: _Writing) -> Probe:
    if found := writing.probes.get(errand.id):
        return found
    question = bank.question(errand.id.partition(":")[2])
    return Probe(
        organisation_id=plan.organisation_id,
        round_id=plan.pk,
        participation_id=writing.participations[errand.municipality, question.channel],
        municipality_id=errand.municipality,
        channel=question.channel,
        question=question.id,
        area=question.area,
    )


def _set_moment(probe: Probe, contact: Contact, persona: Persona, seed: str) -> None:
    probe.due_at = contact.at.astimezone(UTC)
    probe.first_due_at = probe.first_due_at or probe.due_at
    probe.interviewer_id = int(contact.caller) if contact.caller else None
    probe.persona = persona
    probe.state, probe.seed = State.PLANNED, seed


def _keeps_address(probe: Probe, persona: Persona, domain: str) -> bool:
    local = probe.address.partition("@")[0]
    return probe.address.endswith(f"@{domain}") and local.rstrip("0123456789") == persona.local_part


def _addresses(plan: FieldPlan) -> set[str]:
    with scope_of_everything("an address is one letter's among all organisations"):
        return set(Probe.objects.filter(address__endswith=f"@{plan.mail_domain}").values_list("address", flat=True))


def states_of(plan: FieldPlan) -> Mapping[tuple[str, str], int]:
    """How many probes of each channel are in each state, by (channel, state)."""
    rows: Sequence[tuple[str, str]] = list(Probe.objects.filter(round_id=plan.pk).values_list("channel", "state"))
    return Counter(rows)
