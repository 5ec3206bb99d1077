"""Where a person who has signed in can go from every page."""

from __future__ import annotations

import pytest
from django.test import Client

from builders_records import member, signed_in
from lyhord.accounts.roles import Role
from lyhord.web.templatetags.places import places_for


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.READER, ["Resultat"]),
        (Role.LEADER, ["Resultat", "Kontakter", "Mätningar", "Synpunkter"]),
        (Role.COORDINATOR, ["Resultat", "Omgångar", "Mätningar", "Provkontakter", "Granskning", "Personer"]),
        (Role.INTERVIEWER, ["Samtal", "Granskning"]),
    ],
)
def test_a_person_who_has_signed_in_finds_the_pages_of_the_role_and_no_others(role: Role, names: list[str]) -> None:
    page = signed_in(member(role)).get("/valj-roll")
    assert [place.name for place in places_for(page.wsgi_request)] == names
    assert all(f">{name}</a>" in page.content.decode() for name in names)


def test_a_visitor_finds_no_such_pages(client: Client) -> None:
    assert "Sidor för din roll" not in client.get("/").content.decode()
