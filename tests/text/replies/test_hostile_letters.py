"""No letter makes reading fail, and none takes time out of proportion to its size."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyhord.text.replies.assessing import assessed
from lyhord.text.replies.findings import Assessment, OpenProbe
from lyhord.text.replies.letter import Fault
from lyhord.text.replies.quoting import divided
from lyhord.text.replies.reading import MOST_BYTES, MOST_TEXT, read_letter
from text.replies import hostile

SENT = datetime(2026, 10, 1, tzinfo=UTC)
NOW = datetime(2026, 10, 5, tzinfo=UTC)
PROBES = [
    OpenProbe(f"p{n}", f"a{n}@lada.example", f"m{n}@lada.example", "Snö", f"Vem skottar gata nummer {n}?", SENT)
    for n in range(5)
]
SECONDS = 8  # of processor time; what is linear takes below one here, also on a busy machine


def all_of(raw: bytes) -> Assessment:
    return assessed(read_letter(raw), PROBES, NOW)


def within_bounds(raw: bytes) -> None:
    started = time.process_time()
    found = all_of(raw)
    assert time.process_time() - started < SECONDS
    pieces = found.division.pieces
    assert "".join(piece.span.of(found.division.text) for piece in pieces) == found.division.text


@pytest.mark.parametrize("seed", hostile.TEXT_SEEDS)
def test_a_text_of_one_thing_over_and_over_is_read_in_linear_time(seed: str) -> None:
    within_bounds(hostile.full(seed))


@pytest.mark.parametrize("seed", hostile.HTML_SEEDS)
def test_html_of_one_thing_over_and_over_is_read_in_linear_time(seed: str) -> None:
    within_bounds(hostile.full(seed, "text/html"))


@pytest.mark.parametrize("name", hostile.LETTERS)
def test_a_letter_made_to_break_readers_is_read(name: str) -> None:
    within_bounds(hostile.LETTERS[name])


def test_what_was_left_out_is_told() -> None:
    assert Fault.TOO_DEEP in read_letter(hostile.nested(1000)).faults
    assert Fault.TOO_MANY_PARTS in read_letter(hostile.LETTERS["a hundred thousand parts"]).faults
    assert Fault.HEADERS_CUT in read_letter(hostile.LETTERS["a hundred thousand header fields"]).faults
    assert Fault.TOO_LARGE in read_letter(b"\r\n\r\n" + b"x" * MOST_BYTES).faults
    assert Fault.NO_TEXT in read_letter(b"").faults
    cut = read_letter(hostile.full("a ", size=2 * MOST_TEXT))
    assert Fault.TEXT_CUT in cut.faults
    assert len(cut.text) == MOST_TEXT


HEADERS = st.lists(
    st.sampled_from(
        [
            b"Content-Type: text/html",
            b"Content-Type: multipart/mixed; boundary=x",
            b"Content-Type: text/plain; charset=utf-16",
            b"Content-Type: text/plain; charset=punycode",
            b"Content-Type: message/rfc822",
            b"Content-Transfer-Encoding: base64",
            b"Content-Transfer-Encoding: quoted-printable",
            b"Content-Disposition: attachment; filename*=utf-8''%ff%E5",
            b"Subject: =?utf-8?b?w6U=?= =?iso-8859-1?q?=E5?=",
            b"Date: Mon, 99 Foo 2026 25:61:61 +9999",
            b"From: <<<>>>@",
            b" folded",
        ]
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(HEADERS, st.binary(max_size=300), st.sampled_from([b"", b"\r\n--x\r\n", b"\r\n--x\r\n\r\nhej\r\n--x--"]))
def test_no_bytes_make_reading_fail(headers: list[bytes], body: bytes, tail: bytes) -> None:
    all_of(b"\r\n".join([*headers, b"", body + tail]))


LINES = st.sampled_from(
    [
        "Hej!", "", "Ja, det går bra.",
        "> Vem skottar?", "Från: A", "Skickat: i dag",
        "Till: B", "Ämne: C", "/Anna",
        "-- ", "Med vänlig hälsning", "Anna Berg, chef",
        "Den 3 okt. 2026 kl 10:00 skrev A <a@b.se>:", "Tel 08-465 004 00", "\t",
        "--- Svara ovanför denna rad ---", "Läs om personuppgifter på vår hemsida", "Vem skottar gata nummer 1?",
        "\u2028",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_the_pieces_cover_the_text_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    pieces = divided(text, "Vem skottar gata nummer 1?").pieces
    assert "".join(piece.span.of(text) for piece in pieces) == text
    assert all(before.role != after.role for before, after in pairwise(pieces))
