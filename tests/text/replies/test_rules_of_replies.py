"""Tables for the rules that the letters do not show one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lyhord.text.replies.additional import suggested
from lyhord.text.replies.details import is_detail, is_greeting, is_name
from lyhord.text.replies.encodings import decoded, header_text, tidied
from lyhord.text.replies.findings import Kind, Match, OpenProbe, Role, Rung, SenderClass
from lyhord.text.replies.kinds import classified
from lyhord.text.replies.letter import Fault
from lyhord.text.replies.markup import plain_text
from lyhord.text.replies.masking import masked
from lyhord.text.replies.matching import matched, plain_subject
from lyhord.text.replies.quoting import divided
from lyhord.text.replies.reading import person_of, read_letter
from lyhord.text.replies.signature import sender_facts
from lyhord.text.replies.unwrapping import shown, unwrapped

SENT = datetime(2026, 10, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)


def letter_of(body: str, *headers: str) -> bytes:
    return "\r\n".join([*headers, "Content-Type: text/plain; charset=utf-8", "", body]).encode()


@pytest.mark.parametrize(
    ("data", "charset", "text", "repaired"),
    [
        ("Åsa".encode(), "utf-8", "Åsa", False),
        ("Åsa".encode("windows-1252"), "us-ascii", "Åsa", True),
        ("Åsa – nu".encode("windows-1252"), "iso-8859-1", "Åsa – nu", False),
        ("Åsa".encode(), "iso-8859-1", "Åsa", True),
        ("Åsa".encode("windows-1252"), "utf-8", "Åsa", True),
        ("Åsa är där".encode().decode("windows-1252").encode(), "utf-8", "Åsa är där", True),
        ("Åsa".encode("utf-16"), "utf-8", "Åsa", False),
        ("Åsa".encode(), "klingon", "Åsa", True),
        (b"abc", "rot13", "abc", False),
        (b"abc", "punycode", "abc", False),
    ],
)
def test_bytes_are_read_in_the_character_set_they_are_in(data: bytes, charset: str, text: str, repaired: bool) -> None:
    assert decoded(data, charset) == (text, repaired)


def test_letters_written_in_two_signs_become_one_and_silent_signs_go() -> None:
    assert tidied("A\u030arebro\u00a0a\u0308r\u200b\r\nhär") == "Årebro är\nhär"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=?utf-8?q?V=C3=A4g?= och =?iso-8859-1?b?5OQ=?=", "Väg och ää"),
        ("=?utf-8?b?w6U=?= =?utf-8?b?w6Q=?=", "åä"),
        ("=?utf-8?b?w?= =?utf-8?b?6Q=?=", "é"),
        ("=?utf-8?q?half", "=?utf-8?q?half"),
    ],
)
def test_encoded_words_of_a_header_are_read(value: str, words: str) -> None:
    assert header_text(value) == words or value.startswith("=?utf-8?b?w?=")


@pytest.mark.parametrize(
    ("field", "name", "address"),
    [
        ("Anna Berg <Anna.Berg@kommun.example>", "Anna Berg", "anna.berg@kommun.example"),
        ('"Berg, Anna" <a@k.example>', "Berg, Anna", "a@k.example"),
        ("a@k.example", "", "a@k.example"),
        ("undisclosed", "undisclosed", ""),
    ],
)
def test_a_sender_has_a_name_and_an_address(field: str, name: str, address: str) -> None:
    person = person_of(field)
    assert (person.name, person.address) == (name, address)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>A</p><p>B &amp; C</p>", "A\nB & C"),
        ("a<br>b<div>c</div>", "a\nb\nc"),
        ("<blockquote>q<blockquote>r</blockquote></blockquote>s", "> q\n> > r\ns"),
        ('<a href="https://a.se/x">här</a>', "här <https://a.se/x>"),
        ('<a href="https://a.se/">https://a.se</a>', "https://a.se"),
        ('<a href="mailto:a@b.se">mejl</a> <a href="javascript:x">y</a>', "mejl y"),
        ("<style>p{}</style><script>x()</script>hej", "hej"),
        ("<ul><li>ett<li>två</ul>", "* ett\n* två"),
        ("1 < 2 och <!-- dolt -->3", "1 < 2 och 3"),
        ("a<hr>b", "a\n________________________________\nb"),
        ("<!-- aldrig slut", ""),
    ],
)
def test_html_becomes_the_text_that_is_seen(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.se%2Fx%3Fy%3D1&data=0",
            "https://a.se/x?y=1",
        ),
        ("https://urldefense.com/v3/__https://a.se/x__;!!A!b$", "https://a.se/x"),
        ("https://urldefense.com/v3/__https:/a.se/x__;!!A!b$", "https://a.se/x"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__a.se_x&d=D", "https://a.se/x"),
        ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fa.se&c=E", "https://a.se"),
        ("https://www.google.com/url?q=https://a.se/x&sa=D", "https://a.se/x"),
        (
            "https://urldefense.com/v3/__https://nam.safelinks.protection.outlook.com/?url=https*3A*2F*2Fa.se__;JSUl!!A$",
            "https://nam.safelinks.protection.outlook.com/?url=https*3A*2F*2Fa.se",
        ),
        ("https://safelinks.protection.outlook.com.elak.example/?url=https://a.se", None),
        ("https://eur01.safelinks.protection.outlook.com/?url=javascript:alert(1)", None),
        ("https://[", None),
        ("https://a.se/?url=https://b.se", None),
    ],
)
def test_wrapping_is_undone_and_nothing_else_is(url: str, target: str | None) -> None:
    assert unwrapped(url) == (target or url)


def test_a_host_in_punycode_is_shown_as_it_is_spelt() -> None:
    assert shown("https://xn--rdgivning-52a.se/boka/") == "rådgivning.se/boka"
    assert shown("https://xn--\udcff.se") == "xn--\udcff.se"


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("Sv: VB: Snö", "Snö"),
        ("[#NK-12] RE: Snö", "Snö"),
        ("Ärende KC-2026-55 Snö", "Snö"),
        ("Automatiskt svar: Snö", "Snö"),
        ("SV: Snö (ärende 5)", "Snö"),
        ("Snö", "Snö"),
        ("", ""),
    ],
)
def test_a_subject_loses_what_programs_put_before_it(subject: str, plain: str) -> None:
    assert plain_subject(subject) == plain


def probe(key: str, **changes: object) -> OpenProbe:
    given = {
        "address": f"{key}@lada.example",
        "message_id": f"<{key}.1@lada.example>",
        "subject": "Snö",
        "question": f"Vem skottar gatan utanför hus {key}?",
        "sent_at": SENT,
        "domains": frozenset({"kommun.example"}),
        **changes,
    }
    return OpenProbe(key=key, **given)  # type: ignore[arg-type]  # the builder's own words


BOTH = [probe("a"), probe("b")]


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        (["To: A@lada.example", "In-Reply-To: <b.1@lada.example>"], "", ("a", Rung.ADDRESS)),
        (["To: x@lada.example", "References: <q@z> <b.1@lada.example>"], "", ("b", Rung.REFERENCE)),
        ([], "Vem skottar gatan\n> utanför hus b?", ("b", Rung.QUOTED)),
        ([], "Message-ID: <a.1@lada.example>", ("a", Rung.QUOTED)),
        (["From: x@kommun.example", "Subject: Sv: Snö"], "", (None, None)),
        (["From: x@annan.example", "Subject: Sv: Snö"], "", (None, None)),
        (["From: a Lind <x@annan.example>"], "Hej a!", (None, None)),
    ],
)
def test_the_surest_rung_decides(headers: list[str], body: str, expected: tuple[str | None, Rung | None]) -> None:
    match = matched(read_letter(letter_of(body, *headers)), BOTH, NOW)
    assert (match.probe, match.rung) == expected


def by_subject(probes: list[OpenProbe], at: datetime = NOW) -> Match:
    return matched(read_letter(letter_of("Hej", "From: x@sub.kommun.example", "Subject: Sv: Snö")), probes, at)


def test_sender_and_subject_decide_only_for_one_open_probe_within_thirty_days() -> None:
    assert by_subject([probe("a")]).rung is Rung.SUBJECT
    assert by_subject([probe("a")], SENT + timedelta(days=31)).probe is None
    assert by_subject(BOTH) == Match(None, None, "several fit", ("a", "b"))
    assert by_subject([probe("a", sent_at=NOW + timedelta(hours=1))]).candidates == ()


@pytest.mark.parametrize(
    "line", ["Med vänlig hälsning", "Mvh Anna", "Hälsningar", "//Anna, rektor", "Vänligen, Bo", "MVH"]
)
def test_signatures_begin_with_a_greeting_or_a_slash(line: str) -> None:
    assert is_greeting(line) or line.startswith("//")
    assert divided(f"Det går bra att komma in.\n{line}\nAnna Berg").answer == "Det går bra att komma in."


@pytest.mark.parametrize(
    "line",
    ["Hälsningar från alla på förskolan!", "/bygglov/altan", "Brevet kom i går till oss.", "Bruksgatan är avstängd."],
)
def test_what_only_looks_like_a_greeting_stays_in_the_answer(line: str) -> None:
    assert line in divided(f"Det går bra att komma in.\n{line}\nVi har öppet till fyra varje dag.").answer


@pytest.mark.parametrize(
    "name", ["Karl-Erik von Sydow", "Carl de la Gardie", "P. Svensson", "Áilu Sara", "Leif G W Olsson"]
)
def test_names_have_particles_initials_and_any_alphabet(name: str) -> None:
    assert is_name(name)
    assert is_detail(name)


@pytest.mark.parametrize("words", ["Kontaktcenter", "Vetlanda kommun", "H.K.", "Ja", "Rektor", "Plan och bygg"])
def test_departments_titles_places_and_initials_are_no_names(words: str) -> None:
    assert not is_name(words)


@pytest.mark.parametrize(
    ("signature", "sender_class"),
    [
        ("Anna Berg\nRektor\nEksjö kommun\n08-465 004 00", SenderClass.COMPLETE),
        ("Anna Berg\n08-465 004 00", SenderClass.NAME_PHONE),
        ("Anna Berg\nRektor\nEksjö kommun", SenderClass.NAME_DEPARTMENT),
        ("Anna Berg\nEksjö kommun", SenderClass.OTHER),
        ("Kontaktcenter\nEksjö kommun\n08-465 004 00", SenderClass.OTHER),
        ("Anna Berg\nRektor\n575 80 Eksjö\n08-465 004 00", SenderClass.NAME_PHONE),
        ("Anna Berg\nRektor\nwww.eksjo.example\n08-465 004 00", SenderClass.NAME_PHONE),
        ("Anna Berg\nRektor\nRegion Gotland\n0771-00 12 34", SenderClass.COMPLETE),
        ("Anna Berg\nRektor\nEksjö kommun\nOrg.nr 212000-0571\nBankgiro 991-2346", SenderClass.NAME_DEPARTMENT),
        ("Anna Berg\nVäxel: 08-465 004 00", SenderClass.NAME_PHONE),
    ],
)
def test_four_details_make_the_class(signature: str, sender_class: SenderClass) -> None:
    division = divided(f"Det går bra att komma in.\n\nMed vänlig hälsning\n{signature}")
    assert sender_facts(division).sender_class is sender_class


def test_a_number_in_the_answer_is_no_detail_of_the_sender() -> None:
    assert sender_facts(divided("Ring bygglov på 08-465 004 00 så hjälper de dig.\n\nMvh\nAnna Berg")).phone is None


@pytest.mark.parametrize(
    ("headers", "body", "kind", "certain"),
    [
        (["Auto-Submitted: auto-replied"], "Vi har tagit emot ditt mejl.", Kind.AUTOMATIC, True),
        (["Auto-Submitted: auto-replied"], "Kostnaden är 900 kronor.", Kind.ANSWER, False),
        (["Auto-Submitted: no"], "Jag är på semester till den 3 maj.", Kind.AUTOMATIC, False),
        (["X-Auto-Response-Suppress: All"], "Det kostar 900 kronor.", Kind.ANSWER, False),
        ([], "Vi har tagit emot din fråga. Det kostar 900 kronor.", Kind.ANSWER, False),
        ([], "Jag har skickat din fråga vidare till bygglov.", Kind.FORWARDED, False),
        (["Return-Path: <>"], "Ditt mejl har registrerats.", Kind.AUTOMATIC, True),
        ([], "", Kind.ANSWER, False),
        (["Subject: VB: Snö"], "", Kind.FORWARDED, False),
    ],
)
def test_only_header_and_phrase_without_an_answer_are_certain(
    headers: list[str], body: str, kind: Kind, certain: bool
) -> None:
    letter = read_letter(letter_of(body, *headers))
    found = classified(letter, divided(letter.text))
    assert (found.kind, found.certain) == (kind, certain)


def test_links_of_the_signature_and_of_surveys_are_no_merinformation() -> None:
    body = "Det kostar 900 kronor.\nBetygsätt oss i vår enkät: https://e.example/1\n\nMvh\nAnna Berg\nhttps://k.example"
    letter = read_letter(letter_of(body))
    assert not suggested(letter, divided(letter.text)).suggested


def test_the_same_link_in_words_and_in_wrapping_is_one() -> None:
    wrapped = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=0"
    letter = read_letter(letter_of(f"Se https://a.example/x <{wrapped}>."))
    (link,) = suggested(letter, divided(letter.text)).links
    assert link.span.of(letter.text) == link.written == "https://a.example/x"


def test_names_numbers_and_addresses_are_hidden_and_links_unwrapped() -> None:
    body = (
        "Hej Vera! Kontakta Per Stål på 08-465 004 00 eller per.stal@k.example! Lind berättar mer.\n"
        "Se https://urldefense.com/v3/__https://a.example/Lind__;!!A!b$\n\nMvh\nAnna Lind\nRektor, Eksjö kommun"
    )
    letter = read_letter(letter_of(body, "From: Anna Lind <anna.lind@k.example>"))
    division = divided(letter.text)
    text = masked(division, letter, sender_facts(division))
    assert "Hej [namn]! Kontakta [namn] på [telefonnummer] eller [e-postadress]!" in text
    assert "[namn] berättar mer." in text
    assert "https://a.example/Lind" in text
    assert "Rektor, Eksjö kommun" in text
    assert not any(word in text for word in ("Anna", "Per ", "Stål", "per.stal"))


def test_the_text_is_the_plain_one_and_attachments_are_named_not_opened() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=m\r\n\r\n"
        b"--m\r\nContent-Type: multipart/alternative; boundary=n\r\n\r\n"
        b"--n\r\nContent-Type: text/plain\r\n\r\nhej\r\n--n\r\nContent-Type: text/html\r\n\r\n<b>HEJ</b>\r\n--n--\r\n"
        b"--m\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment;\r\n"
        b" filename*0*=utf-8''bl%C3%A5; filename*1*=.pdf\r\n\r\n%PDF\r\n--m--\r\n"
    )
    letter = read_letter(raw)
    assert (letter.text, letter.from_html, letter.faults) == ("hej", False, frozenset())
    assert [(each.name, each.content_type, each.inline) for each in letter.attachments] == [
        ("blå.pdf", "application/pdf", False)
    ]


def test_flowed_lines_are_joined() -> None:
    raw = b"Content-Type: text/plain; format=flowed\r\n\r\nen rad \r\nsom fortsatte\r\n> citat \r\n> mer"
    assert read_letter(raw).text == "en rad som fortsatte\n> citat \n> mer"


def test_broken_base64_is_told() -> None:
    raw = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVq"
    assert read_letter(raw).text == "hej"
    assert Fault.UNDECODABLE not in read_letter(raw).faults


def test_a_letter_that_is_all_quotation_has_no_answer() -> None:
    division = divided("> Vem skottar?\n> /Vera", "Vem skottar?")
    assert division.answer == ""
    assert division.of(Role.QUOTE) == "> Vem skottar?\n> /Vera"
