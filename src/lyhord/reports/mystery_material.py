"""What a mystery round's reports are composed from: the approved observations, counted as a file of them would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lyhord.accounts.scope import scope_of_everything
from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.instruments.definition import Instrument
from lyhord.measurements.counts.reading import printed_of
from lyhord.measurements.models import Round
from lyhord.measurements.register import all_values
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.quality.approving import approved_rows
from lyhord.mystery.quality.counting import counted
from lyhord.mystery.quality.disagreeing import agreement_of


def mystery_material_of(
    round_: Round, previous: Sequence[Instrument] = (), issued: date | None = None
) -> RoundMaterial:
    """The newest edition of every municipality that is approved; CompositionError where none is.

    Printed figures of others stand before the municipality's own earlier ones, as reports show them.
    """
    with scope_of_everything("reports are made of every municipality that is approved"):
        rows = approved_rows(round_)
        if not rows:
            raise CompositionError(
                f"Ingen kommuns provkontakter i omgången {round_.key} är godkända. Godkänn dem innan rapporterna görs."
            )
        try:
            counts, quotations = counted(round_, rows)
        except MysteryError as error:
            raise CompositionError(str(error)) from error
        agreement = {item.id: found for item, found in agreement_of(round_)}
    printed = sorted(printed_of(round_), key=lambda figure: bool(figure.municipality))
    return RoundMaterial(
        instrument=instrument_of(round_),
        round_id=round_.key,
        counts=replace(counts, external=tuple(printed)),
        municipalities={place.code: place for place in all_values()},
        started=round_.starts,
        ended=round_.ends,
        issued=issued or round_.ends,
        fictitious=round_.fictitious,
        quotations=quotations,
        previous=tuple(previous),
        agreement=agreement,
    )
