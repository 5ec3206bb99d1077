"""Inviting people: a role at once, and a link with which whoever has no password yet chooses one.

The link holds for as long as ``PASSWORD_RESET_TIMEOUT`` (three days) and until it is used. It is shown to who invites,
and sent by the room that sends messages, which lies above this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.errors import AccountError
from lyhord.accounts.models import Membership, Organisation, User, plain_email
from lyhord.accounts.people import add_member, add_user, remove_member
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope_of_everything

# Who runs the servers is appointed by who runs them, and never from a page.
GIVEN_ON_A_PAGE: Final = tuple(role for role in Role if role != Role.OPERATOR)
Messenger = Callable[[Organisation, User, str], None]
_messengers: Final[list[Messenger]] = []


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited, and the link to choose a password with, as far as who invites may see it.

    ``link`` is empty for who has a password, and for who belongs to another organisation too: whoever holds the link
    could act there.
    """

    user: User
    link: str


def send_with(messenger: Messenger) -> None:
    """Let ``messenger`` send every link of an invitation: it gets the organisation, the person and the link."""
    if messenger not in _messengers:
        _messengers.append(messenger)


@transaction.atomic
def invite(organisation: Organisation, email: str, name: str, role: Role, *, by: Acting | None = None) -> Invited:
    """Give somebody a role, within the organisation's scope; a person who is not known is added.

    AccountError for what is no e-mail address, and for a role that no page gives.
    """
    if role not in GIVEN_ON_A_PAGE:
        raise AccountError(f"The role {role} is not given on a page. Choose another one.")
    user = User.objects.filter(email=plain_email(email)).first() or add_user(email, name)
    add_member(user, organisation, role, by=by)
    return Invited(user, "") if user.has_usable_password() else send_link(organisation, user, by=by)


def send_link(organisation: Organisation, user: User, *, by: Acting | None = None) -> Invited:
    """Send a new link to choose a password with; written down."""
    number = urlsafe_base64_encode(str(user.pk).encode())
    token = default_token_generator.make_token(user)
    link = f"{settings.ADDRESS}{reverse('accounts:welcome', args=[number, token])}"
    record("account.link_sent", user, by=by, organisation=organisation)
    for messenger in _messengers:
        messenger(organisation, user, link)
    with scope_of_everything("whether a person belongs to other organisations decides who may see the link"):
        elsewhere = Membership.objects.filter(user=user).exclude(organisation=organisation).exists()
    return Invited(user, "" if elsewhere else link)


def whose_link(number: str, token: str) -> User | None:
    """The person whose link it is; None where it has been used or its time is out."""
    try:
        pk = int(urlsafe_base64_decode(number))
    except (ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and default_token_generator.check_token(user, token) else None


def choose_password(user: User, password: str) -> None:
    """Let the person sign in with the password from now on. AccountError, in the user's language, where it is weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])


def members_of(organisation: Organisation) -> Sequence[Membership]:
    """Everybody with a role in the organisation, within its scope, by name."""
    rows = Membership.objects.filter(organisation=organisation).select_related("user")
    return tuple(rows.order_by("user__name", "user__email", "role"))


@transaction.atomic
def take_role(membership: Membership, *, by: Acting | None = None) -> None:
    """Take a role from somebody, within the organisation's scope. AccountError for the last who may manage members."""
    rest = Membership.objects.select_for_update(of=("self",)).filter(
        organisation=membership.organisation_id, role=membership.role
    )
    if membership.role in (Role.ADMINISTRATOR, Role.COORDINATOR) and not rest.exclude(pk=membership.pk).exists():
        raise AccountError("Somebody has to remain in the role. Give it to another person first.")
    remove_member(membership, by=by)
