"""Whose results a person reaches: one's own organisation's, or everyone's in a round that one's organisation runs."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lyhord.accounts.acting import Acting
from lyhord.accounts.permissions import Deed, may
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.rounds import instrument_of

SURVEY = "survey"


@dataclass(frozen=True)
class Part:
    """A municipality's part in a round: its participations, one for each channel."""

    round: Round
    municipality: Municipality
    participations: tuple[Participation, ...]

    @property
    def organisation_id(self) -> int:
        """Whose records they are."""
        return self.participations[0].organisation_id

    def through(self, channel: str) -> Participation | None:
        """The participation through one channel, if there is one."""
        return next((one for one in self.participations if one.channel == channel), None)


def sees_everyone(acting: Acting, round_: Round) -> bool:
    """Whether the person may see every participant's results: the role says so, and the round is the organisation's."""
    return may(acting.role, Deed.SEE_ALL_RESULTS) and round_.organisation_id == acting.organisation_id


def round_with(key: str) -> Round | None:
    """The survey round with this key; mystery rounds have no live figures."""
    found = Round.objects.filter(key=key).first()
    return found if found is not None and instrument_of(found).method == SURVEY else None


def part_in(acting: Acting, round_key: str, municipality: str) -> Part | None:
    """A municipality's part in a round; None where there is none or the person does not reach it."""
    round_ = round_with(round_key)
    if round_ is None:
        return None
    with _widest(acting, round_):
        rows = Participation.objects.filter(round=round_, municipality_id=municipality)
        found = tuple(rows.select_related("municipality").order_by("pk"))
    for each in found:
        each.round = round_  # the same, already read
    return Part(round_, found[0].municipality, _in_order(round_, found)) if found else None


def everyone_in(round_: Round) -> Sequence[Participation]:
    """Every participation of a round. Ask ``sees_everyone`` first."""
    with scope_of_everything("the coordinator follows every participant"):
        rows = Participation.objects.filter(round=round_).select_related("municipality")
        return sorted(rows, key=lambda one: (one.channel, one.municipality_id))


def parts_of(acting: Acting) -> tuple[Part, ...]:
    """The parts of one's own organisation, the latest round first."""
    with scope(acting.organisation_id):
        rows = Participation.objects.select_related("round", "municipality").order_by("-round__starts", "round_id")
        by_part: dict[tuple[int, str], list[Participation]] = {}
        for each in rows:
            by_part.setdefault((each.round_id, each.municipality_id), []).append(each)
    parts = (Part(found[0].round, found[0].municipality, tuple(found)) for found in by_part.values())
    return tuple(part for part in parts if instrument_of(part.round).method == SURVEY)


def rounds_run_by(acting: Acting) -> tuple[Round, ...]:
    """The survey rounds that the person follows as a whole, the latest first."""
    if not may(acting.role, Deed.SEE_ALL_RESULTS):
        return ()
    rows = Round.objects.filter(organisation_id=acting.organisation_id).order_by("-starts", "key")
    return tuple(round_ for round_ in rows if instrument_of(round_).method == SURVEY)


@contextmanager
def _widest(acting: Acting, round_: Round) -> Generator[None, None, None]:
    if sees_everyone(acting, round_):
        with scope_of_everything("the coordinator follows every participant"):
            yield
    else:
        with scope(acting.organisation_id):
            yield


def _in_order(round_: Round, found: Sequence[Participation]) -> tuple[Participation, ...]:
    order = [channel.id for channel in instrument_of(round_).channels]
    return tuple(sorted(found, key=lambda one: order.index(one.channel)))
