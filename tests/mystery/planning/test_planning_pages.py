"""The planning pages: a whole round planned in the browser, by the one who measures and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import member, municipality_of, national_organisation, signed_in
from lyhord.accounts.models import Organisation
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Round
from lyhord.mystery.planning.models import Assignment, FieldPlan, Persona, Probe
from lyhord.mystery.planning.plans import assignments_of
from mystery.planning.planned import DOMAIN, begun_plan, interviewer, made_plan

pytestmark = pytest.mark.django_db
TERMS = {
    "calls_open": "09:00",
    "calls_close": "15:30",
    "letters_open": "08:00",
    "letters_close": "20:00",
    "call_minutes": "15",
    "area_gap_minutes": "90",
    "persona_gap_days": "7",
    "mail_domain": DOMAIN,
}


@pytest.fixture
def browser() -> Client:
    return signed_in(member(Role.COORDINATOR, national_organisation()))


@pytest.fixture(autouse=True)
def _before_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 1, 8, tzinfo=UTC))


def begun() -> FieldPlan:
    with scope(national_organisation()):
        return begun_plan()


def of(plan: FieldPlan, page: str = "") -> str:
    return f"/provkontakter/omgang/{plan.round.key}{page}"


def test_a_round_is_planned_from_nothing_to_started(browser: Client) -> None:
    for code in (EXEMPELKOPING, PROVSTAD):
        municipality_of(code)
    caller = interviewer()
    assert browser.post("/provkontakter/personer", {"number": "60"}).status_code == 302
    given = {
        "name": "Servicemätning hösten 2026",
        "instrument": "kkik-mystery-2017",
        "starts": "2026-10-14",
        "weeks": "4",
    }
    place = browser.post("/provkontakter/ny", given).headers["Location"]
    assert place == "/provkontakter/omgang/servicematning-hosten-2026"
    chosen = {"code": [EXEMPELKOPING], "written": "provstad"}
    person = {
        f"user_{caller.pk}": "on",
        f"per_day_{caller.pk}": "20",
        f"voice_{caller.pk}": "f",
        f"absent_{caller.pk}": "",
    }
    for page, data in (("/kommuner", chosen), ("/intervjuare", person), ("/tider", TERMS)):
        assert browser.post(place + page, data).headers["Location"] == place
    shown = browser.get(place + "/forhandsvisning").content.decode()
    assert "Allt får plats." in shown
    assert browser.post(place + "/forhandsvisning").headers["Location"] == place
    assert browser.post(place + "/starta").status_code == 302
    with scope(national_organisation()):
        plan = FieldPlan.objects.select_related("round").get(round__key="servicematning-hosten-2026")
        assert (plan.round.starts.isoformat(), plan.round.ends.isoformat()) == ("2026-10-12", "2026-11-08")
        assert plan.round.state == Round.State.OPEN
        assert plan.codes == sorted([EXEMPELKOPING, PROVSTAD])
        assert Probe.objects.filter(round=plan.round, state="planned").count() == 240
    page = browser.get(place).content.decode()
    assert "Planera om" in page
    assert "Starta omgången" not in page


def test_a_plan_that_is_not_ready_does_not_offer_to_be_made(browser: Client) -> None:
    plan = begun()
    with scope(national_organisation()):
        plan.personas.clear()
    assert "Se hur planen blir" not in browser.get(of(plan)).content.decode()
    answer = browser.post(of(plan, "/forhandsvisning"))
    assert answer.status_code == 400
    assert "Planen saknar personer att fråga som." in answer.content.decode()


def test_what_finds_no_place_is_explained_with_what_helps(browser: Client) -> None:
    plan = begun()
    with scope(national_organisation()):
        Assignment.objects.all().delete()
        plan.personas.set([one for one in plan.personas.all() if "forening" not in one.traits])
    text = browser.get(of(plan, "/forhandsvisning")).content.decode()
    assert "Intervjuarnas tid räcker inte." in text
    assert "59 samtal och 0 brev." in text
    assert "Den som frågar ska vara:</span>" in text.replace(" aktiv", "</span>") or "aktiv i en förening" in text
    assert "Planen kan göras ändå." in text


def test_a_get_changes_nothing_and_a_preview_is_no_plan(browser: Client) -> None:
    plan = begun()
    for page in ("", "/kommuner", "/intervjuare", "/personer", "/tider", "/roda-dagar", "/fragor", "/forhandsvisning",
                 "/informationsbrev", "/informationsbrev.txt"):  # fmt: skip
        assert browser.get(of(plan, page)).status_code == 200, page
    assert browser.get(of(plan, "/starta")).status_code == 405
    with scope(national_organisation()):
        assert not Probe.objects.exists()
        assert FieldPlan.objects.get(pk=plan.pk).made is None


@pytest.mark.parametrize(
    ("page", "data", "told"),
    [
        ("/kommuner", {"written": "Ankeborg"}, "Ingen kommun heter eller har koden Ankeborg."),
        ("/tider", {**TERMS, "calls_open": "06:00"}, "inom kontorstid"),
        ("/tider", {**TERMS, "call_minutes": ""}, "Fyll i alla fält"),
        ("/tider", {**TERMS, "mail_domain": "åäö"}, "ingen domän"),
        ("/roda-dagar", {"days": "snart Klämdag"}, "Ett datum går inte att läsa"),
        ("/roda-dagar", {"days": "2026-10-30"}, "Skriv varför 2026-10-30 är stängd"),
        ("/informationsbrev", {"contact": "x" * 201}, "för långa"),
    ],
)
def test_what_cannot_be_saved_is_told_and_what_was_written_stays(
    browser: Client, page: str, data: dict[str, str], told: str
) -> None:
    answer = browser.post(of(begun(), page), data)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert told in text
    assert "<title>Fel: " in text


@pytest.mark.parametrize(
    ("written", "told"),
    [("många", "med siffror"), ("0", "1–100 samtal"), ("20", "är inget datum")],
)
def test_what_cannot_be_agreed_with_an_interviewer_is_told(browser: Client, written: str, told: str) -> None:
    plan = begun()
    with scope(national_organisation()):
        user = assignments_of(plan)[0].user
    data = {
        f"user_{user.pk}": "on",
        f"per_day_{user.pk}": written,
        f"absent_{user.pk}": "i morgon" if written == "20" else "",
    }
    answer = browser.post(of(plan, "/intervjuare"), data)
    assert (answer.status_code, told in answer.content.decode()) == (400, True)
    assert f'value="{written}"' in answer.content.decode()


def test_an_interviewer_who_is_not_chosen_is_released(browser: Client) -> None:
    plan = begun()
    browser.post(of(plan, "/intervjuare"), {})
    with scope(national_organisation()):
        assert assignments_of(plan) == ()


def test_a_new_round_needs_its_facts_and_gets_a_key_of_its_own(browser: Client) -> None:
    given = {"name": "Mätning", "instrument": "kkik-mystery-2017", "starts": "2026-10-14", "weeks": "4"}
    assert browser.post("/provkontakter/ny", {**given, "weeks": "13"}).status_code == 400
    assert browser.post("/provkontakter/ny", given).headers["Location"].endswith("/matning")
    assert browser.post("/provkontakter/ny", given).headers["Location"].endswith("/matning-2")


def test_a_plan_that_is_made_shows_how_it_stands_and_what_was_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    with scope(national_organisation()):
        plan = made_plan()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 14, 8, tzinfo=UTC))
    browser = signed_in(member(Role.COORDINATOR, national_organisation()))
    text = browser.get(of(plan)).content.decode()
    assert "blev inte gjorda på sin tid" in text
    assert "Ina Ring" in text
    assert "h</span>" in text
    browser.post(of(plan, "/forhandsvisning"))
    assert "blev inte gjorda på sin tid" not in browser.get(of(plan)).content.decode()


def test_the_letter_is_changed_and_downloaded(browser: Client) -> None:
    plan = begun()
    browser.post(of(plan, "/informationsbrev"), {"contact": "Åsa <Ek>"})
    answer = browser.get(of(plan, "/informationsbrev.txt"))
    assert "Åsa <Ek> svarar på frågor" in answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Åsa &lt;Ek&gt; svarar" in browser.get(of(plan, "/informationsbrev")).content.decode()


def test_a_persona_is_written_changed_and_retired(browser: Client) -> None:
    given = {
        "given_name": "Vera",
        "surname": "Lind",
        "local_part": "vera.lind",
        "voice": "f",
        "trait": ["forening", "x"],
    }
    assert browser.post("/provkontakter/personer/ny", given).status_code == 302
    with scope(national_organisation()):
        vera = Persona.objects.get()
    assert (vera.traits, vera.closing) == (["forening"], "Mvh Vera")
    again = browser.post("/provkontakter/personer/ny", given)
    assert (again.status_code, "används redan" in again.content.decode()) == (400, True)
    assert browser.post("/provkontakter/personer/ny", {"given_name": "Vera"}).status_code == 400
    browser.post(f"/provkontakter/personer/{vera.pk}", {**given, "surname": "Ek"})
    browser.post(f"/provkontakter/personer/{vera.pk}", {"retire": "1"})
    text = browser.get("/provkontakter/personer").content.decode()
    assert "Vera Ek" in text
    assert "används inte" in text
    browser.post(f"/provkontakter/personer/{vera.pk}", {"retire": "0"})
    assert "används inte" not in browser.get("/provkontakter/personer").content.decode()


@pytest.mark.parametrize("number", ["", "0", "201", "många", "9" * 30])
def test_a_number_of_personas_that_cannot_be_is_told(browser: Client, number: str) -> None:
    answer = browser.post("/provkontakter/personer", {"number": number})
    assert (answer.status_code, "mellan 1 och 200" in answer.content.decode()) == (400, True)


def test_another_organisations_coordinator_finds_neither_plan_nor_personas() -> None:
    plan = begun()
    other = Organisation.objects.create(kind="supplier", name="Leverantören")
    stranger = signed_in(member(Role.COORDINATOR, other))
    with scope(national_organisation()):
        persona = plan.personas.first()
    assert persona
    for page in ("", "/fragor", "/forhandsvisning", "/informationsbrev.txt", "/tider"):
        assert stranger.get(of(plan, page)).status_code == 404
    assert stranger.post(of(plan, "/starta")).status_code == 404
    assert stranger.get(f"/provkontakter/personer/{persona.pk}").status_code == 404
    assert plan.round.name not in stranger.get("/provkontakter").content.decode()
    assert str(persona) not in stranger.get("/provkontakter/personer").content.decode()


@pytest.mark.parametrize(
    ("page", "most"), [("", 22), ("/kommuner", 10), ("/intervjuare", 11), ("/personer", 10), ("/forhandsvisning", 16)]
)
def test_a_page_asks_the_database_few_times(
    browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries, page: str, most: int
) -> None:
    with scope(national_organisation()):
        plan = made_plan()
    with django_assert_max_num_queries(most):
        assert browser.get(of(plan, page)).status_code == 200
