"""Who takes part in the open round, who signs in, and in whose name messages are sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lyhord.accounts.models import Organisation
from lyhord.accounts.people import add_member, add_user
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.delivery.models import Sender
from lyhord.measurements.models import Municipality
from lyhord.survey.answers.models import Terms

VASTERAS: Final = "1980"
VETLANDA: Final = "0685"
DOMAIN: Final = "demo.example"  # reserved for examples (RFC 2606): nobody gets mail there
ROLE_DUTIES: Final = {
    Role.COORDINATOR: "leder omgången och följer alla kommuner",
    Role.LEADER: "lämnar kontakter, skickar och följer resultatet",
    Role.READER: "läser kommunens resultat",
}


@dataclass(frozen=True, slots=True)
class Town:
    """One municipality in the open round. ``leaning`` tilts its grades; ``earlier`` answers came before this week."""

    code: str
    sms_sender: str
    leaning: float
    earlier: tuple[int, int]  # by telephone and by e-mail
    listed: tuple[int, int]  # people handed over this week, by telephone and by e-mail


# PTS has set 95 mobile numbers apart for fiction: no municipality can have more people with a telephone than that.
TOWNS: Final = (
    Town(VASTERAS, "Vasteras", 0.10, (236, 104), (95, 90)),
    Town(VETLANDA, "Vetlanda", 0.22, (148, 61), (70, 60)),
    Town("9001", "Exempelkop", -0.06, (171, 66), (40, 30)),
    Town("9002", "Pahittsas", 0.02, (128, 47), (40, 30)),
    Town("9003", "Sagoby", -0.14, (203, 88), (40, 30)),
    Town("9004", "Fabelsund", 0.05, (117, 38), (40, 30)),
    Town("9005", "Diktehamn", 0.16, (186, 72), (40, 30)),
    Town("9006", "Sagnestad", -0.02, (139, 55), (40, 30)),
)
FEW: Final = tuple(Town(one.code, one.sms_sender, one.leaning, (36, 32), (24, 12)) for one in TOWNS[:2])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in."""

    email: str
    name: str
    role: Role
    organisation: str

    @property
    def duty(self) -> str:
        """What the person does, in a few words."""
        return f"{self.organisation}: {ROLE_DUTIES[self.role]}"


def organisation_of(code: str) -> Organisation:
    """The municipality's organisation, made where the finished round had none."""
    place = Municipality.objects.get(code=code)
    given = {"kind": Organisation.Kind.MUNICIPALITY, "name": place.formal_name}
    return Organisation.objects.get_or_create(municipality_code=code, defaults=given)[0]


def let_send(town: Town) -> None:
    """Give the municipality a sender, and somebody whom its respondents reach."""
    organisation = organisation_of(town.code)
    with scope(organisation):
        Sender.objects.create(
            organisation=organisation,
            from_name=organisation.name,
            from_address=f"servicematning@{town.sms_sender.lower()}.{DOMAIN}",
            sms_sender=town.sms_sender,
        )
        # A number that PTS has set apart for fiction.
        Terms.objects.create(organisation=organisation, phone="08-465 004 12", email=f"fraga@{DOMAIN}")


def let_sign_in(coordinator: Organisation, password: str) -> Sequence[Person]:
    """Make everybody who can sign in, all with the same password."""
    return tuple(_people(coordinator, password))


def _people(coordinator: Organisation, password: str) -> Iterator[Person]:
    wanted = (
        ("kvalitetschef.vasteras", "Vera Lind (påhittad)", Role.LEADER, organisation_of(VASTERAS)),
        ("kvalitetschef.vetlanda", "Valter Berg (påhittad)", Role.LEADER, organisation_of(VETLANDA)),
        ("lasare.vasteras", "Lena Ek (påhittad)", Role.READER, organisation_of(VASTERAS)),
        ("samordnare", "Sam Nord (påhittad)", Role.COORDINATOR, coordinator),
    )
    for local, name, role, organisation in wanted:
        user = add_user(f"{local}@{DOMAIN}", name, password)
        with scope(organisation):
            add_member(user, organisation, role)
        yield Person(user.email, name, role, organisation.name)
