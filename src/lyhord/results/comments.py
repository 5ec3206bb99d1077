"""Comments of one participation: redacted, in no order, without dates, and only where there are enough of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lyhord.accounts.scope import scope
from lyhord.measurements.models import Participation
from lyhord.survey.answers.models import Response

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Some of the comments; ``number`` and ``pages`` count from one."""

    comments: tuple[str, ...]
    number: int
    pages: int


def comments_on(participation: Participation, number: int, given: int) -> CommentPage:
    """One page of the ``given`` comments; the nearest one where there are fewer pages.

    They come in the order of their ids, which are random and are drawn anew when answers of the same day are mixed.
    """
    pages = max(1, -(-given // PAGE))
    number = min(max(number, 1), pages)
    with scope(participation.organisation_id):
        rows = Response.objects.filter(participation=participation).exclude(comment="").order_by("pk")
        texts = rows.values_list("comment", flat=True)[(number - 1) * PAGE : number * PAGE]
        return CommentPage(tuple(texts), number, pages)
