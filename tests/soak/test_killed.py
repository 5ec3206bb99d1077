"""Killed at random moments, server and worker lose no answer, repeat none, and send no SMS twice."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from builders_records import municipality_of, national_organisation, organisation_of
from delivery.conftest import KEYS
from delivery.sending import sender_of
from delivery.servers import MailServer, SmsCentre, mail_server, sms_centre
from journeys.processes import Machine, morning, working_days
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.models import Message
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.counts.models import FlowCount
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import Terms as Joining
from lyhord.measurements.participations import take_part
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.survey.answers.models import Draft, Intake, Response, Terms
from lyhord.survey.answers.recounting import differences
from lyhord.survey.contacts.models import Contact, Upload
from lyhord.survey.contacts.uploads import receive
from lyhord.survey.sending.models import Invitation
from soak.trial import LIMIT, RESPONDENTS, Trial, feed, kill_at, marks_within, respond, threads_of
from survey.contacts.handing_over import brilliant

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
SEED = int(os.environ.get("LYHORD_SOAK_SEED", "20261122"))
INVITED = int(os.environ.get("LYHORD_SOAK_INVITED", "5300"))
PACE = 10
OPEN_STATES = ("queued", "leased", "sending")


@dataclass(frozen=True)
class Tallied:
    """What a trial ended with."""

    invited: int
    letters: int
    letters_twice: int
    letters_more: int
    other_message_ids: int
    texts: int
    texts_twice: int
    texts_unsure: int
    letters_unsure: int
    arrived_nowhere: int  # invitations that nobody got, other than those that wait for a person to settle
    thanked: int
    taken_in_doubt: int
    dead_links: int
    stored: int
    lost: int
    repeated: int
    differences: int
    seconds: float


@pytest.fixture
def trial(tmp_path: Path, settings: Settings, request: pytest.FixtureRequest) -> Iterator[Trial]:
    settings.DATA_FOLDER, settings.DELIVERY_KEYS = tmp_path, KEYS
    number, fault = getattr(request, "param", (INVITED, ""))
    with mail_server(MailServer()) as mails, sms_centre(SmsCentre(receipts=False)) as texts:
        outside = {
            "LYHORD_EMAIL": "smtp",
            "LYHORD_SMTP_URL": f"smtp://127.0.0.1:{mails.port}",
            "LYHORD_SMS": "smpp",
            "LYHORD_SMPP_URL": f"smpp://kommun:hemligt@127.0.0.1:{texts.port}",
            "LYHORD_SURVEY_MISSES": "1000000",
            "LYHORD_TEST_FAULT": fault,
        }
        machine = Machine(tmp_path, outside, PACE)
        machine.set_clock(morning(working_days()[0]))
        handed_over(number)
        made = Trial(machine, mails, texts, random.Random(SEED))  # noqa: S311 - draws moments, guards nothing
        yield made
        made.stop()


def handed_over(number: int) -> None:
    """So many contacts, half by phone and half by e-mail, in a list that no worker has read."""
    municipality_of()
    day = working_days()[0]
    plan = RoundPlan("nu", "Servicemätning nu", day.replace(day=1), working_days()[1])
    round_ = plan_round(national_organisation(), definition_text("skr-servicematning-2024"), plan)
    move(round_, Round.State.OPEN)
    own = organisation_of()
    sender_of(own)
    rows = [f"07017{10 * place:05}" for place in range(number // 2)]
    rows += [f"person{place}@mottagare.test" for place in range(number - number // 2)]
    with scope(own):
        for channel in ("tel", "epost"):
            take_part(round_, own, channel, Joining(sender_name="Exempelköping"))
        Participation.objects.update(quota=None)
        Terms.objects.create(organisation=own, one_page=True)
        receive(round_, own, "lista.csv", [brilliant(*rows)])


def test_killed_again_and_again_nothing_is_lost_and_nothing_repeated(trial: Trial) -> None:
    found = carried_out(trial, INVITED, worker_kills=12, server_kills=8)
    told(trial, found)
    assert sum(trial.kills.values()) >= 20
    assert found.invited == INVITED
    assert found.stored >= INVITED * 9 // 10
    assert (found.lost, found.repeated, found.dead_links, found.differences) == (0, 0, 0, 0)
    assert (found.texts_twice, found.arrived_nowhere) == (0, 0)
    assert (found.letters_more, found.other_message_ids) == (0, 0)


@pytest.mark.parametrize("trial", [(600, "send_blindly")], indirect=True)
def test_a_worker_that_sends_blindly_is_found_out(trial: Trial) -> None:
    trial.waits = 1
    found = carried_out(trial, 600, worker_kills=5, server_kills=0)
    told(trial, found)
    assert found.texts_twice > 0


@pytest.mark.parametrize("trial", [(600, "thank_first")], indirect=True)
def test_a_server_that_thanks_before_it_stores_is_found_out(trial: Trial) -> None:
    found = carried_out(trial, 600, worker_kills=0, server_kills=4)
    told(trial, found)
    assert found.lost > 0


def carried_out(trial: Trial, number: int, *, worker_kills: int, server_kills: int) -> Tallied:
    """Let everybody be invited and answer while processes are killed, close the round, and count."""
    chance, began = trial.chance, time.monotonic()
    trial.restart("serve")
    trial.restart("work")
    sending, answering = marks_within(chance, worker_kills, number), marks_within(chance, server_kills, number)
    seeds = [random.Random(chance.random()) for _ in range(RESPONDENTS + 2)]  # noqa: S311 - as above
    threads = threads_of(
        trial,
        [
            partial(feed, trial),
            partial(kill_at, trial, "work", sending, lambda: trial.arrived, seeds[0]),
            partial(kill_at, trial, "serve", answering, lambda: trial.answered, seeds[1]),
            *(partial(respond, trial, seed) for seed in seeds[2:]),
        ],
    )
    wait_until(trial, everyone_is_done(trial, number), "Answering")
    with scope_of_everything("a trial looks"):
        invited = sum(FlowCount.objects.filter(stage="invited").values_list("count", flat=True))
        unanswered = map(str, Invitation.objects.filter(nonce__isnull=False).values_list("pk", flat=True))
        about = dict(Message.objects.exclude(reference="").values_list("reference", "state"))
        nowhere = sum(about.get(reference) != "unknown" for reference in unanswered)
    move(Round.objects.get(), Round.State.CLOSED)
    wait_until(trial, nothing_waits, "Closing the round")
    trial.stop()
    for thread in threads:
        thread.join(30)
    assert not trial.faults
    return tallied(trial, invited, nowhere, time.monotonic() - began)


def everyone_is_done(trial: Trial, number: int) -> Callable[[], bool]:
    def done() -> bool:
        with scope_of_everything("a trial looks"):
            if Upload.objects.exclude(state=Upload.State.DONE).exists():
                return False
            if Contact.objects.filter(state=Contact.State.WAITING).exists():
                return False
            if Invitation.objects.filter(state="planned").exists():
                return False
            if Message.objects.filter(state__in=OPEN_STATES).exists() or Message.objects.count() < number:
                return False
        return len(trial.seen) == trial.answered + len(trial.dead)

    return done


def nothing_waits() -> bool:
    with scope_of_everything("a trial looks"):
        return not Intake.objects.exists() and not Invitation.objects.filter(nonce__isnull=False).exists()


def wait_until(trial: Trial, done: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + LIMIT
    while not done():
        assert not trial.faults, trial.faults
        assert time.monotonic() < until, f"{what}: {trial.arrived} arrived, {trial.answered} answered"
        time.sleep(1)


def tallied(trial: Trial, invited: int, nowhere: int, seconds: float) -> Tallied:
    letters = Counter(envelope.rcpt_tos[0] for envelope in trial.mails.taken)
    ids: dict[str, set[bytes]] = {}
    for envelope in trial.mails.taken:
        ids.setdefault(envelope.rcpt_tos[0], set()).add(message_id(bytes(envelope.content or b"")))
    texts = Counter(event.destination_addr for event in trial.texts.submitted)
    with scope_of_everything("a trial looks"):
        states = Counter(Message.objects.values_list("channel", "state"))
        words = Counter(Response.objects.values_list("comment", flat=True))
        assert not Draft.objects.exists()
        wrong = list(differences())
    assert set(words) <= set(trial.seen.values())
    certain = {trial.seen[link] for link in trial.thanked | trial.taken_in_doubt}
    unsure = {channel: states[channel, "unknown"] for channel in ("sms", "email")}
    assert whole()
    return Tallied(
        invited=invited,
        letters=len(letters),
        letters_twice=sum(count == 2 for count in letters.values()),
        letters_more=sum(count > 2 for count in letters.values()),
        other_message_ids=sum(len(each) > 1 for each in ids.values()),
        texts=len(texts),
        texts_twice=sum(count > 1 for count in texts.values()),
        texts_unsure=unsure["sms"],
        letters_unsure=unsure["email"],
        arrived_nowhere=nowhere,
        thanked=len(trial.thanked),
        taken_in_doubt=len(trial.taken_in_doubt),
        dead_links=len(trial.dead),
        stored=sum(words.values()),
        lost=len(certain - set(words)),
        repeated=sum(count - 1 for count in words.values()),
        differences=len(wrong),
        seconds=seconds,
    )


def message_id(raw: bytes) -> bytes:
    return next(line for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id:"))


def whole() -> bool:
    """Whether SQLite finds its file whole; PostgreSQL has checked its log when it was asked."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchone() == ("ok",))


def told(trial: Trial, found: Tallied) -> None:
    """Print what benchmarks/faults/results.md shows."""
    shown: Mapping[str, object] = vars(found) | {"kills": dict(trial.kills), "refused": dict(trial.refused)}
    fault = trial.machine.settings["LYHORD_TEST_FAULT"] or "none"
    print(f"\n{connection.vendor}, seed {SEED}, fault put in: {fault}")  # noqa: T201 - a trial tells its figures
    for name, value in shown.items():
        print(f"  {name.replace('_', ' ')}: {value if not isinstance(value, float) else round(value)}")  # noqa: T201 - as above
