"""How shown counts advance while answers come in: in groups of answers that nobody can take apart by subtraction.

Every answer to an item becomes visible with a group: one category's, or the rest of the answers, whose categories are
not shown. A group holds at least ``batch`` answers. The undivided figure is the sum of the groups, so that the total
less the categories, or a state less an earlier one, is always made of whole groups. The rule and its proof:
``docs/results.md``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from lyhord.results.cuts import lightest_cut

Counts = Mapping[str, int]  # of options
NO_VALUE: Final = ""  # answers of somebody who chose no category
MOST_ROWS: Final = 40  # groups of the rest that are remembered; later ones only grow, and no category is added


@dataclass(frozen=True, slots=True)
class Rule:
    """How many answers move a figure and make one, and which options they are (all, where there are none)."""

    batch: int
    least: int
    options: frozenset[str] = frozenset()

    def n(self, counts: Counts) -> int:
        """How many answers a figure of the counts rests on."""
        return sum(count for option, count in counts.items() if not self.options or option in self.options)


@dataclass(frozen=True, slots=True)
class Counted:
    """What has been counted of one item: undivided, and by category; ``outside`` are in no undivided count."""

    whole: Counts
    parts: Mapping[str, Counts] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be seen of one item. ``rest`` and ``rows`` are for the rule alone and are never printed.

    ``rows`` tells how many answers of each category every group of the rest held; None when too many to remember.
    """

    own: Mapping[str, Counts] = field(default_factory=dict)  # categories shown by themselves
    rest: Mapping[str, Counts] = field(default_factory=dict)
    apart: Mapping[str, Counts] = field(default_factory=dict)  # categories outside the total
    rows: tuple[Counts, ...] | None = ()

    @property
    def whole(self) -> Counts:
        """The undivided counts: the sum of all groups."""
        return _sum([*self.own.values(), *self.rest.values()])

    @property
    def parts(self) -> Mapping[str, Counts]:
        """The categories that are shown."""
        return MappingProxyType({**self.own, **self.apart})


def advanced(shown: Shown, now: Counted, rule: Rule) -> Shown:
    """What may be seen after ``now`` was counted; the same value where nothing may move yet.

    Counts that were corrected downwards begin anew: then what was seen before no longer belongs to them.
    """
    inside = {key: part for key, part in now.parts.items() if key not in now.outside}
    rest = {key: part for key, part in inside.items() if key not in shown.own}
    rest[NO_VALUE] = _less(now.whole, _sum(inside.values()))
    if _shrunk(shown, now, rest):
        return advanced(Shown(), now, rule) if shown != Shown() else shown
    own = {key: _grown(each, inside.get(key, {}), rule) for key, each in shown.own.items()}
    apart = {key: now.parts.get(key, {}) for key in sorted(now.outside)}
    apart = {key: kept for key, part in apart.items() if (kept := _begun(shown.apart.get(key), part, rule))}
    moved = _rest_moved(Shown(own, shown.rest, apart, shown.rows), rest, rule)
    return _with_new_categories(moved, rule)


def _rest_moved(shown: Shown, rest: Mapping[str, Counts], rule: Rule) -> Shown:
    """With the waiting answers of the rest as one group, if they are enough."""
    row = {key: rule.n(part) - rule.n(shown.rest.get(key, {})) for key, part in rest.items()}
    if sum(row.values()) < rule.batch:
        return shown
    rows = shown.rows
    if rows is not None:
        rows = (*rows, {key: n for key, n in row.items() if n}) if len(rows) < MOST_ROWS else None
    return Shown(shown.own, {key: part for key, part in rest.items() if part}, shown.apart, rows)


def _with_new_categories(shown: Shown, rule: Rule) -> Shown:
    """With every category of the rest, the largest first, that can be shown by itself and give nobody away."""
    by_size = sorted(shown.rest.items(), key=lambda pair: (-rule.n(pair[1]), pair[0]))
    for key, part in by_size:
        if key != NO_VALUE and _may_be_shown(shown, key, rule.n(part), rule):
            rest = {each: counts for each, counts in shown.rest.items() if each != key}
            shown = Shown({**shown.own, key: part}, rest, shown.apart, shown.rows)
    return shown


def _may_be_shown(shown: Shown, key: str, n: int, rule: Rule) -> bool:
    left = sum(map(rule.n, shown.rest.values())) - n
    if shown.rows is None or n < rule.least or 0 < left < rule.least:
        return False
    return _is_safe(shown.rows, {*shown.own, key}, rule.batch)


def _is_safe(rows: Sequence[Counts], columns: Collection[str], batch: int) -> bool:
    """Whether no sum or difference of known groups and of these categories leaves fewer than ``batch`` answers.

    Known are every group of the rest (a row) and, once shown, a category's part of them (a column). Adding and
    subtracting some of them leaves the answers where a chosen row meets a column that is not chosen, or the reverse:
    a cut of the graph whose edges are those meetings.
    """
    edges: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows):
        for key, n in row.items():
            edge = (f"row {number}", f"column {key}" if key in columns else "other")
            edges[edge] = edges.get(edge, 0) + n
    return lightest_cut(edges) >= batch


def _grown(before: Counts, now: Counts, rule: Rule) -> Counts:
    return now if rule.n(now) - rule.n(before) >= rule.batch else before


def _begun(before: Counts | None, now: Counts, rule: Rule) -> Counts | None:
    """A category outside the total: shown when it is large enough, and then as others."""
    if before is None:
        return now if rule.n(now) >= rule.least else None
    return _grown(before, now, rule)


def _shrunk(shown: Shown, now: Counted, rest: Mapping[str, Counts]) -> bool:
    pairs = [(each, now.parts.get(key, {})) for key, each in (*shown.own.items(), *shown.apart.items())]
    pairs += [(each, rest.get(key, {})) for key, each in shown.rest.items()]
    fewer = any(count > after.get(option, 0) for before, after in pairs for option, count in before.items())
    return fewer or any(count < 0 for count in rest[NO_VALUE].values())


def _sum(counts: Collection[Counts]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in counts:
        for option, count in each.items():
            found[option] = found.get(option, 0) + count
    return found


def _less(counts: Counts, taken: Counts) -> dict[str, int]:
    left = {option: counts.get(option, 0) - taken.get(option, 0) for option in {*counts, *taken}}
    return {option: count for option, count in left.items() if count}
