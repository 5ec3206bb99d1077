"""Sign-ins and sign-outs are written down, once for each organisation that the person belongs to.

A limit on attempts comes with the step that limits links; until then a web server in front has to set one.
"""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in, user_logged_out

from lyhord.accounts.acting import memberships_of
from lyhord.accounts.audit import record
from lyhord.accounts.models import User


def signed_in(user: User, **_: object) -> None:
    """Somebody gave the right password."""
    _record("account.signed_in", user)


def signed_out(user: User | None, **_: object) -> None:
    """Somebody left; None where the session had ended already."""
    if user is not None:
        _record("account.signed_out", user)


def listen() -> None:
    """Connect to Django's signals, once."""
    user_logged_in.connect(signed_in, dispatch_uid="lyhord.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="lyhord.signed_out")


def _record(action: str, user: User) -> None:
    for organisation in {membership.organisation for membership in memberships_of(user)}:
        record(action, user, by=user, organisation=organisation)
