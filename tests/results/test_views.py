"""The pages of live figures as a browser gets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from tests.results.answered import OWN, answered, commented, organisation_in, round_now, seven_answered, taking_part

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import member, national_organisation, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.instruments.definition import Thresholds
from lyhord.measurements.models import Round
from lyhord.measurements.participations import raise_thresholds
from lyhord.results import round_figures, so_far

pytestmark = pytest.mark.django_db
LIVE = f"/resultat/nu/{EXEMPELKOPING}"
COMMENTS = f"{LIVE}/kommentarer/tel"
LIMITS = Thresholds()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    so_far.forget()
    round_figures.forget()


def browser(role: Role = Role.READER) -> Client:
    return signed_in(member(role, organisation_in()))


def coordinator() -> Client:
    return signed_in(member(Role.COORDINATOR, national_organisation()))


def page(address: str = LIVE, by: Client | None = None) -> str:
    """The page's text on one line, without its tags."""
    answer = (by or browser()).get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())).replace("\u00a0", " ")


def test_the_page_shows_answers_against_quota_and_time() -> None:
    answered(taking_part())
    shown = page()
    assert "100 av 400" in shown
    assert "25 % av kvoten" in shown
    assert "20 dagar kvar av 30" in shown


def test_the_response_rate_names_its_definition_and_what_it_counts() -> None:
    answered(taking_part(), invited=600)
    assert "Svarsfrekvens AAPOR RR2 17 % 100 av 600 inbjudna har svarat" in page()


def test_a_question_shows_index_interval_and_n_and_the_total_so_far_with_its_rule() -> None:
    seven_answered()
    shown = page()
    assert "85,8 Osäkerhet" in shown
    assert "100 svar" in shown
    assert "Totalsnittet hittills är 65,8 (7 deltagare)." in shown
    assert "Resultatet för bemötande på telefon är högre än snittet för övriga deltagande kommuner" in shown
    assert "Varje deltagare väger lika tungt" in shown


def test_without_enough_participants_there_is_no_total_and_the_page_says_what_it_takes() -> None:
    answered(taking_part())
    shown = page()
    assert "Totalsnittet hittills är" not in shown
    assert "Totalsnittet visas när minst 6 deltagare har minst 30 svar." in shown


@pytest.mark.parametrize(
    ("grades", "said"), [((0, 0, 0, 0, 0), "Inga svar är räknade ännu."), ((1, 1, 1, 1, 2), "6 av 7 svar")]
)
def test_too_few_answers_show_no_figure_and_teach_why(grades: tuple[int, int, int, int, int], said: str) -> None:
    answered(taking_part(), grades)
    shown = page()
    assert said in shown
    assert "Osäkerhet" not in shown.partition("Så räknas siffrorna")[0]
    assert "<svg" not in browser().get(LIVE).content.decode()


def test_a_round_without_any_answer_still_has_its_page() -> None:
    taking_part()
    assert "Inga svar är räknade ännu." in page()


def test_a_threshold_that_the_municipality_raised_holds_here_too() -> None:
    joined = answered(taking_part())
    with scope(joined.organisation_id):
        raise_thresholds(joined, publish=150)
    assert "100 av 150 svar" in page()


def test_a_category_that_would_give_another_away_is_hidden_and_no_withheld_cell_says_its_n() -> None:
    answered(
        taking_part(),
        (2, 3, 5, 30, 60),
        {"bygglov": (0, 0, 0, 1, 2), "ovrigt": (1, 1, 1, 3, 5), "vatten_avfall": (1, 2, 4, 26, 53)},
    )
    Round.objects.update(state=Round.State.CLOSED)
    rows = dict(
        re.findall(r'<th scope="row">(.*?)</th><td class="end"[^>]*>(.*?)</td>', browser().get(LIVE).content.decode())
    )
    assert re.sub(r"<[^>]*>", "", rows["Bygglov"]) == "för få"
    assert re.sub(r"<[^>]*>", "", rows["Övrigt"]) == "dold"
    assert "86" in rows["Vatten &amp; avfall"]
    assert re.sub(r"<[^>]*>", "", rows["Skola &amp; förskola"]) == "för få"


def test_a_closed_round_says_so() -> None:
    answered(taking_part())
    Round.objects.update(state=Round.State.CLOSED)
    assert "Mätningen är stängd." in page()


def test_invented_answers_are_said_to_be_invented() -> None:
    taking_part(round_=round_now(fictitious=True))
    assert "Påhittade uppgifter." in page()


def test_the_page_is_in_english_where_the_address_asks_for_it() -> None:
    seven_answered()
    shown = page(f"{LIVE}?lang=en")
    assert "The total so far is 65.8 (7 participants)." in shown
    assert "100 of 400" in shown
    assert "20 days left of 30" in shown


def test_comments_are_read_when_there_are_enough_and_not_before() -> None:
    few, enough = LIMITS.comments - 1, 1
    joined = answered(taking_part(), commented=few)
    commented(joined, *[f"Kommentar {number}" for number in range(few)])
    assert "Kan läsas när de är minst 10." in page()
    assert "Kommentar 1" not in page(COMMENTS)
    answered(joined, (0, 0, 0, 0, 5), commented=enough)
    commented(joined, "Den tionde")
    assert "Läs kommentarerna" in page()
    assert "Den tionde" in page(COMMENTS)


def test_comments_come_some_at_a_time_each_once_without_dates() -> None:
    joined = answered(taking_part(), commented=60)
    written = {f"Kommentar {number:02}" for number in range(60)}
    commented(joined, *sorted(written))
    pages = [page(f"{COMMENTS}?sida={number}") for number in (1, 2, 3)]
    found = [word for shown in pages for word in re.findall(r"Kommentar \d\d", shown)]
    assert sorted(found) == sorted(written)
    assert found != sorted(written)
    assert not any("2023" in shown.replace("Servicemätning 2023", "") for shown in pages)


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", "9" * 40, "٣"])
def test_a_page_of_comments_that_is_not_there_gives_the_nearest(asked: str) -> None:
    joined = answered(taking_part(), commented=30)
    commented(joined, *["Ord"] * 30)
    assert "Sida" in page(f"{COMMENTS}?sida={asked}")


def test_a_comment_is_shown_as_text() -> None:
    joined = answered(taking_part(), commented=10)
    commented(joined, "<script>alert(1)</script>")
    assert "<script>alert" not in browser().get(COMMENTS).content.decode()


def test_the_coordinator_sees_every_participant_but_reads_no_comments() -> None:
    seven_answered()
    shown = page("/resultat/nu", coordinator())
    assert "Exempelköping" in shown
    assert "Provort 07" in shown
    assert "65,8" in shown
    assert "85,8" in page(LIVE, coordinator())
    assert coordinator().get(COMMENTS).status_code == 403


def test_a_participant_with_too_few_answers_has_no_value_in_the_table() -> None:
    seven_answered()
    answered(taking_part("9920"), (0, 0, 0, 0, 6))
    row = re.search(r"Provort 20</a></th>(.*?)</tr>", coordinator().get("/resultat/nu").content.decode())
    assert row is not None
    assert row[1].count("för få") == 2


def test_another_organisations_coordinator_sees_no_round_that_is_not_its_own() -> None:
    seven_answered()
    stranger = signed_in(member(Role.COORDINATOR, organisation_in(PROVSTAD)))
    assert stranger.get("/resultat/nu").status_code == 404
    assert stranger.get(LIVE).status_code == 404


@pytest.mark.parametrize(
    "address", ["/resultat/finns-inte", "/resultat/finns-inte/9901", "/resultat/nu/9999", f"{LIVE}/kommentarer/brev"]
)
def test_what_is_not_there_is_not_found(address: str) -> None:
    taking_part()
    who = coordinator() if address.count("/") < 4 else browser()
    assert who.get(address).status_code == 404


def test_the_list_holds_ones_own_rounds_and_those_that_ones_organisation_runs() -> None:
    taking_part()
    assert "Servicemätning nu, Exempelköpings kommun" in page("/resultat")
    assert "Hela omgångar" in page("/resultat", coordinator())
    assert "deltar inte i någon ännu" in page("/resultat", signed_in(member(Role.READER, organisation_in(PROVSTAD))))


def version_of(html: str) -> str:
    found = re.search(r'data-version="([^"]+)"', html)
    assert found is not None
    return found[1]


def test_a_page_that_asks_for_news_gets_nothing_until_a_count_has_changed_and_then_only_the_figures() -> None:
    joined, who = seven_answered(), browser()
    version = version_of(who.get(LIVE).content.decode())
    assert who.get(f"{LIVE}?version={version}").status_code == 204
    answered(joined, (0, 0, 0, 0, 5))
    news = who.get(f"{LIVE}?version={version}")
    assert "105" in news.content.decode()
    assert "<html" not in news.content.decode()
    assert who.get(f"{LIVE}?version={news['X-Version']}").status_code == 204


def test_what_others_answer_moves_the_total_at_the_next_look() -> None:
    seven_answered()
    assert "är 65,8" in page()
    answered(taking_part("9902"), (0, 0, 0, 0, 100))
    assert "är 68,5" in page()


def test_the_queries_are_as_many_however_many_answered_and_took_part(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    joined, who = answered(taking_part()), browser()
    who.get(LIVE)
    with django_assert_num_queries(12):
        who.get(LIVE)
    for code in ("9902", "9903", "9904"):
        answered(taking_part(code), (1, 1, 1, 1, 10_000_000))
    answered(joined, OWN, {"bygglov": OWN})
    so_far.forget()
    with django_assert_num_queries(19):
        who.get(LIVE)
    with django_assert_num_queries(12):
        who.get(LIVE)


def test_a_page_with_everything_on_it_weighs_less_than_a_hundred_kilobytes() -> None:
    round_ = seven_answered()
    for code in (f"99{number:02}" for number in range(8, 99)):
        answered(taking_part(code), (1, 9, 20, 30, 10))
    answered(taking_part(channel="epost"), OWN, {"bygglov": OWN})
    answered(round_, OWN, {"bygglov": OWN, "ovrigt": OWN})
    for address, who in ((LIVE, browser()), ("/resultat/nu", coordinator())):
        shown = who.get(address).content.decode()
        files = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', shown)
        assert len(files) == 3
        weights = [Path(str(find(file.removeprefix("/static/")))).stat().st_size for file in files]
        assert len(shown.encode()) + sum(weights) < 100_000
