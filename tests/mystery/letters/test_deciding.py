"""A person's decisions about mails settle each letter and grade it, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from builders_records import national_organisation
from lyhord.accounts.acting import Acting
from lyhord.accounts.scope import scope
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.deciding import Decision, answered_otherwise, close_unanswered, decide, undo
from lyhord.mystery.letters.models import Posting, Reply
from lyhord.mystery.letters.queues import next_after, overdue_letters, undecided
from lyhord.mystery.letters.suggesting import clocks_differ, same_letter, suggest_unread
from lyhord.mystery.observing.models import Correction, Grading
from lyhord.mystery.planning.models import Probe
from mystery.letters.corresponding import ANSWER, DOMAIN, acting, came, mail, sent_letter

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 10, 13, 7, 30, 5, tzinfo=UTC)  # a Tuesday, 9.30.05 in Sweden
Kind, Outcome = Reply.Kind, Posting.Outcome
RECEIPT = (
    "Tack för ditt mejl. Ditt ärende har registrerats med ärendenummer 2026-1234.\nVi återkommer så snart vi kan.\n"
)


@pytest.fixture(autouse=True)
def _in_the_measurers_scope(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
    with scope(national_organisation()):
        yield


@pytest.fixture
def letter() -> Posting:
    return sent_letter(SENT)


@pytest.fixture
def by() -> Acting:
    return acting()


def answer(reply: Reply, letter: Posting, sender: str = "fullstandig", *, additional: bool = False) -> Decision:
    return Decision(Kind.ANSWER, letter.probe, sender, additional=additional)


def graded(letter: Posting) -> dict[str, str]:
    found = Grading.objects.get(probe=letter.probe)
    assert found.finished_at
    return dict(found.answers)


def test_a_confirmed_answer_is_graded_by_our_own_time_of_receipt(letter: Posting, by: Acting) -> None:
    received = SENT + timedelta(hours=3, seconds=7)
    reply = came(mail(letter, date=SENT - timedelta(hours=36)), received)
    assert (reply.suggested_probe_id, reply.rung, reply.suggested_kind) == (letter.pk, 1, Kind.ANSWER)
    assert (reply.sender_class, reply.additional) == ("fullstandig", True)
    assert clocks_differ(reply)
    assert "answer_content" in reply.signs
    decide(reply, answer(reply, letter, additional=True), by=by)
    assert graded(letter) == {
        "epost.skickat": "2026-10-13T09:30:05",
        "epost.besvarat": "2026-10-13T12:30:12",
        "epost.avsandare": "fullstandig",
        "epost.merinformation": "ja",
    }
    letter.refresh_from_db()
    assert (letter.outcome, letter.answered_at) == (Outcome.ANSWERED, received)


def test_what_is_published_of_an_answer_names_nobody(letter: Posting, by: Acting) -> None:
    reply = came(mail(letter), SENT + timedelta(hours=1))
    decide(reply, answer(reply, letter), by=by)
    reply.refresh_from_db()
    assert "tio veckor" in reply.masked
    assert [word for word in ("Anna", "Svensson", "0912") if word in reply.masked] == []


def test_a_receipt_stops_no_clock_and_the_answer_after_it_does(letter: Posting, by: Acting) -> None:
    receipt = came(mail(letter, RECEIPT, headers="Auto-Submitted: auto-replied\n"), SENT + timedelta(seconds=20))
    assert (receipt.suggested_kind, receipt.certain) == (Kind.AUTOMATIC, True)
    decide(receipt, Decision(Kind.AUTOMATIC, letter.probe), by=by)
    assert not Grading.objects.exists()
    late = came(mail(letter, ANSWER + "PS"), SENT + timedelta(days=2))
    decide(late, answer(late, letter), by=by)
    early = came(mail(letter), SENT + timedelta(days=1))
    decide(early, answer(early, letter, "namn_tel"), by=by)
    assert graded(letter)["epost.besvarat"] == "2026-10-14T09:30:05"
    assert graded(letter)["epost.avsandare"] == "namn_tel"
    assert Correction.objects.get().before["epost.avsandare"] == "fullstandig"


def test_an_answer_after_the_limit_counts_as_none_and_is_told_apart(letter: Posting, by: Acting) -> None:
    (overdue,) = overdue_letters()
    close_unanswered(overdue, by=by)
    assert graded(letter) == {"epost.skickat": "2026-10-13T09:30:05"}
    late = came(mail(letter), datetime(2026, 10, 27, 8, 30, 6, tzinfo=UTC))  # 90 hours and a second
    decide(late, answer(late, letter), by=by)
    letter.refresh_from_db()
    assert letter.outcome == Outcome.LATE
    assert graded(letter).keys() == {"epost.skickat", "epost.besvarat"}
    assert Correction.objects.count() == 1


def test_exactly_ninety_hours_is_in_time(letter: Posting, by: Acting) -> None:
    reply = came(mail(letter), datetime(2026, 10, 27, 8, 30, 5, tzinfo=UTC))  # the clocks have been put back
    decide(reply, answer(reply, letter), by=by)
    letter.refresh_from_db()
    assert letter.outcome == Outcome.ANSWERED


def test_a_letter_is_not_closed_while_a_mail_on_it_waits(letter: Posting, by: Acting) -> None:
    came(mail(letter), SENT + timedelta(hours=1))
    assert overdue_letters() == []
    with pytest.raises(MysteryError, match="väntar på beslut"):
        close_unanswered(letter, by=by)


def test_a_letter_is_not_closed_before_its_limit(letter: Posting, by: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: SENT + timedelta(days=3))
    assert overdue_letters() == []
    with pytest.raises(MysteryError, match="90 arbetstimmar"):
        close_unanswered(letter, by=by)


def test_a_decision_is_taken_back_and_the_letter_waits_again(letter: Posting, by: Acting) -> None:
    reply = came(mail(letter), SENT + timedelta(hours=1))
    decide(reply, answer(reply, letter), by=by)
    undo(reply, by=by)
    suggest_unread()
    reply.refresh_from_db()
    letter.refresh_from_db()
    assert (reply.kind, reply.probe, reply.suggested_kind, letter.outcome) == ("", None, Kind.ANSWER, "")
    assert Grading.objects.get().finished_at is None
    other = acting()
    decide(reply, answer(reply, letter, "ovrigt"), by=other)
    assert (graded(letter)["epost.avsandare"], Grading.objects.get().grader) == ("ovrigt", other.user)


def test_a_bounce_excludes_its_letter_until_it_is_taken_back(letter: Posting, by: Acting) -> None:
    reply = came(mail(letter), SENT + timedelta(minutes=1))
    decide(reply, Decision(Kind.BOUNCED, letter.probe), by=by)
    letter.probe.refresh_from_db()
    assert (letter.probe.state, letter.probe.exclusion) == (Probe.State.EXCLUDED, "bounced")
    undo(reply, by=by)
    letter.probe.refresh_from_db()
    assert letter.probe.state == Probe.State.DONE


def test_a_mail_is_moved_to_the_letter_that_it_answers(letter: Posting, by: Acting) -> None:
    others = Probe.objects.exclude(address="").exclude(pk=letter.pk).select_related("persona", "round")
    other = sent_letter(SENT, others[0])
    reply = came(mail(letter), SENT + timedelta(hours=1))
    decide(reply, answer(reply, letter), by=by)
    decide(reply, answer(reply, other), by=by)
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.outcome, other.outcome) == ("", Outcome.ANSWERED)


def test_a_mail_that_fits_no_letter_waits_until_a_person_says_that_it_is_nothing(letter: Posting, by: Acting) -> None:
    reply = came(mail(None, "Köp våra mattor!"), SENT + timedelta(hours=1))
    assert (reply.suggested_probe, list(undecided())) == (None, [reply])
    with pytest.raises(MysteryError, match="Välj vilket brev"):
        decide(reply, Decision(Kind.AUTOMATIC, None), by=by)
    decide(reply, Decision(Kind.IRRELEVANT, None), by=by)
    assert list(undecided()) == []
    assert next_after(reply) is None


def test_the_same_letter_by_two_ways_is_told(letter: Posting) -> None:
    raw = mail(letter)
    first = came(raw, SENT + timedelta(hours=1))
    again = came(b"Received: by mx2.kommun.test\n" + raw, SENT + timedelta(hours=2))
    assert list(same_letter(again)) == [first]


def test_an_answer_by_telephone_counts_without_sender(letter: Posting, by: Acting) -> None:
    with pytest.raises(MysteryError, match="hur svaret kom"):
        answered_otherwise(letter, SENT + timedelta(hours=1), " ", by=by)
    with pytest.raises(MysteryError, match="mellan"):
        answered_otherwise(letter, SENT - timedelta(hours=1), "Handläggaren ringde", by=by)
    answered_otherwise(letter, SENT + timedelta(hours=1), "Handläggaren ringde", by=by)
    assert graded(letter).keys() == {"epost.skickat", "epost.besvarat"}
    letter.refresh_from_db()
    assert letter.outcome == Outcome.OTHERWISE


def test_an_answer_needs_a_class_of_sender(letter: Posting, by: Acting) -> None:
    reply = came(mail(letter), SENT + timedelta(hours=1))
    with pytest.raises(MysteryError, match="avsändaren"):
        decide(reply, answer(reply, letter, ""), by=by)


def test_a_mail_to_nobody_of_ours_has_candidates_by_its_subject_or_none(letter: Posting) -> None:
    reply = came(mail(letter, to=f"annan@{DOMAIN}"), SENT + timedelta(hours=1))
    assert (reply.suggested_probe_id, reply.rung) == (letter.pk, 2)
