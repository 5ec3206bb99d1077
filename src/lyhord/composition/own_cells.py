"""One municipality's figures over a breakdown, only those that the lattice lets through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Measure
from lyhord.method.figures import Figure
from lyhord.method.lattice import TOTAL, LatticeCell
from lyhord.method.measures import base_n, measure_figure
from lyhord.method.suppression import publishable


def own_cells(
    standing: Standing, measure: Measure, municipality: str, breakdown_id: str, language: str
) -> Mapping[str, Figure]:
    """The measure per value of a breakdown; withheld ones carry the reason and no value."""
    breakdown = standing.instrument.breakdown(breakdown_id)
    if breakdown is None:
        return {}
    counts = {
        value.code: standing.own_counts(measure.item, municipality, breakdown_id, value.code)
        for value in breakdown.values
    }
    bases = {
        LatticeCell(breakdown_id, code): base_n(measure, standing.instrument, each) for code, each in counts.items()
    }
    bases[TOTAL] = base_n(measure, standing.instrument, standing.own_counts(measure.item, municipality))
    shown = publishable(standing.instrument, bases)
    figures = {}
    for code, each in counts.items():
        figure = measure_figure(measure, standing.instrument, each, language=language)
        reason = shown[LatticeCell(breakdown_id, code)]
        if reason is not None and figure.value is not None:
            figure = replace(figure, value=None, low=None, high=None, counted=None, withheld=reason)
        figures[code] = figure
    return figures
