"""Two gradings of one contact: which grades differ, how far the graders agree, and settling what they do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from lyhord.accounts.models import User
from lyhord.instruments.definition import Instrument, Item, ItemKind
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import instrument_of
from lyhord.method.agreement import Agreement, weighted_kappa
from lyhord.mystery.observing.grading import GradingError, finish
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe

Turn = Grading.Turn


@dataclass(frozen=True, slots=True)
class Difference:
    """One contact on which two people do not agree, and the grades that differ: item, first, second."""

    probe: Probe
    items: tuple[tuple[Item, str, str], ...]


def graded_items(instrument: Instrument, channel: str) -> tuple[Item, ...]:
    """The items that are judged; facts of the contact (its outcome, times, texts) are not, and are graded once.

    What another item's answer follows from, such as the outcome of a call, is a fact.
    """
    facts = {item.implied.when.item for item in instrument.items if item.implied}
    kinds = (ItemKind.SCALE, ItemKind.CHOICE)
    return tuple(
        item
        for item in instrument.items_in(channel)
        if item.kind in kinds and item.cut is None and item.id not in facts
    )


def twice_graded(round_: Round, municipality: str = "") -> list[tuple[Probe, Mapping[str, Grading]]]:
    """Contacts with two finished gradings, and all their gradings by turn; excluded ones are not among them."""
    found: defaultdict[int, dict[str, Grading]] = defaultdict(dict)
    probes = Probe.objects.filter(round=round_, state=Probe.State.DONE)
    probes = probes.filter(municipality=municipality) if municipality else probes
    for each in Grading.objects.filter(probe__in=probes, finished_at__isnull=False):
        found[each.probe_id][each.turn] = each
    both = {pk: turns for pk, turns in found.items() if {Turn.FIRST, Turn.SECOND} <= turns.keys()}
    rows = Probe.objects.filter(pk__in=both).select_related("municipality").order_by("pk")
    return [(probe, both[probe.pk]) for probe in rows]


def disagreements(round_: Round, municipality: str = "") -> list[Difference]:
    """The queue: contacts that were graded differently and that nobody has settled."""
    instrument = instrument_of(round_)
    found = []
    for probe, turns in twice_graded(round_, municipality):
        if Turn.SETTLED in turns:
            continue
        items = differing(instrument, probe.channel, turns[Turn.FIRST], turns[Turn.SECOND])
        if items:
            found.append(Difference(probe, items))
    return found


def differing(
    instrument: Instrument, channel: str, first: Grading, second: Grading
) -> tuple[tuple[Item, str, str], ...]:
    """The judged items that two gradings answer differently; "" where one of them was not put."""
    pairs = (
        (item, first.answers.get(item.id, ""), second.answers.get(item.id, ""))
        for item in graded_items(instrument, channel)
    )
    return tuple((item, one, other) for item, one, other in pairs if one != other)


def agreement_of(round_: Round) -> tuple[tuple[Item, Agreement], ...]:
    """Kappa of every judged item, by linear weights over the grades, before anything was settled.

    Only contacts in which both put the item count. What is corrected later in a first grading changes it: the trace
    of corrections says what stood.
    """
    instrument = instrument_of(round_)
    joint = joint_grades(instrument, twice_graded(round_))
    return tuple(
        (item, weighted_kappa(joint[item.id], [option.code for option in item.options]))
        for channel in instrument.channels
        for item in graded_items(instrument, channel.id)
        if joint[item.id]
    )


def joint_grades(
    instrument: Instrument, pairs: Iterable[tuple[Probe, Mapping[str, Grading]]]
) -> defaultdict[str, Counter[tuple[str, str]]]:
    """How often the first gave one grade and the second another, by item."""
    joint: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for probe, turns in pairs:
        for item in graded_items(instrument, probe.channel):
            one, other = (turns[turn].answers.get(item.id, "") for turn in (Turn.FIRST, Turn.SECOND))
            if one and other:
                joint[item.id][one, other] += 1
    return joint


@transaction.atomic
def settle(probe: Probe, by: User, grades: Mapping[str, str]) -> Grading:
    """Decide a disagreement: the facts of the first grading with these grades are what counts.

    GradingError where the contact has not been graded twice, or the grades do not hold together.
    """
    turns = {one.turn: one for one in Grading.objects.filter(probe=probe, finished_at__isnull=False)}
    if not {Turn.FIRST, Turn.SECOND} <= turns.keys():
        raise GradingError("Kontakten är inte bedömd av två. Det finns inget att avgöra.")
    return finish(probe, by, with_facts(probe, turns[Turn.FIRST], grades), Turn.SETTLED)


def with_facts(probe: Probe, first: Grading, grades: Mapping[str, str]) -> dict[str, str]:
    """The facts of the first grading and other grades: what a second person does not grade is not asked twice."""
    judged = {item.id for item in graded_items(instrument_of(probe.round), probe.channel)}
    facts = {item: text for item, text in first.answers.items() if item not in judged}
    return facts | {item: text for item, text in grades.items() if item in judged and text}
