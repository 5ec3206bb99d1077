"""The comment as it was written, where redaction changed it: sealed until gallring, or discarded by decision."""

from __future__ import annotations

from lyhord.delivery import sealing
from lyhord.delivery.contents import house_keys
from lyhord.measurements.models import Participation
from lyhord.survey.answers.models import OriginalKey


def sealed_original(participation: Participation, comment: str) -> bytes:
    """The comment, sealed under the participation's key; within the scope of its organisation."""
    return sealing.seal(comment.encode(), _key_of(participation), _place(participation))


def opened_original(participation: Participation, sealed: bytes) -> str:
    """What was sealed. SealError once the key is gone: the original has been disposed of."""
    return sealing.opened(sealed, _key_of(participation), _place(participation)).decode()


def _key_of(participation: Participation) -> bytes:
    ring, place = house_keys(), f"{_place(participation)}|key"
    wrapped = OriginalKey.objects.filter(pk=participation.pk).values_list("wrapped", flat=True).first()
    if wrapped is None:
        made = {"wrapped": ring.wrap(sealing.new_key(), place)}
        wrapped = OriginalKey.objects.get_or_create(participation=participation, defaults=made)[0].wrapped
    return ring.unwrap(bytes(wrapped), place)


def _place(participation: Participation) -> str:
    return f"{participation.organisation_id}|{participation.pk}|original"
