"""The letters that the rules were made on are read as they should be: an example for every rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from benchmarks.replies.cases import RECEIVED, Case, cases_in, probes_in

from lyhord.text.replies.assessing import assessed
from lyhord.text.replies.findings import Assessment, Role, SenderClass
from lyhord.text.replies.reading import read_letter

CORPUS = Path(__file__).with_name("corpus")
PROBES = tuple(probes_in(CORPUS).values())
CASES = {case.id: case for case in cases_in(CORPUS)}
LINK = re.compile(r"\s*<https?://[^>]*>")


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def found(case: Case) -> Assessment:
    return assessed(read_letter(case.raw), PROBES, RECEIVED)


def words(text: str) -> list[str]:
    return LINK.sub("", text).split()


def test_there_are_sixty_letters_to_make_rules_on() -> None:
    assert len(CASES) >= 60


def test_its_probe_is_found_or_left_to_a_person(case: Case, found: Assessment) -> None:
    assert (found.match.probe or "") == case.probe
    assert set(found.match.candidates) == case.candidates


def test_its_kind_is_suggested(case: Case, found: Assessment) -> None:
    assert found.classified.kind == case.kind
    assert found.classified.bounced is case.bounced
    assert found.classified.evidence or found.division.of(Role.SIGNATURE)


def test_the_answer_is_told_from_signature_and_quotation(case: Case, found: Assessment) -> None:
    assert words(found.division.answer) == words(case.of("a"))
    assert words(found.division.of(Role.ANSWER, Role.SIGNATURE, Role.NOTICE)) == words(case.of("asn"))


def test_the_sender_has_its_class(case: Case, found: Assessment) -> None:
    if case.kind != "answer":
        return
    held = set(case.facts)
    if "name" not in held or held <= {"name", "kommun"}:
        expected = SenderClass.OTHER
    elif "tel" in held:
        expected = SenderClass.COMPLETE if {"post", "kommun"} <= held else SenderClass.NAME_PHONE
    else:
        expected = SenderClass.NAME_DEPARTMENT
    assert found.sender.sender_class == expected


def test_facts_stand_where_they_are_said_to_stand(found: Assessment) -> None:
    sender = found.sender
    for fact in (sender.name, sender.post, sender.municipality, sender.phone):
        assert fact is None or fact.span.of(found.division.text) == fact.words


def test_merinformation_is_suggested_for_answers_that_have_it(case: Case, found: Assessment) -> None:
    assert case.kind != "answer" or found.additional.suggested is case.additional


def test_a_confirmed_name_or_number_is_not_left_in_what_is_published(found: Assessment) -> None:
    sender = found.sender
    for fact in (sender.name, sender.phone):
        assert fact is None or fact.words not in found.masked
