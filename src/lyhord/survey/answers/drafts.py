"""Answers between screens, encrypted under a key that follows from the link: the records alone cannot show them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Final

from lyhord.delivery import sealing
from lyhord.delivery.errors import SealError
from lyhord.survey.answers.models import Draft
from lyhord.survey.sending.models import Invitation

PURPOSE: Final = b"lyhord draft"


def load(draft: Draft | None, link: str) -> dict[str, str]:
    """The answers of a draft, item to option; empty where there is none or it was made with another link."""
    if draft is None:
        return {}
    try:
        plain = sealing.opened(bytes(draft.sealed), _key(link), _place(draft.pk))
    except SealError:
        return {}
    return {str(item): str(option) for item, option in json.loads(plain).items()}


def save(invitation: Invitation, link: str, answers: Mapping[str, str]) -> None:
    """Keep the answers so far, instead of those kept before; within the scope of the invitation's organisation."""
    plain = json.dumps(answers, separators=(",", ":")).encode()
    draft = Draft(invitation=invitation, sealed=sealing.seal(plain, _key(link), _place(invitation.pk)))
    Draft.objects.bulk_create([draft], update_conflicts=True, unique_fields=["invitation"], update_fields=["sealed"])


def _key(link: str) -> bytes:
    return hmac.digest(link.encode(), PURPOSE, hashlib.sha256)


def _place(invitation_id: int) -> str:
    return f"draft|{invitation_id}"
