"""A whole round's figures as HTML, made once for as long as nothing that they are made from changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from django.template.loader import render_to_string

from lyhord.accounts.scope import scope_of_everything
from lyhord.measurements.models import Municipality, Participation, Round
from lyhord.results.reach import everyone_in
from lyhord.results.round_page import round_page
from lyhord.results.so_far import version_of

Terms = tuple[tuple[object, ...], ...]
KEPT: Final = 16  # rounds, languages and days together; some 60 kB each


class Key(NamedTuple):
    """Everything that the figures are made from."""

    round_id: int
    terms: Terms
    version: tuple[int, ...]
    today: date
    language: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """What the page around the figures says, and the figures themselves."""

    name: str
    key: str
    fictitious: bool
    figures: str


def round_figures(round_: Round, today: date, language: str, *, may_open: bool) -> RoundFigures:
    """The round's figures. Ask ``sees_everyone`` first."""
    return _made(Key(round_.pk, _terms_of(round_), version_of(round_), today, language, may_open))


def forget() -> None:
    """Drop what is kept in the process: for tests, whose databases begin anew."""
    _made.cache_clear()


def _terms_of(round_: Round) -> Terms:
    """Everything but counts that the figures are made from: the round, who takes part, on what terms, their names."""
    own = (round_.name, round_.state, round_.starts, round_.ends, round_.definition_hash, round_.fictitious)
    with scope_of_everything("the coordinator follows every participant"):
        rows = Participation.objects.filter(round=round_).order_by("pk")
        joined = tuple(
            (pk, quota, str(raised)) for pk, quota, raised in rows.values_list("pk", "quota", "raised_thresholds")
        )
    return (own, joined, tuple(Municipality.objects.order_by("code").values_list("name", flat=True)))


@lru_cache(maxsize=KEPT)
def _made(key: Key) -> RoundFigures:
    round_ = Round.objects.get(pk=key.round_id)
    page = round_page(round_, everyone_in(round_), key.today, key.language)
    figures = render_to_string("results/round_figures.html", {"page": page, "may_open": key.may_open})
    return RoundFigures(page.name, page.key, page.fictitious, figures)
