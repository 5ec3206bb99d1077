"""A mystery measurement's figures: totals, printed figures to compare with, and judgements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lyhord.composition.draft import Draft
from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.composition.national_counts import place_of
from lyhord.instruments.definition import Instrument, Measure, MeasureKind
from lyhord.method.comparison import (
    Difference,
    ParticipantResult,
    against_external,
    benjamini_hochberg,
    duration_result,
    participant_result,
)
from lyhord.method.figures import Figure, Unit
from lyhord.method.groups import Municipality
from lyhord.method.measures import duration_figure, measure_figure
from lyhord.method.tally import NO_BREAKDOWN, DurationSum, ExternalFigure, OptionCounts
from lyhord.method.wording import Manner, Ruling, judge, sentence
from lyhord.rendering import numbers

QUALITY = frozenset({"epost.avsandare.fullstandig"})


@dataclass(frozen=True, slots=True)
class JudgedReference:
    """A printed figure beside one's own, and the sentence the difference deserves ("" where none may be said)."""

    kind: str  # "group" or "previous"
    figure: ExternalFigure
    ruling: Ruling | None
    sentence: str


@dataclass(frozen=True)
class MysteryResults:
    """One municipality's mystery measurement in one round."""

    material: RoundMaterial
    municipality: Municipality
    figures: Mapping[str, Figure]
    references: Mapping[str, tuple[JudgedReference, ...]]

    @property
    def instrument(self) -> Instrument:
        """The round's instrument."""
        return self.material.instrument

    @property
    def code(self) -> str:
        """The municipality's code."""
        return self.municipality.code

    def counts(self, item: str, area: str = "") -> OptionCounts:
        """The option counts of one item: the total without areas outside it, or one area's."""
        breakdown = "area" if area else NO_BREAKDOWN
        place = place_of(self.material, self.code, item.split(".", maxsplit=1)[0], breakdown, area)
        return self.material.counts.tally.counts(place, item)

    def duration(self, item: str, area: str = "") -> DurationSum | None:
        """The exact durations of one item, total or one area's."""
        breakdown = "area" if area else NO_BREAKDOWN
        place = place_of(self.material, self.code, item.split(".", maxsplit=1)[0], breakdown, area)
        return self.material.counts.durations.get((place, item))

    def group(self, measure_id: str) -> JudgedReference | None:
        """The comparison group's printed figure, if there is one."""
        return next((r for r in self.references.get(measure_id, ()) if r.kind == "group"), None)

    def previous(self, measure_id: str) -> JudgedReference | None:
        """The previous measurement's printed figure, if there is one."""
        return next((r for r in self.references.get(measure_id, ()) if r.kind == "previous"), None)


@dataclass(frozen=True, slots=True)
class _Pending:
    measure: Measure
    kind: str
    figure: ExternalFigure
    difference: Difference | None


def mystery_results(draft: Draft, material: RoundMaterial, code: str) -> MysteryResults:
    """Compute everything that the report of one municipality says; CompositionError where nothing was counted."""
    municipality = material.municipality(code)
    figures = {measure.id: _figure(draft, material, code, measure) for measure in material.instrument.measures}
    if all(figure.value is None for figure in figures.values()):
        raise CompositionError(
            f"{municipality.formal_name} has no counted calls or letters in {material.round_id}. "
            "Check the file and its rejects, or choose another municipality."
        )
    pending = [each for measure in material.instrument.measures for each in _references(material, code, measure)]
    adjusted = iter(benjamini_hochberg([each.difference.p for each in pending if each.difference is not None]))
    references: dict[str, list[JudgedReference]] = {}
    for each in pending:
        p = next(adjusted) if each.difference is not None else None
        references.setdefault(each.measure.id, []).append(_judged(draft, each, p))
    found = {key: tuple(value) for key, value in references.items()}
    return MysteryResults(material, municipality, figures, found)


def _counts(material: RoundMaterial, code: str, item: str) -> OptionCounts:
    return material.counts.tally.counts(place_of(material, code, item.split(".", maxsplit=1)[0]), item)


def _duration(material: RoundMaterial, code: str, item: str) -> DurationSum | None:
    return material.counts.durations.get((place_of(material, code, item.split(".", maxsplit=1)[0]), item))


def _figure(draft: Draft, material: RoundMaterial, code: str, measure: Measure) -> Figure:
    if measure.kind is MeasureKind.MEAN_HOURS:
        duration = _duration(material, code, measure.item) or DurationSum(0, 0, 0, 0, 0)
        return duration_figure(measure, material.instrument, duration, language=draft.language)
    counts = _counts(material, code, measure.item)
    return measure_figure(measure, material.instrument, counts, language=draft.language)


def _result(material: RoundMaterial, code: str, measure: Measure) -> ParticipantResult | None:
    if measure.kind is MeasureKind.MEAN_HOURS:
        duration = _duration(material, code, measure.item)
        return duration_result(code, duration) if duration is not None else None
    return participant_result(code, measure, material.instrument, _counts(material, code, measure.item))


def _references(material: RoundMaterial, code: str, measure: Measure) -> list[_Pending]:
    own = _result(material, code, measure)
    pending = []
    for figure in material.counts.external:
        if figure.measure != measure.id or figure.municipality not in ("", code):
            continue
        kind = "previous" if figure.municipality == code else "group"
        judgeable = own is not None and measure.smallest_difference is not None
        difference = against_external(own, figure) if own is not None and judgeable else None
        pending.append(_Pending(measure, kind, figure, difference))
    return pending


def _judged(draft: Draft, pending: _Pending, adjusted: float | None) -> JudgedReference:
    smallest = pending.measure.smallest_difference
    if pending.difference is None or smallest is None:
        return JudgedReference(pending.kind, pending.figure, None, "")
    ruling = judge(pending.difference, smallest, adjusted_p=adjusted, higher_is_better=pending.measure.higher_is_better)
    value = measure_text(pending.measure, pending.figure.value, draft.language)
    reference = draft.prose(f"judge.{pending.kind}", group=pending.figure.label, value=value)
    manner = Manner.QUALITY if pending.measure.id in QUALITY else Manner.MYSTERY
    said = sentence(ruling, draft.language, subject=draft.prose("judge.subject"), reference=reference, manner=manner)
    return JudgedReference(pending.kind, pending.figure, ruling, said)


def measure_text(measure: Measure, value: float | None, language: str) -> str:
    """A value of a measure as printed: percent, hours or an index."""
    if measure.kind is MeasureKind.MEAN_HOURS:
        return numbers.hours(value, language, measure.decimals)
    if measure.kind is MeasureKind.SHARE or measure.percent_of_max:
        return numbers.percent(value, measure.decimals, language)
    return numbers.decimal(value, measure.decimals, language)


def shown_value(results: MysteryResults, measure_id: str, language: str) -> str:
    """One's own figure as printed."""
    return measure_text(results.instrument.measure(measure_id), results.figures[measure_id].value, language)


def shown_interval(results: MysteryResults, measure_id: str, language: str) -> str:
    """The interval as printed, with its unit once."""
    figure = results.figures[measure_id]
    text = numbers.interval(figure.low, figure.high, figure.decimals, language)
    percent = figure.unit is Unit.PERCENT or results.instrument.measure(measure_id).percent_of_max
    return text + numbers.unit_suffix("%", language) if percent and figure.low is not None else text
