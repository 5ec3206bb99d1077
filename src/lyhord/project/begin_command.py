"""``lyhord begin``: the first organisation and the first person, who can then do the rest in the browser."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from typing import Final

from lyhord.project import start
from lyhord.project.command import CommandError

NAME: Final = "begin"
HELP: Final = "gör den första organisationen och den första personen"
NATIONAL: Final = "Samordnaren"


def add_arguments(parser: ArgumentParser) -> None:
    """Who, and for which organisation: a municipality that measures by itself, or one that measures for many."""
    parser.add_argument("email", metavar="E-POST", help="personens e-postadress, som hon loggar in med")
    parser.add_argument("--name", required=True, metavar="NAMN", help="personens namn")
    parser.add_argument("--organisation", default=NATIONAL, metavar="NAMN", help=f"den som mäter ({NATIONAL})")
    parser.add_argument("--municipality", metavar="KOD", help="kommunens kod, om en kommun mäter på egen hand")


def run(args: Namespace) -> int:
    """Make the tables, the register, the organisation and the person; CommandError where she cannot be made."""
    start.start_django()
    start.prepare_records()
    from lyhord.accounts.errors import AccountError  # noqa: PLC0415 - records load after Django has started
    from lyhord.measurements.register import load_register  # noqa: PLC0415 - as above

    load_register()
    try:
        name = _first_person(args, _password())
    except AccountError as error:
        raise CommandError(str(error)) from error
    print(f"{args.name} kan logga in för {name}. Starta med: lyhord serve, och lyhord work i ett annat fönster.")
    return 0


def _password() -> str:
    """Asked for twice at a terminal; otherwise the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first, second = getpass("Lösenord: "), getpass("Lösenordet en gång till: ")
    if first != second:
        raise CommandError("lösenorden var olika. Kör kommandot igen.")
    return first


def _first_person(args: Namespace, password: str) -> str:
    """The organisation's name; whoever begins may plan, lead and invite there."""
    from django.db import transaction  # noqa: PLC0415 - as above

    from lyhord.accounts.models import Membership, Organisation  # noqa: PLC0415 - as above
    from lyhord.accounts.people import add_member, add_organisation, add_user  # noqa: PLC0415 - as above
    from lyhord.accounts.roles import Role  # noqa: PLC0415 - as above
    from lyhord.accounts.scope import scope, scope_of_everything  # noqa: PLC0415 - as above
    from lyhord.measurements.models import Municipality  # noqa: PLC0415 - as above

    with scope_of_everything("whether anybody has begun already"):
        if Membership.objects.exists():
            raise CommandError("någon har redan börjat. Bjud in fler i webbläsaren, på sidan Personer.")
    roles = [Role.COORDINATOR, Role.ADMINISTRATOR]
    with transaction.atomic():
        if args.municipality is None:
            organisation = add_organisation(Organisation.Kind.NATIONAL, args.organisation)
        else:
            place = Municipality.objects.filter(code=args.municipality).first()
            if place is None:
                raise CommandError(f"ingen kommun har koden {args.municipality}. Ange SCB:s kod, som 0685.")
            organisation = add_organisation(Organisation.Kind.MUNICIPALITY, place.formal_name, place.code)
            roles.append(Role.LEADER)
        user = add_user(args.email, args.name, password)
        with scope(organisation):
            for role in roles:
                add_member(user, organisation, role)
    return organisation.name
