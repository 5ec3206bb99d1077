"""The Vetlanda measurement entered as records gives the same report as its file, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders_records import national_organisation, person
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.composition.composing import composer_for
from lyhord.composition.material import CompositionError
from lyhord.files.counts_file import read_external
from lyhord.measurements.counts.models import ExternalValue
from lyhord.measurements.counts.reading import counts_of
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.method.tally import ExternalFigure
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.quality.approving import approve
from lyhord.mystery.quality.importing import import_observations
from lyhord.project.cli import main
from lyhord.project.report_command import read_round
from lyhord.reports.round_material import material_of
from mystery.quality.measured import grader, vetlanda_files, vetlanda_round

pytestmark = pytest.mark.django_db
VETLANDA = "0685"


@pytest.fixture(autouse=True)
def measuring() -> Iterator[None]:
    """Observations belong to the one who measures."""
    with scope(national_organisation()):
        yield


def print_beside(round_: Round, figures: tuple[ExternalFigure, ...]) -> None:
    ExternalValue.objects.bulk_create(
        ExternalValue(
            round=round_,
            municipality_code=one.municipality,
            measure=one.measure,
            label=one.label,
            value=one.value,
            source=one.source,
            of_round=one.round,
            group=one.group,
            low=one.low,
            high=one.high,
            members=one.members,
        )
        for one in figures
    )


def test_records_and_file_give_the_same_report(tmp_path: Path) -> None:
    files = vetlanda_files(tmp_path)
    of_file, _ = read_round(files)
    round_ = vetlanda_round()
    done = import_observations(round_, files.answers[0], grader())
    assert (done.taken, done.unchanged, done.refused) == (120, 0, [])
    print_beside(round_, tuple(read_external(files.external[0])))
    with pytest.raises(CompositionError, match="godkän"):
        material_of(round_)
    move(round_, Round.State.CLOSED)
    approve(round_, VETLANDA, by=person())
    of_records = material_of(round_, issued=files.issued)
    assert dict(of_records.counts.tally.cells()) == dict(of_file.counts.tally.cells())
    assert of_records.counts.durations == of_file.counts.durations
    assert set(of_records.quotations.comments) == set(of_file.quotations.comments)
    for language in ("sv", "en"):
        one, other = (composer_for(each).compose(VETLANDA, language) for each in (of_file, of_records))
        assert other == one
    with scope_of_everything("the counts are the municipality's"):
        stored = counts_of(round_)
    assert dict(stored.tally.cells()) == dict(of_file.counts.tally.cells())
    assert stored.durations == of_file.counts.durations
    assert dict(stored.pairs.counts) == dict(of_file.counts.pairs.counts)
    assert sum(flow.answered or 0 for flow in stored.flows) == 54 + 52
    assert sum(count for flow in stored.flows for _, count in flow.excluded) == 2


def test_the_same_file_once_more_changes_nothing(tmp_path: Path) -> None:
    files, round_, somebody = vetlanda_files(tmp_path), vetlanda_round(), grader()
    import_observations(round_, files.answers[0], somebody)
    again = import_observations(round_, files.answers[0], somebody)
    assert (again.taken, again.unchanged, again.refused) == (0, 120, [])
    assert (Probe.objects.count(), Grading.objects.count()) == (120, 120)
    excluded = Probe.objects.filter(state=Probe.State.EXCLUDED)
    assert {one.exclusion for one in excluded} == {Probe.Exclusion.OTHER}
    assert excluded.count() == 2


def test_contacts_graded_on_the_pages_are_left_as_they_are_and_planned_ones_are_filled_in(tmp_path: Path) -> None:
    files, round_, somebody = vetlanda_files(tmp_path), vetlanda_round(), grader()
    import_observations(round_, files.answers[0], somebody)
    done, planned = Probe.objects.get(question="T05"), Probe.objects.get(question="T06")
    Grading.objects.filter(probe=planned).delete()
    Probe.objects.filter(pk=planned.pk).update(state=Probe.State.PLANNED, done_at=None)
    again = import_observations(round_, files.answers[0], person())
    assert (again.taken, again.unchanged, again.refused) == (1, 119, [])
    planned.refresh_from_db()
    assert planned.state == Probe.State.DONE
    assert Grading.objects.get(probe=done).grader == somebody
    answers = {**Grading.objects.get(probe=done).answers, "tel.utfall": "upptagen"}
    Grading.objects.filter(probe=done).update(answers=answers)
    refused = import_observations(round_, files.answers[0], person()).refused
    assert [(one.row, "redan bedömd" in one.reason) for one in refused] == [(6, True)]


@pytest.mark.django_db(transaction=True)
def test_the_commands_take_observations_and_make_the_report(tmp_path: Path) -> None:
    files, round_, somebody = vetlanda_files(tmp_path), vetlanda_round(), grader()
    taking = ["observations", str(files.answers[0]), "--round", round_.key, "--grader", somebody.email]
    assert main(taking) == 0
    assert main([*taking[:-1], "ingen@exempel.se"]) == 2
    report = ["report", "--round", round_.key, "--format", "csv", "--workers", "1", "-o", str(tmp_path / "ut")]
    assert main(report) == 2  # nothing is approved
    move(round_, Round.State.CLOSED)
    approve(round_, VETLANDA, by=person())
    assert main(report) == 0
    made = "".join(path.read_text("utf-8") for path in (tmp_path / "ut").rglob("*.csv"))
    assert "Mått 3" in made
