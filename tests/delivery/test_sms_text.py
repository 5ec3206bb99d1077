"""A text as an SMS: alphabet, parts, cost, and who may stand as its sender."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.delivery.sms_text import EXTENDED, GSM_ALPHABET, Encoding, cost, encoded, plain, sender_problem, sms_text

GSM = st.text(st.sampled_from([*GSM_ALPHABET.replace("\x1b", ""), *EXTENDED]), max_size=700)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("a" * 160, Encoding.GSM7, 160, 1),
        ("a" * 161, Encoding.GSM7, 161, 2),
        ("a" * 306, Encoding.GSM7, 306, 2),
        ("a" * 307, Encoding.GSM7, 307, 3),
        ("åäöÅÄÖéü" * 20, Encoding.GSM7, 160, 1),
        ("€" * 80, Encoding.GSM7, 160, 1),
        ("€" * 81, Encoding.GSM7, 162, 2),
        ("š" * 70, Encoding.UCS2, 70, 1),
        ("š" * 71, Encoding.UCS2, 71, 2),
        ("🙂" * 35, Encoding.UCS2, 70, 1),
        ("🙂" * 36, Encoding.UCS2, 72, 2),
        ("a\u030a", Encoding.UCS2, 2, 1),  # å in two letters, as some machines write it
    ],
)
def test_a_text_takes_as_many_parts_as_the_standard_says(text: str, encoding: Encoding, units: int, parts: int) -> None:
    found = sms_text(text)
    assert (found.encoding, found.units, len(found.parts)) == (encoding, units, parts)


@given(GSM)
def test_parts_of_plain_letters_join_to_the_text_and_none_is_too_long(text: str) -> None:
    found = sms_text(text)
    assert "".join(found.parts) == text
    assert found.encoding is Encoding.GSM7
    limit = 160 if len(found.parts) == 1 else 153
    assert all(len(encoded(part, Encoding.GSM7)) <= limit for part in found.parts)


@given(ANY)
def test_no_letter_is_torn_between_two_parts(text: str) -> None:
    found = sms_text("š" + text)
    assert found.encoding is Encoding.UCS2
    assert "".join(encoded(part, found.encoding).decode("utf-16-be") for part in found.parts) == "š" + text


@given(GSM.filter(bool))
def test_the_room_left_is_what_still_fits(text: str) -> None:
    found = sms_text(text)
    assert len(sms_text(text + "a" * found.room_left).parts) == len(found.parts)


def test_the_alphabet_is_the_standards() -> None:
    assert len(GSM_ALPHABET) == 128
    assert encoded("@Å€å", Encoding.GSM7) == b"\x00\x0e\x1b\x65\x0f"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("\u201dHej\u201d \u2013 vänta\u2026", '"Hej" - vänta...'),
        ("10\u00a0000\u202fkr", "10 000 kr"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("en\u200bord", "enord"),
        ("سؤال", "سؤال"),
    ],
)
def test_typographic_signs_are_written_plainly(written: str, sent: str) -> None:
    assert plain(written) == sent


def test_what_makes_a_text_dear_is_named_once() -> None:
    assert sms_text("Hej – hej – då…").awkward == ("–", "…")


def test_the_cost_counts_parts() -> None:
    assert cost([sms_text("a" * 161), sms_text("a")], Decimal("0.35")) == Decimal("1.05")


@pytest.mark.parametrize("sender", ["Vasteras", "Kommun1", "abc", "+46701740605", "71120"])
def test_a_sender_that_gateways_take(sender: str) -> None:
    assert sender_problem(sender) == ""


@pytest.mark.parametrize("sender", ["Västerås", "", "ab", "1Kommun", "Two words", "ElevenLetter", "0701740605", "a\n"])
def test_a_sender_that_is_changed_or_dropped_on_the_way(sender: str) -> None:
    assert repr(sender) in sender_problem(sender)
