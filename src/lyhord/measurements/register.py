"""The register of municipalities as records: loading it, correcting it, and reading it as the method does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import transaction

from lyhord.files.register import swedish_municipalities
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Municipality
from lyhord.method import groups

SHIPPED: Final = "SCB:s kommunkoder; SKR:s kommungruppsindelning 2023; RKA:s liknande kommuner 2025"
FROM_REGISTER: Final = (
    "name", "formal_name", "county", "kommungrupp", "kommungrupp_name", "size_class", "similar", "register_source",
)  # fmt: skip


@transaction.atomic
def load_register(places: Iterable[groups.Municipality] | None = None, source: str = SHIPPED) -> int:
    """Add or renew municipalities, by default the 290 that come with Lyhörd; how many there were.

    A formal name that a person has edited stays, as does everything about municipalities that are not among them.
    """
    edited = dict(Municipality.objects.filter(formal_name_edited=True).values_list("code", "formal_name"))
    rows = [
        Municipality(
            code=place.code,
            name=place.name,
            formal_name=edited.get(place.code, place.formal_name),
            county=place.county,
            kommungrupp=place.kommungrupp,
            kommungrupp_name=place.kommungrupp_name,
            size_class=place.size_class,
            similar=list(place.similar),
            register_source=source,
        )
        for place in (swedish_municipalities() if places is None else places)
    ]
    Municipality.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=list(FROM_REGISTER)
    )
    return len(rows)


def set_formal_name(municipality: Municipality, formal_name: str) -> None:
    """Call a municipality what it calls itself, in reports and messages. MeasurementError for an empty name."""
    if not formal_name.strip():
        raise MeasurementError(f"{municipality.name} needs a formal name, such as “{municipality.name}s kommun”.")
    municipality.formal_name = formal_name.strip()
    municipality.formal_name_edited = True
    municipality.save(update_fields=["formal_name", "formal_name_edited"])


@transaction.atomic
def set_populations(inhabitants: Mapping[str, int], source: str) -> None:
    """Note how many live in each municipality, by code, and who says so.

    MeasurementError, before anything changes, names codes that no municipality has or a missing source.
    """
    if not source.strip():
        raise MeasurementError("The numbers of inhabitants need a source, such as “SCB, folkmängd 31 december 2025”.")
    known = Municipality.objects.in_bulk(list(inhabitants))
    if unknown := sorted(inhabitants.keys() - known.keys()):
        raise MeasurementError(
            f"No municipality has the code {', '.join(unknown)}. Correct the code, or load it first."
        )
    for code, number in inhabitants.items():
        known[code].population = number
        known[code].population_source = source
    Municipality.objects.bulk_update(known.values(), ["population", "population_source"], batch_size=100)


def as_value(record: Municipality) -> groups.Municipality:
    """The municipality as comparison groups and reports see it."""
    return groups.Municipality(
        code=record.code,
        name=record.name,
        formal_name=record.formal_name,
        county=record.county,
        kommungrupp=record.kommungrupp,
        size_class=record.size_class,
        similar=tuple(record.similar),
        population=record.population,
        kommungrupp_name=record.kommungrupp_name,
    )


def all_values() -> tuple[groups.Municipality, ...]:
    """Every municipality of the register, by code."""
    return tuple(as_value(record) for record in Municipality.objects.order_by("code"))
