"""Runs a command of Lyhörd's by a clock that a test has set, and that may go faster than others.

Nothing is sent at night or on Sundays, a lease lasts two minutes and a mailbox is read once a minute: by this clock it
is a working day whenever the tests are run, and a minute passes in seconds.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone

BEGAN, SHOWN, PACE = (float(moment) for moment in os.environ["LYHORD_TEST_CLOCK"].split())


def now() -> datetime:
    """The moment that the clock shows."""
    return datetime.fromtimestamp(SHOWN + PACE * (time.time() - BEGAN), UTC)


timezone.now = now  # before the models take it as a default

from lyhord.project import start  # noqa: E402 - after the clock has been set
from lyhord.project.cli import main  # noqa: E402 - as above

if FAULT := os.environ.get("LYHORD_TEST_FAULT", ""):
    start.start_django()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from soak.sabotage import FAULTS

    FAULTS[FAULT]()

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
