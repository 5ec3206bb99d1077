"""Times the reports: CPU per format, a whole national round on all cores, and WeasyPrint on the same report.

Run from the repository's root: ``.venv/bin/python benchmarks/reports/run.py``. Writes ``results.md`` beside itself.
CPU seconds are user + system of the process (and its children); on a shared machine they are steadier than wall time.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import weasyprint
from national_round import national_round

from lyhord.composition.composing import Composer, composer_for
from lyhord.composition.material import RoundMaterial
from lyhord.rendering.faces import render
from lyhord.rendering.report import Report
from lyhord.reports.production import Order, produce

FORMATS = ("pdf", "pptx", "xlsx", "html")
HERE = Path(__file__).parent
MIB = 1024 * 1024


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of this process for one call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def per_format(composer: Composer, subjects: list[str]) -> dict[str, list[float]]:
    """CPU seconds per report of composing and of each format, warm."""
    times: dict[str, list[float]] = {name: [] for name in ("compose", *FORMATS)}
    for subject in subjects:
        made: list[Report] = []
        times["compose"].append(cpu_of(lambda subject=subject, made=made: made.append(composer.compose(subject, "sv"))))  # type: ignore[misc]  # binds the loop's values
        for name in FORMATS:
            times[name].append(cpu_of(lambda name=name, report=made[0]: render(report, name)))  # type: ignore[misc]  # binds the loop's values
    return times


def weasyprint_times(composer: Composer, subjects: list[str]) -> list[float]:
    """CPU seconds of WeasyPrint for the same reports, from the HTML face, tagged as PDF/UA-1."""
    times = []
    for subject in subjects:
        page = render(composer.compose(subject, "sv"), "html").decode()
        times.append(cpu_of(lambda page=page: weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")))  # type: ignore[misc]  # binds the loop's value
    return times


def whole_round(material: RoundMaterial, participants: int, workers: int) -> dict[str, float]:
    """Wall and CPU seconds, bytes and memory of all municipalities in all formats."""
    orders = [Order(subject, "sv") for subject in composer_for(material).subjects[:participants]]
    with tempfile.TemporaryDirectory(prefix="lyhord-benchmark-") as folder:
        before, started = os.times(), time.perf_counter()
        production = produce(material, orders, FORMATS, Path(folder), workers=workers)
        wall, after = time.perf_counter() - started, os.times()
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        again = time.perf_counter()
        kept = produce(material, orders, FORMATS, Path(folder), workers=workers)
        again = time.perf_counter() - again
    cpu = (after.user - before.user) + (after.system - before.system)
    cpu += (after.children_user - before.children_user) + (after.children_system - before.children_system)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if not production.made == kept.kept == len(orders):
        raise SystemExit(f"{len(production.failed)} reports failed: {production.failed[:1]}")
    return {"wall": wall, "cpu": cpu, "size": size / MIB, "memory": memory, "again": again, "reports": len(orders)}


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--participants", type=int, default=290)
    parser.add_argument("--warm", type=int, default=20, help="reports timed per format")
    parser.add_argument("--weasyprint", type=int, default=3, help="reports made with WeasyPrint")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    os.environ["RAYON_NUM_THREADS"] = "1"
    material = national_round(args.participants)
    composer = composer_for(material)
    per_format(composer, list(composer.subjects[:2]))  # warm up
    times = per_format(composer, list(composer.subjects[: args.warm]))
    weasy = weasyprint_times(composer, list(composer.subjects[: args.weasyprint]))
    whole = whole_round(material, args.participants, args.workers)
    text = results(args, times, weasy, whole)
    (HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)


def _row(name: str, values: list[float]) -> str:
    return f"| {name} | {statistics.median(values):.3f} | {min(values):.3f} | {max(values):.3f} |"


def results(
    args: argparse.Namespace, times: dict[str, list[float]], weasy: list[float], whole: dict[str, float]
) -> str:
    """The page of results."""
    median = {name: statistics.median(values) for name, values in times.items()}
    rows = "\n".join(_row(name, values) for name, values in times.items())
    all_formats = sum(median.values())
    each = whole["cpu"] / whole["reports"]
    sizes = f"--participants {args.participants} --warm {args.warm} --weasyprint {args.weasyprint}"
    command = f".venv/bin/python benchmarks/reports/run.py {sizes}"
    ratio = statistics.median(weasy) / median["pdf"]
    return f"""# Reports: what they cost

Command: `{command} --workers {args.workers}`
Machine: {os.cpu_count()} cores, Python {platform.python_version()}.
A made-up round with {args.participants} participants in both channels.

## One municipality's report, warm, CPU seconds ({args.warm} reports)

| part | median | least | most |
|---|---|---|---|
{rows}
| all | {all_formats:.3f} | | |

Aims: PDF at most 0.25, all formats at most 0.6 CPU seconds a municipality.

## WeasyPrint on the same report ({args.weasyprint} reports)

Median {statistics.median(weasy):.2f} CPU seconds from the HTML face, tagged PDF/UA-1: **{ratio:.1f} times** our PDF.

## The whole round: {whole["reports"]:.0f} municipalities × {", ".join(FORMATS)} in {args.workers} processes

| | |
|---|---|
| wall time | {whole["wall"]:.0f} s |
| CPU time | {whole["cpu"]:.0f} s, {each:.2f} s a municipality (start of processes and ranks included) |
| size | {whole["size"]:.0f} MiB |
| greatest memory of a process | {whole["memory"]:.0f} MiB |
| same command again, nothing changed | {whole["again"]:.1f} s |
"""


if __name__ == "__main__":
    main()
