"""A mail server that takes everything and keeps nothing, after a delay; it prints its port and counts on request."""

from __future__ import annotations

import argparse
import asyncio
import contextlib

from aiosmtpd.smtp import SMTP


class Sink:
    """Answers 250 to every mail after ``delay`` seconds."""

    def __init__(self, delay: float) -> None:
        self.delay = delay

    async def handle_DATA(self, *about: object) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one mail."""
        del about
        if self.delay:
            await asyncio.sleep(self.delay)
        return "250 OK"


async def serve(delay: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Sink(delay), hostname="sink.test"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    with contextlib.suppress(asyncio.CancelledError):
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay-ms", type=float, default=0.0)
    asyncio.run(serve(parser.parse_args().delay_ms / 1000))
