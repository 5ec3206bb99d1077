"""``lyhord work``: sends what is due and does what recurs, until it is stopped."""

from __future__ import annotations

import signal
from argparse import ArgumentParser, Namespace
from types import FrameType
from typing import Final

from lyhord.project import start

NAME: Final = "work"
HELP: Final = "skicka det som står på tur och sköt det som återkommer"


def add_arguments(parser: ArgumentParser) -> None:
    """Whether to end when nothing is left."""
    parser.add_argument("--once", action="store_true", help="skicka det som står på tur och avsluta")


def run(args: Namespace) -> int:
    """Work until told to stop by SIGTERM or Ctrl+C; CommandError where settings are wrong."""
    start.start_django()
    start.refuse_errors(start.found_by_checks())
    start.prepare_records()
    from django.conf import settings  # noqa: PLC0415 - read from the environment when Django starts

    from lyhord.delivery.dispatch import Dispatch, Rules  # noqa: PLC0415 - needs the models, which are loaded now
    from lyhord.delivery.rates import always  # noqa: PLC0415 - as above
    from lyhord.delivery.work import Worker  # noqa: PLC0415 - as above
    from lyhord.mystery.letters.watching import watchers  # noqa: PLC0415 - as above
    from lyhord.survey.sending.permitting import permits  # noqa: PLC0415 - as above
    from lyhord.web.demonstration import demonstration  # noqa: PLC0415 - as above

    at_night = demonstration() is not None  # its letters reach nobody, and its visitors come at any hour
    worker = Worker(Dispatch(Rules(float(settings.DOMAIN_RATE), always if at_night else permits)))
    if args.once:
        print(f"{worker.until_idle()} steg togs", flush=True)
        return 0

    waiting = watchers()

    def stop(number: int, frame: FrameType | None) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print("Skickar det som står på tur  (avsluta med Ctrl+C)", flush=True)
    for watcher in waiting:
        watcher.start()
    worker.run()
    for watcher in waiting:
        watcher.stop()
    return 0
