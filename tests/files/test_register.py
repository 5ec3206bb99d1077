"""The register of municipalities."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.files.answer_files import PLACES, written

from lyhord.files.errors import FileError
from lyhord.files.register import municipalities_from, register, swedish_municipalities


def test_sweden_has_290_municipalities_with_seven_similar_each() -> None:
    places = swedish_municipalities()
    assert len(places) == len({place.code for place in places}) == 290
    assert {len(place.similar) for place in places} == {7}
    assert {code for place in places for code in place.similar} <= {place.code for place in places}


def test_a_municipality_has_its_group_and_size() -> None:
    vetlanda = next(place for place in swedish_municipalities() if place.code == "0685")
    assert (vetlanda.name, vetlanda.formal_name) == ("Vetlanda", "Vetlanda kommun")
    assert vetlanda.kommungrupp
    assert vetlanda.size_class == "20000-29999"


def test_invented_municipalities_join_the_register() -> None:
    assert len(register(PLACES)) == 292


def test_invented_municipalities_come_from_a_file(tmp_path: Path) -> None:
    text = (
        "code,name,formal_name,county,kommungrupp,size_class,similar_codes\n901,Provby,Provby kommun,,B3,,9902 9903\n"
    )
    (place,) = municipalities_from(written(tmp_path, text, "kommuner.csv"))
    assert (place.code, place.name, place.similar) == ("0901", "Provby", ("9902", "9903"))


def test_a_register_without_its_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="similar_codes"):
        municipalities_from(written(tmp_path, "code,name\n1,A\n", "kommuner.csv"))
