"""All that the rules suggest of one letter, in the order in which one finding needs another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lyhord.text.replies.additional import suggested
from lyhord.text.replies.findings import Assessment, OpenProbe
from lyhord.text.replies.kinds import classified
from lyhord.text.replies.letter import Letter
from lyhord.text.replies.masking import masked
from lyhord.text.replies.matching import matched
from lyhord.text.replies.quoting import divided
from lyhord.text.replies.signature import sender_facts


def assessed(letter: Letter, probes: Iterable[OpenProbe], received_at: datetime) -> Assessment:
    """Match the letter, then divide it knowing what was asked, then classify it and read its sender.

    ``received_at`` is our own server's time of receipt, aware.
    """
    known = tuple(probes)
    match = matched(letter, known, received_at)
    question = next((probe.question for probe in known if probe.key == match.probe), "")
    division = divided(letter.text, question)
    facts = sender_facts(division)
    return Assessment(
        match=match,
        division=division,
        classified=classified(letter, division),
        sender=facts,
        additional=suggested(letter, division),
        masked=masked(division, letter, facts),
    )
