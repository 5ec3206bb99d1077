"""Signing in, signing out, and acting in one membership at a time."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from builders import PROVSTAD
from builders_records import member, organisation_of, person, signed_in
from lyhord.accounts.acting import CHOSEN, acting_of, scope_of_the_session
from lyhord.accounts.errors import ScopeError
from lyhord.accounts.gate import requires
from lyhord.accounts.models import AuditEvent, Membership, User
from lyhord.accounts.permissions import Deed
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import active_scope, scope_of_everything

pytestmark = pytest.mark.django_db
PASSWORD = "hemlig-segelbåt-7"  # noqa: S105 - of people who live as long as a test
SIGN_IN, SIGN_OUT, CHOOSE = "/logga-in", "/logga-ut", "/valj-roll"


def text_of(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def actions() -> list[str]:
    with scope_of_everything("a test"):
        return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_person_signs_in_and_out_and_both_are_written_down() -> None:
    given = member(Role.READER, user=person(password=PASSWORD))
    browser = Client(enforce_csrf_checks=False)
    answer = browser.post(SIGN_IN, {"username": given.user.email.upper(), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert actions() == ["account.signed_in"]
    assert browser.post(SIGN_OUT).status_code == 302
    assert actions() == ["account.signed_in", "account.signed_out"]
    assert browser.get(CHOOSE).status_code == 302


@pytest.mark.parametrize(("email", "password"), [("vera@exempel.se", "fel"), ("ingen@exempel.se", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(email: str, password: str) -> None:
    User.objects.create(email="vera@exempel.se", name="Vera")
    answer = Client().post(SIGN_IN, {"username": email, "password": password})
    assert answer.status_code == 200
    assert "E-postadressen och lösenordet hör inte ihop" in text_of(answer)
    assert "Fel: Logga in" in text_of(answer)
    assert password not in text_of(answer)


def test_the_sign_in_page_speaks_english_too_and_is_never_stored() -> None:
    answer = Client().get(f"{SIGN_IN}?lang=en")
    assert "<h1>Sign in</h1>" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


def test_a_sign_in_without_the_forms_token_is_refused() -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Formuläret gäller inte längre" in text_of(answer)


def test_a_sign_in_does_not_send_people_to_other_sites() -> None:
    user = person(password=PASSWORD)
    form = {"username": user.email, "password": PASSWORD, "next": "https://annan.exempel/"}
    assert Client().post(SIGN_IN, form)["Location"] == "/"


def test_a_get_signs_nobody_out() -> None:
    browser = signed_in(member(Role.READER))
    assert browser.get(SIGN_OUT).status_code == 405
    assert browser.get(CHOOSE).status_code == 200


def test_a_visitor_of_the_public_pages_gets_no_cookie_and_costs_no_query(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/form.css")
    assert answer.cookies == {}
    assert "Cookie" not in answer.get("Vary", "")


def request_of(user: User | AnonymousUser, chosen: int | None = None) -> HttpRequest:
    request = RequestFactory().get("/", HTTP_COOKIE="session=x")
    request.user = user
    request.session = SessionStore()
    if chosen is not None:
        request.session[CHOSEN] = chosen
    return request


def scope_in(request: HttpRequest) -> int | None:
    """The organisation whose scope a view runs in; None for none."""
    found: list[int | None] = []

    def view(_: HttpRequest) -> HttpResponse:
        try:
            found.append(active_scope().organisation)
        except ScopeError:
            found.append(None)
        return HttpResponse()

    scope_of_the_session(view)(request)
    with pytest.raises(ScopeError):
        active_scope()
    return found[0]


def test_the_only_membership_is_acted_in() -> None:
    given = member(Role.LEADER)
    request = request_of(given.user)
    assert scope_in(request) == given.organisation_id
    acting = acting_of(request)
    assert acting is not None
    assert (acting.role, acting.organisation) == (Role.LEADER, "Exempelköpings kommun")


def test_of_several_memberships_the_chosen_one_is_acted_in() -> None:
    here = member(Role.LEADER)
    there = member(Role.READER, organisation_of(PROVSTAD), here.user)
    assert scope_in(request_of(here.user)) is None
    assert scope_in(request_of(here.user, there.pk)) == there.organisation_id
    assert scope_in(request_of(here.user, here.pk)) == here.organisation_id


def test_somebody_elses_membership_in_the_session_opens_nothing() -> None:
    here, foreign = member(Role.LEADER), member(Role.READER, organisation_of(PROVSTAD))
    member(Role.READER, user=here.user)
    assert scope_in(request_of(here.user, foreign.pk)) is None


def test_a_visitor_and_a_person_without_a_role_have_no_scope() -> None:
    assert scope_in(request_of(AnonymousUser())) is None
    assert scope_in(request_of(person())) is None


def test_one_chooses_among_ones_own_memberships_only() -> None:
    here, foreign = member(Role.LEADER), member(Role.READER, organisation_of(PROVSTAD))
    there = member(Role.READER, organisation_of(PROVSTAD), here.user)
    browser = signed_in(here)
    page = text_of(browser.get(CHOOSE))
    assert "Exempelköpings kommun, mätledare" in page
    assert "Provstads kommun, läsare" in page
    assert browser.post(CHOOSE, {"membership": there.pk}).status_code == 302
    assert browser.session[CHOSEN] == there.pk
    for wrong in (foreign.pk, "x", ""):
        answer = browser.post(CHOOSE, {"membership": wrong})
        assert answer.status_code == 400
        assert "Välj en av rollerna" in text_of(answer)
    assert browser.session[CHOSEN] == there.pk


def test_a_person_without_a_role_is_told_who_can_give_one() -> None:
    browser = Client()
    browser.force_login(person())
    assert "Du har inte fått någon roll ännu" in text_of(browser.get(CHOOSE))


@requires(Deed.HANDLE_CONTACTS)
def contacts(request: HttpRequest) -> HttpResponse:
    return HttpResponse("contacts")


def test_the_gate_lets_the_right_role_through_and_nothing_is_stored() -> None:
    answer = scope_of_the_session(contacts)(request_of(member(Role.LEADER).user))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_the_gate_refuses_other_roles() -> None:
    with pytest.raises(PermissionDenied):
        scope_of_the_session(contacts)(request_of(member(Role.REVIEWER).user))


def test_the_gate_sends_visitors_to_sign_in_and_those_without_a_role_to_choose() -> None:
    assert scope_of_the_session(contacts)(request_of(AnonymousUser()))["Location"] == "/logga-in?next=/"
    assert scope_of_the_session(contacts)(request_of(person()))["Location"] == CHOOSE


def test_a_session_lasts_a_working_day_and_its_cookie_is_the_sites_own(settings: Settings) -> None:
    given = member(Role.READER, user=person(password=PASSWORD))
    cookie = Client().post(SIGN_IN, {"username": given.user.email, "password": PASSWORD}).cookies["session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert cookie["max-age"] == timedelta(hours=8).total_seconds()


def test_a_taken_role_is_in_force_at_the_next_request() -> None:
    given = member(Role.LEADER)
    with scope_of_everything("a test"):
        Membership.objects.filter(pk=given.pk).delete()
    assert scope_in(request_of(given.user)) is None
