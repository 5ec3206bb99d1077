"""How much of what points out a person is replaced in comments written for the purpose, and how much else is.

    .venv/bin/python benchmarks/redaction/measure.py benchmarks/redaction/locked.txt [--show] [--without-added]

A marked stretch is found when every word of it is replaced, whatever by; a replaced stretch is right when it touches a
marked one. ``--show`` prints what was missed and what was replaced wrongly: never for a set that is still locked.
``--without-added`` leaves out the names that were added after the locked set had been written, by the same hand.
"""

from __future__ import annotations

import hashlib
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from unittest import mock

from lyhord.text.names import finding
from lyhord.text.names.lexicon import lexicon
from lyhord.text.redaction import redacted

Z = 1.959964
MARK = re.compile(r"\{([SFEPIA]):([^{}]*)\}")
PLACEHOLDER = re.compile(r"\[(?:namn|e-postadress|personnummer|telefonnummer|adress)\]")
KINDS = {
    "S": "Swedish names",
    "F": "foreign names",
    "E": "e-mail",
    "P": "telephone",
    "I": "personal number",
    "A": "address",
}
LOADING = """
import sys, time
started = time.perf_counter()
from lyhord.text.redaction import redacted
redacted("Anna ringde.")
print(f"{time.perf_counter() - started:.2f}", int("scipy" in sys.modules), int("numpy" in sys.modules))
"""
MEMORY = """
import tracemalloc
import lyhord.text.redaction
from lyhord.text.names.lexicon import lexicon
tracemalloc.start()
lexicon()
print(f"{tracemalloc.get_traced_memory()[0] / 1e6:.1f}")
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the text that is to be replaced."""

    kind: str
    start: int
    end: int


def read(path: Path) -> Iterator[tuple[str, list[Marked]]]:
    """Each comment without its marks, and the marks."""
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        rest = line.replace(" ⏎ ", "\n").replace("\u00ad", "")
        text, marks, end = "", [], 0
        for found in MARK.finditer(rest):
            text += rest[end : found.start()]
            marks.append(Marked(found[1], len(text), len(text) + len(found[2].strip())))
            text += found[2]
            end = found.end()
        yield text + rest[end:], marks


def replaced(text: str) -> list[tuple[int, int]]:
    """The stretches of the text that the rules replace, found by comparing what went in with what came out."""
    kept = PLACEHOLDER.split(redacted(text).text)
    match = re.fullmatch("(.+?)".join(map(re.escape, kept)), text, re.DOTALL)
    if match is None:
        raise SystemExit(f"More than placeholders changed in: {text}")
    return [match.span(number) for number in range(1, len(kept))]


def wilson(hits: int, of: int) -> str:
    """A share with its 95 % interval."""
    if not of:
        return "–"
    share, square = hits / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * (share * (1 - share) / of + square / (4 * of * of)) ** 0.5 / (1 + square / of)
    return f"{share:.3f} ({max(0.0, middle - half):.3f}–{min(1.0, middle + half):.3f})"


def is_covered(text: str, mark: Marked, spans: list[tuple[int, int]]) -> bool:
    """Whether every letter and digit of the marked stretch is replaced."""
    return all(
        any(start <= place < end for start, end in spans)
        for place in range(mark.start, mark.end)
        if text[place].isalnum()
    )


def score(path: Path, show: bool) -> None:
    """Print the figures of one set."""
    hits, of, right, spans_all, clean, untouched = Counter[str](), Counter[str](), 0, 0, 0, 0
    comments = list(read(path))
    for text, marks in comments:
        spans = replaced(text)
        for mark in marks:
            covered = is_covered(text, mark, spans)
            hits[mark.kind] += covered
            of[mark.kind] += 1
            if show and not covered:
                print(f"MISSED {mark.kind} {text[mark.start : mark.end]!r} in {text!r}")
        for start, end in spans:
            touches = any(mark.start < end and start < mark.end for mark in marks)
            right, spans_all = right + touches, spans_all + 1
            if show and not touches:
                print(f"WRONG {text[start:end]!r} in {text!r}")
        clean += not marks
        untouched += not marks and not spans
    print(f"{path.name}, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}, {len(comments)} comments\n")
    print("| what | share (95 %) | of |\n|---|---|---|")
    for kind, name in KINDS.items():
        print(f"| recall, {name} | {wilson(hits[kind], of[kind])} | {of[kind]} |")
    print(f"| precision, replaced stretches | {wilson(right, spans_all)} | {spans_all} |")
    print(f"| comments without a person left as they were | {wilson(untouched, clean)} | {clean} |")


def cost(path: Path) -> None:
    """Print speed, loading time and memory."""
    texts = [text for text, _ in read(path)]
    started = time.process_time()
    for text in texts:
        redacted(text)
    speed = len(texts) / (time.process_time() - started)
    load, scipy, numpy = _in_new_process(LOADING).split()
    print(f"\n{speed:.0f} comments/s of processor time; first comment after {load} s; scipy {scipy}, numpy {numpy};")
    print(f"lexicon {_in_new_process(MEMORY)} MB; ", end="")
    print(f"highest memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _in_new_process(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


def leave_out_added_names() -> None:
    """Look for names with the lists as they were before the locked set was measured."""
    data = Path(finding.__file__).parent / "data"
    familiar, others = (
        frozenset(name for file in files for name in (data / file).read_text("utf-8").split())
        for files in (("given_home.txt", "written_names.txt"), ("given_abroad.txt", "surnames.txt"))
    )
    reduced = changed(lexicon(), familiar=familiar, listed=familiar | others)
    mock.patch.object(finding, "lexicon", return_value=reduced).start()


if __name__ == "__main__":
    if "--without-added" in sys.argv:
        leave_out_added_names()
    chosen = Path(sys.argv[1])
    score(chosen, "--show" in sys.argv)
    cost(chosen)
