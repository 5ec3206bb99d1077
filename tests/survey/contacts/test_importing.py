"""A list of contacts comes in: who is taken, who is left out and why, and nothing twice."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override
from pytest_django.fixtures import Settings

from builders import PROVSTAD
from builders_records import organisation_of
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.contents import address_hash
from lyhord.delivery.models import Channel, Suppression
from lyhord.delivery.suppression import suppress
from lyhord.survey.contacts import importing, lists, uploads
from lyhord.survey.contacts.importing import read, read_next
from lyhord.survey.contacts.models import Contact, ContactKey, Surveyed, Upload
from lyhord.survey.contacts.storing import forget, opened_with
from lyhord.survey.errors import SurveyError
from survey.contacts.handing_over import addresses_of, brilliant, handed, joined, open_round, reasons_of

pytestmark = pytest.mark.django_db
ADA, BO, EVA = "0701740605", "0701740606", "eva@example.org"


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: object) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""


def test_brilliants_columns_are_taken_unchanged() -> None:
    joined()
    upload = handed(brilliant(f"00467{ADA[2:]};SE;samtal-1;3", f"{EVA};EN;mejl-1;2"))
    assert (upload.state, upload.rows, upload.taken, upload.left_out) == ("done", 2, 2, 0)
    assert addresses_of() == ["+46701740605", EVA]
    with scope(organisation_of()):
        assert {one.participation.channel: one.language for one in Contact.objects.all()} == {
            "tel": "sv",
            "epost": "en",
        }


def test_every_row_left_out_keeps_its_reason_and_the_good_ones_go_in() -> None:
    joined(channels=("tel",))
    upload = handed(brilliant(ADA, "", "08-123 456 78", "123", "åsa@exempel.se", EVA, f"+46{ADA[1:]}", BO))
    assert reasons_of(upload) == [
        (3, "no_address"),
        (4, "not_mobile"),
        (5, "bad_number"),
        (6, "bad_email"),
        (7, "no_channel"),
        (8, "duplicate"),
    ]
    assert upload.reasons == {
        "no_address": 1, "not_mobile": 1, "bad_number": 1, "bad_email": 1, "no_channel": 1, "duplicate": 1,
    }  # fmt: skip
    assert addresses_of() == ["+46701740605", "+46701740606"]


def test_the_same_list_twice_changes_nothing() -> None:
    joined()
    first = handed(brilliant(ADA, BO))
    assert handed(brilliant(ADA, BO), name="annat namn.csv").pk == first.pk
    assert len(addresses_of()) == 2


def test_a_row_that_was_handed_over_before_is_known_by_its_key() -> None:
    joined()
    handed(brilliant(f"{ADA};;samtal-1"))
    assert reasons_of(handed(brilliant(f"{BO};;samtal-1", f"{BO};;samtal-2"))) == [(2, "handed_over")]


def test_nobody_is_asked_twice_within_the_quarantine_whatever_the_channel() -> None:
    joined()
    handed(brilliant(ADA))
    with scope(organisation_of()):
        person = Contact.objects.get().person
        forget(Contact.objects.all())
        surveyed = Surveyed.objects.create(
            organisation=organisation_of(), person=person, since=timezone.localdate() - timedelta(days=30)
        )
    both = f"telefon;e-post\n{ADA};{EVA}\n".encode()
    assert reasons_of(handed(both)) == [(2, "quarantine")]
    with scope(organisation_of()):
        surveyed.since -= timedelta(days=1)
        surveyed.save()
    assert handed(brilliant(ADA, BO)).taken == 2


def test_a_person_with_two_addresses_waits_once() -> None:
    joined()
    upload = handed(f"telefon;e-post\n{ADA};{EVA}\n;{EVA}\n{ADA};\n".encode())
    assert (upload.taken, reasons_of(upload)) == (1, [(3, "duplicate"), (4, "duplicate")])
    assert reasons_of(handed(brilliant(EVA))) == [(2, "duplicate")]


@pytest.mark.parametrize(("method", "address"), [("3", "+46701740605"), ("2", EVA), ("", "+46701740605")])
def test_who_has_two_addresses_is_reached_the_way_of_the_contact(method: str, address: str) -> None:
    joined()
    handed(f"telefon;e-post;RecruitmentMethod\n{ADA};{EVA};{method}\n".encode())
    assert addresses_of() == [address]


def test_who_has_opted_out_is_left_out() -> None:
    joined()
    with scope(organisation_of()):
        suppress(organisation_of().pk, Channel.EMAIL, "Eva@example.org", Suppression.Reason.OPTED_OUT)
    assert reasons_of(handed(brilliant(ADA, EVA))) == [(3, "opted_out")]


def test_the_municipalitys_own_numbers_and_addresses_are_left_out() -> None:
    joined()
    with scope(organisation_of()):
        own = uploads.arrangement_of(organisation_of().pk)
        own.internal_numbers, own.internal_domains = "+4670174\n+4672", "Exempel.se"
        own.save()
    upload = handed(brilliant(ADA, "0701750000", "vera@exempel.se", EVA))
    assert reasons_of(upload) == [(2, "internal"), (4, "internal")]


@pytest.mark.parametrize(
    ("moment", "reason"),
    [("2020-01-01", "old"), ("2999-01-01 10:00", "bad_date"), ("i går", "bad_date"), ("14/3 2026", "bad_date")],
)
def test_a_contact_is_neither_too_old_nor_in_the_future(moment: str, reason: str) -> None:
    joined()
    today = timezone.localdate()
    upload = handed(f"telefon;datum\n{ADA};{moment}\n{BO};{today}\n".encode())
    assert reasons_of(upload) == [(2, reason)]


def test_columns_that_nobody_knows_wait_for_a_choice_that_is_remembered() -> None:
    joined()
    unknown = f"vem;annat\n{ADA};x\n".encode()
    with scope(organisation_of()):
        upload = uploads.receive(open_round(), organisation_of(), "a.csv", [unknown])
        assert upload.state == Upload.State.UNMAPPED
        with pytest.raises(SurveyError):
            uploads.choose_columns(upload, {"address": "finns inte"})
        uploads.choose_columns(upload, {"address": "vem"})
        assert read(upload)
    assert handed(f"annat;vem\ny;{BO}\n".encode()).taken == 1


def test_the_quick_ways_of_hashing_and_sealing_are_those_of_delivery() -> None:
    joined()
    handed(brilliant(EVA))
    with scope(organisation_of()):
        contact = Contact.objects.get()
        hashed = address_hash(organisation_of().pk, Channel.EMAIL, EVA)
        assert contact.person == hashed[: len(contact.person)]
        assert opened_with(contact, bytes(ContactKey.objects.get().wrapped)) == EVA


def test_a_list_is_another_organisations_own() -> None:
    joined()
    joined(PROVSTAD)
    handed(brilliant(ADA))
    handed(brilliant(ADA), organisation_of(PROVSTAD))
    with scope_of_everything("the test compares"):
        first, second = Contact.objects.values_list("person", flat=True)
        assert first != second
    with scope(organisation_of(PROVSTAD)):
        assert Contact.objects.count() == 1
    with scope(organisation_of()), pytest.raises(SurveyError):
        uploads.receive(open_round(), organisation_of(PROVSTAD), "a.csv", [brilliant(BO)])


def test_nothing_readable_is_stored_and_the_file_is_gone_once_read() -> None:
    joined()
    handed(brilliant(ADA, EVA))
    with scope(organisation_of()):
        stored = [bytes(one.sealed_address) for one in Contact.objects.all()]
        assert not any(b"70174" in one or b"eva" in one for one in stored)
        forget(Contact.objects.all())
        assert not ContactKey.objects.exists()
    assert not list((settings.DATA_FOLDER / "contacts-waiting").iterdir())


def test_a_reader_that_dies_is_followed_by_one_that_goes_on_where_it_ended() -> None:
    joined()
    rows = [f"07017{number:05}" for number in range(25)]
    with scope(organisation_of()):
        upload = uploads.receive(open_round(), organisation_of(), "a.csv", [brilliant(*rows)])
    with (
        patch.object(lists, "BATCH", 10),
        patch.object(importing, "store", side_effect=dying_after(1)),
        scope(organisation_of()),
        pytest.raises(KeyboardInterrupt),
    ):
        read(upload)
    with scope(organisation_of()):
        assert not read(upload)  # still held
        Upload.objects.update(held_until=timezone.now() - timedelta(seconds=1))
        assert Contact.objects.count() == 10
    assert read_next()
    assert not read_next()
    with scope(organisation_of()):
        upload.refresh_from_db()
        assert (upload.state, upload.rows, upload.taken, upload.left_out) == ("done", 25, 25, 0)


def dying_after(batches: int) -> object:
    done = iter([True] * batches)
    write = importing.store

    def store(*given: object) -> None:
        if not next(done, False):
            raise KeyboardInterrupt
        write(*given)  # type: ignore[arg-type] # passed on as it came

    return store


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02;\x03\n",
        b"PK\x03\x04 not a workbook",
        b"\xd0\xcf\x11\xe0 locked",
        b"ensam\nord\n",
        b"0701740605\n0701740606\n",
        b"telefon;" + b"x" * 1_100_000 + b"\n",
    ],
    ids=["empty", "binary", "broken zip", "old workbook", "one column of words", "no heading", "huge line"],
)
def test_a_hostile_file_is_refused_with_a_message_and_not_kept(content: bytes) -> None:
    joined()
    with pytest.raises(SurveyError):
        handed(content)
    assert not list((settings.DATA_FOLDER / "contacts-waiting").iterdir())


@pytest.mark.parametrize("heading", ["telefon", "e-post", "vem"])
def test_a_single_column_is_taken_where_it_is_one_of_addresses(heading: str) -> None:
    joined()
    assert handed(f"{heading}\n{ADA}\n{EVA}\n".encode()).taken in (1, 2)


def test_what_is_wrong_is_said_in_the_language_at_hand_and_names_the_file() -> None:
    joined()
    with override("en"), pytest.raises(SurveyError, match=r"contacts\.xlsx: .*damaged"):
        handed(b"PK\x03\x04 not a workbook", name="contacts.xlsx")
    with pytest.raises(SurveyError, match=r"kontakter\.csv: filen är tom"):
        handed(b"", name="kontakter.csv")
    open_round().__class__.objects.update(state="closed")
    with override("en"), pytest.raises(SurveyError, match="not open"):
        handed(brilliant(ADA))


@pytest.mark.parametrize("name", ["../../etc/passwd", "c:\\hemligt\\lista.csv", "li\nsta\x00.csv", "x" * 999])
def test_a_files_name_is_only_shown(name: str) -> None:
    joined()
    shown = handed(brilliant(ADA), name=name).name
    assert not {"/", "\\"} & set(shown)
    assert shown.isprintable()
    assert len(shown) <= 200


def test_an_open_quote_fails_the_list_with_its_place_and_keeps_what_was_read() -> None:
    joined()
    upload = handed(f'telefon;namn\n{ADA};"öppet\n'.encode() + b"0701740606;x\n" * 300_000)
    assert upload.state == Upload.State.FAILED
    assert upload.problem


def test_a_closed_round_takes_no_contacts() -> None:
    joined()
    open_round().__class__.objects.update(state="closed")
    with pytest.raises(SurveyError, match="inte öppen"):
        handed(brilliant(ADA))
