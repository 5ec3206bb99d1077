"""Approving a municipality's observations: what must be settled first, the frozen edition, and its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import User
from lyhord.accounts.scope import scope_of_everything
from lyhord.files.columns import ANSWER_ID
from lyhord.measurements.counts.adding import add_cells, add_durations, add_flow, add_pairs
from lyhord.measurements.counts.models import DurationCell, FlowCount, PairCell, TallyCell
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.method.tally import Counts, Flow
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.quality.counting import counted
from lyhord.mystery.quality.disagreeing import disagreements
from lyhord.mystery.quality.models import Drawn, Edition, Remark
from lyhord.mystery.quality.rows import Row, rows_of

State = Probe.State
WHY: Final = "approved observations become counts of the municipality's participations"
LONGEST_REASON: Final = 40  # of an exclusion, in counts
Change = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands between a municipality's observations and their approval, as numbers of contacts."""

    not_made: int = 0  # planned, begun, or without a moment
    unknown: int = 0  # letters that may have left
    not_graded: int = 0
    second_missing: int = 0  # drawn to be graded twice, and not yet
    disagreeing: int = 0
    remarks: int = 0  # without a reply

    @property
    def any(self) -> bool:
        """Whether anything is left to do."""
        numbers = (self.not_made, self.unknown, self.not_graded, self.second_missing, self.disagreeing, self.remarks)
        return any(numbers)


def obstacles_to(round_: Round, municipality: str) -> Obstacles:
    """What is left before the municipality can be approved; within the scope of who measures."""
    return obstacles_in(round_, municipality).get(municipality, Obstacles())


def obstacles_in(round_: Round, municipality: str = "") -> dict[str, Obstacles]:
    """What is left in every municipality of the round, by code, or in one; seven queries however many there are."""
    probes = Probe.objects.filter(round=round_)
    probes = probes.filter(municipality=municipality) if municipality else probes
    made = probes.filter(state=State.DONE)
    graded = made.filter(gradings__turn="first", gradings__finished_at__isnull=False)
    twice = made.filter(gradings__turn="second", gradings__finished_at__isnull=False)
    drawn = made.filter(pk__in=Drawn.objects.filter(probe__in=made).exclude(probe__in=twice).values("probe"))
    said = Remark.objects.filter(probe__in=probes, outcome=Remark.Outcome.OPEN)
    left = {
        "not_made": _by_code(probes.filter(state__in=(State.PLANNED, State.STARTED, State.UNPLACED))),
        "unknown": _by_code(probes.filter(state=State.UNKNOWN)),
        "not_graded": _by_code(made) - _by_code(graded),
        "second_missing": _by_code(drawn),
        "disagreeing": Counter(one.probe.municipality_id for one in disagreements(round_, municipality)),
        "remarks": Counter(said.values_list("probe__municipality", flat=True)),
    }
    codes = sorted(set(probes.order_by().values_list("municipality", flat=True)))
    return {code: Obstacles(**{name: counts[code] for name, counts in left.items()}) for code in codes}


def _by_code(probes: QuerySet[Probe]) -> Counter[str]:
    return Counter(probes.values_list("municipality", flat=True))


def newest(round_: Round, municipality: str) -> Edition | None:
    """The municipality's newest edition; None before the first."""
    return Edition.objects.filter(round=round_, municipality=municipality).order_by("-number").first()


def approved_rows(round_: Round) -> tuple[Row, ...]:
    """The rows of every municipality's newest edition, by code; within the scope of who measures."""
    rows = Edition.objects.filter(round=round_).order_by("municipality", "number")
    editions = {one.municipality_id: one for one in rows}
    return tuple(row for code in sorted(editions) for row in editions[code].rows)


def changes_between(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """What differs, contact by contact and column by column; "" where nothing stood or stands."""
    old, new = ({row[ANSWER_ID]: row for row in rows} for rows in (before, after))
    return [
        {"contact": contact, "column": column, "before": was.get(column, ""), "after": now.get(column, "")}
        for contact in dict.fromkeys([*old, *new])
        for was, now in ((old.get(contact, {}), new.get(contact, {})),)
        for column in dict.fromkeys([*was, *now])
        if was.get(column, "") != now.get(column, "")
    ]


def waiting_changes(round_: Round, municipality: str) -> list[Change]:
    """What has been changed since the newest edition: published by nothing until the next one."""
    edition = newest(round_, municipality)
    return changes_between(edition.rows, rows_of(round_, municipality)) if edition else []


@transaction.atomic
def approve(round_: Round, municipality: str, reason: str = "", *, by: Acting | User) -> Edition:
    """Freeze the municipality's observations as its next edition and count them; written down.

    The first needs no reason, every later one does. MysteryError while anything is left to settle, where nothing has
    changed since the edition before, or where the round is neither closed nor open for corrections. The round's other
    municipalities are not touched. Within the scope of who measures.
    """
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    before = newest(round_, municipality)
    rows = rows_of(round_, municipality)
    changes = changes_between(before.rows, rows) if before else []
    _require(round_, municipality, rows)
    if before and not changes:
        raise MysteryError("Inget har ändrats sedan den förra versionen.")
    if before and not reason.strip():
        raise MysteryError("Skriv varför en ny version behövs.")
    counts, _ = counted(round_, rows)
    edition = Edition.objects.create(
        organisation_id=round_.organisation_id,
        round=round_,
        municipality_id=municipality,
        number=before.number + 1 if before else 1,
        approved_by=by.user if isinstance(by, Acting) else by,
        approved_at=timezone.now(),
        reason=reason.strip()[:300] if before else "",
        rows=[dict(row) for row in rows],
        changes=changes,
    )
    _count(round_, municipality, counts)
    record("grades.approved", edition, by=by, organisation=round_.organisation)
    return edition


def _require(round_: Round, municipality: str, rows: Sequence[Row]) -> None:
    if round_.state != Round.State.CLOSED:
        raise MysteryError(f"{round_} är {round_.get_state_display()}. Stäng omgången innan provkontakterna godkänns.")
    left = obstacles_to(round_, municipality)
    if left.any:
        raise MysteryError(
            "Allt är inte klart: " + ", ".join(_told(left)) + ". Åtgärda eller uteslut kontakterna, med skäl."
        )
    if not rows:
        name = Municipality.objects.filter(code=municipality).values_list("name", flat=True).first() or municipality
        raise MysteryError(f"{name} har inga bedömda kontakter i {round_}.")


def _told(left: Obstacles) -> list[str]:
    words = (
        (left.not_made, "inte gjorda"),
        (left.unknown, "osäkra brev"),
        (left.not_graded, "inte bedömda"),
        (left.second_missing, "väntar på en andra bedömning"),
        (left.disagreeing, "oeniga bedömningar"),
        (left.remarks, "synpunkter utan svar"),
    )
    return [f"{number} {word}" for number, word in words if number]


def _count(round_: Round, municipality: str, counts: Counts) -> None:
    """The counts of both channels anew: an edition replaces the one before."""
    with scope_of_everything(WHY):
        for part in Participation.objects.filter(round=round_, municipality=municipality).select_related("round"):
            for kind in (TallyCell, PairCell, FlowCount, DurationCell):
                kind.objects.filter(participation=part).delete()
            add_cells(part, [(cell, n) for cell, n in counts.tally.cells() if cell.place.channel == part.channel])
            add_pairs(part, {p: n for p, n in counts.pairs.counts.items() if p.first.startswith(f"{part.channel}.")})
            add_durations(part, {key: sums for key, sums in counts.durations.items() if key[0].channel == part.channel})
            for flow in counts.flows:
                if flow.channel == part.channel:
                    add_flow(part, _short(flow))


def _short(flow: Flow) -> Flow:
    """With reasons as short as counts keep them; reports print them whole."""
    reasons: dict[str, int] = {}
    for reason, count in flow.excluded:
        reasons[reason[:LONGEST_REASON]] = reasons.get(reason[:LONGEST_REASON], 0) + count
    return replace(flow, excluded=tuple(sorted(reasons.items())))
