"""Comparison groups: which municipalities one's own is set beside, and when a group is large enough to use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lyhord.instruments.definition import Thresholds
from lyhord.method.comparison import ParticipantResult, with_answers
from lyhord.method.tally import MethodError

# SKR's three clusters of its nine kommungrupper (kommungruppsindelning 2023).
CLUSTERS: Final = MappingProxyType(
    {
        "stader": ("A1", "B3", "C6"),
        "pendlingskommuner": ("A2", "B4", "C7"),
        "lagpendling_landsbygd": ("B5", "C8", "C9"),
    }
)


class GroupKind(StrEnum):
    """What the members of a group have in common."""

    ALL = "all"  # every participant
    SIZE_CLASS = "size_class"
    KOMMUNGRUPP = "kommungrupp"
    CLUSTER = "cluster"  # one of three clusters of kommungrupper
    SIMILAR = "similar"  # RKA's seven most similar, overall
    POPULATION = "population"  # between two numbers of inhabitants
    CHOSEN = "chosen"  # picked by the municipality


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality as comparison groups see it; codes are SCB's, ``similar`` are codes."""

    code: str
    name: str
    formal_name: str
    county: str = ""
    kommungrupp: str = ""  # "B3"
    size_class: str = ""  # "100000-199999"
    similar: tuple[str, ...] = ()
    population: int | None = None
    kommungrupp_name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A comparison group of one municipality; ``members`` are codes, one's own never among them.

    ``id`` tells groups of one kind apart: a class, a code, a cluster, or the limits.
    """

    kind: GroupKind
    id: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class GroupUse:
    """The results a group offers, or an empty tuple and how many ``found`` of ``needed`` there were."""

    results: tuple[ParticipantResult, ...]
    found: int
    needed: int

    @property
    def ok(self) -> bool:
        """Whether the group has enough participants to be shown."""
        return bool(self.results)


def cluster_of(kommungrupp: str) -> str | None:
    """The cluster ("stader", "pendlingskommuner", "lagpendling_landsbygd") of a kommungrupp, or None."""
    return next((cluster for cluster, groups in CLUSTERS.items() if kommungrupp in groups), None)


def standing_groups(own: Municipality, all_municipalities: Iterable[Municipality]) -> tuple[Group, ...]:
    """The groups every municipality has: all, size class, kommungrupp, cluster, the similar seven.

    A group whose basis is unknown (no size class, no kommungrupp) is left out.
    """
    everyone = tuple(all_municipalities)
    cluster = cluster_of(own.kommungrupp)
    in_cluster = CLUSTERS[cluster] if cluster else ()
    candidates = (
        _group(own, GroupKind.ALL, "all", everyone),
        _group(own, GroupKind.SIZE_CLASS, own.size_class, (m for m in everyone if m.size_class == own.size_class)),
        _group(own, GroupKind.KOMMUNGRUPP, own.kommungrupp, (m for m in everyone if m.kommungrupp == own.kommungrupp)),
        _group(own, GroupKind.CLUSTER, cluster or "", (m for m in everyone if m.kommungrupp in in_cluster)),
        Group(GroupKind.SIMILAR, own.code if own.similar else "", frozenset(own.similar) - {own.code}),
    )
    return tuple(group for group in candidates if group.id)


def population_group(own: Municipality, everyone: Iterable[Municipality], low: int, high: int) -> Group:
    """Municipalities with at least ``low`` and at most ``high`` inhabitants: "20 000–40 000".

    MethodError where the limits are the wrong way round. Municipalities of unknown population are left out.
    """
    if not 0 <= low <= high:
        raise MethodError(f"Population limits must rise from 0, not {low}–{high}. Give the lower limit first.")
    within = (m for m in everyone if m.population is not None and low <= m.population <= high)
    return _group(own, GroupKind.POPULATION, f"{low}-{high}", within)


def chosen_group(own: Municipality, codes: Collection[str], everyone: Iterable[Municipality]) -> Group:
    """A list that the municipality picked. MethodError names codes that are no municipality."""
    unknown = sorted(set(codes) - {m.code for m in everyone})
    if unknown:
        raise MethodError(f"No municipality has the code {', '.join(unknown)}. Correct the chosen list.")
    return Group(GroupKind.CHOSEN, own.code, frozenset(codes) - {own.code})


def usable(group: Group, results: Sequence[ParticipantResult], thresholds: Thresholds) -> GroupUse:
    """The group's results, if at least ``thresholds.group_members`` besides one's own have ``external`` answers.

    With fewer the mean would say too much about each; the group is then not shown at all.
    """
    members = tuple(result for result in results if result.municipality in group.members)
    large_enough = with_answers(members, thresholds.external)
    found, needed = len(large_enough), thresholds.group_members
    return GroupUse(large_enough if found >= max(needed, 1) else (), found, needed)


def _group(own: Municipality, kind: GroupKind, name: str, members: Iterable[Municipality]) -> Group:
    return Group(kind, name, frozenset(m.code for m in members) - {own.code})
