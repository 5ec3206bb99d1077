"""A round as a whole: every participant's results, the totals, the ranks and the national counts, computed once.

One Standing serves all reports of a round, so that a report's cost does not grow with the number of participants'
answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.composition.national_counts import NationalCounts, national_counts, place_of
from lyhord.instruments.definition import Channel, Instrument, Measure, MeasureKind, Thresholds
from lyhord.method.comparison import ParticipantResult, Total, comparable, participant_result, printed_total
from lyhord.method.figures import Figure
from lyhord.method.measures import measure_figure
from lyhord.method.ranking import RankSet, rank_participants
from lyhord.method.tally import NO_BREAKDOWN, ExternalFigure, Flow, OptionCounts


@dataclass(frozen=True)
class Standing:
    """Where everybody stands in one round."""

    material: RoundMaterial
    headline: tuple[Measure, ...]
    participants: Mapping[str, tuple[str, ...]]  # channel -> codes, sorted
    national: NationalCounts
    results: Mapping[str, tuple[ParticipantResult, ...]]  # measure -> participants with enough answers to be shown
    totals: Mapping[str, Total]  # only those with enough participants besides one's own
    ranks: Mapping[str, Mapping[str, RankSet]]

    @property
    def alone(self) -> bool:
        """Whether too few take part for any total: a municipality's own measurement, shown without comparisons."""
        return not self.totals

    @property
    def instrument(self) -> Instrument:
        """The round's instrument."""
        return self.material.instrument

    def summed(self, channel: str) -> bool:
        """Whether enough take part in the channel for its answers to be shown summed over the participants."""
        return any(measure.id in self.totals for measure in self.headline_in(channel))

    @property
    def summed_channels(self) -> tuple[Channel, ...]:
        """The channels whose answers may be shown summed over the participants."""
        return tuple(channel for channel in self.instrument.channels if self.summed(channel.id))

    def headline_in(self, channel: str) -> tuple[Measure, ...]:
        """The headline measures of one channel."""
        return tuple(measure for measure in self.headline if measure.item.startswith(f"{channel}."))

    def item_name(self, measure: Measure, language: str) -> str:
        """The short name of the measure's item: "Bemötande"."""
        return self.instrument.item(measure.item).name.in_language(language)

    def channel_title(self, channel: str, language: str) -> str:
        """A channel's name as a heading: "Telefoni"."""
        return self.instrument.channel(channel).name.in_language(language)

    def channel_name(self, channel: str, language: str) -> str:
        """A channel's name inside a sentence: "telefoni"."""
        return self.channel_title(channel, language).lower()

    def label(self, measure: Measure, language: str) -> str:
        """Item and channel: "Bemötande, telefoni"."""
        channel = self.instrument.item(measure.item).channel
        return f"{self.item_name(measure, language)}, {self.channel_name(channel, language)}"

    def own_counts(self, item: str, municipality: str, breakdown: str = NO_BREAKDOWN, value: str = "") -> OptionCounts:
        """One municipality's counts of one item in one cell."""
        channel = self.instrument.item(item).channel
        place = place_of(self.material, municipality, channel, breakdown, value)
        return self.material.counts.tally.counts(place, item)

    def own_figure(self, measure: Measure, municipality: str, language: str) -> Figure:
        """One municipality's figure, withheld where it rests on too few answers."""
        counts = self.own_counts(measure.item, municipality)
        return measure_figure(measure, self.instrument, counts, language=language)

    def result_of(self, measure: Measure, municipality: str) -> ParticipantResult | None:
        """One municipality's result as the comparisons take it, None where it is withheld."""
        return next((r for r in self.results[measure.id] if r.municipality == municipality), None)

    def others(self, measure: Measure, municipality: str) -> tuple[ParticipantResult, ...]:
        """All other participants' results."""
        return tuple(r for r in self.results[measure.id] if r.municipality != municipality)

    def answers(self, channel: str, municipality: str = "") -> int:
        """How many answers a channel's results rest on, one municipality's or all participants'.

        By e-mail only those who got a reply grade it, so this is fewer than all who answered the survey.
        """
        quota_item = self.instrument.channel(channel).quota_item
        item = quota_item or next(m.item for m in self.instrument.measures if m.item.startswith(f"{channel}."))
        return self.own_counts(item, municipality).n if municipality else self.national.answered.get(item, 0)

    def taking_part(self, municipality: str) -> tuple[str, ...]:
        """The channels that one municipality measured."""
        return tuple(c.id for c in self.instrument.channels if municipality in self.participants.get(c.id, ()))

    @property
    def everybody(self) -> tuple[str, ...]:
        """All participants, in whichever channel, sorted by code."""
        return tuple(sorted({code for codes in self.participants.values() for code in codes}))

    def own_flow(self, municipality: str, channel: str) -> Flow:
        """The contact flow of one participation; unknown numbers are None."""
        return self._flows.get((municipality, channel)) or Flow(self.material.round_id, municipality, channel)

    @cached_property
    def _flows(self) -> Mapping[tuple[str, str], Flow]:
        """The round's flows by municipality and channel: each report sums them over all participants."""
        flows: dict[tuple[str, str], Flow] = {}
        for flow in self.material.counts.flows:
            if flow.round == self.material.round_id:
                flows.setdefault((flow.municipality, flow.channel), flow)
        return flows

    @cached_property
    def national_figures(self) -> dict[tuple[str, str, str], Mapping[str, Figure]]:
        """Figures of all participants together by (measure, breakdown, language), kept from the first report on."""
        return {}

    def total_flow(self, channel: str) -> Flow:
        """The contact flow of all participants together; None where any participant's number is unknown."""
        flows = [self.own_flow(code, channel) for code in self.participants.get(channel, ())]

        def summed(numbers: list[int | None]) -> int | None:
            known = [number for number in numbers if number is not None]
            return sum(known) if known and len(known) == len(numbers) else None

        return Flow(
            self.material.round_id,
            "",
            channel,
            invited=summed([flow.invited for flow in flows]),
            answered=summed([flow.answered for flow in flows]),
            commented=summed([flow.commented for flow in flows]),
        )

    def comments_total(self, without: frozenset[str] = frozenset()) -> int:
        """All comments in the round, both channels, but for those to the municipalities left out."""
        return sum(
            self.own_flow(code, channel).commented or 0
            for channel, codes in self.participants.items()
            for code in codes
            if code not in without
        )

    def earlier_total(self, measure: Measure) -> tuple[int, float] | None:
        """The latest comparable earlier total as (year, value), where one was published."""
        for instrument in self.material.previous:
            figure = self._external(measure, instrument)
            if figure and comparable(self.instrument, measure.id, instrument.id).ok:
                return instrument.year, figure.value
        return None

    def earlier_participants(self) -> tuple[int, int] | None:
        """The latest earlier round's year and number of participants, where a published total states it."""
        for instrument in self.material.previous:
            for figure in self.material.counts.external:
                if figure.round == instrument.id and not figure.municipality and figure.members:
                    return instrument.year, figure.members
        return None

    def spread(self, measure: Measure) -> tuple[float, float]:
        """The lowest and highest result among those that may be compared, else among all in the total.

        A range set by a participant with thirty answers would say more about chance than about service.
        """
        compared = [r.value for r in self.results[measure.id] if r.n >= self.instrument.thresholds.compare]
        if compared:
            return min(compared), max(compared)
        total = self.totals[measure.id]
        return total.lowest, total.highest

    def years(self) -> tuple[str, ...]:
        """The years of the earlier rounds with any published total, oldest first, and this round's."""
        earlier = [
            str(instrument.year)
            for instrument in reversed(self.material.previous)
            if any(self._external(measure, instrument) for measure in self.headline)
        ]
        return (*earlier, str(self.instrument.year))

    def total_series(self, measure: Measure) -> tuple[float | None, ...]:
        """The printed totals of ``years()``; None where none was published or it is not comparable."""
        values: list[float | None] = []
        for instrument in reversed(self.material.previous):
            if not any(self._external(each, instrument) for each in self.headline):
                continue
            figure = self._external(measure, instrument)
            fits = figure is not None and comparable(self.instrument, measure.id, instrument.id).ok
            values.append(figure.value if figure is not None and fits else None)
        total = self.totals.get(measure.id)
        return (*values, total.mean_of_participants if total else None)

    def _external(self, measure: Measure, instrument: Instrument) -> ExternalFigure | None:
        return next(
            (
                figure
                for figure in self.material.counts.external
                if figure.measure == measure.id and figure.round == instrument.id and not figure.municipality
            ),
            None,
        )


def standing_of(material: RoundMaterial, *, ranked: bool = True) -> Standing:
    """Compute a survey round's standing; CompositionError where nothing was counted at all.

    ``ranked=False`` leaves the ranks empty: they take seconds for a whole country, too long for a page of live figures.
    """
    instrument = material.instrument
    tally = material.counts.tally
    participants = {c.id: tally.municipalities(material.round_id, c.id) for c in instrument.channels}
    if not any(participants.values()):
        raise CompositionError(
            f"Round {material.round_id} has no counted answers for {instrument.id}. "
            "Check the answers file and its rejects, or the instrument given."
        )
    measures = tuple(m for m in instrument.measures if m.headline and m.kind is MeasureKind.INDEX)
    results = {measure.id: _results(material, measure, participants) for measure in measures}
    limits = instrument.thresholds
    totals = {
        measure_id: total
        for measure_id, each in results.items()
        if (total := printed_total(each, limits.external, smallest_shown=limits.publish)) is not None
        and total.members > limits.group_members
    }
    headline = tuple(m for m in measures if participants[instrument.item(m.item).channel])
    ranks = {measure.id: _ranks(results[measure.id], limits) if ranked else {} for measure in headline}
    return Standing(material, headline, participants, national_counts(material), results, totals, ranks)


def _results(
    material: RoundMaterial, measure: Measure, participants: Mapping[str, tuple[str, ...]]
) -> tuple[ParticipantResult, ...]:
    channel = material.instrument.item(measure.item).channel
    results = []
    for code in participants[channel]:
        counts = material.counts.tally.counts(place_of(material, code, channel), measure.item)
        result = participant_result(code, measure, material.instrument, counts)
        if result is not None and result.n >= material.instrument.thresholds.publish:
            results.append(result)
    return tuple(results)


def _ranks(results: tuple[ParticipantResult, ...], limits: Thresholds) -> Mapping[str, RankSet]:
    """Confidence sets for the places, where enough participants besides one's own may be compared."""
    ranked = rank_participants(results, limits.compare)
    return {each.municipality: each for each in ranked} if len(ranked) > limits.group_members else {}
