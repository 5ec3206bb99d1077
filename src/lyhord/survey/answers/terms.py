"""What an organisation tells and keeps of its respondents, and what it inherits from who runs its rounds.

The coordinator's own terms are the default for everybody who takes part. They are handed down into each participant's
terms, so that answering never looks in two places; what a participant has decided itself stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery import periodic
from lyhord.measurements.models import Participation, Round
from lyhord.survey.answers.models import Terms
from lyhord.survey.answers.pages import Host
from lyhord.survey.answers.wordings import Language

ASKING: Final = ("phone", "email", "accessibility_email", "responsible", "data_protection", "contact_me", "one_page")
KEEPING: Final = ("original_days", "response_days", "request_days")
INHERITED: Final = (*ASKING, *KEEPING)
SMALLEST_BATCH: Final = 5  # design: at least five answers are mixed at a time
DEFAULTS: Final = "a coordinator's terms are the default of who takes part in its rounds"


def terms_of(organisation: Organisation) -> Terms:
    """The organisation's terms, within its scope; before any are stored, those that it will inherit."""
    own = Terms.objects.filter(pk=organisation.pk).first()
    if own is not None:
        return own
    given = _coordinators().get(organisation.pk)
    default = _stored(given) if given else None
    values = {name: getattr(default, name) for name in INHERITED} if default else {}
    return Terms(organisation=organisation, **values)


def default_for(organisation: Organisation) -> Terms:
    """What the organisation inherits: the terms of who runs its latest round, else the house's."""
    given = _coordinators().get(organisation.pk)
    return (_stored(given) if given else None) or Terms(organisation=organisation)


@transaction.atomic
def decide(terms: Terms, wishes: Mapping[str, object], *, by: Acting | None = None) -> None:
    """Store what the organisation decides, within its scope; written down. What equals the default is inherited.

    Where the organisation runs rounds, their participants inherit at once.
    """
    default = default_for(terms.organisation)
    for name, value in wishes.items():
        setattr(terms, name, value)
    terms.own = sorted(name for name in INHERITED if getattr(terms, name) != getattr(default, name))
    terms.save()
    record("terms.decided", terms, by=by, organisation=terms.organisation)
    hand_down()


def hand_down() -> int:
    """Let every participant inherit what it has not decided itself; how many had something to inherit."""
    coordinators = _coordinators()
    defaults = {one: _stored(one) for one in set(coordinators.values())}
    with scope_of_everything(DEFAULTS):
        there = Terms.objects.in_bulk(list(coordinators))
    changed = 0
    for number, coordinator in coordinators.items():
        default = defaults[coordinator]
        if default is not None:
            changed += _inherit(there.get(number), number, default)
    return changed


def register() -> None:
    """Let workers hand down to who has joined since."""
    periodic.register("survey.hand_down_terms", timedelta(minutes=10), hand_down)


def privacy_values(spoken: Language, host: Host, terms: Terms) -> Mapping[str, object]:
    """What the texts about privacy need to know, in the language."""
    original = spoken.texts["originals"]["discarded" if terms.discard_originals else "kept"]
    reached = spoken.text("privacy_protection", data_protection=terms.data_protection) if terms.data_protection else ""
    return {
        "responsible": terms.responsible or host.municipality,
        "protection": f" {reached}" if reached else "",
        "batch": SMALLEST_BATCH,
        "response_days": terms.response_days,
        "original_days": terms.original_days,
        "originals": original.format(original_days=terms.original_days),
    }


def _inherit(own: Terms | None, number: int, default: Terms) -> bool:
    """Fill in what is not decided; whether anything changed."""
    is_new = own is None
    own = own or Terms(organisation_id=number)
    missing = [name for name in INHERITED if name not in own.own and getattr(own, name) != getattr(default, name)]
    for name in missing:
        setattr(own, name, getattr(default, name))
    if missing or is_new:
        with scope(number):
            own.save(force_insert=is_new)
    return bool(missing or is_new)


def _coordinators() -> Mapping[int, int]:
    """By participant, who runs the latest of its rounds that are not locked; none for who runs it itself."""
    with scope_of_everything(DEFAULTS):
        rows: Iterable[tuple[int, int]] = (
            Participation.objects.exclude(round__state=Round.State.LOCKED)
            .order_by("round__starts", "round_id")
            .values_list("organisation_id", "round__organisation_id")
            .distinct()
        )
        latest = dict(rows)
    return {number: coordinator for number, coordinator in latest.items() if number != coordinator}


def _stored(number: int) -> Terms | None:
    with scope_of_everything(DEFAULTS):
        return Terms.objects.filter(pk=number).first()
