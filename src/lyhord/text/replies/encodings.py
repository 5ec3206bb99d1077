"""Bytes that claim a character set, read by the one they are really in."""

from __future__ import annotations

import binascii
import re
from typing import Final

_KNOWN: Final = re.compile(r"(?:utf-?(?:8|16|32)|iso-?8859|windows-|cp\d|us-ascii|ascii|latin|mac|koi8)", re.IGNORECASE)
_WESTERN: Final = re.compile(r"(?:us-ascii|ascii|iso-?8859-?1$|latin-?1|iso_8859-1)", re.IGNORECASE)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# å, ä, ö, é and their capitals, as they look when UTF-8 was read as Windows-1252 and written as UTF-8 again.
_TWICE: Final = re.compile("Ã[\u00a5\u00a4\u00b6\u00a9\u2026\u201e\u2013\u2030\u0080-\u009f]")
_WORD: Final = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([qQbB])\?([^?]{0,4000})\?=")
_BETWEEN: Final = re.compile(r"(\?=)[ \t]{1,80}(?==\?)")
_NOT_BASE64: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
# Signs that show nothing; a hard space is a space, and letters written in two are made one.
_SILENT: Final = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", **dict.fromkeys("\0\u00ad\u200b\u200c\u200d\u2060\ufeff", "")}
)
_COMPOSED: Final = tuple(
    (bare + mark, whole)
    for mark, pairs in (("\u030a", "aåAÅ"), ("\u0308", "aäAÄoöOÖuüUÜ"), ("\u0301", "eéEÉ"))
    for bare, whole in zip(pairs[::2], pairs[1::2], strict=True)
)


def decoded(data: bytes, charset: str) -> tuple[str, bool]:
    """The text, and whether another character set than the declared one was needed. Never fails."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), False
    if _WESTERN.match(charset):
        declared_too_little = not data.isascii()
        text, as_utf8 = _utf8_or_western(data)
        return _once(text, declared_too_little and (as_utf8 or "ascii" in charset.lower()))
    if _KNOWN.match(charset):
        try:
            return _once(data.decode(charset), repaired=False)
        except (UnicodeDecodeError, LookupError):
            pass
    return _once(_utf8_or_western(data)[0], repaired=not data.isascii())


def tidied(text: str) -> str:
    """Line ends as newlines, hard spaces as spaces, and nothing that does not show."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\f", "\n").translate(_SILENT)
    for apart, whole in _COMPOSED:
        text = text.replace(apart, whole)
    return text


def from_base64(data: bytes) -> tuple[bytes, bool]:
    """What the base64 says, and whether it was broken."""
    kept = data.translate(None, _NOT_BASE64)
    whole = len(kept) - len(kept) % 4
    rest = kept[whole:]
    try:
        return binascii.a2b_base64(kept[:whole] + (rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b"")), False
    except binascii.Error:
        return b"", True


def header_text(value: str) -> str:
    """A header field's words with its encoded words (RFC 2047) read."""
    if "=?" not in value:
        return tidied(value).strip()
    out: list[str] = []
    at = 0
    pending, charset = b"", ""
    for found in _WORD.finditer(value := _BETWEEN.sub(r"\1", value)):
        between = value[at : found.start()]
        if pending and (between or found[1].lower() != charset):
            out.append(decoded(pending, charset)[0])
            pending = b""
        out.append(between)
        pending, charset = pending + _word_bytes(found[2], found[3]), found[1].lower()
        at = found.end()
    if pending:
        out.append(decoded(pending, charset)[0])
    return tidied("".join([*out, value[at:]])).strip()


def _word_bytes(how: str, written: str) -> bytes:
    data = written.encode("utf-8", errors="replace")
    return from_base64(data)[0] if how in "bB" else binascii.a2b_qp(data, header=True)


def _utf8_or_western(data: bytes) -> tuple[str, bool]:
    try:
        return data.decode("utf-8"), not data.isascii()
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace"), False


def _once(text: str, repaired: bool) -> tuple[str, bool]:
    if not _TWICE.search(text):
        return text, repaired
    lines = [_read_back(line) if "Ã" in line else line for line in text.split("\n")]
    return "\n".join(lines), True


def _read_back(line: str) -> str:
    """A line that was made UTF-8 twice, undone; the line itself where that is not what happened."""
    data = bytearray()
    for sign in line:
        try:
            data += sign.encode("windows-1252")
        except UnicodeEncodeError:
            if ord(sign) > 0xFF:
                return line
            data.append(ord(sign))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return line
