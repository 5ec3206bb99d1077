"""What is done over and over for letters: posting what is due, looking for replies, reading them."""

from __future__ import annotations

from datetime import timedelta

from lyhord.delivery import periodic
from lyhord.mystery.letters.posting import post_due
from lyhord.mystery.letters.retention import dispose_of_mails
from lyhord.mystery.letters.suggesting import suggest_unread
from lyhord.mystery.letters.watching import fetch_all


def register() -> None:
    """Register the room's recurring work."""
    periodic.register("letters.post_due", timedelta(seconds=20), post_due)
    periodic.register("letters.fetch_replies", timedelta(minutes=5), fetch_all)
    periodic.register("letters.dispose_of_mails", timedelta(days=1), dispose_of_mails)
    periodic.register("letters.read_replies", timedelta(minutes=1), suggest_unread)
