"""The pages where contacts are handed over, without JavaScript, and the interface for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from builders import PROVSTAD
from builders_records import member, organisation_of, signed_in
from lyhord.accounts.models import AuditEvent
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.survey.contacts import interface
from lyhord.survey.contacts.models import Arrangement, Contact, Upload
from survey.contacts.handing_over import addresses_of, brilliant, handed, joined, open_round

pytestmark = pytest.mark.django_db
ADA, BO = "0701740605", "0701740606"


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""
    joined()


@pytest.fixture
def leader() -> Client:
    return signed_in(member(Role.LEADER))


def file_of(content: bytes, name: str = "lista.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_list_is_handed_over_and_its_page_tells_what_became_of_it(leader: Client) -> None:
    answer = leader.post("/kontakter", {"round": "nu", "list": file_of(brilliant(ADA, "08-123 456 78"))}, follow=True)
    page = answer.content.decode()
    assert "inläst" in page
    assert "inte ett mobilnummer" in page
    assert addresses_of() == ["+46701740605"]
    with scope(organisation_of()):
        assert AuditEvent.objects.filter(action="contacts.handed_over").count() == 1


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"round": "nu"}, "Välj en fil"),
        ({"round": "annan", "list": b"telefon;x\n1;2\n"}, "Välj en omgång"),
        ({"round": "nu", "list": b"\x00\x01;\n"}, "Listan togs inte emot"),
    ],
)
def test_what_is_wrong_is_told_on_the_page(leader: Client, form: dict[str, object], message: str) -> None:
    sent = {name: file_of(value) if isinstance(value, bytes) else value for name, value in form.items()}
    answer = leader.post("/kontakter", sent)
    assert answer.status_code == 400
    assert message in answer.content.decode()


def test_unknown_columns_are_chosen_on_a_page_that_shows_the_first_rows(leader: Client) -> None:
    answer = leader.post("/kontakter", {"round": "nu", "list": file_of(f"vem;<b>vad\n{ADA};x\n".encode())}, follow=True)
    page = answer.content.decode()
    assert ADA in page
    assert "&lt;b&gt;vad" in page
    with scope(organisation_of()):
        upload = Upload.objects.get()
    assert leader.post(f"/kontakter/{upload.pk}/kolumner", {"address": ""}).status_code == 400
    leader.post(f"/kontakter/{upload.pk}/kolumner", {"address": "vem"})
    assert addresses_of() == ["+46701740605"]


def test_the_rows_left_out_are_a_file_without_addresses(leader: Client) -> None:
    upload = handed(brilliant("08-123 456 78", ADA, '"=HYPERLINK(1)"'))
    text = leader.get(f"/kontakter/{upload.pk}/utelamnade.csv").getvalue().decode("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()]
    assert [row[0] for row in rows] == ["rad", "2", "4"]
    assert "123 456" not in text
    assert "HYPERLINK" not in text


def test_a_large_list_waits_for_the_worker_and_its_page_comes_back_by_itself(leader: Client) -> None:
    rows = [f"07017{number:05}" for number in range(12_000)]
    answer = leader.post("/kontakter", {"round": "nu", "list": file_of(brilliant(*rows))}, follow=True)
    assert answer.headers["Refresh"] == "3"
    assert "0 procent är läst" in answer.content.decode()


def test_a_list_is_recalled_by_a_post_alone(leader: Client) -> None:
    upload = handed(brilliant(ADA))
    leader.get(f"/kontakter/{upload.pk}/aterkalla")
    assert addresses_of()
    assert "Listan är återkallad" in leader.post(f"/kontakter/{upload.pk}/aterkalla").content.decode()
    with scope(organisation_of()):
        assert not Contact.objects.exists()


def test_another_organisations_list_is_not_found_by_any_method() -> None:
    upload = handed(brilliant(ADA))
    joined(PROVSTAD)
    stranger = signed_in(member(Role.LEADER, organisation_of(PROVSTAD)))
    for path in ("kolumner", "aterkalla"):
        assert stranger.post(f"/kontakter/{upload.pk}/{path}").status_code == 404
    assert addresses_of()


def test_own_numbers_are_kept_in_one_form(leader: Client) -> None:
    leader.post("/kontakter/installningar", {"numbers": "021-39 00\n+46 8 123", "domains": "@Exempel.se\nväxjö.se"})
    with scope(organisation_of()):
        own = Arrangement.objects.get()
    assert own.internal_numbers.split() == ["+46213900", "+468123"]
    assert own.internal_domains.split() == ["exempel.se", "xn--vxj-qla6g.se"]
    assert leader.post("/kontakter/installningar", {"numbers": "alla", "domains": ""}).status_code == 400


def test_a_get_changes_nothing(leader: Client) -> None:
    leader.get("/kontakter/installningar")
    with scope(organisation_of()):
        assert not Arrangement.objects.exists()


def test_the_page_of_lists_takes_as_many_queries_for_many_lists(
    leader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        handed(brilliant(f"070174060{number}"))
    with django_assert_max_num_queries(8):
        leader.get("/kontakter")


def given(body: object, key: str | None = None, round_key: str = "nu") -> tuple[int, dict[str, object]]:
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    answer = Client(enforce_csrf_checks=True).post(
        f"/api/kontakter/v1/{round_key}",
        body if isinstance(body, bytes) else json.dumps(body),
        content_type="application/json",
        headers=headers,
    )
    return answer.status_code, answer.json()


@pytest.fixture
def key() -> str:
    with scope(organisation_of()):
        return interface.new_key(organisation_of().pk)


def test_a_program_with_a_key_hands_contacts_over_and_hears_what_became_of_each(key: str) -> None:
    body = {
        "contacts": [{"PhoneNumberOrEmail": ADA, "AgentRefCode": "agent-7"}, {"PhoneNumberOrEmail": "08-123 456 78"}]
    }
    status, told = given(body, key)
    assert (status, told["taken"]) == (200, 1)
    assert [(one["contact"], one["reason"]) for one in told["leftOut"]] == [(1, "not_mobile")]  # type: ignore[attr-defined] # what JSON holds
    assert given(body, key) == (200, told)
    assert addresses_of() == ["+46701740605"]


def test_one_contact_may_come_by_itself(key: str) -> None:
    assert given({"PhoneNumberOrEmail": BO, "MetaKey": 17}, key)[1]["taken"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[" * 100_000, 400),
        ([], 400),
        ({"contacts": []}, 400),
        ({"contacts": [1]}, 400),
        ({"contacts": [{"PhoneNumberOrEmail": {"a": 1}}]}, 400),
        ({"contacts": [{"PhoneNumberOrEmail": ADA}] * 1001}, 400),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_body_that_is_no_list_of_contacts_is_refused(key: str, body: object, status: int) -> None:
    assert given(body, key)[0] == status


def test_a_wrong_key_opens_nothing_and_a_new_one_ends_the_old(key: str) -> None:
    body = {"PhoneNumberOrEmail": ADA}
    assert given(body)[0] == 401
    assert given(body, "fel")[0] == 401
    with scope(organisation_of()):
        interface.new_key(organisation_of().pk)
    assert given(body, key)[0] == 401
    assert addresses_of() == []


def test_a_program_is_told_that_a_round_is_unknown_or_closed(key: str) -> None:
    assert given({"PhoneNumberOrEmail": ADA}, key, "finns-inte")[0] == 404
    type(open_round()).objects.update(state="closed")
    assert given({"PhoneNumberOrEmail": ADA}, key)[0] == 409


def test_the_interface_describes_itself() -> None:
    document = Client().get("/api/kontakter/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert "post" in document["paths"]["/api/kontakter/v1/{round}"]
