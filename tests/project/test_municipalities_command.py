"""``lyhord municipalities`` loads the register and numbers of inhabitants, and tells what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from lyhord.measurements.models import Municipality
from lyhord.project import cli

pytestmark = pytest.mark.django_db
HEADING = "code,name,formal_name,county,kommungrupp,kommungrupp_name,size_class,similar_codes\n"


@pytest.fixture(autouse=True)
def data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path / "var"


def written(folder: Path, text: str) -> str:
    file = folder / "fil.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_the_register_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["municipalities"]) == 0
    assert "290 kommuner" in capsys.readouterr().out
    assert Municipality.objects.count() == 290


def test_another_register_is_added_with_its_source(tmp_path: Path) -> None:
    file = written(tmp_path, f"{HEADING}9901,Exempelköping,Exempelköpings kommun,Exempel,B3,Pendling,10000-14999,\n")
    assert cli.main(["municipalities", "--register", file]) == 0
    assert Municipality.objects.get().register_source == "fil.csv"


@pytest.mark.parametrize("text", ["code,population\n980,61 000\n", "\ufeffcode;population\n0980;61000\n"])
def test_inhabitants_are_loaded(tmp_path: Path, text: str) -> None:
    assert cli.main(["municipalities", "--population", written(tmp_path, text), "--source", "SCB"]) == 0
    assert Municipality.objects.get(code="0980").population == 61_000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,population\n0980,många\n", "rad 2: 'många'"),
        ("kod,antal\n0980,1\n", "saknar kolumnen code, population"),
        ("code,population\n9999,1\n", "9999"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    assert cli.main(["municipalities", "--population", written(tmp_path, text), "--source", "SCB"]) == cli.FAILED
    assert message in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["municipalities", "--population", "saknas.csv"]) == cli.FAILED
    assert "saknas.csv" in capsys.readouterr().err
