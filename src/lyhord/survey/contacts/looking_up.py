"""Which of many values are stored already, asked at once: one parameter holds them all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet

from lyhord.accounts.ownership import OwnedModel

M = TypeVar("M", bound=OwnedModel)


def present(rows: QuerySet[M], field: str, values: Sequence[str]) -> set[str]:
    """The ``values`` that some of the ``rows`` have in ``field``, a column of their own; the rows keep their scope.

    Thousands of values with a parameter each would cost more to write into the query than to look up.
    """
    if not values:
        return set()
    column = connection.ops.quote_name(field)
    if connection.vendor == "postgresql":
        here = rows.extra(where=[f"{column} = ANY(%s)"], params=[list(values)])  # noqa: S610 - a column's name, no value
    else:
        where = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column's name, no value
        here = rows.extra(where=[where], params=[json.dumps(values)])  # noqa: S610 - as above
    return set(here.values_list(field, flat=True))
