"""From a link to a survey that can be answered, or to nothing: finished, unknown and closed look the same.

What every request costs is one statement in plain SQL: Django would take ten times as long to put it together. A link
says by itself whose it is, so that the statement needs no scope; what is then read or written by Django does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db import connection

from lyhord.accounts.scope import scope_of_everything
from lyhord.instruments.definition import Instrument
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.rounds import instrument_of
from lyhord.survey.answers.models import Draft, Terms
from lyhord.survey.answers.pages import Host
from lyhord.survey.answers.prepared import one_row
from lyhord.survey.sending.links import REASON, hash_of, is_well_formed
from lyhord.survey.sending.models import Invitation


@dataclass(frozen=True, slots=True)
class Opened:
    """A survey that can be answered now."""

    invitation_id: int
    participation_id: int
    organisation_id: int
    language: str
    channel: str
    instrument: Instrument
    host: Host
    one_page: bool
    discards_originals: bool
    draft: bytes | None


def opened(link: str) -> Opened | None:
    """The survey that the link opens; None for a finished or unknown link and for a round that is not open."""
    if not is_well_formed(link):
        return None
    row = one_row(_statement(), [hash_of(link), Round.State.OPEN.value])
    if row is None:
        return None
    number, participation, language, draft, organisation, channel, sender, *rest = row
    round_id, definition_hash, fictitious, code, formal_name, phone, email, contact_me, *decided = rest
    one_page, discards = decided
    return Opened(
        invitation_id=number,
        participation_id=participation,
        organisation_id=organisation,
        language=language,
        channel=channel,
        instrument=_instrument(round_id, definition_hash),
        host=Host(
            code,
            sender or formal_name,
            phone or "",
            email or "",
            bool(fictitious),
            contact_me is None or bool(contact_me),
        ),
        one_page=bool(one_page),
        discards_originals=bool(discards),
        draft=None if draft is None else bytes(draft),
    )


def invitation_of(found: Opened) -> Invitation:
    """The invitation as a record, within the scope of its organisation."""
    return Invitation.objects.select_related("participation", "contact").get(pk=found.invitation_id)


@lru_cache(maxsize=1)
def _statement() -> str:
    """The statement; names of tables come from the models."""
    tables = {
        model.__name__.lower(): connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - documented by Django
        for model in (Invitation, Participation, Round, Municipality, Terms, Draft)
    }
    return STATEMENT.format(**tables)


@lru_cache(maxsize=64)
def _instrument(round_id: int, definition_hash: str) -> Instrument:
    """The round's instrument, read and checked once in a process as long as its definition stays the same."""
    with scope_of_everything(REASON):
        return instrument_of(Round.objects.get(pk=round_id, definition_hash=definition_hash))


STATEMENT: Final = """
SELECT i.id, i.participation_id, i.language, d.sealed, p.organisation_id, p.channel, p.sender_name,
    r.id, r.definition_hash, r.fictitious, m.code, m.formal_name, t.phone, t.email,
    t.contact_me, t.one_page, t.discard_originals
FROM {invitation} i
JOIN {participation} p ON p.id = i.participation_id
JOIN {round} r ON r.id = p.round_id
JOIN {municipality} m ON m.code = p.municipality_id
LEFT JOIN {terms} t ON t.organisation_id = p.organisation_id
LEFT JOIN {draft} d ON d.invitation_id = i.id
WHERE i.link_hash = %s AND i.nonce IS NOT NULL AND r.state = %s
"""
