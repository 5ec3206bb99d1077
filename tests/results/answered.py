"""Builders for live figures: an open round, its participants, and answers to it as counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from builders import EXEMPELKOPING
from builders_records import INSTRUMENT, national_organisation
from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.counts.adding import add_cells, add_flow
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.participations import Terms, take_part
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.method.tally import NO_BREAKDOWN, Cell, Flow, Place
from lyhord.survey.answers.models import Response

Grades = tuple[int, int, int, int, int]  # how many gave 1, 2, 3, 4 and 5
QUESTIONS = {"tel": ("bemotande", "enkelhet"), "epost": ("tydlighet", "enkelhet")}
OWN: Grades = (2, 3, 5, 30, 60)
OTHERS: Grades = (10, 10, 20, 40, 20)
SEVEN = tuple(f"99{number:02}" for number in range(1, 8))


def round_now(key: str = "nu", by: Organisation | None = None, *, fictitious: bool = False) -> Round:
    """A round that is open today, planned once by its key."""
    found = Round.objects.filter(key=key).first()
    if found:
        return found
    today = timezone.localdate()
    plan = RoundPlan(
        key, f"Servicemätning {key}", today - timedelta(days=10), today + timedelta(days=19), fictitious=fictitious
    )
    made = plan_round(by or national_organisation(), definition_text(INSTRUMENT), plan)
    move(made, Round.State.OPEN)
    return made


def organisation_in(code: str = EXEMPELKOPING, name: str = "") -> Organisation:
    """The organisation of an invented municipality, which also stands in the register."""
    name = name or {EXEMPELKOPING: "Exempelköping"}.get(code, f"Provort {code[2:]}")
    values = {"name": name, "formal_name": f"{name}s kommun", "size_class": "10000-14999", "kommungrupp": "C6"}
    Municipality.objects.get_or_create(code=code, defaults=values)
    given = {"kind": Organisation.Kind.MUNICIPALITY, "name": f"{name}s kommun"}
    return Organisation.objects.get_or_create(municipality_code=code, defaults=given)[0]


def taking_part(
    code: str = EXEMPELKOPING, channel: str = "tel", round_: Round | None = None, quota: int | None = 400
) -> Participation:
    """An invented municipality takes part, made once by channel."""
    organisation, round_ = organisation_in(code), round_ or round_now()
    with scope(organisation):
        found = Participation.objects.filter(round=round_, organisation=organisation, channel=channel).first()
        return found or take_part(round_, organisation, channel, Terms(quota))


def answered(
    participation: Participation,
    grades: Grades = OWN,
    by_category: Mapping[str, Grades] | None = None,
    *,
    commented: int = 0,
    invited: int = 600,
) -> Participation:
    """Count as many answers to each of the channel's questions, undivided and by category."""
    place = Place(
        participation.round.key,
        participation.round.instrument_id,
        participation.municipality_id,
        participation.channel,
    )
    divided = {(NO_BREAKDOWN, ""): grades} | {("category", key): each for key, each in (by_category or {}).items()}
    cells = [
        (Cell(place._replace(breakdown=breakdown, value=value), f"{place.channel}.{name}", str(step)), count)
        for (breakdown, value), each in divided.items()
        for name in QUESTIONS[place.channel]
        for step, count in enumerate(each, start=1)
    ]
    flow = Flow(
        place.round, place.municipality, place.channel, invited=invited, answered=sum(grades), commented=commented
    )
    with scope(participation.organisation_id):
        add_cells(participation, cells)
        add_flow(participation, flow)
    return participation


def seven_answered(round_: Round | None = None) -> Participation:
    """Seven municipalities with a hundred answers each by phone; one's own, better than the others."""
    for code in SEVEN[1:]:
        answered(taking_part(code, round_=round_), OTHERS)
    return answered(taking_part(round_=round_))


def commented(participation: Participation, *comments: str) -> None:
    """Single answers with these comments, mixed already."""
    with scope(participation.organisation_id):
        Response.objects.bulk_create(
            Response(participation=participation, date=date(2023, 4, 3), answers={}, comment=comment)
            for comment in comments
        )
