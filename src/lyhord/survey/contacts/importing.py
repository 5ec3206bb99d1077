"""Reading the lists that wait, a batch in each transaction: who goes on after another begins where that one ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.delivery.contents import house_keys
from lyhord.delivery.models import Channel
from lyhord.delivery.sealing import KeyRing
from lyhord.instruments.definition import Instrument
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.rounds import instrument_of
from lyhord.survey.contacts.ahead import many_objects, one_ahead
from lyhord.survey.contacts.flows import count, flow_of, together
from lyhord.survey.contacts.lists import Batch
from lyhord.survey.contacts.models import Upload
from lyhord.survey.contacts.naming import Circumstances, Named, named
from lyhord.survey.contacts.sifting import sifted
from lyhord.survey.contacts.storing import Envelope, make_room, seal, store
from lyhord.survey.contacts.uploads import arrangement_of, discard, list_of, not_open
from lyhord.survey.errors import SurveyError

LEASE: Final = timedelta(minutes=2)  # far longer than a batch takes
TRIES: Final = 3
State = Upload.State


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch, whom it names, and their sealed addresses in the same order."""

    batch: Batch
    named: Named
    envelopes: list[Envelope]


def read_next() -> bool:
    """Read the list that has waited longest, whosever it is; False where none waits. For the worker."""
    now = timezone.now()
    with scope_of_everything("the worker reads the lists of every organisation"):
        waiting = Upload.objects.filter(Q(state=State.WAITING) | Q(state=State.RUNNING, held_until__lt=now)).order_by(
            "at"
        )
        upload = waiting.select_related("round", "organisation").first()
    if upload is None:
        return False
    with scope(upload.organisation_id):
        read(upload)
    return True


def read(upload: Upload) -> bool:
    """Read one waiting list to its end, within its organisation's scope; False where another is reading it.

    What is wrong with the file as a whole is told in ``upload.problem``; the rows read until then stay.
    """
    if not _claimed(upload):
        return False
    try:
        _read(upload)
    except SurveyError as error:
        _end(upload, State.FAILED, str(error))
    return True


def circumstances_of(upload: Upload) -> Circumstances:
    """What the upload's rows are checked against. SurveyError where its round no longer takes contacts."""
    round_ = upload.round
    if round_.state != Round.State.OPEN:
        raise SurveyError(not_open(round_))
    instrument = instrument_of(round_)
    own = Participation.objects.filter(round=round_, organisation_id=upload.organisation_id)
    arrangement = arrangement_of(upload.organisation_id)
    now = timezone.now()
    return Circumstances(
        organisation=upload.organisation_id,
        roads={road_of(instrument, one.channel): one.pk for one in own},
        now=now,
        zone=ZoneInfo(settings.TIME_ZONE),
        quarantine_from=min(timezone.localdate(now) - timedelta(days=round_.quarantine_days), round_.starts),
        internal_numbers=tuple(arrangement.internal_numbers.split()),
        internal_domains=frozenset(arrangement.internal_domains.casefold().split()),
    )


def road_of(instrument: Instrument, channel: str) -> Channel:
    """How those who made contact through the channel are reached: who called by SMS, who wrote by e-mail."""
    response = instrument.channel(channel).response
    by_sms = response is not None and response.in_language("sv").casefold() == "sms"
    return Channel.SMS if by_sms else Channel.EMAIL


def _claimed(upload: Upload) -> bool:
    now = timezone.now()
    free = Upload.objects.filter(pk=upload.pk).filter(
        Q(state=State.WAITING) | Q(state=State.RUNNING, held_until__lt=now)
    )
    if not free.update(state=State.RUNNING, held_until=now + LEASE):
        return False
    upload.refresh_from_db(fields=["state", "held_until", "rows", "taken", "reasons", "flow"])
    return True


def _read(upload: Upload) -> None:
    given = circumstances_of(upload)
    make_room()
    batches = list_of(upload).batches(upload.mapping, skip=upload.rows)
    with many_objects():
        for one in one_ahead(_prepared(batches, given, house_keys())):
            if not _taken_in(upload, one, given):
                return  # somebody recalled the list
    _end(upload, State.DONE)


def _prepared(batches: Iterable[Batch], given: Circumstances, keys: KeyRing) -> Iterator[Prepared]:
    """The batches with everything done that needs no database."""
    for batch in batches:
        found = named(batch, given, keys)
        yield Prepared(batch, found, seal(found.candidates, given.organisation, keys))


def _taken_in(upload: Upload, one: Prepared, given: Circumstances) -> bool:
    """Take one batch in, in one transaction with the upload's progress; False where the upload is no longer ours."""
    for attempt in range(1, TRIES + 1):
        try:
            return _written(upload, one, given)
        except IntegrityError:  # another list took one of the people meanwhile: sift again
            if attempt == TRIES:
                raise
            upload.refresh_from_db(fields=["rows", "taken", "reasons", "flow"])
    return False


def _written(upload: Upload, one: Prepared, given: Circumstances) -> bool:
    result = sifted(one.named.candidates, given)
    left_out = sorted(one.named.left_out + result.left_out)
    progress = {
        "rows": upload.rows + len(one.batch.numbers),
        "taken": upload.taken + len(result.taken),
        "reasons": dict(Counter(upload.reasons) + Counter(fault.reason.value for fault in left_out)),
        "percent": one.batch.percent,
        "held_until": timezone.now() + LEASE,
    }
    flow = flow_of((one.named.candidates[place].participation for place in result.taken), left_out)
    progress["flow"] = together(upload.flow, flow)
    people = [(one.named.candidates[place], one.envelopes[place]) for place in result.taken]
    with transaction.atomic():
        ours = Upload.objects.filter(pk=upload.pk, state=State.RUNNING, rows=upload.rows)
        if not ours.update(**progress):
            return False
        store(upload, people, left_out)
        count(flow)
    for name, value in progress.items():
        setattr(upload, name, value)
    return True


def _end(upload: Upload, state: State, problem: str = "") -> None:
    ours = Upload.objects.filter(pk=upload.pk, state=State.RUNNING)
    stored = upload.stored
    if ours.update(state=state, problem=problem, held_until=None, percent=100, stored=""):
        upload.state, upload.problem, upload.stored, upload.percent = state, problem, "", 100
    discard(stored)
