"""Where a person who has signed in can go: the pages that the role lets in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from lyhord.accounts.acting import acting_of
from lyhord.accounts.permissions import Deed, may

register = template.Library()

PLACES: Final[tuple[tuple[str, str, tuple[Deed, ...]], ...]] = (
    (gettext_noop("Resultat"), "results:rounds", (Deed.SEE_OWN_RESULTS, Deed.SEE_ALL_RESULTS)),
    (gettext_noop("Mätningar"), "sending:overview", (Deed.RUN_PARTICIPATION,)),
    (gettext_noop("Mätningar"), "sending:everyone", (Deed.PLAN_ROUND,)),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One link; ``here`` where the page at hand lies under it."""

    name: str
    address: str
    here: bool


@register.simple_tag
def places_for(request: HttpRequest) -> tuple[Place, ...]:
    """The links for the role that the person acts in; none for a visitor."""
    acting = acting_of(request)
    if acting is None:
        return ()
    found = ((gettext(name), reverse(view)) for name, view, deeds in PLACES if any(may(acting.role, d) for d in deeds))
    return tuple(Place(name, address, request.path == address) for name, address in found)
