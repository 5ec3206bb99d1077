"""From a list of contacts to the finished report, through everything that a municipality and its residents meet.

Two days of a round: real server and worker, a real Postfix and Dovecot, a real SMPP session, a real browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.fixtures import Settings

from builders import EXEMPELKOPING
from builders_records import member, municipality_of, national_organisation, organisation_of, person
from delivery.conftest import KEYS
from delivery.mail_house import MailHouse, mail_house
from delivery.sending import sender_of
from delivery.servers import MailServer, SmsCentre, mail_server, sms_centre
from journeys.processes import Machine, morning, serving, working, working_days
from journeys.respondents import answer, in_time, letter_to, link_in, links_in, texts_by_number
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.models import Channel, Message, Suppression
from lyhord.delivery.suppression import is_suppressed
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.counts.models import FlowCount
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import Terms, take_part
from lyhord.measurements.register import load_register
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.project.cli import main
from lyhord.survey.answers.models import Intake, Response
from lyhord.survey.sending.models import Invitation

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "hemlig-segelbåt-7"  # noqa: S105 - of a person who lives as long as a test
LEADER = "vera@exempelkoping.test"
QUOTA = 8
PACE = 30  # the worker does in a second what takes it half a minute
NUMBERS = tuple(f"0701740{610 + 10 * tens + ones}" for tens in range(5) for ones in range(3))
GONE = "0701740617"  # a number that does not exist, as the SMS centre has it
FRIENDS = tuple(f"anna{number}" for number in range(9))  # mailboxes of kommun.test
LEILA, TIRED, MOVED, LATECOMER = "leila", "trott", "flyttat@mottagare.test", "sen"
CALLS = tuple(zip("55443542", "54345434", strict=True))  # bemötande and enkelhet of eight calls
LETTERS = tuple(zip("5443524", "4443535", strict=True))  # tydlighet and enkelhet of seven letters
LATE = ("1", "2")


@dataclass
class Town:
    """Exempelköping and what it measures with."""

    machine: Machine
    house: MailHouse
    centre: SmsCentre
    days: tuple[date, date]
    links: dict[str, str] = field(default_factory=dict)  # phone number or mailbox -> link

    @property
    def live(self) -> str:
        return f"{self.machine.address}/resultat/nu/{EXEMPELKOPING}"


@pytest.fixture
def town(tmp_path: Path, settings: Settings) -> Iterator[Town]:
    settings.DATA_FOLDER, settings.DELIVERY_KEYS = tmp_path, KEYS
    days = working_days()
    gone = MailServer(at_door=lambda address: "550 5.1.1 User unknown")
    with mail_server(gone) as other, mail_house(other.port) as house, sms_centre(SmsCentre()) as centre:
        outside = {
            "LYHORD_EMAIL": "smtp",
            "LYHORD_SMTP_URL": f"smtp://127.0.0.1:{house.smtp}",
            "LYHORD_SMS": "smpp",
            "LYHORD_SMPP_URL": f"smpp://kommun:hemligt@127.0.0.1:{centre.port}",
            "LYHORD_BOUNCES_URL": house.bounces_url(),
        }
        machine = Machine(tmp_path, outside, PACE)
        a_round_of(days)
        yield Town(machine, house, centre, days)


def a_round_of(days: tuple[date, date]) -> None:
    """Exempelköping takes part by phone and e-mail in a round that ends on the second day."""
    load_register()
    municipality_of()
    plan = RoundPlan("nu", "Servicemätning nu", days[0] - timedelta(days=10), days[1], 30, {"tel": 0, "epost": 48})
    round_ = plan_round(national_organisation(), definition_text("skr-servicematning-2024"), plan)
    move(round_, Round.State.OPEN)
    own = organisation_of()
    sender_of(own, from_address="enkat@kommun.test", bounce_address="studs@kommun.test", sms_sender="Exempel")
    vera = person(password=PASSWORD)
    vera.email = LEADER
    vera.save()
    member(Role.LEADER, own, vera)
    with scope(own):
        take_part(round_, own, "tel", Terms(quota=QUOTA, sms_sender="Exempel"))
        take_part(round_, own, "epost", Terms(quota=400))


@contextmanager
def chromium() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            connections.close_all()  # Django keeps others beside an event loop, which nothing else would close
            browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def signed_in(browser: Browser, town: Town) -> Page:
    page = browser.new_page()
    page.goto(f"{town.machine.address}/logga-in?next=/kontakter")
    page.get_by_label("E-postadress").fill(LEADER)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    assert page.get_by_role("heading", name="Kontakter", level=1).is_visible()
    return page


def hand_over(page: Page, town: Town, name: str, rows: Sequence[str]) -> None:
    """Upload a list on the page, as it comes from a system that nobody has heard of."""
    file = town.machine.folder / name
    file.write_text("\n".join(("vem;modersmål;när", *rows)) + "\n", encoding="utf-8")
    page.goto(f"{town.machine.address}/kontakter")
    page.get_by_label("Omgång").select_option("nu")
    page.get_by_label("Fil med kontakter").set_input_files(file)
    page.get_by_role("button", name="Lämna listan").click()


def figures(page: Page) -> dict[str, str]:
    """What the page of a list says became of its rows."""
    names, values = (page.locator(f"dl.figures {kind}").all_inner_texts() for kind in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def first_list(day: date) -> list[str]:
    call, mail = f"{day} 09:05", f"{day - timedelta(days=3)} 14:00"
    people = [f"{number};svenska;{call}" for number in (*NUMBERS, GONE)]
    people += [f"{name}@kommun.test;svenska;{mail}" for name in (*FRIENDS, TIRED)]
    return [*people, f"{LEILA}@kommun.test;ar;{mail}", f"{MOVED};svenska;{mail}", f"08-123 456 78;svenska;{call}"]


def second_list(days: tuple[date, date]) -> list[str]:
    """Tomorrow's: some who have been asked, one who declined, one who has moved, and two new ones."""
    call, mail = f"{days[1]} 09:05", f"{days[0] - timedelta(days=2)} 14:00"
    known = [f"{NUMBERS[0]};;{call}", f"{TIRED}@kommun.test;;{mail}", f"{MOVED};;{mail}"]
    return [*known, f"0701740699;;{call}", f"{LATECOMER}@kommun.test;;{mail}"]


def index(grades: Sequence[str]) -> str:
    """The mean where 1 is worth 0 and 5 is worth 100, as it is printed."""
    return f"{sum(25 * (int(grade) - 1) for grade in grades) / len(grades):.1f}".replace(".", ",")


def expected() -> Mapping[str, str]:
    """Every headline figure of the first day by its question."""
    return {
        "Bemötande": index([one for one, _ in CALLS]),
        "Tydlighet": index([one for one, _ in LETTERS]),
    }


def test_a_survey_from_the_list_of_contacts_to_the_report(town: Town) -> None:
    town.machine.set_clock(morning(town.days[0]))
    with chromium() as browser:
        with serving(town.machine):
            page = signed_in(browser, town)
            with working(town.machine):
                a_list_is_handed_over(page, town)
                everyone_is_sent_to(town)
                the_returned_and_the_declining_are_left_in_peace(town)
            answers_come_in(browser, town)
            with working(town.machine):
                the_live_page_shows_them(page, town)
        town.machine.set_clock(morning(town.days[1]))
        with serving(town.machine), working(town.machine):
            page = signed_in(browser, town)  # yesterday's signing in has expired
            the_quota_stops_sending_and_never_answering(page, town)
            the_round_is_closed(town)
            shown = live_text(page, town)
    the_report_says_the_same(town, shown)


def a_list_is_handed_over(page: Page, town: Town) -> None:
    hand_over(page, town, "lista.csv", first_list(town.days[0]))
    assert page.get_by_text("Rubrikerna säger inte vilken kolumn som är vilken").is_visible()
    for field_name, heading in (("address", "vem"), ("language", "modersmål"), ("contacted", "när")):
        page.locator(f"select[name={field_name}]").select_option(heading)
    page.get_by_role("button", name="Spara och läs in").click()
    people = len(NUMBERS) + len(FRIENDS) + 4
    in_time(lambda: page.reload() and "inläst" in page.locator("p.lead").inner_text(), "Reading the list")
    assert figures(page) == {"Lästa rader": str(people + 1), "Togs emot": str(people), "Utelämnade": "1"}
    assert page.get_by_text("inte ett mobilnummer").is_visible()


def everyone_is_sent_to(town: Town) -> None:
    wanted = {f"46{number[1:]}" for number in (*NUMBERS, GONE)}
    in_time(lambda: wanted <= texts_by_number(town.centre.submitted).keys(), "An SMS to each number")
    for number, text in texts_by_number(town.centre.submitted).items():
        [link] = links_in(text)
        town.links[f"0{number[2:]}"] = link
        assert "Exempelköpings kommun" in text
    for name in (*FRIENDS, TIRED, LEILA):
        letter = letter_to(name, town.house)
        assert letter["From"].addresses[0].addr_spec == "enkat@kommun.test"
        town.links[name] = link_in(letter)
    assert "Exempelköpings kommun" in letter_to(FRIENDS[0], town.house)["Subject"]
    assert len(set(town.links.values())) == len(town.links) == len(NUMBERS) + len(FRIENDS) + 3


def the_returned_and_the_declining_are_left_in_peace(town: Town) -> None:
    header = letter_to(TIRED, town.house)["List-Unsubscribe"].strip("<>")
    assert header.startswith(town.links[TIRED])
    httpx.post(header, data={"List-Unsubscribe": "One-Click"}).raise_for_status()
    own = organisation_of().pk
    with scope_of_everything("a test looks"):
        assert is_suppressed(own, Channel.EMAIL, f"{TIRED}@kommun.test")
        in_time(lambda: is_suppressed(own, Channel.EMAIL, MOVED), "The bounce")
        in_time(lambda: is_suppressed(own, Channel.SMS, "+46" + GONE[1:]), "The refused number")
        reasons = sorted(Suppression.objects.values_list("reason", flat=True))
    assert reasons == ["bounced", "bounced", "opted_out"]


def answers_come_in(browser: Browser, town: Town) -> None:
    """While the worker rests, so that what it counts afterwards is one batch."""
    in_swedish_without_a_script(browser, town.links[FRIENDS[0]])
    in_arabic(browser, town.links[LEILA])
    for name, (clear, easy) in zip(FRIENDS[1:], LETTERS[2:], strict=False):
        answer(town.links[name], {"filter": "ja", "tydlighet": clear, "enkelhet": easy, "arendekategori": "bygglov"})
    for number, (kind, easy) in zip(NUMBERS, CALLS, strict=False):
        answer(town.links[number], {"bemotande": kind, "arendekategori": "bygglov", "enkelhet": easy}, "Tack!")
    assert httpx.get(town.links[NUMBERS[0]]).status_code == httpx.codes.NOT_FOUND
    with scope_of_everything("a test looks"):
        assert Intake.objects.count() == len(CALLS) + len(LETTERS)


def in_swedish_without_a_script(browser: Browser, link: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(link)
        assert page.locator("html").get_attribute("lang") == "sv"
        clear, easy = LETTERS[0]
        page.get_by_label("Ja", exact=True).check()
        page.get_by_role("button", name="Nästa").click()
        for grade in (clear, easy):
            page.locator(f'input[value="{grade}"]').check()
            page.get_by_role("button", name="Nästa").click()
        page.get_by_label("Bygglov", exact=False).first.check()
        page.get_by_role("button", name="Nästa").click()
        page.get_by_role("textbox").fill("Fick svar samma dag. Ring mig på 070-174 06 05.")
        page.get_by_role("button", name="Skicka svar").click()
        assert page.get_by_role("heading", name="Tack för ditt svar!").is_visible()


def in_arabic(browser: Browser, link: str) -> None:
    """Invited in Arabic, she is asked in Arabic, from right to left."""
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(link)
        for option in ("ja", *LETTERS[1], "bygglov"):
            html = page.locator("html")
            assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
            page.locator(f'input[value="{option}"]').check()
            page.get_by_role("button", name="التالي").click()
        page.get_by_role("button", name="إرسال الإجابات").click()
        assert page.get_by_role("heading", name="شكرًا على إجابتك!").is_visible()


def live_text(page: Page, town: Town) -> str:
    page.goto(town.live)
    return " ".join(page.locator("main").inner_text().split())


def the_live_page_shows_them(page: Page, town: Town) -> None:
    with scope_of_everything("a test looks"):
        in_time(lambda: not Intake.objects.exists(), "Mixing the answers")
    shown = live_text(page, town)
    for question, value in expected().items():
        article = page.get_by_role("article").filter(has=page.get_by_role("heading", name=question)).first
        assert article.locator(".index .number").inner_text() == value, shown
    assert f"{len(CALLS)} svar" in shown
    assert f"{len(LETTERS)} svar" in shown
    assert "Kvoten är fylld" in shown
    with scope_of_everything("a test looks"):
        comments = set(Response.objects.exclude(comment="").values_list("comment", flat=True))
    assert "070-174" not in " ".join(comments)
    invited = {"tel": len(NUMBERS) + 1, "epost": len(FRIENDS) + 3}
    for channel, number in invited.items():
        assert f"av {number} inbjudna har svarat" in shown, channel


def the_quota_stops_sending_and_never_answering(page: Page, town: Town) -> None:
    before = len(town.centre.submitted)
    hand_over(page, town, "lista-2.csv", second_list(town.days))
    in_time(lambda: page.reload() and "inläst" in page.locator("p.lead").inner_text(), "Reading the second list")
    assert figures(page) == {"Lästa rader": "5", "Togs emot": "2", "Utelämnade": "3"}
    assert letter_to(LATECOMER, town.house)
    kind, easy = LATE
    thanks = answer(town.links[NUMBERS[-1]], {"bemotande": kind, "arendekategori": "bygglov", "enkelhet": easy})
    assert "Tack för ditt svar!" in thanks
    assert len(town.centre.submitted) == before
    with scope_of_everything("a test looks"):
        tel = Participation.objects.get(channel="tel")
        assert not Invitation.objects.filter(participation=tel, state__in=("planned", "queued")).exists()
        assert not Message.objects.filter(state="queued").exists()


def the_round_is_closed(town: Town) -> None:
    move(Round.objects.get(), Round.State.CLOSED)
    with scope_of_everything("a test looks"):
        in_time(lambda: not Invitation.objects.filter(nonce__isnull=False).exists(), "The end of the links")
        in_time(lambda: not Intake.objects.exists(), "Counting what was left")
    assert httpx.get(town.links[NUMBERS[-2]]).status_code == httpx.codes.NOT_FOUND
    assert main(["recount", "--check"]) == 0


def the_report_says_the_same(town: Town, shown: str) -> None:
    folder = town.machine.folder / "rapporter"
    town.machine.run("report", "--round", "nu", "--municipality", EXEMPELKOPING, "-o", str(folder))
    [file] = folder.rglob("*.pdf")
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.split())
    calls = [*CALLS, LATE]
    figures_of = {
        "Bemötande": (index([kind for kind, _ in calls]), len(calls)),
        "Tydlighet": (index([clear for clear, _ in LETTERS]), len(LETTERS)),
    }
    for question, (value, n) in figures_of.items():
        assert question in text
        assert value in text, (question, value)
        assert value in shown
        assert f"n = {n}" in text or f"{n} svar" in text, (question, n)
    with scope_of_everything("a test looks"):
        flows = FlowCount.objects.filter(stage="answered").order_by("count").values_list("count", flat=True)
    assert list(flows) == [len(LETTERS), len(calls)]
