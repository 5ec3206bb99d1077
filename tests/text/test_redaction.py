"""What points out a person is replaced, and what does not is left; every number and address is invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.text.redaction import Kind, redacted

REPLACED = [
    ("Mejla anna.lind@exempel.se tack", "Mejla [e-postadress] tack"),
    ("Anna_Lind+kommun@mejl.exempel.se", "[e-postadress]"),
    ("anna (at) exempel.se", "[e-postadress]"),
    ("anna snabel-a exempel punkt se", "[e-postadress]"),
    ("Mitt nummer 19850412-1234.", "Mitt nummer [personnummer]."),
    ("850412-1234", "[personnummer]"),
    ("850412+1234", "[personnummer]"),
    ("198504121234", "[personnummer]"),
    ("8504121234", "[personnummer]"),
    ("19850412 1234", "[personnummer]"),
    ("850472-1234", "[personnummer]"),  # a coordination number: the day plus 60
    ("198504911234", "[personnummer]"),
    ("850412–9999", "[personnummer]"),  # whatever the check digit, and with a dash of another kind
    ("850412-xxxx", "[personnummer]"),
    ("85\u200b0412-1234", "[personnummer]"),
    ("Ring 070-123 45 67!", "Ring [telefonnummer]!"),
    ("0701234567", "[telefonnummer]"),
    ("070 12 34 567", "[telefonnummer]"),
    ("+46 70 123 45 67", "[telefonnummer]"),
    ("0046701234567", "[telefonnummer]"),
    ("+358 40 123 4567", "[telefonnummer]"),
    ("021-12 34 56", "[telefonnummer]"),
    ("(021) 12 34 56", "[telefonnummer]"),
    ("08-123 456 78", "[telefonnummer]"),
    ("hemma 12 34 56 är bäst", "hemma [telefonnummer] är bäst"),
    ("ring 123456", "ring [telefonnummer]"),
    ("070\u00a0123\u00a045\u00a067", "[telefonnummer]"),
    ("Jag bor på Storgatan 12.", "Jag bor på [adress]."),
    ("Storgatan 12 B, lgh 1201", "[adress]"),
    ("Björkvägen 3a", "[adress]"),
    ("storgatan 12", "[adress]"),
    ("Kyrkbacken 7", "[adress]"),
    ("Erik Dahlbergs allé 4", "[namn] [adress]"),
]
LEFT = [
    "Väntade i 45 minuter, tre gånger 2023-03-13.",
    "Öppet 08–17, kl. 08.00-16.30 stämmer inte.",
    "Väg 55 är dåligt plogad och riksväg 70 likaså.",
    "Storgatan är trasig sedan 2021.",
    "Ärende 2023/1234 har dröjt.",
    "Betyg 5 av 5! Kostade 1 250 kronor, 12 % mer.",
    "Bra @ allt",
    "100000 kronor",
    "",
]


@pytest.mark.parametrize(("given_text", "expected"), REPLACED)
def test_what_points_out_a_person_is_replaced_by_its_kind(given_text: str, expected: str) -> None:
    assert redacted(given_text).text == expected


@pytest.mark.parametrize("text", LEFT)
def test_what_points_out_nobody_is_left(text: str) -> None:
    assert redacted(text).text == text
    assert redacted(text).found == {}


def test_what_was_found_is_counted_by_kind() -> None:
    text = "Ring 070-123 45 67 eller 021-12 34 56, eller mejla a.b@exempel.se"
    assert redacted(text).found == {Kind.PHONE: 2, Kind.EMAIL: 1}


@given(st.text(max_size=200))
def test_what_is_redacted_holds_nothing_more_to_redact(text: str) -> None:
    once = redacted(text).text
    assert redacted(once).text == once


@pytest.mark.parametrize("hostile", ["0" * 10_000, "a@" * 5_000, "1 " * 5_000, "Agata " * 1_600, "a." * 5_000 + "@"])
def test_a_hostile_text_takes_no_longer_than_any_other(hostile: str) -> None:
    started = time.process_time()
    redacted(hostile)
    assert time.process_time() - started < 1
