"""How many text messages a second the SMPP gateway hands to a centre that answers after a while, by its window.

Run as ``python benchmarks/delivery/texts.py``. The centre is another maker's (smpp34). Results: ``README.md``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import Any

TEXT = "Hej! Svara på 3 korta frågor om ditt samtal med Exempelköpings kommun: https://svar.exempel.se/k7Qm2XpT9a"


async def answer(event: Any, name: str, delay: float) -> None:  # smpp34 brings no types
    await asyncio.sleep(delay)
    event.accept(message_id=name)


async def centre(port: int, delay: float) -> None:
    import smpp34  # noqa: PLC0415 - the centre's process alone needs it

    server = smpp34.Server(host="127.0.0.1", port=port, system_id="SIM")
    await server.start()
    print("ready", flush=True)
    kept: set[asyncio.Task[None]] = set()
    number = 0
    while True:
        event = await server.next()
        if isinstance(event, smpp34.SubmitSmEvent):
            number += 1
            task = asyncio.create_task(answer(event, f"{number:08x}", delay))
            kept.add(task)
            task.add_done_callback(kept.discard)


def measure(port: int, texts: int, window: int) -> tuple[float, float]:
    """Texts a second, and milliseconds of our processor a text."""
    from lyhord.delivery.contents import Sms  # noqa: PLC0415 - after the settings are in place
    from lyhord.delivery.gateways.contract import Errand, Parcel  # noqa: PLC0415 - as above
    from lyhord.delivery.gateways.smpp import Centre, SmppGateway  # noqa: PLC0415 - as above
    from lyhord.delivery.outcomes import Result  # noqa: PLC0415 - as above
    from lyhord.delivery.senders import SenderFacts  # noqa: PLC0415 - as above

    sender = SenderFacts(1, "Exempel", "enkat@enkat.exempel.se", sms_sender="Exempel")
    at = datetime.now(UTC)
    parcels = iter([Parcel(one, "a" * 26, f"+4670{1000000 + one}", Sms(TEXT), sender, at) for one in range(texts)])
    results: list[Result] = []
    gateway = SmppGateway(Centre("127.0.0.1", port, "kommun", "hemligt"), window=window)
    began, cpu = time.perf_counter(), time.process_time()
    gateway.carry(Errand(lambda: next(parcels, None), lambda _, outcome: results.append(outcome.result)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    gateway.close()
    if results != [Result.SENT] * texts:
        sys.exit(f"{results.count(Result.SENT)} of {texts} were sent")
    return texts / seconds, 1000 * cpu / texts


def main(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(LYHORD_DATA=folder, DJANGO_SETTINGS_MODULE="lyhord.project.settings")
        from lyhord.project import start  # noqa: PLC0415 - after the settings are in place

        start.start_django()
        command = [sys.executable, __file__, "--centre", str(options.port), "--delay-ms", str(options.delay_ms)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                if process.stdout:
                    process.stdout.readline()
                for window in options.windows:
                    rate, cpu = measure(options.port, options.texts, window)
                    print(f"centre {options.delay_ms:g} ms, window {window}: {rate:,.0f} texts/s; CPU {cpu:.2f} ms")
            finally:
                process.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=500)
    parser.add_argument("--windows", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--delay-ms", type=float, default=30.0)
    parser.add_argument("--port", type=int, default=27750)
    parser.add_argument("--centre", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.centre:
        asyncio.run(centre(given.centre, given.delay_ms / 1000))
    else:
        main(given)
