"""Letters with their truth, read from the compact form that they are written in.

A file of letters holds cases that begin with ``=== id probe kind``. Then come fields (``name: Anna``; a line ``H Name:
value`` is a header as it stands) and the body. In the body a line ``[a]``, ``[s]``, ``[n]``, ``[q]`` or ``[x]`` says
whose the following lines are: answer, signature, notice, quotation, or another part's content. ``[[part type]]`` begins
another part, ``@name`` stands for the lines of that name in ``quotes.txt``, and ``{q} {s} {m} {a} {n} {d}`` for the
probe's question, subject, Message-ID, address, persona and domain.
"""

from __future__ import annotations

import base64
import html
import quopri
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from pathlib import Path

from lyhord.text.replies.findings import OpenProbe

SENT = datetime(2026, 10, 14, 8, 35, tzinfo=UTC)
RECEIVED = datetime(2026, 10, 16, 9, 0, tzinfo=UTC)
COLLECTOR = "insamling@brevlada.example"
FIELD = re.compile(r"(from|to|subject|refs|form|charset|bytes|cte|attach|name|post|kommun|tel|more|probe): ?(.*)")
ROLE = re.compile(r"\[([asnqx])\]")
PART = re.compile(r"\[\[part ([\w/-]+)\]\]")
CASE = re.compile(r"(?m)^=== (?=\w+ \S+ (?:answer|forwarded|automatic|bounced)$)")
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Case:
    """One letter as it came, and what is true of it."""

    id: str
    raw: bytes
    probe: str  # empty: none of ours
    candidates: frozenset[str]  # more than one: only a person can tell
    kind: str
    bounced: bool
    lines: tuple[tuple[str, str], ...]  # role and words of each line of the text
    facts: Mapping[str, str]
    additional: bool

    def of(self, roles: str) -> str:
        """The lines with these roles."""
        return "\n".join(words for role, words in self.lines if role in roles)


def probes_in(folder: Path) -> dict[str, OpenProbe]:
    """The folder's open probes by key."""
    table = tomllib.loads((folder / "probes.toml").read_text(encoding="utf-8"))
    return {
        key: OpenProbe(
            key=key,
            address=row["address"],
            message_id=message_id_of(key),
            subject=row["subject"],
            question=row["question"],
            sent_at=SENT,
            domains=frozenset(row["domains"]),
        )
        for key, row in table.items()
    }


def message_id_of(key: str) -> str:
    """The Message-ID that our letter had."""
    return f"b7{key}.4c1e@brevlada.example"


def cases_in(folder: Path) -> Iterator[Case]:
    """Every case of every file in the folder, in order."""
    table = tomllib.loads((folder / "probes.toml").read_text(encoding="utf-8"))
    quotes = _quotes(folder / "quotes.txt")
    for file in sorted(folder.glob("*.txt")):
        if file.name != "quotes.txt":
            for block in CASE.split(file.read_text(encoding="utf-8"))[1:]:
                yield _case(block.rstrip("\n").split("\n"), table, quotes)


def _quotes(file: Path) -> dict[str, list[str]]:
    blocks = re.split(r"(?m)^@", file.read_text(encoding="utf-8"))[1:]
    return {name: body.rstrip("\n").split("\n") for name, _, body in (block.partition("\n") for block in blocks)}


def _case(block: list[str], table: Mapping[str, dict[str, str]], quotes: Mapping[str, list[str]]) -> Case:
    case_id, target, kind = block[0].split()
    fields: dict[str, str] = {}
    headers: dict[str, str] = {}
    at = 1
    while at < len(block) and (block[at].startswith("H ") or FIELD.fullmatch(block[at])):
        if block[at].startswith("H "):
            name, _, value = block[at][2:].partition(": ")
            headers[name] = value
        elif found := FIELD.fullmatch(block[at]):
            fields[found[1]] = found[2]
        at += 1
    probe = fields.get("probe", target).strip("-")
    several = frozenset(probe[1:].split(",")) if probe.startswith("?") else frozenset()
    known = {"key": "", **table.get(next(iter(sorted(several)), probe), {})}
    known["key"] = probe
    parts = _parts(block[at:], known, quotes)
    in_html = "html" in fields.get("form", "")
    lines = [
        (role, words)
        for role, line in parts[0][1]
        if role != "x"
        for words in (_shown(line) if in_html else line).split("\n")
    ]
    return Case(
        id=case_id,
        raw=_raw({**fields, "id": case_id}, headers, known, parts),
        probe="" if several else probe,
        candidates=several,
        kind="automatic" if kind == "bounced" else kind,
        bounced=kind == "bounced",
        lines=tuple((role, words.strip()) for role, words in lines if words.strip()),
        facts={key: fields[key] for key in ("name", "post", "kommun", "tel") if fields.get(key)},
        additional=fields.get("more") == "yes",
    )


def _shown(markup: str) -> str:
    """The words of a line of HTML, a line for each line break and paragraph."""
    bare = re.sub(r"<style>.*?</style>", "", markup)
    return html.unescape(TAG.sub("", re.sub(r"<(?:br|/p|/div|hr)>", "\n", bare)))


Part = tuple[str, list[tuple[str, str]]]


def _parts(body: list[str], known: Mapping[str, str], quotes: Mapping[str, list[str]]) -> list[Part]:
    parts: list[Part] = [("text/plain", [])]
    role = "a"
    for line in body:
        if found := PART.fullmatch(line):
            if len(parts) == 1 and not parts[0][1]:
                parts.clear()
            parts.append((found[1], []))
        elif found := ROLE.fullmatch(line):
            role = found[1]
        else:
            written = quotes[line[1:]] if line.startswith("@") and line[1:] in quotes else [line]
            parts[-1][1].extend((role, _filled(words, known)) for words in written)
    return parts


def _filled(words: str, known: Mapping[str, str]) -> str:
    values = {
        "q": known.get("question", ""),
        "s": known.get("subject", ""),
        "a": known.get("address", ""),
        "n": known.get("persona", ""),
        "m": f"<{message_id_of(known['key'])}>",
        "d": (known.get("domains") or ["kommun.example"])[0],
    }
    return re.sub(r"\{([qsanmd])\}", lambda found: values[found[1]], words)


def _raw(fields: Mapping[str, str], extra: Mapping[str, str], known: Mapping[str, str], parts: list[Part]) -> bytes:
    to = fields.get("to", known.get("address", COLLECTOR))
    to = COLLECTOR if to == "-" else to
    if re.fullmatch(r"p\d\d", to):
        to = known["address"]
    sender = fields.get("from", f"Kommunen <kommun@{_filled('{d}', known)}>")
    headers = {
        "Delivered-To": to,
        "From": _encoded_person(sender),
        "To": to,
        "Subject": _encoded(_filled(fields.get("subject", "Sv: {s}"), known)),
        "Date": "Fri, 16 Oct 2026 10:58:00 +0200",
        "Message-ID": f"<svar-{fields['id']}@{sender.rpartition('@')[2].rstrip('>')}>",
        "MIME-Version": "1.0",
    }
    if refs := fields.get("refs"):
        named = message_id_of(known["key"] if refs == "yes" else refs)
        headers |= {"In-Reply-To": f"<{named}>", "References": f"<{named}>"}
    headers |= {name: _filled(value, known) for name, value in extra.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    return head + _body(fields, parts)


def _encoded(words: str) -> str:
    return words if words.isascii() else Header(words, "utf-8").encode()


def _encoded_person(sender: str) -> str:
    name, _, address = sender.rpartition(" <")
    return f"{_encoded(name)} <{address}" if name else sender


def _body(fields: Mapping[str, str], parts: list[Part]) -> bytes:
    form = fields.get("form", "plain")
    texts = [(kind, "\r\n".join(words for _, words in lines)) for kind, lines in parts]
    first = _text_part("text/html" if "html" in form else texts[0][0], texts[0][1], fields)
    rest = [_part(kind, text) for kind, text in texts[1:]]
    if form == "alternative":
        paragraphs = "".join(f"<p>{html.escape(line)}</p>\r\n" for line in texts[0][1].split("\r\n"))
        rest.append(_text_part("text/html", paragraphs, {}))
    if name := fields.get("attach"):
        kind, how = ("image/png", "inline") if name.endswith("png") else ("application/pdf", "attachment")
        head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: {how}; "
        rest.append(f'{head}filename="{_encoded(name)}"\r\n\r\nJVBERi0xLjQK\r\n'.encode("ascii"))
    if not rest:
        return first
    kinds = {"report": 'report; report-type="delivery-status"', "mdn": 'report; report-type="disposition-notification"'}
    kind = kinds.get(form, "alternative" if form == "alternative" else "mixed")
    top = f'Content-Type: multipart/{kind}; boundary="=_grans"\r\n\r\n'.encode("ascii")
    return top + b"".join(b"--=_grans\r\n" + part + b"\r\n" for part in (first, *rest)) + b"--=_grans--\r\n"


def _part(kind: str, text: str) -> bytes:
    return f"Content-Type: {kind}\r\n\r\n{text}".encode()


def _text_part(kind: str, text: str, fields: Mapping[str, str]) -> bytes:
    charset = "utf-16" if fields.get("form") == "html-utf16" else fields.get("charset", "utf-8")
    written = fields.get("bytes", charset)
    if written == "mojibake":
        data = text.encode("utf-8").decode("windows-1252").encode("utf-8")
    else:
        data = text.encode(written)
    encoding = fields.get("cte", "base64" if charset == "utf-16" else "8bit")
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    return f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + data
