"""A letter's parts: headers and bodies taken apart in time proportional to their size, whatever they hold."""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from lyhord.text.replies.encodings import decoded, from_base64, header_text
from lyhord.text.replies.letter import Fault

MOST_HEADER_BYTES: Final = 200_000
MOST_FIELDS: Final = 400
MOST_VALUE: Final = 8_000
MOST_DEPTH: Final = 10
MOST_PARTS: Final = 200
_BLANK: Final = re.compile(rb"\r?\n\r?\n")
_FIELD: Final = re.compile(rb"([!-9;-~]{1,80})[ \t]{0,5}:")
_PARAMETER: Final = re.compile(
    r";\s{0,20}([\w-]{1,40}\*?(?:\d{1,2}\*?)?)\s{0,5}=\s{0,5}(\"[^\"]{0,1000}\"?|[^;\s]{0,1000})"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part that holds no parts: its header fields (lower-case names), and its body still encoded."""

    headers: Mapping[str, tuple[str, ...]]
    body: bytes

    @property
    def content_type(self) -> str:
        """``text/plain`` where nothing else is declared."""
        kind = first(self.headers, "content-type").partition(";")[0].strip().lower()
        return kind if "/" in kind else "text/plain"

    def parameter(self, name: str, header: str = "content-type") -> str:
        """A parameter of the header, RFC 2231's extended and continued forms read; empty where there is none."""
        return _parameters(first(self.headers, header)).get(name, "")

    def content(self, most: int) -> tuple[bytes, frozenset[Fault]]:
        """The body decoded, of at most ``most`` encoded bytes."""
        faults = {Fault.TEXT_CUT} if len(self.body) > most else set()
        body = self.body[:most]
        how = first(self.headers, "content-transfer-encoding").strip().lower()
        if how == "base64":
            body, broken = from_base64(body)
            faults |= {Fault.UNDECODABLE} if broken else set()
        elif how == "quoted-printable":
            body = binascii.a2b_qp(body)
        return body, frozenset(faults)


def first(headers: Mapping[str, tuple[str, ...]], name: str) -> str:
    """The first field of the name, or nothing."""
    return headers.get(name, ("",))[0]


def split(raw: bytes) -> tuple[Mapping[str, tuple[str, ...]], list[Part], frozenset[Fault]]:
    """The letter's header fields, and every part that is no multipart, in order."""
    headers, body, faults = headed(raw)
    found: list[Part] = []
    known = set(faults)
    waiting = [(Part(headers, body), 0)]
    while waiting:
        part, depth = waiting.pop()
        inner = _inner_parts(part) if part.content_type.startswith("multipart/") else []
        if not inner:
            found.append(part)
        elif depth >= MOST_DEPTH:
            known.add(Fault.TOO_DEEP)
        elif len(found) + len(waiting) + len(inner) > MOST_PARTS:
            known.add(Fault.TOO_MANY_PARTS)
            waiting.extend((each, depth + 1) for each in reversed(inner[: MOST_PARTS - len(found) - len(waiting)]))
        else:
            waiting.extend((each, depth + 1) for each in reversed(inner))
    return headers, found, frozenset(known)


def headed(raw: bytes) -> tuple[dict[str, tuple[str, ...]], bytes, frozenset[Fault]]:
    """Header fields with lower-case names, and the body behind them."""
    if raw[:1] in (b"\n", b"\r"):
        return {}, raw.lstrip(b"\r\n"), frozenset()
    end = _BLANK.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    fields: dict[str, list[bytes]] = {}
    unfolded, cut = _unfolded(head[:MOST_HEADER_BYTES])
    cut |= len(head) > MOST_HEADER_BYTES
    for line in unfolded:
        if named := _FIELD.match(line):
            value = line[named.end() :].strip()
            cut |= len(value) > MOST_VALUE
            fields.setdefault(named[1].lower().decode("ascii"), []).append(value[:MOST_VALUE])
    headers = {name: tuple(decoded(value, "utf-8")[0] for value in each) for name, each in fields.items()}
    return headers, body, frozenset({Fault.HEADERS_CUT} if cut else ())


def _unfolded(head: bytes) -> tuple[list[bytes], bool]:
    """The header's lines with continuations joined, and whether there were too many."""
    fields: list[list[bytes]] = []
    for line in head.splitlines():
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1].append(b" " + line.strip())
        elif len(fields) < MOST_FIELDS:
            fields.append([line])
        else:
            return [b"".join(each) for each in fields], True
    return [b"".join(each) for each in fields], False


def _inner_parts(part: Part) -> list[Part]:
    boundary = part.parameter("boundary").encode("utf-8", errors="replace")
    if not boundary:
        return []
    line = re.compile(rb"(?:^|\n)--" + re.escape(boundary) + rb"(--)?[ \t]{0,10}\r?(?=\n|$)")
    found: list[Part] = []
    start = -1
    for edge in line.finditer(part.body):
        if start >= 0:
            found.append(_part(part.body[start : edge.start()].removesuffix(b"\r")))
        start = edge.end() + 1
        if edge[1] or len(found) > MOST_PARTS:
            return found
    return [*found, _part(part.body[start:])] if start >= 0 else []


def _part(raw: bytes) -> Part:
    headers, body, _ = headed(raw)
    return Part(headers, body)


def _parameters(value: str) -> dict[str, str]:
    whole: dict[str, str] = {}
    pieces: dict[str, list[str]] = {}
    for name, written in _PARAMETER.findall(value[:1_500]):
        bare = written.strip('"')
        base, star, rest = name.lower().partition("*")
        if not star:
            whole.setdefault(base, header_text(bare))
        elif rest.rstrip("*") in ("", "0"):
            pieces[base] = [bare]
        else:
            pieces.setdefault(base, []).append(bare)
    return whole | {base: _extended("".join(each)) for base, each in pieces.items()}


def _extended(written: str) -> str:
    charset, quote, rest = written.partition("'")
    if not quote or "'" not in rest:
        return written
    return decoded(unquote_to_bytes(rest.partition("'")[2]), charset)[0]
