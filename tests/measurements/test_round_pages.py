"""The pages where a coordinator plans a round from nothing until it is locked, without a shell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import member, municipality_of, national_organisation, organisation_of, signed_in
from lyhord.accounts.models import AuditEvent, Membership, Organisation
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import thresholds_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PLAN = {
    "name": "Servicemätning hösten",
    "key": "hosten",
    "instrument": "skr-servicematning-2024",
    "starts": f"{TODAY}",
    "ends": f"{TODAY + timedelta(days=30)}",
    "quarantine_days": "180",
}
CHANGED = {k: v for k, v in PLAN.items() if k not in ("key", "instrument")} | {
    "part": "plan", "delay_tel": "2", "delay_epost": "72",
}  # fmt: skip
TERMS = {"quota": "250", "sender_name": "", "sms_sender": "Exempel", "route": "", "publish": "7", "comments": "10"}
TERMS["batch"] = "5"


@pytest.fixture
def runs() -> Client:
    """A coordinator, and a register with two municipalities."""
    municipality_of(EXEMPELKOPING)
    municipality_of(PROVSTAD)
    return signed_in(member(Role.COORDINATOR, national_organisation()))


def planned(runs: Client) -> Round:
    assert runs.post("/omgangar/ny", PLAN).status_code == 302
    return Round.objects.get(key="hosten")


def enrolled(runs: Client, *lines: str, channels: tuple[str, ...] = ("tel", "epost")) -> str:
    answer = runs.post("/omgangar/hosten/deltagare", {"places": "\n".join(lines), "channel": channels})
    return answer.content.decode()


def parts() -> list[Participation]:
    with scope_of_everything("a test"):
        return list(Participation.objects.select_related("round", "municipality", "organisation").order_by("pk"))


def events() -> list[str]:
    with scope_of_everything("a test"):
        return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_round_is_planned_with_its_instrument_frozen_and_the_usual_delays(runs: Client) -> None:
    round_ = planned(runs)
    assert round_.definition == definition_text("skr-servicematning-2024")
    assert round_.delays == {"tel": 0, "epost": 48}
    assert round_.organisation == national_organisation()
    assert "Servicemätning hösten" in runs.get("/omgangar").content.decode()
    assert "round.planned" in events()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends": f"{TODAY - timedelta(days=1)}"}, "Sista dagen ligger före den första."),
        ({"name": ""}, "Rätta det som är markerat."),
        ({"key": "hösten!"}, "Rätta det som är markerat."),
        ({"key": "ny"}, "Välj en annan."),
        ({"instrument": "egen"}, "Välj filen med det egna instrumentet."),
    ],
)
def test_a_plan_that_cannot_be_is_told_and_kept_in_the_form(runs: Client, wrong: dict[str, str], said: str) -> None:
    answer = runs.post("/omgangar/ny", PLAN | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'value="180"' in answer.content.decode()
    assert not Round.objects.exists()


def test_two_rounds_have_not_the_same_address(runs: Client) -> None:
    planned(runs)
    assert "Välj en annan." in runs.post("/omgangar/ny", PLAN).content.decode()


def test_an_instrument_of_ones_own_is_read_and_its_faults_are_told(runs: Client) -> None:
    own = definition_text("skr-servicematning-2024").replace("skr-servicematning-2024", "vart-eget-2027")
    file = SimpleUploadedFile("eget.toml", own.encode())
    assert runs.post("/omgangar/ny", PLAN | {"instrument": "egen", "definition": file}).status_code == 302
    assert Round.objects.get().instrument_id == "vart-eget-2027"
    for content in (b"id = ", b"\xff\xfe"):
        faulty = PLAN | {"key": "annan", "instrument": "egen", "definition": SimpleUploadedFile("x.toml", content)}
        assert runs.post("/omgangar/ny", faulty).status_code == 400


def test_before_it_opens_all_may_change_and_then_only_its_name_and_last_day(runs: Client) -> None:
    planned(runs)
    runs.post("/omgangar/hosten", CHANGED)
    assert Round.objects.get().delays == {"tel": 2, "epost": 72}
    runs.post("/omgangar/hosten/lage", {"to": "open"})
    later = f"{TODAY + timedelta(days=60)}"
    runs.post("/omgangar/hosten", CHANGED | {"name": "Ny", "ends": later, "delay_tel": "9", "quarantine_days": "1"})
    round_ = Round.objects.get()
    assert (round_.name, f"{round_.ends}") == ("Ny", later)
    assert (round_.delays["tel"], round_.quarantine_days) == (2, 180)
    assert events().count("round.changed") == 2


def test_a_round_is_opened_closed_and_locked_after_a_question(runs: Client) -> None:
    planned(runs)
    for to, state in (("open", "open"), ("closed", "closed"), ("locked", "closed")):
        answer = runs.post("/omgangar/hosten/lage", {"to": to})
        assert Round.objects.get().state == state
    assert "aldrig öppnas igen" in answer.content.decode()
    runs.post("/omgangar/hosten/lage", {"to": "locked", "sure": "yes"})
    assert Round.objects.get().state == "locked"
    assert runs.post("/omgangar/hosten/lage", {"to": "open"}).status_code == 409
    assert runs.post("/omgangar/hosten", CHANGED | {"name": "Sent"}).status_code == 400
    assert Round.objects.get().name == "Servicemätning hösten"


def test_municipalities_are_added_by_name_or_code_each_with_an_organisation(runs: Client) -> None:
    planned(runs)
    shown = enrolled(runs, "exempelköping", PROVSTAD, "Provstads kommun", "Ankeborg", "")
    assert "4 deltaganden är tillagda." in shown
    assert ">Ankeborg</textarea>" in shown
    assert {(one.municipality_id, one.channel, one.quota) for one in parts()} == {
        (code, channel, 400) for code in (EXEMPELKOPING, PROVSTAD) for channel in ("tel", "epost")
    }
    assert Organisation.objects.filter(municipality_code=PROVSTAD).count() == 1
    assert "4 fanns redan." in enrolled(runs, "alla")
    assert len(parts()) == 4


def test_nobody_is_added_without_a_channel(runs: Client) -> None:
    planned(runs)
    enrolled(runs, "alla", channels=())
    assert parts() == []


def test_terms_are_set_and_thresholds_raised_never_lowered(runs: Client) -> None:
    planned(runs)
    enrolled(runs, EXEMPELKOPING, channels=("tel",))
    (one,) = parts()
    runs.post(f"/deltagande/{one.pk}", TERMS | {"publish": "12"})
    (one,) = parts()
    assert (one.quota, one.sms_sender, one.sender_name) == (250, "Exempel", "Exempelköpings kommun")
    assert thresholds_of(one).publish == 12
    lower = runs.post(f"/deltagande/{one.pk}", TERMS | {"publish": "11", "quota": "1"})
    assert lower.status_code == 400
    assert "men inte sänkas" in lower.content.decode()
    assert parts()[0].quota == 250
    assert runs.post(f"/deltagande/{one.pk}", TERMS | {"publish": "12", "sms_sender": "1234"}).status_code == 400


def test_the_leader_of_the_municipality_sets_the_terms_too_and_a_strangers_does_not(runs: Client) -> None:
    planned(runs)
    enrolled(runs, EXEMPELKOPING, PROVSTAD, channels=("tel",))
    own = next(one for one in parts() if one.municipality_id == EXEMPELKOPING)
    assert signed_in(member(Role.LEADER)).post(f"/deltagande/{own.pk}", TERMS).status_code == 302
    stranger = signed_in(member(Role.LEADER, organisation_of(PROVSTAD)))
    assert stranger.post(f"/deltagande/{own.pk}", TERMS).status_code == 404
    other = signed_in(member(Role.COORDINATOR, organisation_of(PROVSTAD)))
    assert other.post(f"/deltagande/{own.pk}", TERMS).status_code == 404


def test_a_participation_is_taken_back_before_the_round_opens_and_not_after(runs: Client) -> None:
    planned(runs)
    enrolled(runs, EXEMPELKOPING)
    first, second = parts()
    assert signed_in(member(Role.LEADER)).post(f"/deltagande/{first.pk}", {"deed": "withdraw"}).status_code == 403
    runs.post(f"/deltagande/{first.pk}", {"deed": "withdraw"})
    assert [one.pk for one in parts()] == [second.pk]
    runs.post("/omgangar/hosten/lage", {"to": "open"})
    assert runs.post(f"/deltagande/{second.pk}", {"deed": "withdraw"}).status_code == 400
    assert len(parts()) == 1


def test_the_first_administrator_is_the_coordinators_to_invite_and_no_other(runs: Client) -> None:
    planned(runs)
    enrolled(runs, EXEMPELKOPING)
    organisation = organisation_of()
    form = {"organisation": str(organisation.pk), "email": "anna@exempel.se", "name": "Anna"}
    shown = runs.post("/omgangar/hosten/administratorer", form).content.decode()
    assert "/valkommen/" in shown
    assert "Alla kommuner som deltar har en administratör." in shown
    again = runs.post("/omgangar/hosten/administratorer", form | {"email": "eva@exempel.se"})
    assert again.status_code == 400
    with scope(organisation):
        assert [one.role for one in Membership.objects.all()] == [Role.ADMINISTRATOR]


def test_another_organisations_coordinator_finds_no_round(runs: Client) -> None:
    planned(runs)
    stranger = signed_in(member(Role.COORDINATOR, organisation_of(PROVSTAD)))
    assert stranger.get("/omgangar/hosten").status_code == 404
    assert stranger.post("/omgangar/hosten/lage", {"to": "open"}).status_code == 404
    assert stranger.post("/omgangar/hosten/deltagare", {"places": "alla", "channel": ["tel"]}).status_code == 404
