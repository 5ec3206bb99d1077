"""People sign in by e-mail address, and a role is given once and written down."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError

from builders import EXEMPELKOPING
from builders_records import member, organisation_of, person
from lyhord.accounts.errors import AccountError, ScopeError
from lyhord.accounts.models import AuditEvent, Membership, Organisation, User
from lyhord.accounts.people import add_member, add_organisation, add_user, remove_member
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope

pytestmark = pytest.mark.django_db
GOOD = "hemlig-segelbåt-7"


def test_an_address_is_the_same_however_it_is_written() -> None:
    added = add_user(" Vera.Lind@Exempel.SE ", "Vera Lind", GOOD)
    assert added.email == "vera.lind@exempel.se"
    assert authenticate(username="VERA.lind@exempel.se", password=GOOD) == added
    assert authenticate(username="vera.lind@exempel.se", password=GOOD[1:]) is None
    with pytest.raises(AccountError, match="belongs to somebody"):
        add_user("VERA.LIND@exempel.se", "En annan", GOOD)


def test_a_person_without_a_password_or_whose_account_is_closed_cannot_sign_in() -> None:
    assert not add_user("utan@exempel.se", "Utan Lösenord").has_usable_password()
    closed = add_user("stangd@exempel.se", "Stängd", GOOD)
    closed.is_active = False
    closed.save()
    assert authenticate(username="stangd@exempel.se", password=GOOD) is None


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("inte en adress", GOOD),
        ("v@exempel.se", "kort"),
        ("v@exempel.se", "password1234"),
        ("veralindgren@ex.se", "veralindgren"),
    ],
)
def test_a_wrong_address_or_a_weak_password_is_refused(email: str, password: str) -> None:
    with pytest.raises(AccountError):
        add_user(email, "Vera Lindgren", password)
    assert not User.objects.exists()


def test_a_municipality_has_one_organisation_and_only_municipalities_have_codes() -> None:
    add_organisation(Organisation.Kind.MUNICIPALITY, "Exempelköpings kommun", EXEMPELKOPING)
    add_organisation(Organisation.Kind.SUPPLIER, "En leverantör")
    add_organisation(Organisation.Kind.SUPPLIER, "En annan leverantör")
    with pytest.raises(AccountError, match="already"):
        add_organisation(Organisation.Kind.MUNICIPALITY, "Dubbel", EXEMPELKOPING)
    with pytest.raises(AccountError, match="no municipality"):
        add_organisation(Organisation.Kind.NATIONAL, "Samordnaren", "9902")


@pytest.mark.parametrize("values", [{"kind": "national"}, {"kind": "municipality"}])
def test_the_database_itself_refuses_a_code_that_is_wrong_or_taken(values: dict[str, str]) -> None:
    organisation_of(EXEMPELKOPING)
    with pytest.raises(IntegrityError):
        Organisation.objects.create(name="Fel", municipality_code=EXEMPELKOPING, **values)


def test_a_role_is_given_once_and_taken_again_and_both_are_written_down() -> None:
    own, vera = organisation_of(), person()
    with scope(own):
        given = add_member(vera, own, Role.LEADER)
        assert add_member(vera, own, Role.LEADER) == given
        remove_member(given)
        assert not Membership.objects.exists()
        assert list(AuditEvent.objects.order_by("pk").values_list("action", "object_kind")) == [
            ("membership.given", "lyhord_accounts.membership"),
            ("membership.taken", "lyhord_accounts.membership"),
        ]


def test_the_database_itself_refuses_an_unknown_role() -> None:
    given = member(Role.READER)
    with scope(given.organisation), pytest.raises(IntegrityError):
        Membership.objects.update(role="chef")


def test_a_role_is_given_within_the_organisations_scope_only() -> None:
    with pytest.raises(ScopeError):
        add_member(person(), organisation_of(), Role.READER)
