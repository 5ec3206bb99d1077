"""Builders of letters to municipalities, and of what comes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count

from django.utils import timezone
from pytest_django.fixtures import Settings

from builders import EXEMPELKOPING
from builders_records import member, municipality_of, national_organisation
from delivery.mail_house import PASSWORD
from lyhord.accounts.acting import Acting
from lyhord.accounts.roles import Role
from lyhord.mystery.letters.destinations import set_destinations
from lyhord.mystery.letters.keeping import keep
from lyhord.mystery.letters.models import Mailbox, Posting, Reply
from lyhord.mystery.letters.suggesting import suggest_unread
from lyhord.mystery.letters.writing import new_message_id
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.planning.probes import letter_of, question_of
from mystery.planning.planned import DOMAIN, made_plan

OFFICIAL = "kommun@kommun.test"
ANSWER = """Hej!

Bygglov söker du i vår e-tjänst. Handläggningen tar normalt tio veckor från det att ansökan är komplett.
Läs gärna mer på https://www.exempelkoping.se/bygglov

Med vänlig hälsning
Anna Svensson
Bygglovshandläggare
Vetlanda kommun
0912-123 45
"""
_numbers = count(1)


def acting(role: Role = Role.REVIEWER) -> Acting:
    """Somebody of the measurer's, acting in the role."""
    made = member(role, national_organisation())
    return Acting(made.user, role, made.organisation_id, made.organisation.name)


def reaching(settings: Settings, *, smtp: int = 0, imap: int = 0) -> None:
    """Letters leave by, and replies come to, these ports of this machine; 0: none."""
    settings.LETTERS_SMTP = f"{DOMAIN}=smtp://127.0.0.1:{smtp}" if smtp else ""
    settings.LETTERS_IMAP = f"{DOMAIN}=imap://brev%40kommun.test:{PASSWORD}@127.0.0.1:{imap}/INBOX" if imap else ""


def due_letter(*, destination: bool = True) -> Probe:
    """A letter that is due now, of a new open round, the other letters of which come later."""
    plan = made_plan()
    municipality_of()
    if destination:
        set_destinations(plan.organisation, f"{EXEMPELKOPING} {OFFICIAL}")
    letters = Probe.objects.filter(round_id=plan.pk).exclude(address="")
    letters.update(due_at=timezone.now() + timedelta(days=1))
    probe = letters.select_related("persona", "round", "municipality", "organisation").order_by("pk")[0]
    letters.filter(pk=probe.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    probe.refresh_from_db()
    return probe


def sent_letter(at: datetime, probe: Probe | None = None) -> Posting:
    """A letter that left at this moment."""
    probe = probe or due_letter()
    Probe.objects.filter(pk=probe.pk).update(state=Probe.State.DONE, done_at=at)
    probe.refresh_from_db()
    letter = letter_of(probe)
    return Posting.objects.create(
        organisation=probe.organisation, probe=probe, message_id=new_message_id(probe.address), recipient=OFFICIAL,
        subject=letter.subject, question=question_of(probe).text, claimed_at=at, sent_at=at,
    )  # fmt: skip


def mail(
    posting: Posting | None, text: str = ANSWER, *, to: str = "", date: datetime | None = None, headers: str = ""
) -> bytes:
    """A mail from the municipality about the letter. ``headers`` are lines that are put first."""
    made = EmailMessage()
    made["From"] = "Anna Svensson <anna.svensson@kommun.test>"
    made["To"] = to or (posting.probe.address if posting else f"fel@{DOMAIN}")
    made["Subject"] = f"Sv: {posting.subject}" if posting else "Erbjudande"
    made["Message-ID"] = f"<svar{next(_numbers)}@kommun.test>"
    if posting:
        made["In-Reply-To"] = posting.message_id
    made["Date"] = format_datetime(date or timezone.localtime())
    made.set_content(text)
    return headers.encode() + made.as_bytes()


def came(raw: bytes, received_at: datetime) -> Reply:
    """The mail has come, at this moment by our server's clock, and the rules have read it."""
    box, _ = Mailbox.objects.get_or_create(name=DOMAIN, defaults={"validity": 1})
    reply = keep(box, national_organisation(), next(_numbers), raw, received_at)
    assert reply is not None
    suggest_unread()
    reply.refresh_from_db()
    return reply
