"""SMS through 46elks (https://46elks.se/docs): one HTTPS request a message, receipts to an address of ours."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import httpx

from lyhord.delivery.contents import Sms
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.contract import OneWay, Parcel, Receipt
from lyhord.delivery.outcomes import Failure, Outcome, Result

ADDRESS: Final = "https://api.46elks.com/a1/sms"
TIMEOUT: Final = 20.0
PARALLEL: Final = 8
BUSY_CODES: Final = frozenset({429, 503})
OURS: Final = frozenset({401, 402, 403})
SERVER_ERROR: Final = 500
_DELIVERED: Final = MappingProxyType({"delivered": True, "failed": False})


class ElksGateway(OneWay):
    """Sends one account's SMS. ``receipts_to`` is our address for receipts, to which the message's token is added."""

    def __init__(self, username: str, password: str, *, receipts_to: str = "", address: str = ADDRESS) -> None:
        self.name = self.circuit = "46elks"
        self.parallel = PARALLEL
        self.ahead = 2  # an SMS in hand when the worker dies waits for a person
        self.address = address
        self.receipts_to = receipts_to
        self._client = httpx.Client(auth=(username, password), timeout=TIMEOUT)

    def send(self, parcel: Parcel) -> Outcome:
        """Hand one SMS over; they are asked not to keep its text."""
        if not isinstance(parcel.content, Sms):
            raise DeliveryError(f"46elks carries SMS only; message {parcel.message_id} is none.")
        form = {
            "from": parcel.sender.sms_sender,
            "to": parcel.address,
            "message": parcel.content.text,
            "dontlog": "message",
        }
        if self.receipts_to:
            form["whendelivered"] = f"{self.receipts_to}{parcel.token}"
        try:
            response = self._client.post(self.address, data=form)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return Outcome(Result.LATER, Failure.CONNECTION)
        except httpx.HTTPError:
            return Outcome(Result.UNKNOWN, Failure.CONNECTION)  # the question may have arrived, the answer did not
        return _outcome(response)

    def close(self) -> None:
        """End the connections."""
        self._client.close()


def _outcome(response: httpx.Response) -> Outcome:
    if response.is_success:
        return Outcome(Result.SENT, provider_reference=_reference(response))
    if response.status_code in BUSY_CODES:
        return Outcome(Result.LATER, Failure.BUSY)
    if response.status_code in OURS:  # wrong password, no money, not allowed: nothing is wrong with the message
        return Outcome(Result.LATER, Failure.CONNECTION)
    if response.status_code >= SERVER_ERROR:
        return Outcome(Result.UNKNOWN, Failure.CONNECTION)
    words = response.text.lower()
    return Outcome(Result.REFUSED, Failure.ADDRESS if '"to"' in words or "to number" in words else Failure.REFUSED)


def _reference(response: httpx.Response) -> str:
    try:
        told = response.json()
    except ValueError:
        return ""
    return str(told.get("id", ""))[:100] if isinstance(told, dict) else ""


def receipt_of(form: Mapping[str, str], token: str) -> Receipt | None:
    """The receipt in a form that they posted for ``token``; None where the form tells nothing final."""
    delivered = _DELIVERED.get(form.get("status", ""))
    if delivered is None:
        return None
    references = (form["id"],) if form.get("id") else ()
    return Receipt(delivered, "" if delivered else Failure.REFUSED, token, references)
