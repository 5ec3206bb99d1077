"""Figures over a breakdown, of one municipality or of all together: only those that the lattice lets through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Instrument, Measure
from lyhord.method.figures import Figure, Withheld
from lyhord.method.lattice import TOTAL, LatticeCell
from lyhord.method.measures import base_n, measure_figure
from lyhord.method.suppression import publishable
from lyhord.method.tally import NO_BREAKDOWN, OptionCounts


def own_cells(
    standing: Standing, measure: Measure, municipality: str, breakdown_id: str, language: str
) -> Mapping[str, Figure]:
    """The measure per value of a breakdown; withheld ones carry the reason and no value."""

    def counts_of(breakdown: str, value: str) -> OptionCounts:
        return standing.own_counts(measure.item, municipality, breakdown, value)

    return _cells(standing.instrument, measure, counts_of, breakdown_id, language)


def national_cells(standing: Standing, measure: Measure, breakdown_id: str, language: str) -> Mapping[str, Figure]:
    """The measure per value of a breakdown over all participants, by the same rule."""

    def counts_of(breakdown: str, value: str) -> OptionCounts:
        return standing.national.of(measure.item, breakdown, value)

    key = (measure.id, breakdown_id, language)
    if key not in standing.national_figures:
        standing.national_figures[key] = _cells(standing.instrument, measure, counts_of, breakdown_id, language)
    return standing.national_figures[key]


def reasons_by_value(
    instrument: Instrument, breakdown_id: str, bases: Mapping[str, int], total: int
) -> Mapping[str, Withheld | None]:
    """Why each value of a breakdown is withheld, None where it may be shown; ``total`` is the undivided base n."""
    cells = {LatticeCell(breakdown_id, code): n for code, n in bases.items()}
    reasons = publishable(instrument, {TOTAL: total, **cells})
    return {code: reasons[LatticeCell(breakdown_id, code)] for code in bases}


def _cells(
    instrument: Instrument,
    measure: Measure,
    counts_of: Callable[[str, str], OptionCounts],
    breakdown_id: str,
    language: str,
) -> Mapping[str, Figure]:
    breakdown = instrument.breakdown(breakdown_id)
    if breakdown is None:
        return {}
    counts = {value.code: counts_of(breakdown_id, value.code) for value in breakdown.values}
    bases = {code: base_n(measure, instrument, each) for code, each in counts.items()}
    total = base_n(measure, instrument, counts_of(NO_BREAKDOWN, ""))
    reasons = reasons_by_value(instrument, breakdown_id, bases, total)
    figures = {}
    for code, each in counts.items():
        figure = measure_figure(measure, instrument, each, language=language)
        if reasons[code] is not None and figure.value is not None:
            figure = replace(figure, value=None, low=None, high=None, counted=None, withheld=reasons[code])
        figures[code] = figure
    return figures
