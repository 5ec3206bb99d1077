"""The register holds the 290 municipalities, and what people corrected stays."""

from __future__ import annotations

import pytest

from builders import EXEMPELKOPING
from builders_records import municipality_of
from lyhord.files.register import swedish_municipalities
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Municipality
from lyhord.measurements.register import all_values, as_value, load_register, set_formal_name, set_populations

pytestmark = pytest.mark.django_db


def test_loading_twice_gives_the_290_once() -> None:
    assert (load_register(), load_register()) == (290, 290)
    assert all_values() == swedish_municipalities()
    assert Municipality.objects.exclude(register_source="").count() == 290


def test_an_edited_formal_name_and_the_population_survive_a_new_register() -> None:
    load_register()
    gotland = Municipality.objects.get(code="0980")
    set_formal_name(gotland, " Region Gotland (kommunen) ")
    set_populations({"0980": 61_000}, "SCB")
    load_register()
    gotland.refresh_from_db()
    assert (gotland.formal_name, gotland.population, gotland.population_source) == (
        "Region Gotland (kommunen)", 61_000, "SCB",
    )  # fmt: skip
    assert as_value(gotland).population == 61_000


def test_a_municipality_of_a_demonstration_stays() -> None:
    municipality_of(EXEMPELKOPING)
    load_register()
    assert Municipality.objects.filter(code=EXEMPELKOPING).exists()


def test_an_empty_formal_name_is_refused() -> None:
    with pytest.raises(MeasurementError, match="needs a formal name"):
        set_formal_name(municipality_of(), "  ")


@pytest.mark.parametrize(
    ("inhabitants", "source", "message"),
    [({EXEMPELKOPING: 1, "9999": 2}, "SCB", "the code 9999"), ({EXEMPELKOPING: 1}, " ", "need a source")],
)
def test_wrong_populations_change_nothing(inhabitants: dict[str, int], source: str, message: str) -> None:
    place = municipality_of()
    with pytest.raises(MeasurementError, match=message):
        set_populations(inhabitants, source)
    place.refresh_from_db()
    assert place.population == 12_000
