"""A report of the records says what a report of a file with the same answers says, figure by figure."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import EXEMPELKOPING
from builders_records import national_organisation
from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.composition.composing import composer_for
from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.composition.survey.national import NATIONAL
from lyhord.files.register import municipalities_from
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.counts.models import ExternalValue
from lyhord.measurements.models import Round
from lyhord.measurements.participations import raise_thresholds, take_part
from lyhord.measurements.register import load_register
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.project.cli import main
from lyhord.project.report_command import read_round
from lyhord.project.round_files import RoundFiles
from lyhord.reports.round_material import material_of, raised_limits
from lyhord.survey.answers.mixing import mix
from lyhord.survey.answers.models import Intake
from lyhord.survey.answers.retention import dispose

pytestmark = pytest.mark.django_db(transaction=True)
INSTRUMENT = "skr-servicematning-2024"
STARTS, ENDS = date(2024, 3, 11), date(2024, 5, 10)
CODES = tuple(f"99{number:02}" for number in range(1, 9))
CATEGORIES = ("bygglov", "vatten_avfall", "ovrigt", "")
PLACES = "code;name;formal_name;county;kommungrupp;size_class;similar_codes"
HEADING = ("svar_id", "kommun", "kanal", "datum", "bemotande", "enkelhet", "arendekategori", "kommentar")
Row = Mapping[str, str]


def answers() -> list[Row]:
    """What people in eight invented municipalities answered about their calls, the same every time."""
    chance = random.Random(3)  # noqa: S311 - invents answers, guards nothing
    return [
        {
            "svar_id": f"{code}-{number}",
            "kommun": code,
            "kanal": "tel",
            "datum": (STARTS + timedelta(days=chance.randrange(60))).isoformat(),
            "bemotande": chance.choices("12345", (1, 1, 2, 5, 9))[0],
            "enkelhet": chance.choices(("1", "2", "3", "4", "5", ""), (1, 1, 2, 5, 9, 1))[0],
            "arendekategori": chance.choice(CATEGORIES),
            "kommentar": "Bra" if chance.random() < 0.3 else "",
        }
        for code in CODES
        for number in range(110 + chance.randrange(40))
    ]


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """The eight municipalities, in the register and as a file of it."""
    file = tmp_path / "kommuner.csv"
    rows = [f"{code};Provort {code};Provorts kommun {code};Län;B3;20000-29999;{CODES[-1]}" for code in CODES]
    file.write_text("\n".join((PLACES, *rows)) + "\n", encoding="utf-8")
    load_register()
    load_register(municipalities_from(file), "påhittat")
    return file


@pytest.fixture
def answered(places: Path) -> Round:
    """A closed round in which everybody's answers are counted."""
    return closed_round(CODES)


@pytest.fixture
def own(places: Path) -> Round:
    """The same round with one's own municipality and another alone."""
    return closed_round((EXEMPELKOPING, CODES[-1]))


def closed_round(codes: Sequence[str]) -> Round:
    plan = RoundPlan("var", "Servicemätning våren", STARTS, ENDS)
    round_ = plan_round(national_organisation(), definition_text(INSTRUMENT), plan)
    move(round_, Round.State.OPEN)
    for code in codes:
        organisation = Organisation.objects.create(
            kind=Organisation.Kind.MUNICIPALITY, name=f"Provort {code}", municipality_code=code
        )
        with scope(organisation):
            participation = take_part(round_, organisation, "tel")
            Intake.objects.bulk_create(
                Intake(participation=participation, date=row["datum"], answers=options(row), comment=row["kommentar"])
                for row in answers()
                if row["kommun"] == code
            )
            mix(participation, closing=True)
    move(round_, Round.State.CLOSED)
    return round_


def options(row: Row) -> dict[str, str]:
    keys = ("bemotande", "enkelhet", "arendekategori")
    return {f"tel.{key}": row[key] for key in keys if row[key]}


def file_of_answers(folder: Path) -> Path:
    file = folder / "svar.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.DictWriter(opened, HEADING, delimiter=";")
        rows.writeheader()
        rows.writerows(answers())
    return file


def of_the_file(folder: Path, places: Path) -> RoundMaterial:
    files = RoundFiles((file_of_answers(folder),), INSTRUMENT, "var", municipalities=places, period=(STARTS, ENDS))
    return read_round(files)[0]


def earlier_round() -> Round:
    """The year before, with other questions and an answer to one of them."""
    definition = definition_text("skr-servicematning-2023")
    plan = RoundPlan("fjol", "Servicemätning i fjol", date(2023, 3, 13), date(2023, 5, 12))
    round_ = plan_round(national_organisation(), definition, plan)
    organisation = Organisation.objects.get(municipality_code=EXEMPELKOPING)
    move(round_, Round.State.OPEN)
    with scope(organisation):
        participation = take_part(round_, organisation, "tel")
        Intake.objects.bulk_create(
            Intake(participation=participation, date=plan.starts, answers={"tel.bemotande": grade})
            for grade in "1" * 60 + "5" * 60
        )
        mix(participation, closing=True)
    move(round_, Round.State.CLOSED)
    return round_


@pytest.mark.parametrize("subject", [EXEMPELKOPING, CODES[-1], NATIONAL])
def test_a_report_of_the_records_equals_one_of_a_file(
    answered: Round, places: Path, tmp_path: Path, subject: str
) -> None:
    records = composer_for(material_of(answered)).compose(subject, "sv")
    assert records == composer_for(of_the_file(tmp_path, places)).compose(subject, "sv")


def test_the_command_makes_the_same_files_of_both(answered: Round, places: Path, tmp_path: Path) -> None:
    common = ["--all", "--format", "csv,html", "--workers", "1", "--round", "var"]
    assert main(["report", *common, "-o", str(tmp_path / "records")]) == 0
    given = [str(file_of_answers(tmp_path)), "--instrument", INSTRUMENT, "--municipalities", str(places)]
    assert main(["report", *given, *common, "--period", f"{STARTS}..{ENDS}", "-o", str(tmp_path / "file")]) == 0
    made = sorted(path.relative_to(tmp_path / "file") for path in (tmp_path / "file" / "var").rglob("*.*"))
    assert len(made) == 2 * (len(CODES) + 1)
    for name in made:
        assert (tmp_path / "records" / name).read_bytes() == (tmp_path / "file" / name).read_bytes()


def test_an_earlier_round_of_the_records_is_compared_with(own: Round) -> None:
    material = material_of(own, previous=[earlier_round()])
    report = repr(composer_for(material).compose(EXEMPELKOPING, "sv"))
    assert "2023" in report
    assert [each.id for each in material.previous] == ["skr-servicematning-2023"]
    assert report != repr(composer_for(material_of(own)).compose(EXEMPELKOPING, "sv"))


def test_printed_figures_of_the_round_come_along(own: Round) -> None:
    ExternalValue.objects.create(
        round=own, measure="tel.bemotande.index", label="Riket", value=81.5, source="Rapport", of_round="x"
    )
    assert [figure.value for figure in material_of(own).counts.external] == [81.5]


def test_an_open_round_has_no_reports(own: Round) -> None:
    move(own, Round.State.OPEN)
    with pytest.raises(CompositionError, match="Stäng den"):
        material_of(own)


def test_answers_that_wait_to_be_counted_are_waited_for(own: Round, capsys: pytest.CaptureFixture[str]) -> None:
    organisation = Organisation.objects.get(municipality_code=EXEMPELKOPING)
    with scope(organisation):
        participation = own.participations.get(organisation=organisation)
        Intake.objects.create(participation=participation, date=ENDS, answers={"tel.bemotande": "5"})
    assert main(["report", "--round", "var", "--all"]) == 2
    assert "1 svar i omgången var är inte räknade än" in capsys.readouterr().err


def test_a_municipality_that_raised_its_thresholds_is_held_to_them(
    own: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    organisation = Organisation.objects.get(municipality_code=EXEMPELKOPING)
    with scope(organisation):
        raise_thresholds(own.participations.get(organisation=organisation), publish=5_000)
    assert {code: limits.publish for code, limits in raised_limits(own).items()} == {EXEMPELKOPING: 5_000}
    command = ["report", "--round", "var", "--all", "--format", "csv", "--workers", "1", "-o", str(tmp_path)]
    assert main(command) in {0, 1}
    printed = " ".join(capsys.readouterr().out.split())
    assert f"Provorts kommun {EXEMPELKOPING}" in printed or f"Rapporten för {EXEMPELKOPING}" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--round", "annan"), "Det finns ingen omgång annan. I databasen finns: var."),
        ((), "Ange en svarsfil, eller --round"),
        (("--round", "var", "--period", "2024-03-11..2024-05-10"), "--period hör till en svarsfil"),
        (("svar.csv",), "Ange --instrument"),
        (("--round", "var"), "Det finns svar från flera kommuner"),
    ],
)
def test_what_cannot_be_reported_is_told(
    own: Round, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main(["report", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_round_whose_answers_have_been_disposed_of_keeps_its_report(own: Round) -> None:
    before = composer_for(material_of(own)).compose(EXEMPELKOPING, "sv")
    assert dispose(date(2040, 1, 1))
    assert composer_for(material_of(own)).compose(EXEMPELKOPING, "sv") == before
