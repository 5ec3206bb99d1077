"""A mail server that takes everything and keeps nothing, after a delay; it prints its port.

It speaks as little as a mail server may and offers PIPELINING, so that it costs the machine next to nothing: what is
measured is the worker. ``--plain`` offers nothing, as an old relay may. The delay is before every answer that a client
must wait for: to the greeting, to the commands before a mail, and to the mail.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from typing import cast

END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    def __init__(self, delay: float, *, pipelining: bool) -> None:
        self.delay = delay
        self.greeting = b"250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n" if pipelining else b"250 sink.test\r\n"
        self.unread = b""
        self.in_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(b"220 sink.test ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer everything that has come, in one packet."""
        self.unread += data
        answers: list[bytes] = []
        while (answer := self.next_answer()) is not None:
            answers.append(answer)
        if answers:
            self.say(b"".join(answers))

    def next_answer(self) -> bytes | None:
        """The answer to the next whole command or text."""
        if self.in_text:
            _, end, rest = self.unread.partition(END)
            if not end:
                return None
            self.unread, self.in_text = rest, False
            return b"250 2.0.0 OK\r\n"
        line, end, rest = self.unread.partition(b"\r\n")
        if not end:
            return None
        self.unread = rest
        return self.answer_to(line[:4].upper())

    def answer_to(self, verb: bytes) -> bytes:
        """The answer to one command."""
        if verb == b"EHLO":
            return self.greeting
        if verb == b"DATA":
            self.in_text = True
            return b"354 go on\r\n"
        return b"221 bye\r\n" if verb == b"QUIT" else b"250 2.1.0 OK\r\n"

    def say(self, answer: bytes) -> None:
        """Answer, now or later."""
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.transport.write, answer)
        else:
            self.transport.write(answer)


async def serve(delay: float, *, pipelining: bool) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Sink(delay, pipelining=pipelining), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    with contextlib.suppress(asyncio.CancelledError):
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay-ms", type=float, default=0.0)
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    asyncio.run(serve(options.delay_ms / 1000, pipelining=not options.plain))
