"""A file of observations into the records: probes that were made elsewhere, graded as the file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation, User
from lyhord.accounts.people import add_organisation
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.files.columns import (
    ANSWER_ID,
    ANSWER_TEXT,
    CHANNEL,
    COMMENT_ON,
    DATE,
    EXAMPLE,
    EXCLUDED,
    MUNICIPALITY,
    QUESTION,
    folded,
    names_of,
)
from lyhord.files.durations import moment
from lyhord.files.errors import FileError
from lyhord.files.reading import read_answers
from lyhord.files.rows import Written, rows_in
from lyhord.instruments.definition import Instrument
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.measurements.participations import take_part
from lyhord.measurements.register import all_values
from lyhord.measurements.rounds import instrument_of
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.observing.grading import GradingError, checked_answers
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.calendars import calendar_of_round
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.quality.models import Words
from lyhord.text.redaction import redacted

State, Exclusion, Turn = Probe.State, Probe.Exclusion, Grading.Turn
WHY: Final = "an import lets municipalities take part, whose records are their own"
YES: Final = ("ja", "yes", "x", "1", "true")
LONGEST_NAME: Final = 80  # of a question's id


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, as a spreadsheet counts it, and why."""

    row: int
    reason: str


@dataclass
class Imported:
    """What became of a file's rows."""

    taken: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


class _RefusedError(Exception):
    """Why one row is not taken."""


@transaction.atomic
def import_observations(round_: Round, file: Path, grader: User, *, by: Acting | None = None) -> Imported:
    """Take every sound row of the file as a contact that was made and graded; written down.

    A row whose ``svar_id`` is the question of a planned contact fills that one in; others become contacts of their
    own. The same file once more changes nothing. Rows that cannot be taken are told with their number, the others go
    in. Within the scope of who measures. MysteryError, with nothing taken, where the round or the file as a whole
    does not serve.
    """
    instrument = instrument_of(round_)
    if instrument.method != "mystery" or round_.state not in (Round.State.OPEN, Round.State.CLOSED):
        raise MysteryError(f"{round_} är ingen öppen eller stängd mätning med provkontakter.")
    rejected, rows = _read(round_, instrument, file)
    taking = _Taking(round_, instrument, grader)
    done = Imported()
    for number, row in rows.items():
        if number in rejected:
            done.refused.append(Refusal(number, rejected[number]))
            continue
        try:
            taken = taking.take(row, number)
        except (_RefusedError, GradingError) as error:
            done.refused.append(Refusal(number, _told(error)))
            continue
        done.taken += taken
        done.unchanged += not taken
    record("observations.imported", round_, by=by or grader, organisation=round_.organisation)
    return done


def _read(round_: Round, instrument: Instrument, file: Path) -> tuple[Mapping[int, str], Mapping[int, Written]]:
    """Why rows are rejected, by row, and every row."""
    try:
        reading = read_answers(
            file,
            instrument,
            round_id=round_.key,
            municipalities=all_values(),
            calendar=calendar_of_round(round_),
        )
        rows = rows_in(file, instrument)
    except FileError as error:
        raise MysteryError(str(error)) from error
    rejected = {one.row: f"{one.field}: {one.reason()}. {one.remedy()}" for one in reading.rejects}
    return rejected, rows


def _told(error: Exception) -> str:
    problems = error.problems if isinstance(error, GradingError) else ()
    return " ".join([str(error), *(f"{one.field}: {one.code}." for one in problems)])


class _Taking:
    """Takes the rows of one file; what stands already is read once."""

    def __init__(self, round_: Round, instrument: Instrument, grader: User) -> None:
        self.round, self.instrument, self.grader = round_, instrument, grader
        self.items = {item.id: item for item in instrument.items}
        self.codes = _municipalities()
        area = next((one for one in instrument.breakdowns if one.id == "area"), None)
        self.areas = _options(area.values) if area else {}
        self.area_column = folded(area.column) if area else "omrade"
        self.channels = {folded(one.id): one.id for one in instrument.channels}
        self.channels |= {folded(label): c.id for c in instrument.channels for label in c.name.texts.values()}
        stands = Probe.objects.filter(round=round_, attempt=1)
        self.probes = {(one.municipality_id, one.channel, one.question): one for one in stands}
        firsts = Grading.objects.filter(probe__round=round_, turn=Turn.FIRST)
        self.firsts = {one.probe_id: one for one in firsts}
        with scope_of_everything(WHY):
            parts = Participation.objects.filter(round=round_).values_list("municipality_id", "channel", "pk")
            self.parts = {(code, channel): pk for code, channel, pk in parts}

    def take(self, row: Written, number: int) -> bool:
        """Store one row; False where it stands already. _RefusedError or GradingError where it cannot be."""
        code, channel, area = self._place(row)
        question = row.get(ANSWER_ID, f"rad-{number}")[:LONGEST_NAME]
        probe = self.probes.get((code, channel, question)) or Probe(
            organisation_id=self.round.organisation_id,
            round=self.round,
            municipality_id=code,
            channel=channel,
            question=question,
            area=area,
        )
        answers = self._answers(row, channel)
        if probe.pk and (first := self.firsts.get(probe.pk)) and first.finished_at:
            checked = checked_answers(probe, answers)
            if first.answers == checked:
                return False
            raise _RefusedError(f"Kontakt {question} är redan bedömd på annat sätt. Rätta bedömningen i stället.")
        if probe.area != area:
            raise _RefusedError(f"Kontakt {question} är planerad till området {probe.area}.")
        probe.round = self.round
        given = checked_answers(probe, answers)
        self._store(probe, row, given)
        return True

    def _place(self, row: Written) -> tuple[str, str, str]:
        code = self.codes.get(folded(row.get(MUNICIPALITY, "")))
        channel = self.channels.get(folded(row.get(CHANNEL, "")))
        area = self.areas.get(folded(row.get(self.area_column, "")))
        if code is None or channel is None:
            raise _RefusedError("Kommun eller kanal är okänd.")
        if area is None:
            raise _RefusedError("Området saknas eller är okänt. Skriv ett av mätningens områden.")
        return code, channel, area

    def _answers(self, row: Written, channel: str) -> dict[str, str]:
        found = {}
        for item in self.instrument.items_in(channel):
            written = next((row[name] for name in names_of(item.id) if name in row), "")
            if written:
                found[item.id] = written
        return found

    def _store(self, probe: Probe, row: Written, answers: Mapping[str, str]) -> None:
        at = moment(row.get(DATE, "")) or _sent(self.instrument, probe.channel, answers) or timezone.now()
        probe.participation_id = self._part(probe.municipality_id, probe.channel)
        probe.due_at, probe.done_at = probe.due_at or at, at
        reason = row.get(EXCLUDED, "")
        probe.state = State.EXCLUDED if reason else State.DONE
        probe.exclusion, probe.exclusion_note = _exclusion(reason) if reason else ("", "")
        probe.save()
        if answers:
            Grading.objects.update_or_create(
                probe=probe,
                turn=Turn.FIRST,
                defaults={
                    "organisation_id": probe.organisation_id,
                    "grader": self.grader,
                    "answers": dict(answers),
                    "finished_at": timezone.now(),
                },
            )
        _store_words(probe, row)

    def _part(self, code: str, channel: str) -> int:
        if (code, channel) not in self.parts:
            with scope_of_everything(WHY):
                owner = Organisation.objects.filter(municipality_code=code).first()
            owner = owner or add_organisation(
                Organisation.Kind.MUNICIPALITY, Municipality.objects.get(code=code).formal_name, code
            )
            with scope(owner):
                self.parts[code, channel] = take_part(self.round, owner, channel).pk
        return self.parts[code, channel]


def _municipalities() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name, formal in Municipality.objects.values_list("code", "name", "formal_name"):
        found |= {folded(code): code, folded(name): code, folded(formal): code}
    return found


def _options(values: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in values if isinstance(values, tuple) else ():
        found |= {folded(label): option.code for label in option.label.texts.values()}
        found[folded(option.code)] = option.code
    return found


def _sent(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> datetime | None:
    """When a letter was sent, where the row has no date of its own."""
    sources = [item.cut.sources[0] for item in instrument.items_in(channel) if item.cut]
    return next((at for source in sources if (at := moment(answers.get(source, "")))), None)


def _exclusion(reason: str) -> tuple[str, str]:
    """The listed reason that the words are, or another one with the words as its note."""
    wanted = reason.casefold()
    for choice in Exclusion:
        if choice and wanted in (str(choice.label).casefold(), choice.value):
            return choice.value, ""
    return Exclusion.OTHER, reason[:200]


def _store_words(probe: Probe, row: Written) -> None:
    comments = {
        name.removeprefix(COMMENT_ON): redacted(text).text for name, text in row.items() if name.startswith(COMMENT_ON)
    }
    values = {
        "question": row.get(QUESTION, ""),
        "comments": comments,
        "answer": redacted(row[ANSWER_TEXT]).text if ANSWER_TEXT in row else "",
        "example": row.get(EXAMPLE, "").casefold() in YES,
    }
    if any(values.values()):
        Words.objects.update_or_create(probe=probe, defaults={"organisation_id": probe.organisation_id, **values})
