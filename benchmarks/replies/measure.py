"""Precision and recall of reading replies, on one set of letters: ``python benchmarks/replies/measure.py FOLDER``."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.replies.cases import COLLECTOR, RECEIVED, Case, cases_in, probes_in

from lyhord.method.intervals import wilson
from lyhord.text.replies.assessing import assessed
from lyhord.text.replies.findings import Assessment, OpenProbe, Role, SenderClass
from lyhord.text.replies.letter import Letter
from lyhord.text.replies.matching import matched
from lyhord.text.replies.reading import read_letter

LINK = re.compile(r"\s*<https?://[^>]*>")
FACTS = ("name", "post", "kommun", "tel")
KINDS = ("automatic", "forwarded", "answer")


@dataclass(frozen=True, slots=True)
class Read:
    """One letter, its truth, and what the rules suggest."""

    case: Case
    letter: Letter
    found: Assessment


Pairs = list[tuple[str, str]]  # what is true, and what was said


def main() -> None:
    """Print the tables, and every miss with ``--misses``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="name the letters that were misread")
    given = parser.parse_args()
    probes = tuple(probes_in(given.folder).values())
    letters = [(case, read_letter(case.raw)) for case in cases_in(given.folder)]
    read = [Read(case, letter, assessed(letter, probes, RECEIVED)) for case, letter in letters]
    print(f"{len(read)} letters: {dict(Counter(each.case.kind for each in read))}\n")
    _print_table("Matching with a probe", _matching(read, probes))
    _print_table("Kind", _kinds(read))
    _print_table("Answer and quotation", _splitting(read))
    _print_table("Sender", _senders(read))
    _print_table("Merinformation", _additional(read))
    if given.misses:
        print("\n".join(_misses(read)))


def _print_table(heading: str, rows: Iterable[str]) -> None:
    print(f"## {heading}\n\n| what | of | precision | recall |\n|---|---|---|---|")
    print("\n".join(rows), end="\n\n")


def _share(counted: int, n: int) -> str:
    if not n:
        return "–"
    interval = wilson(counted, n)
    return f"{100 * counted / n:.1f} % ({interval.low:.1f}–{interval.high:.1f}; {counted}/{n})"


def _row(what: str, pairs: Pairs, value: str | None = None) -> str:
    """Precision and recall of one value, or of any value at all against the empty one."""
    said = [(true, told) for true, told in pairs if (told == value if value is not None else told)]
    wanted = [(true, told) for true, told in pairs if (true == value if value is not None else true)]
    right = sum(true == told for true, told in said)
    return f"| {what} | {len(pairs)} | {_share(right, len(said))} | {_share(right, len(wanted))} |"


def _exact(what: str, hits: list[bool]) -> str:
    return f"| {what} | {len(hits)} | {_share(sum(hits), len(hits))} | |"


def _matching(read: list[Read], probes: tuple[OpenProbe, ...]) -> Iterator[str]:
    yield _row("as they came", [(each.case.probe, each.found.match.probe or "") for each in read])
    bare = [(each.case, replace(each.letter, recipients=(COLLECTOR,))) for each in read]
    yield _row(
        "address withheld", [(case.probe, matched(letter, probes, RECEIVED).probe or "") for case, letter in bare]
    )
    barer = [(case, replace(letter, refers_to=(), enclosed=())) for case, letter in bare]
    pairs = [(case.probe, matched(letter, probes, RECEIVED).probe or "") for case, letter in barer]
    yield _row("address and references withheld", pairs)
    yield _exact(
        "left to a person with the right candidates", [_candidates(each) for each in read if each.case.candidates]
    )


def _candidates(each: Read) -> bool:
    return each.found.match.probe is None and set(each.found.match.candidates) == each.case.candidates


def _kinds(read: list[Read]) -> Iterator[str]:
    pairs = [(each.case.kind, each.found.classified.kind.value) for each in read]
    for kind in KINDS:
        yield _row(kind, pairs, kind)
    yield _exact("all three: right", [true == said for true, said in pairs])
    certain = [each for each in read if each.found.classified.certain]
    yield _exact("said to be certainly automatic: right", [each.case.kind == "automatic" for each in certain])
    yield _row("bounced", [(str(each.case.bounced), str(each.found.classified.bounced)) for each in read], "True")


def _words(text: str) -> list[str]:
    return LINK.sub("", text).split()


def _overlap(true: list[str], said: list[str]) -> int:
    blocks = SequenceMatcher(None, true, said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _splitting(read: list[Read]) -> Iterator[str]:
    for what, letters, roles in (
        ("own words against quotation", "asn", (Role.ANSWER, Role.SIGNATURE, Role.NOTICE)),
        ("answer without signature", "a", (Role.ANSWER,)),
    ):
        texts = [(_words(each.case.of(letters)), _words(each.found.division.of(*roles))) for each in read]
        shared = sum(_overlap(true, said) for true, said in texts)
        said_words, true_words = sum(len(said) for _, said in texts), sum(len(true) for true, _ in texts)
        precision, recall = f"{100 * shared / said_words:.1f} %", f"{100 * shared / true_words:.1f} %"
        yield f"| {what}: words | {true_words} | {precision} | {recall} |"
        yield _exact(f"{what}: letters right to the word", [true == said for true, said in texts])
    quoted = [each for each in read if each.case.of("q")]
    rest = (Role.ANSWER, Role.SIGNATURE, Role.NOTICE)
    own = [_words(each.found.division.of(*rest)) == _words(each.case.of("asn")) for each in quoted]
    yield _exact("letters with a quotation: right to the word", own)


def _said_facts(each: Read) -> dict[str, str]:
    sender = each.found.sender
    facts = zip(FACTS, (sender.name, sender.post, sender.municipality, sender.phone), strict=True)
    return {key: fact.words for key, fact in facts if fact}


def _true_class(facts: Iterable[str]) -> SenderClass:
    held = set(facts)
    if "name" not in held:
        return SenderClass.OTHER
    if "tel" in held:
        return SenderClass.COMPLETE if held >= set(FACTS) else SenderClass.NAME_PHONE
    return SenderClass.NAME_DEPARTMENT if "post" in held else SenderClass.OTHER


def _same_fact(key: str, true: str, said: str) -> bool:
    """A post may be read from any words that tell it; of the other details one must be part of the other."""
    one, other = true.casefold(), said.casefold()
    return bool(true and said) and (key == "post" or one in other or other in one)


def _senders(read: list[Read]) -> Iterator[str]:
    answers = [each for each in read if each.case.kind == "answer"]
    for key in FACTS:
        pairs = []
        for each in answers:
            true, said = each.case.facts.get(key, ""), _said_facts(each).get(key, "")
            pairs.append((true, true if _same_fact(key, true, said) else said))
        yield _row(key, pairs)
    classes = [(_true_class(each.case.facts).value, each.found.sender.sender_class.value) for each in answers]
    for sender_class in SenderClass:
        yield _row(f"class {sender_class.value}", classes, sender_class.value)
    yield _exact("all four classes: right", [true == said for true, said in classes])


def _additional(read: list[Read]) -> Iterator[str]:
    answers = [each for each in read if each.case.kind == "answer"]
    yield _row(
        "suggested", [(str(each.case.additional), str(each.found.additional.suggested)) for each in answers], "True"
    )


def _misses(read: list[Read]) -> Iterator[str]:
    for each in read:
        case, found = each.case, each.found
        if (found.match.probe or "") != case.probe or (case.candidates and not _candidates(each)):
            yield f"{case.id} match: {found.match} for {case.probe or sorted(case.candidates)}"
        if found.classified.kind != case.kind or found.classified.bounced != case.bounced:
            signs = [(sign.sign.value, sign.seen) for sign in found.classified.evidence]
            yield f"{case.id} kind: {found.classified.kind.value} for {case.kind} {signs}"
        if _words(found.division.answer) != _words(case.of("a")):
            yield f"{case.id} answer: {found.division.answer!r} for {case.of('a')!r}"
        if case.kind == "answer" and found.sender.sender_class != _true_class(case.facts):
            yield f"{case.id} sender: {_said_facts(each)} for {dict(case.facts)}"
        if case.kind == "answer" and found.additional.suggested != case.additional:
            tips = [span.of(each.letter.text) for span in found.additional.tips]
            yield f"{case.id} merinformation: {found.additional.suggested} {tips} {found.additional.links}"


if __name__ == "__main__":
    main()
