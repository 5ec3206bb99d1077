"""Who acts in a request: the signed-in person in one of the person's memberships, whose scope is then active."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lyhord.accounts.errors import AccountError
from lyhord.accounts.models import Membership, User
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything

CHOSEN: Final = "membership"
ATTRIBUTE: Final = "lyhord_acting"

Respond = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Acting:
    """A person in one role of one organisation."""

    user: User
    role: Role
    organisation_id: int
    organisation: str


def acting_of(request: HttpRequest) -> Acting | None:
    """Who acts; None for a visitor, and for a person who has no membership or has yet to choose one."""
    found = getattr(request, ATTRIBUTE, None)
    return found if isinstance(found, Acting) else None


def memberships_of(user: User) -> tuple[Membership, ...]:
    """The person's memberships, by organisation and role."""
    with scope_of_everything("a person's own memberships decide which scope may be opened"):
        found = Membership.objects.filter(user=user).select_related("organisation")
        return tuple(sorted(found, key=lambda one: (one.organisation.name, one.role)))


def choose(request: HttpRequest, membership_id: int) -> None:
    """Act in this membership from the next request on; AccountError where it is not the person's own."""
    user = request.user
    own = memberships_of(user) if isinstance(user, User) else ()
    if membership_id not in {membership.pk for membership in own}:
        raise AccountError(f"Membership {membership_id} is not one of the person's own; choose one of those listed.")
    request.session[CHOSEN] = membership_id


def scope_of_the_session(respond: Respond) -> Respond:
    """Middleware: open the scope of the membership that the session's person acts in.

    A request without a session cookie (every respondent's) costs nothing here.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        acting = _acting(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        setattr(request, ATTRIBUTE, acting)
        if acting is None:
            return respond(request)
        with scope(acting.organisation_id):
            return respond(request)

    return answer


def _acting(request: HttpRequest) -> Acting | None:
    user = request.user
    if not isinstance(user, User):
        return None
    own = memberships_of(user)
    chosen = request.session.get(CHOSEN)
    found = next((one for one in own if one.pk == chosen), own[0] if len(own) == 1 else None)
    if found is None:
        return None
    return Acting(user, Role(found.role), found.organisation_id, found.organisation.name)
