"""Handing in while others work on the same invitation: once, and with nothing left, by either way of doing it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.contents import Email
from lyhord.delivery.models import Message, MessageKey
from lyhord.delivery.outbox import Draft as Letter
from lyhord.delivery.outbox import enqueue
from lyhord.survey.answers import at_once, drafts
from lyhord.survey.answers.models import Draft, Intake
from lyhord.survey.answers.opening import Opened, opened
from lyhord.survey.answers.submitting import submit
from lyhord.survey.contacts.models import Contact, ContactKey
from lyhord.survey.sending.models import Invitation
from survey.answers.asked import invited, taking_part

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20
ANSWERS = {"epost.filter": "ja", "epost.enkelhet": "4"}


@pytest.fixture(params=["at once", "step by step"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One statement where the database can, and the careful way everywhere."""
    if request.param == "step by step":
        monkeypatch.setattr(at_once, "is_possible", lambda: False)


def open_survey() -> tuple[str, Opened]:
    link = invited(taking_part(channel="epost"))
    survey = opened(link)
    assert survey is not None
    return link, survey


def handed_in(survey: Opened) -> bool:
    with scope(survey.organisation_id):
        return submit(survey, ANSWERS, "Bra")


def remind(survey: Opened) -> None:
    """Queue a reminder as the room that sends does: the invitation is held, and marked when the message is there."""
    invitation = Invitation.objects.select_for_update().get(pk=survey.invitation_id)
    organisation = invitation.participation.organisation
    content = Email(subject="Påminnelse", text="Svara gärna")
    enqueue(organisation, [Letter("vera@exempel.se", content, "reminder", str(invitation.pk))])
    Invitation.objects.filter(pk=invitation.pk).update(state=Invitation.State.QUEUED)


def left() -> dict[str, int]:
    models = (Contact, ContactKey, Invitation, Draft, MessageKey)
    with scope_of_everything("a test looks"):
        found = {model.__name__: model.objects.count() for model in models}
        return {**found, "tied": Message.objects.exclude(reference="", address_hash="").count()}


NOTHING = {"Contact": 0, "ContactKey": 0, "Invitation": 0, "Draft": 0, "MessageKey": 0, "tied": 0}


def in_another_thread(pool: ThreadPoolExecutor, deed: Callable[[], object]) -> Callable[[], object]:
    """Begin it on a connection of its own; called, the outcome is waited for."""

    def done() -> object:
        try:
            return deed()
        finally:
            connections.close_all()

    future = pool.submit(done)
    return lambda: future.result(SECONDS)


@pytest.mark.usefixtures("way")
def test_everything_that_ties_an_answer_to_a_person_goes_with_it() -> None:
    link, survey = open_survey()
    with scope(survey.organisation_id):
        drafts.save(survey.invitation_id, link, ANSWERS)
    assert handed_in(survey)
    assert left() == NOTHING


@pytest.mark.usefixtures("way")
def test_a_message_that_was_sent_is_forgotten_and_another_persons_is_not() -> None:
    (_, survey), (_, other) = open_survey(), open_survey()
    for one in (survey, other):
        with scope(one.organisation_id), transaction.atomic():
            remind(one)
            Message.objects.filter(reference=str(one.invitation_id)).update(state="sent")
            Invitation.objects.filter(pk=one.invitation_id).update(state=Invitation.State.SENT)
    assert handed_in(survey)
    with scope_of_everything("a test looks"):
        [kept] = Message.objects.exclude(reference="")
        assert kept.reference == str(other.invitation_id)
        assert list(MessageKey.objects.values_list("message_id", flat=True)) == [kept.pk]
        assert Contact.objects.count() == Invitation.objects.count() == 1


@pytest.mark.usefixtures("way")
def test_a_message_that_waits_is_called_off() -> None:
    _, survey = open_survey()
    with scope(survey.organisation_id), transaction.atomic():
        remind(survey)
    assert handed_in(survey)
    with scope_of_everything("a test looks"):
        assert [row.state for row in Message.objects.all()] == ["cancelled"]
    assert left() == NOTHING


@pytest.mark.usefixtures("way")
def test_a_reminder_that_is_queued_in_the_same_moment_is_called_off_too() -> None:
    _, survey = open_survey()
    held, go_on = Event(), Event()

    def queue() -> None:
        with scope(survey.organisation_id), transaction.atomic():
            remind(survey)
            held.set()
            assert go_on.wait(SECONDS)

    with ThreadPoolExecutor(2) as pool:
        queued = in_another_thread(pool, queue)
        assert held.wait(SECONDS)
        answered = in_another_thread(pool, lambda: handed_in(survey))
        go_on.set()
        queued()
        assert answered()
    assert left() == NOTHING


@pytest.mark.usefixtures("way")
def test_what_is_sent_many_times_at_once_is_taken_once() -> None:
    _, survey = open_survey()
    with ThreadPoolExecutor(4) as pool:
        outcomes = [in_another_thread(pool, lambda: handed_in(survey)) for _ in range(8)]
        assert sorted(str(outcome()) for outcome in outcomes) == ["False"] * 7 + ["True"]
    with scope_of_everything("a test looks"):
        assert Intake.objects.count() == 1
    assert left() == NOTHING


@pytest.mark.usefixtures("way")
def test_an_answer_that_cannot_be_kept_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    _, survey = open_survey()
    monkeypatch.setattr("lyhord.survey.answers.submitting.random_id", lambda: 7)
    assert handed_in(survey)
    _, second = open_survey()
    before = left()
    with pytest.raises(Exception, match=r"(?i)unique"):
        handed_in(second)
    assert left() == before


def test_a_connection_that_the_database_has_ended_is_opened_anew() -> None:
    link, _ = open_survey()
    end_the_connection()
    assert Client().get(f"/s/{link}").status_code == 200


def end_the_connection() -> None:
    """As when the database's server is started again. SQLite has none: there the connection is only closed."""
    if connection.vendor == "sqlite":
        connection.close()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [number] = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()
