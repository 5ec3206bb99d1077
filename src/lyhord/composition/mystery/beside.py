"""What stands beside one's own figure: the judgement, else the printed figures themselves, and the others' range."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.results import JudgedReference, MysteryResults, measure_text
from lyhord.rendering.report import Block, Judgement, Paragraph


def printed_beside(draft: Draft, results: MysteryResults, measure_id: str) -> list[Block]:
    """The sentences on one measure's printed figures; none where the municipality's own figure is withheld."""
    figure = results.figures[measure_id]
    if figure.value is None:
        return []
    judged: list[Block] = []
    said: list[str] = []
    for reference in results.references.get(measure_id, ()):
        if reference.ruling is not None:
            judged.append(Judgement(reference.sentence, reference.ruling.rule, (figure,)))
        else:
            said.append(_value(draft, results, measure_id, reference))
        said += _range(draft, results, measure_id, reference)
    return [*judged, Paragraph(" ".join(said))] if said else judged


def _value(draft: Draft, results: MysteryResults, measure_id: str, reference: JudgedReference) -> str:
    shown = measure_text(results.instrument.measure(measure_id), reference.figure.value, draft.language)
    return draft.prose(f"factor.{reference.kind}_value", group=reference.figure.label, value=shown)


def _range(draft: Draft, results: MysteryResults, measure_id: str, reference: JudgedReference) -> list[str]:
    printed = reference.figure
    if printed.low is None or printed.high is None:
        return []
    measure = results.instrument.measure(measure_id)
    low, high = (measure_text(measure, end, draft.language) for end in (printed.low, printed.high))
    return [draft.prose("factor.group_range", low=low, high=high)]


def upper_first(text: str) -> str:
    """A label as it begins a line: "Likvärdiga kommuner"."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A name inside a sentence: "bygglov"."""
    return text[:1].lower() + text[1:]
