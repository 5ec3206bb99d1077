"""Recurring work is done once in each slot, and one fault does not end the worker."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from lyhord.delivery import periodic, work
from lyhord.delivery.dispatch import Dispatch, Rules
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.models import Firing
from lyhord.delivery.periodic import Job

NOON = datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC)
HOURLY = Job("test.hourly", timedelta(hours=1), lambda: None)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> dict[str, Job]:
    """The registry, empty."""
    jobs: dict[str, Job] = {}
    monkeypatch.setattr(periodic, "_jobs", jobs)
    return jobs


@pytest.mark.django_db
def test_a_slot_is_taken_once() -> None:
    assert periodic.take(HOURLY, NOON)
    assert not periodic.take(HOURLY, NOON + timedelta(minutes=59))
    assert periodic.take(HOURLY, NOON + timedelta(hours=1))


@pytest.mark.django_db
def test_old_slots_are_forgotten() -> None:
    periodic.take(HOURLY, NOON)
    periodic.take(HOURLY, NOON + timedelta(days=8))
    assert Firing.objects.count() == 1


def test_a_weeks_slot_begins_on_monday() -> None:
    weekly = Job("test.weekly", timedelta(days=7), lambda: None)
    assert weekly.slot(NOON) == datetime(2026, 11, 16, tzinfo=UTC)


def test_two_jobs_of_one_name_are_a_mistake(only: dict[str, Job]) -> None:
    periodic.register("a", timedelta(hours=1), test_two_jobs_of_one_name_are_a_mistake)
    periodic.register("a", timedelta(hours=1), test_two_jobs_of_one_name_are_a_mistake)
    with pytest.raises(DeliveryError, match="Two jobs"):
        periodic.register("a", timedelta(hours=2), test_two_jobs_of_one_name_are_a_mistake)
    with pytest.raises(DeliveryError, match="a second is the least"):
        periodic.register("b", timedelta(0), test_two_jobs_of_one_name_are_a_mistake)


@pytest.mark.django_db(transaction=True)
def test_the_worker_outlives_faults_and_says_what_they_were(
    only: dict[str, Job], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    monkeypatch.setattr(work, "LOOK_AT_JOBS", 0.0)
    monkeypatch.setattr(work, "AFTER_FAULT", (0.0,))
    monkeypatch.setattr(work, "IDLE", 0.01)
    worker = work.Worker(Faulty(Rules(0)))

    def finish() -> None:
        done.append("second")
        worker.stop()

    periodic.register("a.fails", timedelta(hours=1), lambda: 1 / 0)
    periodic.register("b.works", timedelta(hours=1), finish)
    began = time.monotonic()
    worker.run()
    assert done == ["second"]
    assert "Recurring work met a fault" in caplog.text
    assert "The worker met a fault" in caplog.text
    assert time.monotonic() - began < 10


class Faulty(Dispatch):
    """Fails in its first cycle."""

    cycles = 0

    def cycle(self, *, claiming: bool = True) -> int:
        self.cycles += 1
        if self.cycles == 1:
            raise ZeroDivisionError
        return super().cycle(claiming=claiming)
