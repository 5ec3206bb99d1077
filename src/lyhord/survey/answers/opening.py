"""From a link to an invitation that can be answered, or to nothing: finished, unknown and closed look the same."""

from __future__ import annotations

from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope_of_everything
from lyhord.instruments.definition import Instrument
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.rounds import instrument_of
from lyhord.survey.answers.models import Draft, Terms
from lyhord.survey.answers.pages import Host
from lyhord.survey.sending.links import REASON, hash_of, is_well_formed
from lyhord.survey.sending.models import Invitation

_instruments: dict[tuple[int, str], Instrument] = {}
JOINED = (
    "participation__round",
    "participation__municipality",
    "participation__organisation__answer_terms",
    "draft",
)


def opened(link: str) -> Invitation | None:
    """The invitation that the link opens, with its participation, round, draft and terms; one query."""
    if not is_well_formed(link):
        return None
    with scope_of_everything(REASON):
        rows = Invitation.objects.filter(link_hash=hash_of(link), nonce__isnull=False)
        rows = rows.filter(participation__round__state=Round.State.OPEN)
        joined = rows.select_related(*JOINED)
        return next(iter(joined.defer("participation__round__definition")[:1]), None)


def draft_of(invitation: Invitation) -> Draft | None:
    """The draft that was fetched with the invitation."""
    found = getattr(invitation, "draft", None)
    return found if isinstance(found, Draft) else None


def instrument_for(participation: Participation) -> Instrument:
    """The round's instrument, read and checked once in a process."""
    round_ = participation.round
    key = (round_.pk, round_.definition_hash)
    if key not in _instruments:
        _instruments[key] = instrument_of(round_)
    return _instruments[key]


def terms_of(organisation: Organisation) -> Terms | None:
    """What the organisation has decided; None where it has decided nothing and the defaults hold."""
    found = getattr(organisation, "answer_terms", None)
    return found if isinstance(found, Terms) else None


def host_of(participation: Participation) -> Host:
    """In whose name a participation's pages are shown."""
    municipality, terms = participation.municipality, terms_of(participation.organisation)
    return Host(
        code=municipality.code,
        municipality=participation.sender_name or municipality.formal_name,
        phone=terms.phone if terms else "",
        email=terms.email if terms else "",
        fictitious=participation.round.fictitious,
    )
