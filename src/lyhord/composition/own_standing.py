"""One municipality in a round: its figures, its comparisons with every group, and the sentences they deserve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lyhord.composition.draft import Draft
from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Measure
from lyhord.method.comparison import (
    Difference,
    ParticipantResult,
    against_others,
    against_previous,
    benjamini_hochberg,
    comparable,
    participant_result,
)
from lyhord.method.figures import Figure
from lyhord.method.groups import GroupKind, Municipality, cluster_of, standing_groups, usable
from lyhord.method.tally import Place
from lyhord.method.wording import Manner, Reserve, Ruling, Verdict, judge, sentence, smallest_difference, words


@dataclass(frozen=True, slots=True)
class OwnComparison:
    """One's own result on one measure against one reference, judged; ``difference`` None where it is not shown."""

    kind: str  # "all", "size_class", "kommungrupp", "cluster", "similar", "previous"
    label: str
    difference: Difference | None
    ruling: Ruling | None
    sentence: str
    short_verdict: str


@dataclass(frozen=True)
class OwnStanding:
    """One municipality's figures and comparisons by measure id."""

    municipality: Municipality
    figures: Mapping[str, Figure]
    comparisons: Mapping[str, tuple[OwnComparison, ...]]

    @property
    def code(self) -> str:
        """The municipality's code."""
        return self.municipality.code

    @property
    def organisation(self) -> str:
        """The municipality's formal name, as printed."""
        return self.municipality.formal_name

    def against(self, measure: Measure, kind: str) -> OwnComparison | None:
        """The comparison of one kind on one measure, if there is one."""
        return next((c for c in self.comparisons.get(measure.id, ()) if c.kind == kind), None)


@dataclass(frozen=True, slots=True)
class _Pending:
    measure: Measure
    kind: str
    label: str
    difference: Difference | None


def own_standing(draft: Draft, standing: Standing, code: str) -> OwnStanding:
    """Figures and judged comparisons of one municipality; p-values are adjusted over the whole report."""
    municipality = standing.material.municipality(code)
    figures = {measure.id: standing.own_figure(measure, code, draft.language) for measure in standing.headline}
    pending: list[_Pending] = []
    for measure in standing.headline:
        own = standing.result_of(measure, code)
        if own is not None:
            pending += _group_differences(draft, standing, measure, municipality, own)
            pending += _previous_difference(draft, standing, measure, code, own)
    comparisons: dict[str, list[OwnComparison]] = {}
    for each, adjusted in zip(pending, _adjusted(pending), strict=True):
        comparisons.setdefault(each.measure.id, []).append(_judged(draft, standing, each, adjusted))
    return OwnStanding(municipality, figures, {key: tuple(value) for key, value in comparisons.items()})


def _adjusted(pending: Sequence[_Pending]) -> tuple[float | None, ...]:
    known = [each.difference.p for each in pending if each.difference is not None]
    adjusted = iter(benjamini_hochberg(known))
    return tuple(next(adjusted) if each.difference is not None else None for each in pending)


def _group_differences(
    draft: Draft, standing: Standing, measure: Measure, municipality: Municipality, own: ParticipantResult
) -> list[_Pending]:
    limits = standing.instrument.thresholds
    results = standing.others(measure, municipality.code)
    pending = []
    for group in standing_groups(municipality, standing.material.municipalities.values()):
        use = usable(group, results, limits)
        difference = against_others(own, use.results, limits.external) if use.ok else None
        pending.append(_Pending(measure, group.kind.value, _group_label(draft, municipality, group.kind), difference))
    return pending


def _group_label(draft: Draft, municipality: Municipality, kind: GroupKind) -> str:
    if kind is GroupKind.KOMMUNGRUPP:
        return draft.prose("own.kommungrupp", group=draft.prose(f"kommungrupp.{municipality.kommungrupp}"))
    if kind is GroupKind.CLUSTER:
        cluster = cluster_of(municipality.kommungrupp)
        return capitalised(draft.prose(f"cluster.{cluster}"))
    return draft.prose(f"own.group_{kind.value}")


def _previous_difference(
    draft: Draft, standing: Standing, measure: Measure, code: str, own: ParticipantResult
) -> list[_Pending]:
    """The latest earlier round with own counts and a comparable question; a break is never bridged."""
    if code in standing.material.new_participants:
        return []
    for instrument in standing.material.previous:
        if not comparable(standing.instrument, measure.id, instrument.id).ok:
            continue
        channel = instrument.item(measure.item).channel
        counts = standing.material.counts.tally.counts(Place(instrument.id, instrument.id, code, channel), measure.item)
        result = participant_result(code, measure, instrument, counts)
        if result is not None and result.n >= standing.instrument.thresholds.publish:
            label = draft.prose("own.previous", year=instrument.year)
            return [_Pending(measure, "previous", label, against_previous(own, result))]
    return []


def _judged(draft: Draft, standing: Standing, pending: _Pending, adjusted: float | None) -> OwnComparison:
    difference = pending.difference
    if difference is None:
        return OwnComparison(pending.kind, pending.label, None, None, "", "")
    smallest: Fraction = smallest_difference(pending.measure)
    ruling = judge(difference, smallest, adjusted_p=adjusted)
    channel = standing.instrument.item(pending.measure.item).channel
    subject = draft.prose(
        "own.judgement_subject",
        item=standing.item_name(pending.measure, draft.language).lower(),
        channel=draft.prose(f"own.judgement_channel_{channel}"),
    )
    label = pending.label[:1].lower() + pending.label[1:]
    reference = draft.prose(f"own.judgement_{pending.kind}", label=label)
    said = sentence(ruling, draft.language, subject=subject, reference=reference, manner=Manner.SURVEY)
    return OwnComparison(pending.kind, pending.label, difference, ruling, said, _short_verdict(draft, ruling))


def _short_verdict(draft: Draft, ruling: Ruling) -> str:
    """The verdict as it fits in a table cell: "högre", "något lägre, ej säkerställt", "går inte att avgöra"."""
    if ruling.reserve is Reserve.TOO_FEW_TO_TELL:
        return draft.prose("own.verdict_unknown")
    if ruling.verdict is Verdict.LEVEL:
        short = draft.prose("own.verdict_level")
    else:
        short = words(ruling, draft.language, manner=Manner.SURVEY).removesuffix(" än").removesuffix(" than")
    return short if ruling.reserve is Reserve.NONE else draft.prose("own.verdict_unsure", verdict=short)


def capitalised(text: str) -> str:
    """The text as a heading or label: its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
