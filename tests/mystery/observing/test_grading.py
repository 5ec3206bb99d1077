"""Gradings are saved as they are typed, finished once they hold together, and corrected with a trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builders_records import mystery_round, national_organisation, organisation_of, person, probe_of
from lyhord.accounts.errors import AuditError
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.mystery.observing.grading import GradingError, correct, counting, finish, save_draft
from lyhord.mystery.observing.models import Correction, Grading

pytestmark = pytest.mark.django_db
Turn = Grading.Turn
GOOD = {
    "tel.utfall": "kontakt",
    "tel.kontakttid_s": "42",
    "tel.svar": "god",
    "tel.information": "god",
    "tel.intresse": "god",
    "tel.bemotande": "mycket_god",
}


@pytest.fixture(autouse=True)
def measuring() -> Iterator[None]:
    """Gradings belong to the one who measures."""
    with scope(national_organisation()):
        yield


def test_a_draft_keeps_what_can_be_read_and_hides_names() -> None:
    draft = save_draft(
        probe_of(),
        person(),
        {"tel.utfall": "kontakt", "tel.kontakttid_s": "snart", "tel.kommentar": "Anna var trevlig"},
    )
    assert draft.answers == {"tel.utfall": "kontakt", "tel.kommentar": "[namn] var trevlig"}
    assert draft.finished_at is None


def test_a_grading_that_does_not_hold_together_is_not_finished() -> None:
    with pytest.raises(GradingError) as found:
        finish(probe_of(), person(), {**GOOD, "tel.utfall": "talsvar"})
    assert {problem.field for problem in found.value.problems} >= {"tel.svar"}


def test_no_contact_counts_as_a_poor_answer() -> None:
    grading = finish(probe_of(), person(), {"tel.utfall": "talsvar"})
    assert grading.answers == {"tel.utfall": "talsvar", "tel.svar": "dalig"}


def test_finishing_the_same_once_more_changes_nothing_and_another_is_refused() -> None:
    probe, grader = probe_of(), person()
    first = finish(probe, grader, GOOD)
    assert finish(probe, grader, GOOD).finished_at == first.finished_at
    with pytest.raises(GradingError, match="Rätta"):
        finish(probe, grader, {**GOOD, "tel.intresse": "dalig"})
    with pytest.raises(GradingError, match="Rätta"):
        save_draft(probe, grader, {})


def test_a_correction_keeps_what_stood() -> None:
    grading = finish(probe_of(), person(), GOOD)
    made = correct(grading, person("Granskaren"), {**GOOD, "tel.intresse": "medelgod"}, "Hörde fel")
    assert made is not None
    assert (made.before, made.after) == ({"tel.intresse": "god"}, {"tel.intresse": "medelgod"})
    assert Grading.objects.get().answers["tel.intresse"] == "medelgod"
    assert correct(grading, person(), {**GOOD, "tel.intresse": "medelgod"}, "Igen") is None
    with pytest.raises(AuditError):
        Correction.objects.all().delete()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_says_why(reason: str) -> None:
    grading = finish(probe_of(), person(), GOOD)
    with pytest.raises(GradingError, match="varför"):
        correct(grading, person(), {}, reason)


def test_the_second_grading_is_somebody_elses() -> None:
    probe, grader = probe_of(), person()
    finish(probe, grader, GOOD)
    with pytest.raises(GradingError, match="någon annan"):
        save_draft(probe, grader, GOOD, Turn.SECOND)
    assert finish(probe, person("Den andra"), GOOD, Turn.SECOND).turn == Turn.SECOND


def test_a_grading_is_not_taken_over() -> None:
    probe = probe_of()
    save_draft(probe, person(), GOOD)
    with pytest.raises(GradingError, match="Någon annan"):
        save_draft(probe, person("En annan"), GOOD)


def test_what_was_settled_counts_before_the_first() -> None:
    probe = probe_of()
    finish(probe, person(), GOOD)
    finish(probe, person("Avgör"), {**GOOD, "tel.intresse": "dalig"}, Turn.SETTLED)
    counted = counting({one.turn: one for one in Grading.objects.all()})
    assert counted is not None
    assert counted.answers["tel.intresse"] == "dalig"


def test_a_draft_never_counts() -> None:
    assert counting({Turn.FIRST: save_draft(probe_of(), person(), GOOD)}) is None


def test_a_locked_round_takes_no_grades() -> None:
    probe = probe_of()
    round_ = mystery_round()
    move(round_, Round.State.CLOSED)
    move(round_, Round.State.LOCKED)
    probe.round.refresh_from_db()
    with pytest.raises(GradingError, match="låst"):
        finish(probe, person(), GOOD)


def test_a_municipality_sees_no_gradings() -> None:
    finish(probe_of(), person(), GOOD)
    with scope(organisation_of()):
        assert not Grading.objects.exists()
        assert not Correction.objects.exists()
