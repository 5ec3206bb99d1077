"""The mixing pass: at least five at a time, in no order, counted as a file of the same answers is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import EXEMPELKOPING
from files.answer_files import csv_text, reading_of, written
from lyhord.accounts.scope import scope
from lyhord.instruments.catalogue import load
from lyhord.measurements.counts.models import TallyCell
from lyhord.measurements.counts.reading import counts_of
from lyhord.measurements.models import Disposal, Participation, Round
from lyhord.measurements.rounds import move
from lyhord.method.tally import NO_BREAKDOWN, Place, Tally
from lyhord.survey.answers.closing import finish
from lyhord.survey.answers.counting import Answered, counted
from lyhord.survey.answers.errors import AnswerError
from lyhord.survey.answers.mixing import mix, mix_all
from lyhord.survey.answers.models import Draft, Intake, Response
from lyhord.survey.answers.quota import waiting
from lyhord.survey.answers.recounting import differences
from lyhord.survey.answers.retention import dispose
from lyhord.survey.sending.models import Invitation
from survey.answers.asked import INSTRUMENT, invited, journey, post, taking_part

TODAY = date(2024, 3, 13)
GRADES = st.sampled_from(["", "1", "2", "3", "4", "5"])
CATEGORIES = st.sampled_from(["", "bygglov", "vatten_avfall", "ovrigt"])
DAYS = st.sampled_from([date(2023, 12, 31), date(2024, 1, 1), date(2024, 3, 13), date(2024, 3, 18)])
calls = st.fixed_dictionaries({"bemotande": GRADES, "arendekategori": CATEGORIES, "enkelhet": GRADES})
replied = st.fixed_dictionaries(
    {"filter": st.just("ja"), "tydlighet": GRADES, "enkelhet": GRADES, "arendekategori": CATEGORIES}
)
silent = st.fixed_dictionaries(
    {"filter": st.just("nej"), "vantat": st.sampled_from(["", "1_2_dagar"]), "arendekategori": CATEGORIES}
)
Row = tuple[Mapping[str, str], date, str]


def rows_of(answers: st.SearchStrategy[dict[str, str]]) -> st.SearchStrategy[list[Row]]:
    row = st.tuples(answers, DAYS, st.sampled_from(["", "Tack"]))
    return st.lists(row.filter(lambda one: any(one[0].values())), min_size=1, max_size=30)


def by_file(channel: str, rows: Iterable[Row]) -> object:
    """What the count of an answer file makes of the answers."""
    answers = [
        {"kommun": EXEMPELKOPING, "kanal": channel, "datum": f"{day}", "kommentar": comment, **row}
        for row, day, comment in rows
    ]
    header = ("kommun", "kanal", "datum", "kommentar", *dict.fromkeys(key for row, _, _ in rows for key in row))
    with tempfile.TemporaryDirectory() as folder:
        reading = reading_of(written(Path(folder), csv_text(answers, header)), instrument=load(INSTRUMENT))
    assert reading.rows_rejected == 0
    [flow] = reading.counts.flows
    pairs = {pair: dict(joint) for pair, joint in reading.counts.pairs.counts.items()}
    return dict(reading.counts.tally.cells()), pairs, (flow.answered, flow.commented)


def one_by_one(channel: str, rows: Iterable[Row]) -> object:
    """What the mixing pass makes of them."""
    place = Place("2023", INSTRUMENT, EXEMPELKOPING, channel)
    answers = [
        Answered(day, {f"{channel}.{key}": value for key, value in row.items() if value}, bool(comment))
        for row, day, comment in rows
    ]
    found = counted(load(INSTRUMENT), place, answers)
    pairs = {pair: dict(joint) for pair, joint in found.pairs.items()}
    return dict(Tally.from_cells(found.cells.items()).cells()), pairs, (found.answered, found.commented)


@settings(max_examples=10)
@given(rows=rows_of(calls))
def test_calls_are_counted_as_a_file_of_them_is(rows: list[Row]) -> None:
    assert one_by_one("tel", rows) == by_file("tel", rows)


@settings(max_examples=10)
@given(rows=rows_of(st.one_of(replied, silent)))
def test_letters_are_counted_as_a_file_of_them_is(rows: list[Row]) -> None:
    assert one_by_one("epost", rows) == by_file("epost", rows)


def taken_in(participation: Participation, number: int, day: date = TODAY, **changes: str) -> None:
    """So many answers wait in the intake."""
    answers = {"tel.bemotande": "5", "tel.enkelhet": "4", "tel.arendekategori": "bygglov", **changes}
    with scope(participation.organisation_id):
        for _ in range(number):
            Intake.objects.create(participation=participation, date=day, answers=answers)


def numbers(participation: Participation) -> tuple[int, int, int]:
    """Waiting, mixed, and counted in the tally."""
    with scope(participation.organisation_id):
        cells = TallyCell.objects.filter(breakdown=NO_BREAKDOWN, item="tel.bemotande")
        return Intake.objects.count(), Response.objects.count(), sum(cells.values_list("count", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(("waits", "mixed"), [(0, 0), (4, 0), (5, 5), (12, 12)])
def test_at_least_five_are_mixed_at_a_time(waits: int, mixed: int) -> None:
    participation = taking_part()
    taken_in(participation, waits)
    with scope(participation.organisation_id):
        assert mix(participation) == mixed
    assert numbers(participation) == (waits - mixed, mixed, mixed)


@pytest.mark.django_db
def test_a_channel_waits_for_five_of_its_own() -> None:
    calls, letters = taking_part(), taking_part(channel="epost")
    taken_in(calls, 3)
    taken_in(letters, 3)
    for participation in (calls, letters):
        with scope(participation.organisation_id):
            assert mix(participation) == 0


@pytest.mark.django_db
def test_a_higher_batch_of_the_municipality_holds() -> None:
    participation = taking_part()
    participation.raised_thresholds = {"batch": 8}
    with scope(participation.organisation_id):
        participation.save()
        taken_in(participation, 7)
        assert mix(participation) == 0


@pytest.mark.django_db
def test_answers_of_the_same_day_get_new_ids_with_every_batch() -> None:
    participation = taking_part()
    with scope(participation.organisation_id):
        taken_in(participation, 5)
        mix(participation)
        first = set(Response.objects.values_list("pk", flat=True))
        taken_in(participation, 5)
        mix(participation)
        assert first.isdisjoint(Response.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_answers_of_other_days_stay_as_they_are() -> None:
    participation = taking_part()
    with scope(participation.organisation_id):
        taken_in(participation, 5)
        mix(participation)
        first = set(Response.objects.values_list("pk", flat=True))
        taken_in(participation, 5, TODAY + timedelta(days=1))
        mix(participation)
        assert first < set(Response.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_what_waits_counts_towards_the_quota_before_it_is_mixed() -> None:
    participation = taking_part()
    taken_in(participation, 2)
    taken_in(participation, 1, **{"tel.bemotande": ""})
    with scope(participation.organisation_id):
        assert waiting(participation) == 2


@pytest.mark.django_db
def test_the_tally_is_what_a_recount_of_the_responses_gives() -> None:
    participation = taking_part()
    for grade in "13245514":
        journey(invited(participation), {"bemotande": grade, "enkelhet": "3"}, "Tack")
    with scope(participation.organisation_id):
        mix(participation)
        tally = counts_of(participation.round).tally
    assert list(differences()) == []
    assert sum(count for cell, count in tally.cells() if cell.place.breakdown == "week") == 16


@pytest.mark.django_db
def test_a_count_that_was_tampered_with_is_found() -> None:
    participation = taking_part()
    taken_in(participation, 5)
    with scope(participation.organisation_id):
        mix(participation)
        TallyCell.objects.filter(breakdown=NO_BREAKDOWN, item="tel.enkelhet").update(count=6)
    [found] = differences()
    assert (found.what, found.kept, found.recounted) == ("cell · none · tel.enkelhet · 4", 6, 5)


@pytest.mark.django_db
def test_an_open_round_cannot_be_finished() -> None:
    with pytest.raises(AnswerError, match="Close it"):
        finish(taking_part().round)


@pytest.mark.django_db(transaction=True)
def test_at_closing_what_is_left_is_mixed_and_drafts_and_links_are_gone() -> None:
    participation = taking_part()
    journey(invited(participation))
    post(invited(participation), "bemotande", bemotande="5")
    round_ = Round.objects.get(pk=participation.round_id)
    move(round_, Round.State.CLOSED)
    assert finish(round_) == 1
    with scope(participation.organisation_id):
        assert (Intake.objects.count(), Response.objects.count(), Draft.objects.count()) == (0, 1, 0)
        assert not Invitation.objects.filter(nonce__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_all_that_can_be_mixed_is_mixed_in_one_go() -> None:
    ready, short = taking_part(), taking_part(channel="epost")
    taken_in(ready, 6)
    taken_in(short, 2)
    assert mix_all() == 6
    assert mix_all() == 0


@pytest.mark.django_db(transaction=True)
def test_what_has_had_its_time_is_removed_and_logged() -> None:
    participation = taking_part()
    journey(invited(participation), comment="Ring 070-123 45 67")
    taken_in(participation, 4)
    with scope(participation.organisation_id):
        mix(participation)
    ends = participation.round.ends
    assert dispose(ends + timedelta(days=365)) == ()
    would = dispose(ends + timedelta(days=366), dry=True)
    assert dispose(ends + timedelta(days=366)) == would
    assert dispose(ends + timedelta(days=366)) == ()
    dispose(ends + timedelta(days=1826))
    with scope(participation.organisation_id):
        assert not Response.objects.exists()
        kinds = Disposal.objects.order_by("pk").values_list("kind", "rows", "rule")
        assert list(kinds) == [
            ("originals", 1, "365 dagar efter mätningens slut"),
            ("responses", 5, "1825 dagar efter mätningens slut"),
        ]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "survey_answers", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_round_is_locked_only_when_every_answer_that_waits_is_counted() -> None:
    joined = taking_part()
    with scope(joined.organisation_id):
        taken_in(joined, 2)
    move(joined.round, Round.State.CLOSED)
    move(joined.round, Round.State.LOCKED)
    with scope(joined.organisation_id):
        assert numbers(joined) == (0, 2, 2)
