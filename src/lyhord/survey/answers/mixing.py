"""The mixing pass: answers leave the intake in no order, and only now are they counted.

At least five of one municipality and channel are taken at a time. The answers of the same days that were mixed earlier
are written anew together with them, under new random ids, in random order and by the same transaction: otherwise the
transaction's id, or the place in the file, would tell which batch an answer came with. What is left when a round closes
is taken then, however few.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import SystemRandom
from typing import Final

from django.db import connection, transaction
from django.db.models import F

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.counts.adding import add_cells, add_flow, add_pairs
from lyhord.measurements.counts.models import FlowCount, PairCell, TallyCell
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import thresholds_of
from lyhord.measurements.rounds import instrument_of
from lyhord.method.tally import Place
from lyhord.survey.answers.counting import Answered, counted
from lyhord.survey.answers.models import AnsweredRow, Intake, Response, random_id

LEAST: Final = 5
EVERYONE: Final = "answers are mixed for every organisation"
COUNTS: Final = (TallyCell, PairCell, FlowCount)
_order: Final = SystemRandom()


def mix(participation: Participation, *, closing: bool = False) -> int:
    """Mix what waits, within the scope of the participation's organisation; how many answers.

    Nothing happens below the participation's batch (five or more), unless the round is ``closing``.
    """
    with transaction.atomic():
        locked = Participation.objects.select_for_update(no_key=True, of=("self",)).get(pk=participation.pk)
        waiting = list(Intake.objects.select_for_update().filter(participation=locked))
        if not waiting or (len(waiting) < max(LEAST, thresholds_of(locked).batch) and not closing):
            return 0
        _write_anew(locked, waiting)
        _count(locked, waiting)
    return len(waiting)


def mix_all() -> int:
    """Mix wherever enough waits, close what is left of closed rounds, and leave nothing of it behind; how many."""
    with scope_of_everything(EVERYONE):
        numbers = sorted(set(Intake.objects.order_by().values_list("participation_id", flat=True)))
        rows = Participation.objects.filter(pk__in=numbers).select_related("round").order_by("pk")
        found = list(rows)
    mixed = 0
    for participation in found:
        with scope(participation.organisation_id):
            mixed += mix(participation, closing=participation.round.state != Round.State.OPEN)
    if mixed or connection.vendor == "sqlite":  # a reader may have kept the last pass from emptying the log
        leave_nothing_behind()
    return mixed


def place_of(participation: Participation) -> Place:
    """The participation's undivided place in the tally."""
    round_ = participation.round
    return Place(round_.key, round_.instrument_id, participation.municipality_id, participation.channel)


def answered(row: AnsweredRow) -> Answered:
    """What a row counts as."""
    return Answered(row.date, row.answers, bool(row.comment))


def leave_nothing_behind() -> None:
    """Overwrite what the intake left in the database's files.

    SQLite: the log is emptied into the file, whose freed pages are zeroed (``PRAGMA secure_delete``). PostgreSQL: dead
    rows are removed; its log and backups live as long as they are kept (docs/anonymity.md). Outside a transaction.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in (Intake, Response, *COUNTS))  # noqa: SLF001 - documented by Django
        cursor.execute(f"VACUUM {tables}")


def _write_anew(participation: Participation, waiting: Sequence[Intake]) -> None:
    earlier = Response.objects.filter(participation=participation, date__in={row.date for row in waiting})
    rows: list[AnsweredRow] = [*earlier, *waiting]
    made = [
        Response(
            id=random_id(),
            participation=participation,
            date=row.date,
            answers=row.answers,
            comment=row.comment,
            original=row.original,
        )
        for row in rows
    ]
    _order.shuffle(made)
    earlier.delete()
    Intake.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    Response.objects.bulk_create(made, batch_size=500)


def _count(participation: Participation, waiting: Sequence[Intake]) -> None:
    gathered = counted(instrument_of(participation.round), place_of(participation), map(answered, waiting))
    add_cells(participation, gathered.cells.items())
    add_pairs(participation, gathered.pairs)
    add_flow(participation, gathered.flow)
    if connection.vendor == "postgresql":
        _write_counts_anew(participation)


def _write_counts_anew(participation: Participation) -> None:
    """Give every count of the participation the same transaction id.

    A count that only some batches touch would tell by its id which batch, and so which five people, an answer is from.
    """
    for model in COUNTS:
        model.objects.filter(participation=participation).update(count=F("count"))
