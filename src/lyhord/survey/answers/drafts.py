"""Answers between screens, encrypted under a key that follows from the link: the records alone cannot show them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.db import connection

from lyhord.delivery import sealing
from lyhord.delivery.errors import SealError
from lyhord.survey.answers.models import Draft
from lyhord.survey.answers.prepared import run
from lyhord.survey.sending.models import Invitation

PURPOSE: Final = b"lyhord draft"


def load(invitation_id: int, sealed: bytes | None, link: str) -> dict[str, str]:
    """The answers of a draft, item to option; empty where there is none or it was made with another link."""
    if sealed is None:
        return {}
    try:
        plain = sealing.opened(sealed, _key(link), _place(invitation_id))
    except SealError:
        return {}
    return {str(item): str(option) for item, option in json.loads(plain).items()}


def save(invitation_id: int, link: str, answers: Mapping[str, str]) -> None:
    """Keep the answers so far, instead of those kept before. Nothing where the invitation has gone meanwhile.

    The disk is not waited for here: a draft outlives a crash of the process, and a power failure may cost the last
    screen. Answers that were sent are always waited for.
    """
    plain = json.dumps(answers, separators=(",", ":")).encode()
    sealed = sealing.seal(plain, _key(link), _place(invitation_id))
    alone = not connection.in_atomic_block
    if connection.vendor != "sqlite" or not alone:
        run(_statement(alone=alone), [sealed, invitation_id])
        return
    run("PRAGMA synchronous=NORMAL", [])
    try:
        run(_statement(alone=alone), [sealed, invitation_id])
    finally:
        run("PRAGMA synchronous=FULL", [])


@lru_cache(maxsize=2)
def _statement(*, alone: bool) -> str:
    """One statement, one commit where it is ``alone``; names of tables come from the models."""
    draft, invitation = (
        connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - documented by Django
        for model in (Draft, Invitation)
    )
    # PostgreSQL reads the setting when the statement's own transaction commits, and forgets it then.
    hurried = alone and connection.vendor == "postgresql"
    unwaited = " AND set_config('synchronous_commit', 'off', true) = 'off'" if hurried else ""
    return (
        f"INSERT INTO {draft} (invitation_id, sealed) "  # noqa: S608 - names come from the models alone
        f"SELECT id, %s FROM {invitation} WHERE id = %s AND nonce IS NOT NULL{unwaited} "
        "ON CONFLICT (invitation_id) DO UPDATE SET sealed = excluded.sealed"
    )


def _key(link: str) -> bytes:
    return hmac.digest(link.encode(), PURPOSE, hashlib.sha256)


def _place(invitation_id: int) -> str:
    return f"draft|{invitation_id}"
