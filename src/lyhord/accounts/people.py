"""Making people, organisations and memberships."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.errors import AccountError
from lyhord.accounts.models import Membership, Organisation, User, plain_email
from lyhord.accounts.roles import Role


def add_user(email: str, name: str, password: str | None = None) -> User:
    """A new person; without a password one that cannot sign in yet.

    AccountError for what is no e-mail address, an address that is taken, or a password that is too weak.
    """
    user = User(email=plain_email(email), name=name.strip())
    try:
        validate_email(user.email)
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from error
    if User.objects.filter(email=user.email).exists():
        raise AccountError("The e-mail address belongs to somebody already. Give that person a membership instead.")
    user.set_password(password)
    user.save()
    return user


def add_organisation(kind: Organisation.Kind, name: str, municipality_code: str = "") -> Organisation:
    """A new organisation. AccountError where a code is given to what is no municipality, or is taken."""
    if municipality_code and kind != Organisation.Kind.MUNICIPALITY:
        raise AccountError(f"{name} is no municipality and cannot have the code {municipality_code}. Leave it out.")
    if municipality_code and Organisation.objects.filter(municipality_code=municipality_code).exists():
        raise AccountError(f"There is an organisation for municipality {municipality_code} already. Use that one.")
    return Organisation.objects.create(kind=kind, name=name, municipality_code=municipality_code)


@transaction.atomic
def add_member(user: User, organisation: Organisation, role: Role, *, by: Acting | None = None) -> Membership:
    """Give a person a role, within the organisation's scope; written down. Giving it twice changes nothing."""
    membership, is_new = Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    if is_new:
        record("membership.given", membership, by=by, organisation=organisation)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: Acting | None = None) -> None:
    """Take a role from a person, within the organisation's scope; written down, and in force from the next request."""
    record("membership.taken", membership, by=by, organisation=membership.organisation)
    membership.delete()
