"""Builders for lists of contacts: an open round of today, who takes part in it, and lists handed over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from builders import EXEMPELKOPING
from builders_records import INSTRUMENT, municipality_of, national_organisation, organisation_of
from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import Terms, take_part
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.survey.contacts.importing import read
from lyhord.survey.contacts.models import Contact, LeftOut, Upload
from lyhord.survey.contacts.storing import address_of
from lyhord.survey.contacts.uploads import receive

BRILLIANT = "PhoneNumberOrEmail;AgentRefCode;SurveyRefCode;LanguageCode;MetaKey;RecruitmentMethod;RespondentAttributes"
SENT_BY = Terms(quota=100, sms_sender="Kommunen")


def open_round(key: str = "nu", quarantine_days: int = 30, starts: date | None = None) -> Round:
    """A round that is open today, planned once by its key."""
    found = Round.objects.filter(key=key).first()
    if found:
        return found
    today = timezone.localdate()
    begins = starts or today - timedelta(days=10)
    plan = RoundPlan(
        key, f"Servicemätning {key}", begins, today + timedelta(days=40), quarantine_days, {"epost": 48, "tel": 0}
    )
    made = plan_round(national_organisation(), definition_text(INSTRUMENT), plan)
    move(made, Round.State.OPEN)
    return made


def joined(
    code: str = EXEMPELKOPING, channels: Iterable[str] = ("tel", "epost"), round_: Round | None = None
) -> dict[str, Participation]:
    """A municipality that takes part in the open round, by channel."""
    municipality_of(code)
    organisation = organisation_of(code)
    with scope(organisation):
        return {channel: take_part(round_ or open_round(), organisation, channel, SENT_BY) for channel in channels}


def brilliant(*rows: str) -> bytes:
    """A list in Brilliant's columns; a row is ``address`` or ``address;language;key;method``."""
    lines = [BRILLIANT]
    for row in rows:
        address, language, key, method = [*row.split(";"), "", "", ""][:4]
        lines.append(f'{address};kc;exempel;{language or "SE"};{key};{method};"{{ ""CallLength"": ""300"" }}"')
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def handed(content: bytes, organisation: Organisation | None = None, name: str = "lista.csv") -> Upload:
    """A list that was handed over and read, by default Exempelköping's."""
    organisation = organisation or organisation_of()
    with scope(organisation):
        upload = receive(open_round(), organisation, name, [content])
        read(upload)
        upload.refresh_from_db()
        return upload


def reasons_of(upload: Upload) -> list[tuple[int, str]]:
    """The rows that were left out, and why."""
    with scope(upload.organisation_id):
        return sorted(LeftOut.objects.filter(upload=upload).values_list("row", "reason"))


def addresses_of(organisation: Organisation | None = None) -> list[str]:
    """Whom an organisation's contacts reach, in order."""
    with scope(organisation or organisation_of()):
        return sorted(address_of(contact) for contact in Contact.objects.all())
