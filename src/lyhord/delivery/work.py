"""The worker's loop: sending and recurring work in one process, until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from django.db import close_old_connections, connections
from django.utils import timezone

from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import leasing, periodic
from lyhord.delivery.dispatch import Dispatch

IDLE: Final = 0.25
AFTER_FAULT: Final = (1.0, 5.0, 15.0, 60.0)
LOOK_AT_JOBS: Final = 1.0
log: Final = logging.getLogger(__name__)


class Worker:
    """Sends and does what recurs. ``stop`` may be called from a signal handler or another thread."""

    def __init__(self, dispatch: Dispatch | None = None) -> None:
        self.dispatch = dispatch or Dispatch()
        self._stopping = threading.Event()
        self._jobs = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._doing: Future[None] | None = None
        self._looked = float("-inf")
        self._faults = 0

    def stop(self) -> None:
        """End soon: what has begun to leave is waited for, the rest is given back."""
        self._stopping.set()

    def run(self) -> None:
        """Work until ``stop``. A fault is written down, and the work goes on after a pause that grows."""
        with scope_of_everything("the worker sends every organisation's messages"):
            while not self._stopping.is_set():
                pause = self._step()
                if pause:
                    self._stopping.wait(pause)
            self._jobs.shutdown()
            self.dispatch.stop()

    def until_idle(self) -> int:
        """Send what is due now and return; how many messages moved. Recurring work is left out."""
        moved = 0
        with scope_of_everything("the worker sends every organisation's messages"):
            leasing.recover()
            while (step := self.dispatch.cycle()) or self.dispatch.in_hand or self.dispatch.look_again():
                moved += step
            self.dispatch.stop()
        self._jobs.shutdown()
        return moved

    def _step(self) -> float:
        """One cycle; how many seconds to rest after it."""
        try:
            moved = self.dispatch.cycle()
            self._do_jobs()
        except Exception:
            log.exception("The worker met a fault; it goes on")
            pause = AFTER_FAULT[min(self._faults, len(AFTER_FAULT) - 1)]
            self._faults += 1
            close_old_connections()
            return pause
        self._faults = 0
        return 0.0 if moved or self.dispatch.in_hand else IDLE

    def _do_jobs(self) -> None:
        """Let the thread for recurring work do what is due, one job after the other."""
        if self._doing is not None and self._doing.done():
            error = self._doing.exception()
            self._doing = None
            if error is not None:
                log.error("Recurring work met a fault; it is done again in its next slot", exc_info=error)
        if self._doing is None and time.monotonic() - self._looked > LOOK_AT_JOBS:
            self._looked = time.monotonic()
            self._doing = self._jobs.submit(do_due_jobs)


def do_due_jobs() -> None:
    """Do every job whose slot nobody has taken. One job's fault keeps the jobs after it waiting for a second."""
    try:
        for job in periodic.jobs():
            if periodic.take(job, timezone.now()):
                job.function()
    finally:
        connections.close_all()  # this thread's own
