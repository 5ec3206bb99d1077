"""Names are found in what people write, and places, institutions and words that look like names are left."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyhord.files.register import swedish_municipalities
from lyhord.text.names.bloom import Bloom
from lyhord.text.names.finding import names_in
from lyhord.text.names.lexicon import lexicon

NAMED = [
    ("{Anna} var jättetrevlig.", "the first word"),
    ("{lisa} hjälpte mig.", "no capital"),
    ("{Björn Andersson} svarade direkt.", "a name that is a word, with its surname"),
    ("{Björn} hjälpte mig.", "a name that is a word, with what people do"),
    ("En handläggare som hette {Xhemajli Krasniqi}.", "no common name"),
    ("Tack till {Karl-Erik von Sydow}!", "two given names and a particle"),
    ("Han heter {bo} och jobbar på miljökontoret", "introduced, no capital"),
    ("Handläggaren {Per Olsson} ringde per telefon.", "the same word twice"),
    ("JAG FICK PRATA MED {KERSTIN} SOM INTE VISSTE NÅGOT OM BYGGLOV", "shouted"),
    ("JAG KRÄVER ETT SVAR FRÅN {INGELA STRÖMBERG} NU", "shouted, a surname"),
    ("/{Kalle}", "a signature"),
    ("Mvh {Gunilla S}", "an initial after"),
    ("{A. Svensson} ringde.", "an initial before"),
    ("I spoke to {Maria Lopez} and she was great.", "English"),
    ("{Annas} svar var bra. {Svenssons} också.", "genitive"),
    ("Trevligt bemötande av {Åsa} och {Pär}.", "two people"),
    ("Rektorn hette {Hussein Al-Khalil}.", "an Arabic particle"),
    ("{Berg} svarade aldrig i telefon", "a surname that is a municipality"),
    ("Det var {Nora} som svarade. Jag bor i Nora.", "a given name that is a municipality"),
    ("{Bo} på gatukontoret fixade lampan", "a name that is a word, at its place of work"),
    ("Vår handläggare {Siri Vinge} är duktig", "a surname that is a word"),
    ("god man {Karl Gustav Drott}", "a title before"),
    ("{Xhevdet} på fritidsgården", "an unknown name that begins the comment"),
    ("{Xhevdet} och {Ehsan} tränar laget", "an unknown name beside a known one"),
    ("{İbrahim} svarade", "a Turkish capital"),
    ("Hälsningar/ {Maud}", "a signature after a greeting"),
    ("Ring [telefonnummer] och fråga efter {Kicki}!", "beside what is already replaced"),
]
UNNAMED = [
    "Sten och grus på vägen. Stig på bussen.",
    "Alla var trevliga. Personalen svarade snabbt.",
    "Kontaktcenter svarade inte. Väntetiden var lång.",
    "Vi bor i Rosengård och går på Rönnskolan i Malmö.",
    "Ringde till Vetlanda kommun om Bygglov.",
    "Jag saknar tydlig information om Hemtjänst och E-tjänst.",
    "Bra service från Lund. Lunds kommun är bra.",
    "Ni är bra. Du borde svara. Mycket Bra! TACK",
    "Försäkringskassan hänvisade till er. IFO och LSS svarar inte.",
    "Dålig service. Björk fällda utan lov.",
    "Maj månad är bäst. Min fråga handlade om SFI på Komvux.",
    "Das Personal im Rathaus war sehr freundlich.",
    "Bussbolaget Nobina kör sönder vägen. Vårdboendet Ekbacken också.",
    "Greta Garbos torg är kallt",
    "Barn i klass 7 gick till Karl Johans gata",
    "Ringde [telefonnummer] och mejlade [e-postadress] om [adress].",
    "",
]


@pytest.mark.parametrize(("marked", "why"), NAMED, ids=[why for _, why in NAMED])
def test_a_name_is_found_whole(marked: str, why: str) -> None:
    text = marked.replace("{", "").replace("}", "")
    assert _marked(text) == marked, why


@pytest.mark.parametrize("text", UNNAMED)
def test_what_is_no_name_is_left(text: str) -> None:
    assert _marked(text) == text


@given(st.text(max_size=400))
def test_spans_never_overlap_and_stand_in_order(text: str) -> None:
    ends = [edge for span in names_in(text) for edge in (span.start, span.end)]
    assert ends == sorted(set(ends))
    assert all(0 <= edge <= len(text) for edge in ends)


@pytest.mark.parametrize("piece", ["Anna ", "A. ", "von ", "X", "-", "Åsa-", "[", "heter ", "\n", "É"])
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    once, tenfold = (_seconds(piece * (size // len(piece))) for size in (20_000, 200_000))
    assert tenfold < max(once, 0.02) * 40


def test_a_bloom_filter_never_forgets_and_seldom_errs() -> None:
    words = [f"ord{number}" for number in range(5_000)]
    bloom = Bloom.from_bytes(Bloom.of(words, 100).to_bytes())
    assert all(word in bloom for word in words)
    assert sum(f"annat{number}" in bloom for number in range(5_000)) < 120


def test_every_municipality_is_known_as_a_place() -> None:
    parts = {part for one in swedish_municipalities() for part in one.name.lower().replace("-", " ").split()}
    assert parts <= lexicon().places


def test_looking_for_names_needs_no_arithmetic() -> None:
    program = "import sys, lyhord.text.redaction as r; r.redacted('Anna'); print({'scipy', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout == b"set()\n"


def _marked(text: str) -> str:
    for span in reversed(names_in(text)):
        text = f"{text[: span.start]}{{{text[span.start : span.end]}}}{text[span.end :]}"
    return text


def _seconds(text: str) -> float:
    began = time.process_time()
    names_in(text)
    return time.process_time() - began
