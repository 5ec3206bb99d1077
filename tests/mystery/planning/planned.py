"""Builders for the plan of a mystery round: a coordinator's organisation with interviewers, names and a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from builders import EXEMPELKOPING
from builders_records import member, municipality_of, national_organisation, organisation_of
from lyhord.accounts.models import Membership, Organisation, User
from lyhord.accounts.roles import Role
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.mystery.planning.making import make_plan
from lyhord.mystery.planning.models import FieldPlan, Persona
from lyhord.mystery.planning.personas import invent_personas
from lyhord.mystery.planning.plans import (
    Terms,
    assign,
    bank_of,
    begin_plan,
    choose_municipalities,
    choose_personas,
    set_terms,
)

MONDAY, SUNDAY = date(2026, 10, 12), date(2026, 11, 8)  # weeks 42–45
DOMAIN = "post.exempel.se"
_numbers = count(1)


def planned_round(owner: Organisation | None = None, *, instrument: str = "kkik-mystery-2017") -> Round:
    """A new mystery round of the coordinator's, in four weeks."""
    terms = RoundPlan(f"prov-{next(_numbers)}", "Servicemätning 2026", MONDAY, SUNDAY)
    return plan_round(owner or national_organisation(), definition_text(instrument), terms)


def interviewer(name: str = "Ina Ring", owner: Organisation | None = None) -> User:
    """A new interviewer of the coordinator's."""
    made: Membership = member(Role.INTERVIEWER, owner or national_organisation())
    made.user.name = name
    made.user.save()
    return made.user


def names_of(owner: Organisation | None = None, number: int = 60) -> list[Persona]:
    """So many invented personas; in the scope of the organisation."""
    traits = ("anhorig_aldre", "anhorig_funktion", "foralder", "forening")
    return invent_personas(owner or national_organisation(), number, traits, seed=f"namn{next(_numbers)}")


def begun_plan(
    codes: Sequence[str] = (EXEMPELKOPING,), owner: Organisation | None = None, names: int = 60
) -> FieldPlan:
    """A plan with everything chosen, not made; in the scope of the organisation."""
    owner = owner or national_organisation()
    for code in codes:
        municipality_of(code)
        organisation_of(code)
    plan = begin_plan(planned_round(owner), "kkik-2017", seed="frö")
    set_terms(plan, Terms(mail_domain=DOMAIN))
    choose_municipalities(plan, codes)
    choose_personas(plan, names_of(owner, names))
    for name in ("Ina Ring", "Per Fråga"):
        assign(plan, interviewer(name, owner), 20)
    assert len(bank_of(plan).questions) == 120
    return plan


def made_plan(codes: Sequence[str] = (EXEMPELKOPING,), *, opened: bool = True) -> FieldPlan:
    """A plan that is made, of a round that is open; in the scope of the organisation."""
    plan = begun_plan(codes)
    make_plan(plan)
    if opened:
        move(plan.round, Round.State.OPEN)
    return plan
