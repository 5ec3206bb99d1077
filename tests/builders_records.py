"""Small builders of records for tests; append a function when two test modules build the same thing.

The cast is that of ``builders``: Exempelköping is one's own municipality, Provstad and Testby are others.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from django.test import Client

from builders import EXEMPELKOPING, PROVSTAD, TESTBY
from lyhord.accounts.models import Membership, Organisation, User
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.participations import Terms, take_part
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.method.tally import Cell, Place
from lyhord.mystery.planning.models import Probe

INSTRUMENT = "skr-servicematning-2023"
MYSTERY = "kkik-mystery-2017"
NAMES = {EXEMPELKOPING: "Exempelköping", PROVSTAD: "Provstad", TESTBY: "Testby"}
_numbers = count(1)


def organisation_of(code: str = EXEMPELKOPING) -> Organisation:
    """The organisation of a municipality of the cast, made once."""
    name = f"{NAMES[code]}s kommun"
    return Organisation.objects.get_or_create(
        municipality_code=code, defaults={"kind": Organisation.Kind.MUNICIPALITY, "name": name}
    )[0]


def national_organisation() -> Organisation:
    """The national coordinator's organisation, made once."""
    return Organisation.objects.get_or_create(kind=Organisation.Kind.NATIONAL, name="Samordnaren")[0]


def person(name: str = "Vera Lind", *, password: str | None = None) -> User:
    """A new person with an address of her own; without a password nobody can sign in as her."""
    user = User(email=f"person{next(_numbers)}@exempel.se", name=name)
    user.set_password(password)
    user.save()
    return user


def member(role: Role, organisation: Organisation | None = None, user: User | None = None) -> Membership:
    """A person with a role, by default a new one in Exempelköping."""
    organisation = organisation or organisation_of()
    with scope(organisation):
        return Membership.objects.create(user=user or person(), organisation=organisation, role=role)


def signed_in(membership: Membership) -> Client:
    """A browser in which the membership's person has signed in."""
    browser = Client()
    browser.force_login(membership.user)
    return browser


def municipality_of(code: str = EXEMPELKOPING) -> Municipality:
    """A municipality of the cast in the register, made once."""
    name = NAMES[code]
    values = {"name": name, "formal_name": f"{name}s kommun", "size_class": "10000-14999", "population": 12_000}
    return Municipality.objects.get_or_create(code=code, defaults=values)[0]


def round_of(key: str = "2023", instrument: str = INSTRUMENT) -> Round:
    """A round of the national coordinator's, planned once by its key."""
    plan = RoundPlan(key, f"Servicemätning {key}", date(2023, 3, 13), date(2023, 5, 12), delays={"epost": 48})
    found = Round.objects.filter(key=key).first()
    return found or plan_round(national_organisation(), definition_text(instrument), plan)


def participation_of(
    code: str = EXEMPELKOPING, channel: str = "tel", round_: Round | None = None, terms: Terms | None = None
) -> Participation:
    """A municipality of the cast takes part in a round, by phone unless told otherwise."""
    municipality_of(code)
    with scope(organisation_of(code)):
        return take_part(round_ or round_of(), organisation_of(code), channel, terms)


def place_in(participation: Participation, breakdown: str = "none", value: str = "") -> Place:
    """The participation's place in a tally."""
    round_ = participation.round
    return Place(
        round_.key, round_.instrument_id, participation.municipality_id, participation.channel, breakdown, value
    )


def cells_of(participation: Participation, item: str, **options: int) -> list[tuple[Cell, int]]:
    """Cells of one item; an option that starts with a digit is written with a leading underscore: ``_5=3``."""
    return [(Cell(place_in(participation), item, code.lstrip("_")), count) for code, count in options.items()]


def mystery_round(key: str = "kkik-2017") -> Round:
    """An open mystery round of the national coordinator's, planned once by its key."""
    round_ = round_of(key, MYSTERY)
    if round_.state == Round.State.PLANNED:
        move(round_, Round.State.OPEN)
    return round_


def probe_of(
    question: str = "fråga-1", *, channel: str = "tel", area: str = "bygglov", round_: Round | None = None
) -> Probe:
    """A probe that has been made, of Exempelköping; call it in the scope of its round's organisation."""
    round_ = round_ or mystery_round()
    participation = _participation_in(round_, channel)
    at = datetime(2023, 3, 14, 9, 30, tzinfo=UTC)
    return Probe.objects.create(
        organisation=round_.organisation,
        round=round_,
        participation_id=participation.pk,
        municipality_id=EXEMPELKOPING,
        channel=channel,
        question=question,
        area=area,
        due_at=at,
        done_at=at,
        state=Probe.State.DONE,
    )


def _participation_in(round_: Round, channel: str) -> Participation:
    with scope(organisation_of()):
        found = Participation.objects.filter(round=round_, channel=channel, municipality=EXEMPELKOPING).first()
    return found or participation_of(channel=channel, round_=round_)
