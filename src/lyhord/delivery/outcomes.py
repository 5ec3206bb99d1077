"""What can become of a message that is handed over, and why it may fail: the words that gateways and receipts share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Result(StrEnum):
    """How handing over went."""

    SENT = "sent"  # taken over by the next server
    LATER = "later"  # certainly not taken; worth another try
    REFUSED = "refused"  # certainly not taken, and will not be
    UNKNOWN = "unknown"  # the line broke when it might have been taken


class Failure(StrEnum):
    """Why a message did not arrive."""

    ADDRESS = "address"  # the address does not exist
    FULL = "full"  # the mailbox is full: nothing is wrong with the address
    POLICY = "policy"  # it is us, or our sender, that they refuse
    EXPIRED = "expired"  # nobody took it in time
    CONNECTION = "connection"  # the gateway cannot be reached or lets us not in
    BUSY = "busy"  # they ask us to come back
    REFUSED = "refused"  # refused without a reason that we can read
    SUPPRESSED = "suppressed"  # on the suppression list
    GIVEN_UP = "given_up"  # tried too often
    UNREADABLE = "unreadable"  # its keys are not at hand
    LOST = "lost"  # the sender died when it might have been taken


@dataclass(frozen=True, slots=True)
class Outcome:
    """How handing over one message went. ``provider_reference`` is what its receipts will call it."""

    result: Result
    failure: str = ""
    provider_reference: str = ""


# Enhanced status codes (RFC 3463), longest match first.
_BY_STATUS: Final = MappingProxyType(
    {
        "1": Failure.ADDRESS,
        "1.8": Failure.POLICY,  # bad sender's system address
        "1.7": Failure.POLICY,  # bad sender's mailbox address
        "2.1": Failure.ADDRESS,  # mailbox disabled
        "2.2": Failure.FULL,
        "2.3": Failure.POLICY,  # message too long
        "3": Failure.REFUSED,
        "4.4": Failure.ADDRESS,  # unable to route: the domain does not exist
        "4.7": Failure.EXPIRED,
        "7": Failure.POLICY,
    }
)
STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
FULL_WORDS: Final = re.compile(
    r"mailbox (?:is )?full|over ?quota|quota exceeded|brevlådan är full|postlådan är full", re.IGNORECASE
)
ADDRESS_WORDS: Final = re.compile(
    r"user unknown|no such user|unknown user|does not exist|mailbox unavailable|recipient not found|"
    r"adressen hittades inte|e-postadressen (?:finns inte|hittades inte)|mottagaren hittades inte|"
    r"finns inte på|okänd mottagare|recipientnotfound",
    re.IGNORECASE,
)
POLICY_WORDS: Final = re.compile(
    r"\bdmarc\b|\bspf\b|\bdkim\b|spam|blocked|blacklist|policy|not authori[sz]ed", re.IGNORECASE
)


def failure_of(text: str) -> Failure:
    """Why a server refused, from its reply or report: its enhanced status code, else its words."""
    if match := STATUS.search(text):
        subject, detail = match.group(2), match.group(3)
        if subject == "1" and detail == "0":
            return _by_words(text, Failure.ADDRESS)
        found = _BY_STATUS.get(f"{subject}.{detail}") or _BY_STATUS.get(subject)
        if found is not None:
            return found
    return _by_words(text, Failure.REFUSED)


def _by_words(text: str, otherwise: Failure) -> Failure:
    for words, failure in (
        (FULL_WORDS, Failure.FULL),
        (ADDRESS_WORDS, Failure.ADDRESS),
        (POLICY_WORDS, Failure.POLICY),
    ):
        if words.search(text):
            return failure
    return otherwise
