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
    ("anna&#64;exempel.se", "[e-postadress]"),
    ("Ring (0)70 123 45 67", "Ring [telefonnummer]"),
    ("Nå \u0660\u0667\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "Nå [telefonnummer]"),  # Arabic digits
    ("Västra Mölla 12", "[adress]"),
    ("jag bor Prästgårdsgärdet 7", "jag bor [adress]"),
    ("\uff21\uff4e\uff4e\uff41 ringde", "[namn] ringde"),  # full width
    ("tack \U0001d400\U0001d427\U0001d427\U0001d41a!", "tack [namn]!"),  # mathematical bold
    ("A\u0336n\u0336n\u0336a\u0336 ringde", "[namn] ringde"),  # struck through
    ("\u0410\u200bnn\u0430 ringde", "[namn] ringde"),  # Cyrillic look-alikes and a sign without width
    ("Pa\u0308r ringde", "[namn] ringde"),  # decomposed
    ("\u202eanna@exempel.se\u202c", "[e-postadress]"),
    ("<b>An\x00na</b> ringde", "<b>[namn]</b> ringde"),
    ("\U0001f600Anna\U0001f44d", "\U0001f600[namn]\U0001f44d"),
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
    "½ dag … ok, 25 m²\u00a0kvar",
    "e\u0301n cafe\u0301",
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


SIGNS = [
    "\u0301",
    "\u202e\u200b",
    "Å\u0301",
    "\ufdfa",
    "\U0001f600",
    "\u0410",
    "<b>",
    "Norra A",
    "a.\n/ ",
    "A-",
    "07",
    " ",
]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_line_of_a_hundred_thousand_signs_is_read_in_linear_time(sign: str) -> None:
    shorter, longer = (_seconds(sign * (size // len(sign))) for size in (10_000, 100_000))
    assert longer < max(shorter, 0.02) * 40


@pytest.mark.parametrize("hostile", ["0" * 10_000, "a@" * 5_000, "1 " * 5_000, "Agata " * 1_600, "a." * 5_000 + "@"])
def test_a_hostile_text_takes_no_longer_than_any_other(hostile: str) -> None:
    started = time.process_time()
    redacted(hostile)
    assert time.process_time() - started < 1


def _seconds(text: str) -> float:
    started = time.process_time()
    redacted(text)
    return time.process_time() - started
