"""Requests to be contacted: sealed, dated, and with no tie to any survey link."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from django.utils import timezone

from lyhord.accounts.models import Organisation
from lyhord.delivery import sealing
from lyhord.delivery.contents import house_keys
from lyhord.survey.answers.models import ContactRequest


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants to be contacted, where, and about what."""

    name: str
    address: str
    about: str


def keep(organisation: Organisation, wanted: Wanted) -> None:
    """Keep a request under a key of its own; within the organisation's scope."""
    key, row = sealing.new_key(), ContactRequest(organisation=organisation, date=timezone.localdate())
    row.sealed = sealing.seal(json.dumps(asdict(wanted)).encode(), key, _place(row))
    row.wrapped = house_keys().wrap(key, f"{_place(row)}|key")
    row.save(force_insert=True)


def opened_request(row: ContactRequest) -> Wanted:
    """What somebody wrote. SealError where the house's key is not at hand."""
    key = house_keys().unwrap(bytes(row.wrapped), f"{_place(row)}|key")
    return Wanted(**json.loads(sealing.opened(bytes(row.sealed), key, _place(row))))


def _place(row: ContactRequest) -> str:
    return f"{row.organisation_id}|{row.pk}|request"
