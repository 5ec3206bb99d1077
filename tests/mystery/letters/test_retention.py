"""Mails are removed when their time is out; decisions and masked answers stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from builders_records import national_organisation
from lyhord.accounts.scope import scope
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.deciding import Decision, decide
from lyhord.mystery.letters.keeping import raw_of
from lyhord.mystery.letters.models import Reply
from lyhord.mystery.letters.retention import dispose_of_mails
from mystery.letters.corresponding import acting, came, mail, sent_letter

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 10, 13, 7, 30, 5, tzinfo=UTC)
LAST_DAY = date(2027, 5, 7)  # 180 days after the round's end


@pytest.fixture(autouse=True)
def _in_the_measurers_scope(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
    with scope(national_organisation()):
        yield


def test_a_decided_mail_becomes_unreadable_and_its_masked_answer_stays() -> None:
    letter = sent_letter(SENT)
    reply = came(mail(letter), SENT + timedelta(hours=1))
    waiting = came(mail(None, "Vem är detta till?"), SENT + timedelta(hours=1))
    decide(reply, Decision(Reply.Kind.ANSWER, letter.probe, "fullstandig"), by=acting())
    assert dispose_of_mails(LAST_DAY) == ()
    after = LAST_DAY + timedelta(days=1)
    assert [(owner.name, rows) for owner, rows, _ in dispose_of_mails(after, dry=True)] == [("Samordnaren", 1)]
    assert len(dispose_of_mails(after)) == 1
    assert dispose_of_mails(after) == ()
    reply.refresh_from_db()
    assert (reply.kind, "tio veckor" in reply.masked) == ("answer", True)
    with pytest.raises(MysteryError, match="gallrat"):
        raw_of(reply)
    assert raw_of(waiting)
