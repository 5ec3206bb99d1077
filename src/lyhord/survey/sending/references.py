"""How the outbox's messages say which invitation they are about: what sends writes it, what forgets looks for it."""

from __future__ import annotations


def reference_of(invitation_id: int) -> str:
    """The reference of every message (invitation and reminders) about one invitation."""
    return f"invitation:{invitation_id}"
