"""Letters made to break readers."""

from __future__ import annotations

SIZE = 40_000  # where time grew with the square, this would take minutes


def plain(body: bytes, kind: str = "text/plain") -> bytes:
    head = f"From: a@kommun.example\r\nTo: b@lada.example\r\nSubject: x\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n"
    return head.encode() + body


def full(seed: str, kind: str = "text/plain", size: int = SIZE) -> bytes:
    data = seed.encode()
    return plain((data * (size // len(data) + 1))[:size], kind)


def nested(levels: int) -> bytes:
    parts = [b"From: a@kommun.example\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"]
    parts += [
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (level - 1, level)
        for level in range(1, levels)
    ]
    return b"".join(parts) + b"--b%d\r\n\r\ntext\r\n" % (levels - 1)


TEXT_SEEDS = [
    "a", "\n", "a\n", ">", "> \n", "-",
    "_", ".", "a.", "a@", "a: ", "0",
    "070 ", "Anna ", "Anna\n", "/", "/A\n", "[",
    "\0", "Från: x\n", "Från: x\nTill: y\n", "Från: x\nSkickat: 1\nTill: y\nÄmne: z\nHej\n", "Den 1 ", "Den 1\n",
    "skrev ", "https://", "https://a.se/x\n", "https://urldefense.com/v3/__", "www.", "a.se ",
    "vi har tagit emot ", "Malmö ", "Med vänlig hälsning\n", "inom x arbetsdag ", "skickat ", "ärende ",
    "Ã¤", "chef", "kontor ", "tack för ditt ", "om ", "hon ",
    "till A ", "ring Anna Berg ", "tips ", "men ", ": ",
]  # fmt: skip
HTML_SEEDS = ["<", "<a ", '<a href="', "<!--", "<p>", "<blockquote>", "&amp;", "<style>", "a>", "<hr>", "<div ", "<br>"]
LETTERS = {
    "nested a thousand deep": nested(1000),
    "a hundred thousand parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000,
    "a hundred thousand header fields": b"X-A: b\r\n" * 100_000 + b"\r\nx",
    "one header field of encoded words": b"Subject: " + b"=?utf-8?q?a" * 60_000 + b"\r\n\r\nx",
    "a folded header field": b"Subject: a\r\n" + b" a\r\n" * 100_000 + b"\r\nx",
    "a hundred thousand recipients": b"To: " + b"a@b," * 100_000 + b"\r\n\r\nx",
    "references that never close": b"References: " + b"<" * 500_000 + b"\r\n\r\nx",
    "a content type of quotes": b"Content-Type: multipart/mixed" + b';a="' * 100_000 + b"\r\n\r\nx",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUFB\r\n=" * 100_000,
    "a report without end": plain(b"Final-Recipient: x\nAction: failed\n\n" * 20_000, "message/delivery-status"),
    "two million signs on one line": full("Från: a ", size=2_000_000),
    "nothing": b"",
    "null bytes": b"\0" * 1000,
    "no header": b"\r\n\r\nhej",
}
