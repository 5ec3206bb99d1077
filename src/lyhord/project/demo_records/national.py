"""The finished national round as records, so that the pages of results show what the reports were made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction

from lyhord.accounts.models import Organisation
from lyhord.accounts.people import add_organisation
from lyhord.accounts.scope import scope_of_everything
from lyhord.composition.material import RoundMaterial
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.counts.adding import add_cells, add_flow, add_pairs
from lyhord.measurements.counts.models import ExternalValue
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import Terms, take_part
from lyhord.measurements.register import load_register
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.method.groups import Municipality
from lyhord.method.tally import Cell, Counts, Pair

COORDINATOR: Final = "Servicemätningens samordnare (påhittad)"
WHY: Final = "the demonstration writes every participant's counts"
INVENTED: Final = "Påhittade kommuner för demonstrationen"
Part = tuple[str, str]  # a municipality's code, and a channel


@transaction.atomic
def store_national(material: RoundMaterial, places: Sequence[Municipality], quota: int) -> Round:
    """Store the round with everything that was counted in it, closed; the municipalities and organisations with it."""
    load_register()
    load_register(places, INVENTED)
    coordinator = add_organisation(Organisation.Kind.NATIONAL, COORDINATOR)
    plan = RoundPlan(
        key=material.round_id,
        name=material.instrument.name.in_language("sv"),
        starts=material.started,
        ends=material.ended,
        fictitious=True,
    )
    round_ = plan_round(coordinator, definition_text(material.instrument.id), plan)
    with scope_of_everything(WHY):
        move(round_, Round.State.OPEN)
        parts = _participations(round_, places, material.counts, quota)
        _count(parts, material.counts)
        move(round_, Round.State.CLOSED)
    _printed(round_, material.counts)
    return round_


def _participations(
    round_: Round, places: Sequence[Municipality], counts: Counts, quota: int
) -> Mapping[Part, Participation]:
    organisations = {
        place.code: add_organisation(Organisation.Kind.MUNICIPALITY, place.formal_name, place.code) for place in places
    }
    found = sorted({(flow.municipality, flow.channel) for flow in counts.flows})
    return {
        (code, channel): take_part(round_, organisations[code], channel, Terms(quota=quota)) for code, channel in found
    }


def _count(parts: Mapping[Part, Participation], counts: Counts) -> None:
    cells: defaultdict[Part, list[tuple[Cell, int]]] = defaultdict(list)
    for cell, count in counts.tally.cells():
        cells[cell.place.municipality, cell.place.channel].append((cell, count))
    pairs: defaultdict[Part, dict[Pair, Mapping[tuple[str, str], int]]] = defaultdict(dict)
    for pair, joint in counts.pairs.counts.items():
        pairs[pair.municipality, pair.first.partition(".")[0]][pair] = joint
    for part, participation in parts.items():
        add_cells(participation, cells[part])
        add_pairs(participation, pairs[part])
    for flow in counts.flows:
        add_flow(parts[flow.municipality, flow.channel], flow)


def _printed(round_: Round, counts: Counts) -> None:
    ExternalValue.objects.bulk_create(
        ExternalValue(
            round=round_,
            municipality_code=figure.municipality,
            measure=figure.measure,
            label=figure.label,
            value=figure.value,
            source=figure.source,
            of_round=figure.round,
            group=figure.group,
            low=figure.low,
            high=figure.high,
            members=figure.members,
        )
        for figure in counts.external
    )
