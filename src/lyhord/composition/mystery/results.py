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
    comparable,
    participant_result,
)
from lyhord.method.figures import Figure, Unit
from lyhord.method.groups import Municipality
from lyhord.method.measures import duration_figure, measure_figure
from lyhord.method.tally import NO_BREAKDOWN, DurationSum, ExternalFigure, OptionCounts
from lyhord.method.wording import Manner, Ruling, judge, sentence
from lyhord.rendering import numbers

QUALITY = frozenset({"epost.avsandare.fullstandig"})
EVERY_CASE = {"tel": "tel.kontakt", "epost": "epost.svarstid"}  # the items that count each call and each letter


@dataclass(frozen=True, slots=True)
class JudgedReference:
    """A printed figure beside one's own, and the sentence the difference deserves ("" where none may be said).

    ``sentence`` stands after the result ("Det är …"), ``summary`` alone ("Kontakten med handläggare (61 %) är …").
    """

    kind: str  # "group" or "previous"
    figure: ExternalFigure
    ruling: Ruling | None = None
    sentence: str = ""
    summary: str = ""


@dataclass(frozen=True)
class MysteryResults:
    """One municipality's mystery measurement in one round."""

    material: RoundMaterial
    municipality: Municipality
    figures: Mapping[str, Figure]
    references: Mapping[str, tuple[JudgedReference, ...]]
    breaks: tuple[str, ...] = ()  # why earlier figures are left out

    @property
    def instrument(self) -> Instrument:
        """The round's instrument."""
        return self.material.instrument

    @property
    def code(self) -> str:
        """The municipality's code."""
        return self.municipality.code

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels with any call or letter in the total."""
        return tuple(c.id for c in self.instrument.channels if self.counts(EVERY_CASE[c.id]).n)

    def cases(self, channel: str, area: str = "") -> int:
        """How many calls or letters were counted, in total or in one area."""
        return self.counts(EVERY_CASE[channel], area).n

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
    pending: list[_Pending] = []
    breaks: dict[str, None] = {}
    for measure in material.instrument.measures:
        for figure in _printed(material, code, measure):
            reason = _break(draft, material, measure, figure)
            if reason:
                breaks[reason] = None
            else:
                difference = _difference(material, code, measure, figures[measure.id], figure)
                pending.append(_Pending(measure, figure, difference))
    found = _references(draft, pending, figures)
    return MysteryResults(material, municipality, figures, found, tuple(breaks))


def _references(
    draft: Draft, pending: list[_Pending], figures: Mapping[str, Figure]
) -> Mapping[str, tuple[JudgedReference, ...]]:
    """Every printed figure judged, with p adjusted over all the report's comparisons."""
    adjusted = iter(benjamini_hochberg([each.difference.p for each in pending if each.difference is not None]))
    references: dict[str, list[JudgedReference]] = {}
    for each in pending:
        p = next(adjusted) if each.difference is not None else None
        references.setdefault(each.measure.id, []).append(_judged(draft, each, figures[each.measure.id], p))
    return {key: tuple(value) for key, value in references.items()}


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


def _printed(material: RoundMaterial, code: str, measure: Measure) -> list[ExternalFigure]:
    """The printed figures of one measure: this round's group, and the municipality's own earlier ones."""
    return [
        figure
        for figure in material.counts.external
        if figure.measure == measure.id
        and (figure.municipality == code or (not figure.municipality and figure.round in ("", material.round_id)))
    ]


def _break(draft: Draft, material: RoundMaterial, measure: Measure, figure: ExternalFigure) -> str:
    """Why an earlier figure may not stand beside this one; empty where it may."""
    if not figure.municipality:
        return ""
    verdict = comparable(material.instrument, measure.id, figure.round, language=draft.language)
    return "" if verdict.ok else verdict.reason


def _difference(
    material: RoundMaterial, code: str, measure: Measure, own: Figure, printed: ExternalFigure
) -> Difference | None:
    """One's own figure minus the printed one; None where a figure is withheld or nobody said what matters."""
    if own.value is None or measure.smallest_difference is None or measure.kind is MeasureKind.MEAN_HOURS:
        return None
    counts = _counts(material, code, measure.item)
    result: ParticipantResult | None = participant_result(code, measure, material.instrument, counts)
    return against_external(result, printed) if result is not None else None


def _judged(draft: Draft, pending: _Pending, own: Figure, adjusted: float | None) -> JudgedReference:
    measure, printed = pending.measure, pending.figure
    kind = "previous" if printed.municipality else "group"
    smallest = measure.smallest_difference
    if pending.difference is None or smallest is None:
        return JudgedReference(kind, printed)
    ruling = judge(pending.difference, smallest, adjusted_p=adjusted, higher_is_better=measure.higher_is_better)
    value = measure_text(measure, printed.value, draft.language)
    reference = draft.prose(f"judge.{kind}", group=printed.label, value=value)
    manner = Manner.QUALITY if measure.id in QUALITY else Manner.MYSTERY

    def said(subject: str) -> str:
        return sentence(ruling, draft.language, subject=subject, reference=reference, manner=manner)

    shown = measure_text(measure, own.value, draft.language)
    return JudgedReference(
        kind, printed, ruling, said(draft.prose("judge.subject")), said(f"{_subject(draft, measure)} ({shown})")
    )


def _subject(draft: Draft, measure: Measure) -> str:
    """The measure as the subject of a sentence; its name where the texts have no better words."""
    key = f"subject.{measure.id}"
    return draft.prose(key) if draft.prose.has(key) else measure.name.in_language(draft.language)


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
