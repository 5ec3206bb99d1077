"""The letter that tells a municipality's staff that they will be measured, and how, but never when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Final

from django.db import transaction
from django.template.loader import render_to_string

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.instruments.questions import AREA
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.models import FieldPlan
from lyhord.mystery.planning.plans import bank_of

LONGEST_FACT: Final = 200
SEASONS: Final = {1: "vintern", 2: "vintern", 3: "våren", 4: "våren", 5: "våren", 6: "sommaren", 7: "sommaren"} | {
    8: "sommaren", 9: "hösten", 10: "hösten", 11: "hösten", 12: "vintern"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What differs from one measurement to the next. Everything else in the letter follows from the plan."""

    measurer: str = ""  # who measures
    period: str = ""  # roughly: hösten 2026
    contact: str = ""  # a person
    contact_email: str = ""
    contact_phone: str = ""
    results: str = ""  # when and how they are told
    retention: str = ""  # a sentence: how long letters with names in them are kept


def facts_of(plan: FieldPlan) -> LetterFacts:
    """What somebody wrote, and what follows from the plan where nothing was written."""
    return LetterFacts(**{**asdict(_usual(plan)), **{name: text for name, text in plan.letter.items() if text}})


@transaction.atomic
def set_facts(plan: FieldPlan, written: Mapping[str, str], *, by: Acting | None = None) -> None:
    """Change facts of the letter; empty ones fall back to the usual; written down. MysteryError for too long ones."""
    names = [one.name for one in fields(LetterFacts)]
    given = {name: " ".join(written.get(name, "").split()) for name in names}
    if too_long := [name for name in names if len(given[name]) > LONGEST_FACT]:
        raise MysteryError(f"{len(too_long)} uppgifter är för långa. Använd högst {LONGEST_FACT} tecken.")
    plan.letter = {name: text for name, text in given.items() if text}
    plan.save(update_fields=["letter"])
    record("plan.letter_changed", plan, by=by, organisation=plan.organisation)


def letter_text(plan: FieldPlan) -> str:
    """The letter in Swedish, as plain text: paragraphs of whole lines, divided by empty ones."""
    bank, facts = bank_of(plan), facts_of(plan)
    division = instrument_of(plan.round).breakdown(AREA)
    areas = [option.label.in_language("sv").lower() for option in division.values] if division else []
    given = {
        "facts": facts,
        "calls": sum(len(bank.questions_in(channel)) for channel in bank.calls),
        "letters": sum(len(bank.questions_in(channel)) for channel in bank.letters),
        "areas": " och ".join(filter(None, [", ".join(areas[:-1]), *areas[-1:]])),
        "contact": ", ".join(filter(None, [facts.contact or facts.measurer, facts.contact_email, facts.contact_phone])),
    }
    return "".join(
        render_to_string("planning/letter.txt", given)
    )  # plain text: marked safe, a page would not escape it


def _usual(plan: FieldPlan) -> LetterFacts:
    return LetterFacts(
        measurer=plan.organisation.name,
        period=_season(plan.round.starts),
        results="Kommunen får en rapport när mätningen är klar och granskad. Be din chef att få se den.",
    )


def _season(day: date) -> str:
    return f"{SEASONS[day.month]} {day.year}"
