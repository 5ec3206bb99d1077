"""Counts from several imports as one; the same content twice counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lyhord.method.tally import Counts, DurationSum, Flow, Pair, PairTally, Place, Tally


def merged(imports: Iterable[tuple[str, Counts]]) -> Counts:
    """Add up imports given as (digest, counts); a digest that has occurred already is passed over.

    Different files may still hold the same answers: read those together, so that an answer id counts once.
    """
    distinct: dict[str, Counts] = {}
    for digest, counts in imports:
        distinct.setdefault(digest, counts)
    several = tuple(distinct.values())
    if len(several) == 1:
        return several[0]
    return Counts(
        tally=Tally.from_cells(cell for counts in several for cell in counts.tally.cells()),
        pairs=_pairs(several),
        flows=_flows(several),
        durations=_durations(several),
        external=tuple(dict.fromkeys(figure for counts in several for figure in counts.external)),
    )


def _pairs(several: Iterable[Counts]) -> PairTally:
    total: dict[Pair, dict[tuple[str, str], int]] = {}
    for counts in several:
        for pair, joint in counts.pairs.counts.items():
            sums = total.setdefault(pair, {})
            for options, count in joint.items():
                sums[options] = sums.get(options, 0) + count
    return PairTally(total)


def _flows(several: Iterable[Counts]) -> tuple[Flow, ...]:
    total: dict[tuple[str, str, str], Flow] = {}
    for flow in (flow for counts in several for flow in counts.flows):
        key = (flow.round, flow.municipality, flow.channel)
        total[key] = _added(total[key], flow) if key in total else flow
    return tuple(total[key] for key in sorted(total))


def _added(one: Flow, other: Flow) -> Flow:
    reasons = dict(one.excluded)
    for reason, cases in other.excluded:
        reasons[reason] = reasons.get(reason, 0) + cases
    return Flow(
        one.round,
        one.municipality,
        one.channel,
        listed=_sum(one.listed, other.listed),
        invited=_sum(one.invited, other.invited),
        answered=_sum(one.answered, other.answered),
        commented=_sum(one.commented, other.commented),
        excluded=tuple(sorted(reasons.items())),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    """The sum of what is known; None only where neither is."""
    if one is None or other is None:
        return one if other is None else other
    return one + other


def _durations(several: Iterable[Counts]) -> Mapping[tuple[Place, str], DurationSum]:
    total: dict[tuple[Place, str], DurationSum] = {}
    for counts in several:
        for key, times in counts.durations.items():
            total[key] = _added_times(total[key], times) if key in total else times
    return dict(sorted(total.items()))


def _added_times(one: DurationSum, other: DurationSum) -> DurationSum:
    return DurationSum(
        n=one.n + other.n,
        seconds=one.seconds + other.seconds,
        squares=one.squares + other.squares,
        least=min(one.least, other.least),
        greatest=max(one.greatest, other.greatest),
    )
