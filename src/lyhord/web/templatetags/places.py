"""Where a person can go: the pages that the role lets in, and in a demonstration the mailbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from lyhord.accounts.acting import acting_of
from lyhord.accounts.models import User
from lyhord.accounts.permissions import Deed, may
from lyhord.delivery import mailbox

register = template.Library()

PLACES: Final[tuple[tuple[str, str, tuple[Deed, ...]], ...]] = (
    (gettext_noop("Resultat"), "results:rounds", (Deed.SEE_OWN_RESULTS, Deed.SEE_ALL_RESULTS)),
    (gettext_noop("Kontakter"), "contacts:lists", (Deed.HANDLE_CONTACTS,)),
    (gettext_noop("Mätningar"), "sending:overview", (Deed.RUN_PARTICIPATION,)),
    (gettext_noop("Omgångar"), "measurements:rounds", (Deed.PLAN_ROUND,)),
    (gettext_noop("Mätningar"), "sending:everyone", (Deed.PLAN_ROUND,)),
    (gettext_noop("Provkontakter"), "planning:rounds", (Deed.PLAN_ROUND,)),
    (gettext_noop("Samtal"), "calls:today", (Deed.MAKE_PROBES,)),
    (gettext_noop("Svar på brev"), "letters:queue", (Deed.CONFIRM_REPLIES,)),
    (gettext_noop("Synpunkter"), "quality:hearings", (Deed.RUN_PARTICIPATION,)),
    (gettext_noop("Granskning"), "quality:overview", (Deed.GRADE_AGAIN, Deed.APPROVE_GRADES)),
    (gettext_noop("Personer"), "accounts:people", (Deed.MANAGE_MEMBERS,)),
)
MAILBOX: Final = (gettext_noop("Brevlåda"), "delivery:mailbox")
HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "results:rounds": gettext_noop("Svar, index och kommentarer i mätningar som pågår eller är avslutade."),
        "contacts:lists": gettext_noop("Lämna listor med dem som har ringt eller skrivit, och se vilka som kom med."),
        "sending:overview": gettext_noop(
            "Hur långt utskicken har kommit, deras tider och texter, och testmeddelanden."
        ),
        "measurements:rounds": gettext_noop("Planera, öppna och stäng mätningar, och lägg till kommuner."),
        "accounts:people": gettext_noop("Vilka som får arbeta i organisationen, och i vilken roll."),
        "sending:everyone": gettext_noop("Hur långt utskicken har kommit i alla kommuner."),
        "planning:rounds": gettext_noop(
            "Planera samtal och brev till kommunerna: vem som frågar vad, när och i vems namn."
        ),
        "letters:queue": gettext_noop("Bekräfta vad som har kommit som svar på brev till kommunerna."),
        "calls:today": gettext_noop("Dagens samtal till kommunerna, att ringa och bedöma."),
        "quality:hearings": gettext_noop("Se hur provkontakterna bedömdes innan de publiceras, och lämna synpunkter."),
        "quality:overview": gettext_noop("Bedöm kontakter en andra gång, avgör det som skiljer och godkänn."),
        "delivery:mailbox": gettext_noop("Allt som demon skickar, med länkar till enkäten."),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """One link and what is found there; ``here`` where the page at hand is the one that it leads to."""

    name: str
    address: str
    here: bool
    hint: str = ""


@register.simple_tag
def places_for(request: HttpRequest) -> tuple[Place, ...]:
    """The links for the role that the person acts in; for a visitor none but a demonstration's mailbox."""
    acting = acting_of(request)
    found = [(name, view) for name, view, deeds in PLACES if acting and any(may(acting.role, each) for each in deeds)]
    if mailbox.is_open():
        found.append(MAILBOX)
    return tuple(_place(name, view, request.path) for name, view in found)


@register.simple_tag
def signed_in_as(request: HttpRequest) -> str:
    """Who has signed in: name and organisation; empty for a visitor, whose session is never asked for."""
    acting = acting_of(request)
    if acting is not None:
        return f"{acting.user.name}, {acting.organisation}"
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(user := request.user, User):
        return ""
    return user.name


@register.simple_tag
def in_demonstration() -> bool:
    """Whether everything that is shown is a demonstration's."""
    return bool(settings.DEMO)


def _place(name: str, view: str, path: str) -> Place:
    address, hint = reverse(view), HINTS.get(view, "")
    return Place(gettext(name), address, path == address, gettext(hint) if hint else "")
