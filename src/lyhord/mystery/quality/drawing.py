"""Which contacts are graded by a second person: a seeded share of every channel and area."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date
from math import floor

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import User
from lyhord.measurements.models import Round
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.observing.grading import finish
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.quality.disagreeing import with_facts
from lyhord.mystery.quality.models import Drawn, QualityTerms

Turn = Grading.Turn
Stratum = tuple[str, str]  # channel and area


def second_sample(strata: Mapping[Stratum, Iterable[int]], share: int, seed: str, taken: Set[int]) -> list[int]:
    """The cases to add so that ``share`` percent of every stratum are drawn, those ``taken`` before among them.

    Rounding is carried from stratum to stratum, beginning at a random place, so that the whole has its share too and
    six cases of an area give one or none at 10 %. The same seed draws the same cases, and more cases never unseat one.
    """
    carried = _fraction(seed, "start")
    found: list[int] = []
    for stratum in sorted(strata):
        cases = sorted(strata[stratum], key=lambda case: (_fraction(seed, str(case)), case))
        exact = carried + len(cases) * share / 100
        wanted, carried = floor(exact), exact - floor(exact)
        standing = sum(case in taken for case in cases)
        found += [case for case in cases if case not in taken][: max(wanted - standing, 0)]
    return found


def terms_of(round_: Round) -> QualityTerms:
    """The round's terms of quality; the usual ones, not stored, where nobody has set any."""
    stored = QualityTerms.objects.filter(round=round_).first()
    return stored or QualityTerms(round=round_, organisation_id=round_.organisation_id, seed=secrets.token_hex(8))


@transaction.atomic
def set_terms(round_: Round, share: int, remarks_until: date | None, *, by: Acting | None = None) -> QualityTerms:
    """Set the share that is graded twice, and the last day for remarks; written down. MysteryError beyond 0–100 %.

    A smaller share takes nothing back that is drawn already.
    """
    if not 0 <= share <= 100:
        raise MysteryError("Ange en andel mellan 0 och 100 procent.")
    terms = terms_of(round_)
    terms.share, terms.remarks_until = share, remarks_until
    terms.save()
    record("quality.terms_set", terms, by=by, organisation=round_.organisation)
    return terms


@transaction.atomic
def draw_second_gradings(round_: Round, *, by: Acting | None = None) -> int:
    """Draw, among what has been graded, what a second person grades; how many were added. Done again it tops up."""
    terms = terms_of(round_)
    if terms.pk is None or not QualityTerms.objects.filter(round=round_).exists():
        terms.save()
    strata: defaultdict[Stratum, list[int]] = defaultdict(list)
    graded = Probe.objects.filter(
        round=round_, state=Probe.State.DONE, gradings__turn=Turn.FIRST, gradings__finished_at__isnull=False
    )
    for pk, channel, area in graded.values_list("pk", "channel", "area"):
        strata[channel, area].append(pk)
    taken = set(Drawn.objects.filter(probe__round=round_).values_list("probe_id", flat=True))
    added = second_sample(strata, terms.share, terms.seed, taken)
    now = timezone.now()
    Drawn.objects.bulk_create(Drawn(organisation_id=round_.organisation_id, probe_id=pk, at=now) for pk in added)
    record("quality.drawn", round_, by=by, organisation=round_.organisation)
    return len(added)


def to_grade_again(grader: User) -> QuerySet[Probe]:
    """What the person may grade a second time: drawn, nobody's second grading yet, and graded first by another."""
    begun = Grading.objects.filter(turn=Turn.SECOND).exclude(grader=grader, finished_at__isnull=True)
    own = Grading.objects.filter(turn=Turn.FIRST, grader=grader)
    drawn = Drawn.objects.exclude(probe__in=begun.values("probe")).exclude(probe__in=own.values("probe"))
    rows = Probe.objects.filter(
        pk__in=drawn.values("probe"),
        state=Probe.State.DONE,
        round__state__in=(Round.State.OPEN, Round.State.CLOSED),
    )
    return rows.select_related("round", "municipality").order_by("pk")


def grade_again(probe: Probe, grader: User, grades: Mapping[str, str]) -> Grading:
    """Keep a second person's grades, with the facts of the first grading, which are not judged again.

    MysteryError where the probe is not drawn; GradingError where the grader made the first, or it does not hold
    together.
    """
    if not Drawn.objects.filter(probe=probe).exists():
        raise MysteryError("Kontakten är inte lottad till en andra bedömning.")
    first = Grading.objects.get(probe=probe, turn=Turn.FIRST)
    return finish(probe, grader, with_facts(probe, first, grades), Turn.SECOND)


def _fraction(seed: str, name: str) -> float:
    """A number from 0 to 1 that seed and name give, the same every time."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return int.from_bytes(digest[:7]) / (1 << 56)
