"""An attacker with every dump, log and file, who also knows in which order everybody answered, guesses no better than
by drawing lots among those who share municipality, channel and day.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from builders import EXEMPELKOPING, PROVSTAD
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Participation
from lyhord.survey.answers import drafts
from lyhord.survey.answers.mixing import leave_nothing_behind, mix
from lyhord.survey.answers.models import Intake, Response
from lyhord.survey.answers.opening import opened
from lyhord.survey.answers.submitting import submit
from lyhord.survey.sending.links import hash_of
from survey.answers.asked import invited, taking_part

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ANSWERS = 2_000
DAYS = 5
Group = tuple[int, date]
SMALL = 1e-6  # how seldom lots alone may be as lucky as the attacker


@dataclass
class Truth:
    """What only the test knows: who wrote which answer. The attacker knows the order, not what was written."""

    order: dict[Group, list[str]] = field(default_factory=dict)  # marks in the order they were sent
    links: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def places() -> list[Participation]:
    return [taking_part(code, channel) for code in (EXEMPELKOPING, PROVSTAD) for channel in ("tel", "epost")]


def lived_through() -> Truth:
    """Two thousand people answer over five days, one after the other; the mixing pass runs whenever it may."""
    truth, chance = Truth(), Random(7)  # noqa: S311 - repeats itself from run to run
    participations = places()
    start = timezone.localdate() - timedelta(days=DAYS)
    for number in range(ANSWERS):
        participation = chance.choice(participations)
        day = start + timedelta(days=number * DAYS // ANSWERS)
        address = f"+46701{number:06}" if participation.channel == "tel" else f"person{number}@exempel.se"
        answer(invited(participation, address=address), day, mark := f"svar{number:05}", truth)
        truth.addresses.append(address)
        truth.order.setdefault((participation.pk, day), []).append(mark)
        if number % 7 == 0:
            with scope(participation.organisation_id):
                mix(participation)
    for participation in participations:
        with scope(participation.organisation_id):
            mix(participation, closing=True)
    leave_nothing_behind()
    return truth


def answer(link: str, day: date, mark: str, truth: Truth) -> None:
    """Somebody drafts and sends; the mark in the comment is how the test knows the answer again."""
    survey = opened(link)
    assert survey is not None
    answers = {f"{survey.channel}.enkelhet": "4"} | ({"epost.filter": "ja"} if survey.channel == "epost" else {})
    with scope(survey.organisation_id):
        drafts.save(survey.invitation_id, link, answers)
        assert submit(survey, answers, mark, on=day)
    truth.links.append(link)


def hidden_columns() -> Sequence[str]:
    return ("rowid",) if connection.vendor == "sqlite" else ("xmin::text::bigint", "ctid::text")


def dump() -> dict[Group, list[tuple[Any, ...]]]:
    """Every response with its hidden columns, id and mark, by group."""
    table = Response._meta.db_table
    columns = ", ".join((*hidden_columns(), "id", "participation_id", "date", "comment"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of our own
        rows = cursor.fetchall()
    found: dict[Group, list[tuple[Any, ...]]] = {}
    for *hidden, row_id, participation, day, mark in rows:
        key = (participation, day if isinstance(day, date) else date.fromisoformat(day))
        found.setdefault(key, []).append((*map(sortable, hidden), row_id, mark))
    return found


def sortable(value: Any) -> Any:
    """A place in a table, ``(page,line)``, as numbers."""
    return tuple(map(int, value.strip("()").split(","))) if isinstance(value, str) else value


def stored_order(marks: Iterable[str]) -> dict[str, int]:
    """Where each mark stands in the file: what a person with the disk sees, and no query shows."""
    if connection.vendor != "sqlite":
        return {}
    content = Path(connection.settings_dict["NAME"]).read_bytes()
    return {mark: content.find(mark.encode()) for mark in marks}


def hits(guess: Sequence[str], truth: Sequence[str]) -> int:
    return sum(one == other for one, other in zip(guess, truth, strict=True))


def luck(hits_of_lots: int, groups: int) -> float:
    """How likely lots alone hit as often: matches of a random order are very nearly Poisson with mean 1 a group."""
    return 1 - sum(math.exp(-groups) * groups**k / math.factorial(k) for k in range(hits_of_lots))


def files_of_the_database() -> Iterator[bytes]:
    path = Path(connection.settings_dict["NAME"])
    for file in path.parent.glob(f"{path.name}*"):
        yield file.read_bytes()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, logger="lyhord")
    return caplog


def test_an_attacker_with_everything_guesses_no_better_than_by_lots(log: pytest.LogCaptureFixture) -> None:
    truth = lived_through()
    dumped = dump()
    groups = {key: order for key, order in truth.order.items() if len(order) > 1}
    assert {key: sorted(row[-1] for row in rows) for key, rows in dumped.items()} == {
        key: sorted(order) for key, order in truth.order.items()
    }
    for column in range(len(hidden_columns()) + 1):
        found = sum(
            hits([row[-1] for row in sorted(dumped[key], key=lambda row: row[column])], order)
            for key, order in groups.items()
        )
        assert luck(found, len(groups)) > SMALL
    assert_batches_do_not_show(dumped)
    places_in_file = stored_order(mark for order in truth.order.values() for mark in order)
    if places_in_file:
        found = sum(hits(sorted(order, key=places_in_file.__getitem__), order) for order in groups.values())
        assert luck(found, len(groups)) > SMALL
        assert_neighbours_in_time_are_not_neighbours_in_the_file(groups, places_in_file)
    assert_nothing_else_is_left(truth, log)


def assert_batches_do_not_show(dumped: dict[Group, list[tuple[Any, ...]]]) -> None:
    """All answers of a group were written by one transaction, and no count by one of its own."""
    if connection.vendor == "sqlite":
        return
    assert {len({row[0] for row in rows}) for rows in dumped.values()} == {1}
    with connection.cursor() as cursor:
        for table in ("lyhord_counts_tallycell", "lyhord_counts_paircell", "lyhord_counts_flowcount"):
            cursor.execute(f"SELECT participation_id, xmin::text FROM {table} GROUP BY 1, 2")  # noqa: S608 - names of our own
            assert set(Counter(row[0] for row in cursor.fetchall()).values()) <= {1}


def assert_neighbours_in_time_are_not_neighbours_in_the_file(
    groups: dict[Group, list[str]], places_in_file: dict[str, int]
) -> None:
    """People of one batch answered after each other; if batches showed, so would neighbours."""
    near = expected = 0.0
    for order in groups.values():
        rank = {mark: place for place, mark in enumerate(sorted(order, key=places_in_file.__getitem__))}
        near += sum(abs(rank[one] - rank[other]) == 1 for one, other in pairwise(order))
        expected += 2 * (len(order) - 1) / len(order)
    assert near < expected + 6 * math.sqrt(expected)


def assert_nothing_else_is_left(truth: Truth, log: pytest.LogCaptureFixture) -> None:
    """No row of a person who answered; no link, hash, address or nonce in files or log."""
    names = ("Intake", "Draft", "Invitation", "Contact", "ContactKey")
    with scope_of_everything("the attacker reads everything"):
        left = {model.__name__: model.objects.count() for model in apps.get_models() if model.__name__ in names}
    assert left == dict.fromkeys(names, 0)
    secrets = [*truth.links, *map(hash_of, truth.links), *truth.addresses]
    assert not [secret for secret in secrets if secret in log.text]
    if connection.vendor == "sqlite":
        contents = list(files_of_the_database())
        assert contents
        for content in contents:
            assert not [secret for secret in secrets if secret.encode() in content]


def test_the_attack_would_succeed_on_answers_that_are_not_mixed() -> None:
    participation = taking_part()
    marks = [f"svar{number:05}" for number in range(60)]
    with scope(participation.organisation_id):
        for mark in marks:
            Response.objects.create(participation=participation, date=date(2024, 3, 13), answers={}, comment=mark)
    if connection.vendor == "sqlite":
        places_in_file = stored_order_after_checkpoint(marks)
        order = sorted(marks, key=places_in_file.__getitem__, reverse=True)  # a page is filled from its end
    else:
        rows = dump()[participation.pk, date(2024, 3, 13)]
        order = [row[-1] for row in sorted(rows, key=lambda row: row[0])]
    assert luck(hits(order, marks), 1) < SMALL


def stored_order_after_checkpoint(marks: Sequence[str]) -> dict[str, int]:
    leave_nothing_behind()
    return stored_order(marks)


def test_the_intake_is_empty_when_the_pass_is_over_also_in_the_file() -> None:
    participation = taking_part()
    with scope(participation.organisation_id):
        for number in range(6):
            Intake.objects.create(
                participation=participation, date=date(2024, 3, 13), answers={}, comment=f"unik{number}"
            )
        mix(participation)
        Response.objects.all().delete()
    leave_nothing_behind()
    if connection.vendor == "sqlite":
        assert not [content for content in files_of_the_database() if b"unik" in content]
    assert not list(groupby(dump()))
