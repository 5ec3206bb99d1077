"""The letter to a municipality's staff tells that they are measured, and how, but never when."""

from __future__ import annotations

import re

import pytest

from builders_records import national_organisation
from lyhord.accounts.scope import scope
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import FieldPlan
from lyhord.mystery.planning.plans import bank_of
from lyhord.mystery.planning.staff_letter import facts_of, letter_text, set_facts
from mystery.planning.planned import begun_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> object:
    with scope(national_organisation()):
        yield begun_plan()


def test_it_tells_how_much_there_will_be_and_of_what(plan: FieldPlan) -> None:
    text = letter_text(plan)
    assert "Under hösten 2026 mäts er kommuns service. Samordnaren ringer kommunens växel" in text
    assert "60 samtal och 60 brev" in text
    assert "kultur och fritid och kommunledningskontoret. Ett samtal" in text
    assert text.rstrip().endswith("Samordnaren svarar på frågor om mätningen.")


def test_it_tells_neither_days_nor_questions_nor_names(plan: FieldPlan) -> None:
    text = letter_text(plan)
    assert not re.search(r"vecka \d|oktober|november|\d{4}-\d\d", text)
    assert not any(question.text in text for question in bank_of(plan).questions)
    assert not any(persona.local_part in text for persona in plan.personas.all())


def test_facts_are_changed_and_fall_back_to_the_usual(plan: FieldPlan) -> None:
    set_facts(plan, {"contact": "Åsa  Ek", "contact_email": "asa@exempel.se", "period": "vintern & våren 2027"})
    text = letter_text(FieldPlan.objects.get(pk=plan.pk))
    assert "Åsa Ek, asa@exempel.se svarar på frågor" in text
    assert "Under vintern & våren 2027" in text
    set_facts(plan, {"period": " "})
    assert facts_of(plan).period == "hösten 2026"


def test_a_fact_that_is_too_long_is_refused(plan: FieldPlan) -> None:
    with pytest.raises(MysteryError, match="för långa"):
        set_facts(plan, {"results": "r" * 201})
