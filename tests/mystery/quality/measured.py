"""Builders for a mystery round with observations: Vetlanda's measurement as files and as records."""

from __future__ import annotations

from pathlib import Path

from builders_records import member, national_organisation
from lyhord.accounts.models import User
from lyhord.accounts.roles import Role
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Municipality, Round
from lyhord.measurements.register import load_register
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.project.demo import mystery
from lyhord.project.demo.writing import SEED, write_demo
from lyhord.project.round_files import RoundFiles


def vetlanda_files(folder: Path) -> RoundFiles:
    """The measurement as the demonstration writes it."""
    return write_demo(folder, SEED).mystery


def vetlanda_round() -> Round:
    """The open round of the same name, with the register of municipalities."""
    if not Municipality.objects.exists():
        load_register()
    plan = RoundPlan(mystery.ROUND, "Servicemätning 2017", mystery.STARTED, mystery.ENDED, fictitious=True)
    round_ = plan_round(national_organisation(), definition_text(mystery.ROUND), plan)
    move(round_, Round.State.OPEN)
    return round_


def grader(name: str = "Ina Ring") -> User:
    """Somebody who grades for the coordinator."""
    made = member(Role.INTERVIEWER, national_organisation())
    made.user.name = name
    made.user.save()
    return made.user
