"""Which of many values are stored already, asked at once: one parameter holds them all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet

from lyhord.accounts.ownership import OwnedModel

M = TypeVar("M", bound=OwnedModel)
V = TypeVar("V", bound=str | int)


def present(rows: QuerySet[M], field: str, values: Sequence[V]) -> set[V]:
    """The ``values`` that some of the ``rows`` have in ``field``, a column of their own; the rows keep their scope.

    Texts without commas, such as hashes, or whole numbers. Thousands of values with a parameter each, or as an array,
    would cost more to write into the query than to look up: they go as one text.
    """
    if not values:
        return set()
    column = connection.ops.quote_name(field)
    if connection.vendor == "postgresql":
        kind = "bigint" if isinstance(values[0], int) else "text"
        where = f"{column} = ANY(string_to_array(%s, ',')::{kind}[])"
        here = rows.extra(where=[where], params=[",".join(map(str, values))])  # noqa: S610 - a column's name, no value
    else:
        where = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column's name, no value
        here = rows.extra(where=[where], params=[json.dumps(values)])  # noqa: S610 - as above
    return set(here.values_list(field, flat=True))
