"""``lyhord recount`` and ``lyhord gallra`` tell what they find, and recount's exit code says whether all is well."""

from __future__ import annotations

from datetime import date

import pytest

from lyhord.accounts.scope import scope
from lyhord.measurements.counts.models import TallyCell
from lyhord.project import cli
from lyhord.project.recount_command import DIFFERENT
from lyhord.survey.answers.mixing import mix
from lyhord.survey.answers.models import Intake, Response
from survey.answers.asked import taking_part

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def five_answers_of_old() -> None:
    participation = taking_part()
    participation.round.starts, participation.round.ends = date(2015, 3, 1), date(2015, 5, 1)
    participation.round.save()
    with scope(participation.organisation_id):
        for _ in range(5):
            Intake.objects.create(participation=participation, date=date(2015, 3, 2), answers={"tel.enkelhet": "4"})
        mix(participation)


def responses() -> int:
    with scope(taking_part().organisation_id):
        return Response.objects.count()


def test_a_recount_that_agrees_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["recount", "--check"]) == 0
    assert "Inga skillnader" in capsys.readouterr().out


def test_a_recount_that_differs_fails_and_names_the_count(capsys: pytest.CaptureFixture[str]) -> None:
    with scope(taking_part().organisation_id):
        TallyCell.objects.filter(breakdown="week").update(count=7)
    assert cli.main(["recount", "--check"]) == DIFFERENT
    assert "cell · week · 2015-W10 · tel.enkelhet · 4: 7 lagrade, 5 omräknade" in capsys.readouterr().out


def test_gallra_shows_before_it_removes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gallra", "--visa"]) == 0
    assert "5 enskilda svar (1825 dagar efter mätningens slut)" in capsys.readouterr().out
    assert responses() == 5
    assert cli.main(["gallra"]) == 0
    assert responses() == 0
    cli.main(["gallra"])
    assert "Inget att gallra." in capsys.readouterr().out
