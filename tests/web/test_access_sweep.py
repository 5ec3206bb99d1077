"""Who may see which page: every address × every role × one's own and another organisation, and visitors.

A new page fails here until ``PAGES`` says who may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from builders import PROVSTAD
from builders_records import MYSTERY, member, municipality_of, organisation_of, person, signed_in
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed, roles_that_may
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import RoundPlan, plan_round
from lyhord.mystery.letters.keeping import keep as keep_mail
from lyhord.mystery.letters.models import Mailbox, Reply
from lyhord.mystery.planning.models import FieldPlan, Persona, Probe
from lyhord.mystery.planning.plans import begin_plan
from lyhord.survey.answers.contact_requests import Wanted, keep
from lyhord.survey.answers.models import ContactRequest
from lyhord.survey.contacts.models import Upload
from results.answered import round_now, taking_part
from survey.contacts.handing_over import joined, open_round
from web.produced_folder import report_entry, write_folder

pytestmark = pytest.mark.django_db
REPORT = "skr-servicematning-2023-9901-sv"


def no_object(_: Organisation) -> Mapping[str, object]:
    """The address of a page that is about nobody in particular."""
    return {}


def municipality(organisation: Organisation) -> Mapping[str, object]:
    """The address of a page that tells a municipality's respondents something."""
    return {"code": municipality_of(organisation.municipality_code).code}


def a_round_of_its_own(organisation: Organisation) -> Mapping[str, object]:
    """A round that the organisation runs."""
    return {"round_key": round_now("egen", organisation).key}


def its_part(organisation: Organisation) -> Mapping[str, object]:
    """The organisation's part in a round that it runs itself."""
    joined_round = round_now("egen", organisation)
    taking_part(organisation.municipality_code, "tel", joined_round)
    return {"round_key": joined_round.key, "municipality": organisation.municipality_code}


@dataclass(frozen=True)
class Page:
    """What a GET of a page answers: 200 it is shown, 302 sign in or choose a role, 403 not that role, 404 not there.

    ``about`` makes the address of an object of the organisation's; ``foreign`` is what a person of an allowed role gets
    in another organisation.
    """

    visitor: int = 302
    roleless: int = 302  # signed in, without a membership
    allowed: frozenset[Role] = frozenset()
    own: int = 200
    foreign: int = 404
    refused: int = 403
    about: Callable[[Organisation], Mapping[str, object]] = no_object


def same_for_all(status: int, **changes: int) -> Page:
    """A page that answers everyone alike."""
    alike = Page(visitor=status, roleless=status, allowed=frozenset(Role), own=status, foreign=status)
    return replace(alike, **changes)


def same_in_any_organisation(deed: Deed) -> Page:
    """A page that is about the person's own organisation, whichever that is."""
    return Page(allowed=roles_that_may(deed), foreign=200)


def a_participation(organisation: Organisation) -> Mapping[str, object]:
    """A participation of the organisation's in an open round."""
    return {"pk": joined(organisation.municipality_code)["tel"].pk}


def a_list(organisation: Organisation) -> Mapping[str, object]:
    """A list of contacts that the organisation handed over."""
    joined(organisation.municipality_code)
    with scope(organisation):
        made = Upload.objects.create(
            organisation=organisation,
            round=open_round(),
            name="lista.csv",
            digest="0" * 64,
            source="page",
            state="done",
        )
    return {"pk": made.pk}


def a_member(organisation: Organisation) -> Mapping[str, object]:
    """Somebody with a role in the organisation."""
    return {"pk": member(Role.READER, organisation).pk}


def a_part_of_its_own(organisation: Organisation) -> Mapping[str, object]:
    """The organisation's participation in a round that it runs itself."""
    return {"pk": taking_part(organisation.municipality_code, "tel", round_now("egen", organisation)).pk}


def a_request(organisation: Organisation) -> Mapping[str, object]:
    """Somebody who asked the organisation to be contacted."""
    with scope(organisation):
        keep(organisation, Wanted("Vera Lind", "vera@exempel.se", "Snöröjning"))
        return {"pk": ContactRequest.objects.earliest("pk").pk}


WHO_ANSWERS_TO_RESPONDENTS = (
    roles_that_may(Deed.RUN_PARTICIPATION) | roles_that_may(Deed.PLAN_ROUND) | roles_that_may(Deed.SET_RETENTION)
)


def a_reply(organisation: Organisation) -> Mapping[str, object]:
    """A mail that came to the organisation's personas."""
    box, _ = Mailbox.objects.get_or_create(name="post.exempel.se", defaults={"validity": 1})
    with scope(organisation):
        raw = f"Subject: Svar\r\n\r\nHej {organisation.pk}".encode()
        kept = keep_mail(box, organisation, organisation.pk, raw, datetime(2026, 10, 12, 9, tzinfo=UTC))
        return {"pk": kept.pk if kept else Reply.objects.get(uid=organisation.pk).pk}


def a_plan_of_its_own(organisation: Organisation) -> Mapping[str, object]:
    """The organisation's plan of calls and letters."""
    key = f"prov-{organisation.pk}"
    with scope(organisation):
        if not FieldPlan.objects.filter(round__key=key).exists():
            wanted = RoundPlan(key, "Provkontakter", date(2026, 10, 12), date(2026, 11, 8))
            begin_plan(plan_round(organisation, definition_text(MYSTERY), wanted), "kkik-2017")
    return {"key": key}


def a_persona(organisation: Organisation) -> Mapping[str, object]:
    """Somebody whom the organisation asks as."""
    with scope(organisation):
        made = Persona.objects.get_or_create(
            organisation=organisation, local_part="vera", defaults={"given_name": "Vera", "surname": "Lind"}
        )
        return {"pk": made[0].pk}


def a_call(organisation: Organisation) -> Mapping[str, object]:
    """A call that the organisation plans, which is no particular interviewer's."""
    joined(organisation.municipality_code)
    key = a_plan_of_its_own(organisation)["key"]
    with scope(organisation):
        part = Participation.objects.earliest("pk")
        made = Probe.objects.get_or_create(
            organisation=organisation,
            round=FieldPlan.objects.get(round__key=key).round,
            participation=part,
            municipality=part.municipality,
            question="fråga",
            defaults={"channel": "tel", "area": "bygglov", "due_at": timezone.now()},
        )
        return {"pk": made[0].pk}


def a_measured_municipality(organisation: Organisation) -> Mapping[str, object]:
    """A municipality with a contact in the organisation's own round."""
    probe = a_call(organisation)["pk"]
    with scope(organisation):
        code = Probe.objects.get(pk=probe).municipality_id
    return {**a_plan_of_its_own(organisation), "code": code}


PUBLIC = same_for_all(200)
OF_A_PLAN = Page(allowed=roles_that_may(Deed.PLAN_ROUND), about=a_plan_of_its_own)
PAGES: dict[str, Page] = {
    "web:index": PUBLIC,
    "web:report-file": replace(PUBLIC, about=lambda _: {"report_id": REPORT, "format_name": "pdf"}),
    "web:tokens-css": PUBLIC,
    "accounts:sign-in": same_for_all(302, visitor=200),
    "accounts:sign-out": same_for_all(405),  # POST alone signs out
    "accounts:choose": same_for_all(200, visitor=302),
    # the gateway's POST alone
    "accounts:people": same_in_any_organisation(Deed.MANAGE_MEMBERS),
    "accounts:member": Page(allowed=roles_that_may(Deed.MANAGE_MEMBERS), about=a_member, own=405, foreign=405),
    "accounts:welcome": replace(same_for_all(404), about=lambda _: {"number": "MQ", "token": "spent"}),
    "measurements:rounds": same_in_any_organisation(Deed.PLAN_ROUND),
    "measurements:new-round": same_in_any_organisation(Deed.PLAN_ROUND),
    "measurements:round": Page(allowed=roles_that_may(Deed.PLAN_ROUND), about=a_round_of_its_own),
    "measurements:administrators": Page(allowed=roles_that_may(Deed.PLAN_ROUND), about=a_round_of_its_own),
    "measurements:move": Page(allowed=roles_that_may(Deed.PLAN_ROUND), about=a_round_of_its_own, own=405, foreign=405),
    "measurements:enrol": Page(allowed=roles_that_may(Deed.PLAN_ROUND), about=a_round_of_its_own, own=405, foreign=405),
    "measurements:participation": Page(
        allowed=roles_that_may(Deed.RUN_PARTICIPATION) | roles_that_may(Deed.PLAN_ROUND), about=a_part_of_its_own
    ),
    "answers:css": PUBLIC,
    "answers:survey": replace(same_for_all(404), about=lambda _: {"link": "finished-or-unknown"}),
    "answers:optout": replace(same_for_all(404), about=lambda _: {"link": "finished-or-unknown"}),
    "answers:genuine": PUBLIC,
    "answers:privacy": replace(PUBLIC, about=municipality),
    "answers:accessibility": replace(PUBLIC, about=municipality),
    "answers:contact": replace(PUBLIC, about=municipality),
    "answers:terms": Page(allowed=WHO_ANSWERS_TO_RESPONDENTS, foreign=200),
    "answers:requests": same_in_any_organisation(Deed.HANDLE_CONTACTS),
    "answers:request": Page(allowed=roles_that_may(Deed.HANDLE_CONTACTS), about=a_request, own=405, foreign=405),
    "answers:tick-off": Page(allowed=roles_that_may(Deed.HANDLE_CONTACTS), about=a_request, own=405, foreign=405),
    "contacts:lists": same_in_any_organisation(Deed.HANDLE_CONTACTS),
    "contacts:arrangement": same_in_any_organisation(Deed.HANDLE_CONTACTS),
    "contacts:new-key": replace(same_in_any_organisation(Deed.HANDLE_CONTACTS), own=405, foreign=405),
    "contacts:list": Page(allowed=roles_that_may(Deed.HANDLE_CONTACTS), about=a_list),
    "contacts:columns": Page(allowed=roles_that_may(Deed.HANDLE_CONTACTS), about=a_list, own=405, foreign=405),
    "contacts:report": Page(allowed=roles_that_may(Deed.HANDLE_CONTACTS), about=a_list),
    "contacts:openapi": PUBLIC,
    "contacts:interface": replace(same_for_all(405), about=lambda _: {"round_key": "nu"}),  # a program's POST alone
    "sending:overview": same_in_any_organisation(Deed.RUN_PARTICIPATION),
    "sending:everyone": same_in_any_organisation(Deed.PLAN_ROUND),
    "sending:plan": Page(allowed=roles_that_may(Deed.RUN_PARTICIPATION), about=a_participation),
    "sending:pause": Page(allowed=roles_that_may(Deed.RUN_PARTICIPATION), about=a_participation, own=405, foreign=405),
    "sending:texts": Page(allowed=roles_that_may(Deed.RUN_PARTICIPATION), about=a_participation),
    "sending:recall": Page(allowed=roles_that_may(Deed.HANDLE_CONTACTS), about=a_list),
    "sending:calculator": PUBLIC,
    "letters:queue": same_in_any_organisation(Deed.CONFIRM_REPLIES),
    "letters:reply": Page(allowed=roles_that_may(Deed.CONFIRM_REPLIES), about=a_reply),
    "letters:undo": Page(allowed=roles_that_may(Deed.CONFIRM_REPLIES), about=a_reply, own=405, foreign=405),
    "letters:unanswered": same_in_any_organisation(Deed.CONFIRM_REPLIES),
    "letters:uncertain": replace(
        same_in_any_organisation(Deed.CONFIRM_REPLIES),
        allowed=roles_that_may(Deed.CONFIRM_REPLIES) | roles_that_may(Deed.PLAN_ROUND),
    ),
    "letters:destinations": replace(
        same_in_any_organisation(Deed.CONFIRM_REPLIES),
        allowed=roles_that_may(Deed.CONFIRM_REPLIES) | roles_that_may(Deed.PLAN_ROUND),
    ),
    "planning:rounds": same_in_any_organisation(Deed.PLAN_ROUND),
    "planning:new": same_in_any_organisation(Deed.PLAN_ROUND),
    "planning:personas": same_in_any_organisation(Deed.PLAN_ROUND),
    "planning:new-persona": same_in_any_organisation(Deed.PLAN_ROUND),
    "planning:persona": Page(allowed=roles_that_may(Deed.PLAN_ROUND), about=a_persona),
    "planning:plan": OF_A_PLAN,
    "planning:municipalities": OF_A_PLAN,
    "planning:interviewers": OF_A_PLAN,
    "planning:names": OF_A_PLAN,
    "planning:terms": OF_A_PLAN,
    "planning:calendar": OF_A_PLAN,
    "planning:questions": OF_A_PLAN,
    "planning:preview": OF_A_PLAN,
    "planning:begin": replace(OF_A_PLAN, own=405, foreign=405),
    "planning:letter": OF_A_PLAN,
    "planning:letter-file": OF_A_PLAN,
    "quality:overview": Page(
        allowed=roles_that_may(Deed.GRADE_AGAIN) | roles_that_may(Deed.APPROVE_GRADES), foreign=200
    ),
    "quality:again": Page(allowed=roles_that_may(Deed.GRADE_AGAIN), about=a_call, own=404),  # not drawn
    "quality:round": Page(allowed=roles_that_may(Deed.APPROVE_GRADES), about=a_plan_of_its_own),
    "quality:municipality": Page(allowed=roles_that_may(Deed.APPROVE_GRADES), about=a_measured_municipality),
    "quality:contact": Page(allowed=roles_that_may(Deed.APPROVE_GRADES), about=a_call),
    "quality:hearings": same_in_any_organisation(Deed.RUN_PARTICIPATION),
    "quality:hearing": Page(allowed=roles_that_may(Deed.RUN_PARTICIPATION), about=a_plan_of_its_own, own=404),
    "calls:today": same_in_any_organisation(Deed.MAKE_PROBES),
    "calls:practice": same_in_any_organisation(Deed.MAKE_PROBES),
    "calls:worker": same_in_any_organisation(Deed.MAKE_PROBES),
    "calls:entries": replace(same_in_any_organisation(Deed.MAKE_PROBES), own=405, foreign=405),
    "calls:call": Page(allowed=roles_that_may(Deed.MAKE_PROBES), about=a_call, own=404),  # another interviewer's
    "calls:correct": Page(allowed=roles_that_may(Deed.MAKE_PROBES), about=a_call, own=404),
    "calls:switchboards": same_in_any_organisation(Deed.PLAN_ROUND),
    "results:rounds": Page(
        allowed=roles_that_may(Deed.SEE_OWN_RESULTS) | roles_that_may(Deed.SEE_ALL_RESULTS), foreign=200
    ),
    "results:round": Page(allowed=roles_that_may(Deed.SEE_ALL_RESULTS), about=a_round_of_its_own),
    "results:live": Page(allowed=roles_that_may(Deed.SEE_OWN_RESULTS), about=its_part),
    "results:comments": Page(
        allowed=roles_that_may(Deed.SEE_OWN_COMMENTS), about=lambda owner: {**its_part(owner), "channel": "tel"}
    ),
    "delivery:uncertain": same_in_any_organisation(Deed.HANDLE_CONTACTS),
    "delivery:settle": Page(
        allowed=roles_that_may(Deed.HANDLE_CONTACTS), about=lambda _: {"pk": 1}, own=405, foreign=405
    ),
    "delivery:mailbox": same_for_all(404),  # only a demonstration has one
    "delivery:letter": replace(same_for_all(404), about=lambda _: {"token": "a" * 26}),
    "delivery:elks_receipt": replace(same_for_all(405), about=lambda _: {"token": "a" * 26}),
}


def named(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every address's name with its namespace, or its pattern where it has no name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}"


@pytest.fixture(autouse=True)
def a_produced_report(settings: Settings, tmp_path: Path) -> None:
    settings.REPORTS_FOLDER = write_folder(tmp_path, report_entry(id=REPORT))


def status_of(browser: Client, name: str) -> int:
    browser.raise_request_exception = False
    answer = browser.get(reverse(name, kwargs=dict(PAGES[name].about(organisation_of()))))
    answer.getvalue()  # a file that is sent is closed at its end
    return answer.status_code


def test_every_address_says_who_may_see_it_and_none_is_gone() -> None:
    assert sorted(named(get_resolver().url_patterns)) == sorted(PAGES)


def test_an_address_that_says_nothing_would_be_noticed() -> None:
    def nothing() -> None: ...

    assert list(named([path("ny/<int:pk>", nothing)])) == ["ny/<int:pk>"]


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_sees_what_is_public(name: str) -> None:
    assert status_of(Client(), name) == PAGES[name].visitor


@pytest.mark.parametrize("name", PAGES)
def test_a_person_without_a_role_sees_no_more_than_that(name: str) -> None:
    browser = Client()
    browser.force_login(person())
    assert status_of(browser, name) == PAGES[name].roleless


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", PAGES)
def test_a_role_sees_what_it_may_of_its_own_organisation(name: str, role: Role) -> None:
    page = PAGES[name]
    assert status_of(signed_in(member(role)), name) == (page.own if role in page.allowed else page.refused)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", PAGES)
def test_a_role_sees_nothing_of_another_organisation(name: str, role: Role) -> None:
    page = PAGES[name]
    stranger = signed_in(member(role, organisation_of(PROVSTAD)))
    assert status_of(stranger, name) == (page.foreign if role in page.allowed else page.refused)
