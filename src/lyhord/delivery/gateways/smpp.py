"""SMS over SMPP 3.4 on one connection that brings receipts too; several messages wait for their answers at once."""

from __future__ import annotations

import contextlib
import re
import select
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from smpplib import consts, exceptions
from smpplib.client import Client
from smpplib.smpp import make_pdu

from lyhord.delivery.contents import Sms
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.contract import Errand, Parcel, Receipt
from lyhord.delivery.outcomes import Failure, Outcome, Result
from lyhord.delivery.sms_text import Encoding, SmsText, encoded, sms_text

TIMEOUT: Final = 20.0
WINDOW: Final = 10  # messages that wait for their answers; a centre that cannot take so many says so
KEEP_ALIVE: Final = 30.0
PATIENCE: Final = 0.02
GSM7_CODING: Final = 0
UCS2_CODING: Final = 8
HAS_HEADER: Final = 0x40
RECEIPT_CLASS: Final = 0x3C
IS_RECEIPT: Final = 0x04
ALPHANUMERIC: Final = 5
INTERNATIONAL: Final = 1
NATIONAL_SHORT: Final = 3
ISDN: Final = 1
THROTTLED: Final = frozenset({consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL})
BAD_NUMBER: Final = frozenset({consts.SMPP_ESME_RINVDSTADR})
OURS: Final = frozenset({consts.SMPP_ESME_RINVSRCADR, 1040, 1041, 1042})  # 1040-1042: the sender name is reserved
FIELD: Final = re.compile(rb"\b(id|stat|err):\s*([^\s]+)", re.IGNORECASE)
DELIVERED: Final = "DELIVRD"
FINAL: Final = MappingProxyType(
    {
        "DELIVRD": "",
        "EXPIRED": Failure.EXPIRED,
        "DELETED": Failure.REFUSED,
        "UNDELIV": Failure.REFUSED,  # a phone that is off looks the same as one that is gone: nobody is suppressed
        "REJECTD": Failure.REFUSED,
    }
)
PARTLY: Final = Outcome(Result.UNKNOWN, Failure.BUSY)
BROKEN: Final = (OSError, exceptions.ConnectionError, exceptions.PDUError, exceptions.UnknownCommandError)


@dataclass(frozen=True, slots=True)
class Centre:
    """An SMS centre and how to bind to it."""

    host: str
    port: int
    system_id: str
    password: str
    tls: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A message of which one part waits for its answer. ``joined``: what its parts have in common."""

    parcel: Parcel
    text: SmsText
    joined: int
    place: int = 0
    since: float = 0.0


class SmppGateway:
    """A transceiver bound to one centre. A receipt is acknowledged only when it has been stored."""

    def __init__(self, centre: Centre, *, timeout: float = TIMEOUT, window: int = WINDOW) -> None:
        self.centre = centre
        self.timeout = timeout
        self.name = f"smpp {centre.host}:{centre.port}"
        self.circuit = f"{self.name} {centre.system_id}"
        self.parallel = 1
        self.ahead = window
        self.window = window  # how many may wait just now
        self._guard = threading.Lock()
        self._client: Client | None = None
        self._waiting: list[Any] = []  # deliver_sm that nobody has fetched; smpplib brings no types
        self._fetched: list[Any] = []  # fetched, not acknowledged
        self._spoken = 0.0
        self._joined = 0

    def send(self, parcel: Parcel) -> Outcome:
        """Submit one message and wait for its answer."""
        told: list[Outcome] = []
        self.carry(Errand(lambda: None, lambda _, outcome: told.append(outcome), [parcel]))
        return told[0]

    def carry(self, errand: Errand) -> None:
        """Submit what there is, as many messages at a time as the window holds.

        The parts of a message go one after the other, so that a message whose first part is refused has certainly not
        left; the last part asks for the receipt. In doubt is what was submitted and not answered when the line broke.
        """
        with self._guard:
            while (parcel := errand.next()) is not None:
                try:
                    client = self._bound()
                except BROKEN:
                    self._drop()
                    errand.tell(parcel, Outcome(Result.LATER, Failure.CONNECTION))
                    continue
                errand.put_back(parcel)
                self._converse(client, errand)

    def _converse(self, client: Client, errand: Errand) -> None:
        """Submit and hear until there is nothing more, or the line has broken."""
        asked: dict[int, _Asked] = {}
        try:
            while self._ask(client, errand, asked) or asked:
                self._hear(client, errand, asked)
        except BROKEN:
            self._drop()
            for one in asked.values():
                errand.tell(one.parcel, Outcome(Result.UNKNOWN, Failure.CONNECTION))

    def _ask(self, client: Client, errand: Errand, asked: dict[int, _Asked]) -> bool:
        """Fill the window; whether anything was submitted."""
        begun = False
        while len(asked) < self.window and (parcel := errand.next()) is not None:
            if not isinstance(parcel.content, Sms):
                raise DeliveryError(f"{self.name} carries SMS only; message {parcel.message_id} is none.")
            self._joined = (self._joined + 1) % 256
            self._submit(client, _Asked(parcel, sms_text(parcel.content.text), self._joined), asked)
            begun = True
        return begun

    def _hear(self, client: Client, errand: Errand, asked: dict[int, _Asked]) -> None:
        """Read one thing; where it answers a part, submit the next or tell the outcome."""
        if time.monotonic() > min(one.since for one in asked.values()) + self.timeout:
            raise TimeoutError
        pdu = self._read(client)
        if pdu.command not in {"submit_sm_resp", "generic_nack"} or pdu.sequence not in asked:
            return
        one = asked.pop(pdu.sequence)
        self.window = max(1, self.window // 2) if pdu.status in THROTTLED else min(self.ahead, self.window + 1)
        if pdu.status:
            errand.tell(one.parcel, refusal(pdu.status) if one.place == 0 else PARTLY)
        elif one.place + 1 < len(one.text.parts):
            self._submit(client, replace(one, place=one.place + 1), asked)
        else:
            reference = _word(getattr(pdu, "message_id", b""))
            errand.tell(one.parcel, Outcome(Result.SENT, provider_reference=reference))

    def receipts(self) -> Sequence[Receipt]:
        """Read what has come; nothing while a message is being handed over, which reads what comes meanwhile."""
        if not self._guard.acquire(timeout=PATIENCE):
            return ()
        try:
            self._listen()
        except BROKEN:
            self._drop()
        finally:
            self._guard.release()
        self._fetched, self._waiting = self._fetched + self._waiting, []
        return [receipt for pdu in self._fetched if (receipt := receipt_of(pdu)) is not None]

    def acknowledge(self) -> None:
        """Acknowledge what was fetched; on a line that has broken the centre sends it again."""
        with self._guard:
            fetched, self._fetched = self._fetched, []
            try:
                for pdu in fetched:
                    self._answer(pdu, "deliver_sm_resp")
            except BROKEN:
                self._drop()

    def close(self) -> None:
        """Unbind."""
        with self._guard:
            if self._client is not None:
                with contextlib.suppress(*BROKEN):
                    self._client.unbind()
            self._drop()

    def _bound(self) -> Client:
        if self._client is None:
            context = ssl.create_default_context() if self.centre.tls else None
            client = Client(
                self.centre.host,
                self.centre.port,
                timeout=self.timeout,
                ssl_context=context,
                allow_unknown_opt_params=True,
            )
            self._client = client
            client.connect()
            client.bind_transceiver(system_id=self.centre.system_id, password=self.centre.password)
            self._spoken = time.monotonic()
        return self._client

    def _drop(self) -> None:
        """Unacknowledged receipts go too: the centre sends them again."""
        client, self._client = self._client, None
        self._waiting, self._fetched = [], []
        if client is not None:
            client.state = consts.SMPP_CLIENT_STATE_OPEN  # smpplib warns of closing a bound line, which this is
            client.disconnect()

    def _submit(self, client: Client, one: _Asked, asked: dict[int, _Asked]) -> None:
        """Submit one part; from before its first byte its message is among those in doubt."""
        parts = one.text.parts
        header = bytes([5, 0, 3, one.joined, len(parts), one.place + 1]) if len(parts) > 1 else b""
        ton, npi = _sender_type(one.parcel.sender.sms_sender)
        pdu = make_pdu(
            "submit_sm",
            client=client,
            source_addr_ton=ton,
            source_addr_npi=npi,
            source_addr=one.parcel.sender.sms_sender.lstrip("+"),
            dest_addr_ton=INTERNATIONAL,
            dest_addr_npi=ISDN,
            destination_addr=one.parcel.address.lstrip("+"),
            short_message=header + encoded(parts[one.place], one.text.encoding),
            data_coding=GSM7_CODING if one.text.encoding is Encoding.GSM7 else UCS2_CODING,
            esm_class=HAS_HEADER if header else 0,
            registered_delivery=1 if one.place + 1 == len(parts) else 0,
        )
        asked[pdu.sequence] = replace(one, since=time.monotonic())
        client.send_pdu(pdu)

    def _listen(self) -> None:
        if self._client is None:
            if not self._spoken:
                return  # nothing has been sent in this process; whoever sends binds
            self._bound()
        client = self._bound()
        while select.select([client._socket], [], [], 0)[0]:  # noqa: SLF001 - smpplib's own poll() acknowledges at once
            self._read(client)
        if time.monotonic() - self._spoken > KEEP_ALIVE:
            client.send_pdu(make_pdu("enquire_link", client=client))
            self._spoken = time.monotonic()

    def _read(self, client: Client) -> Any:  # smpplib brings no types
        pdu = client.read_pdu()
        if pdu.command == "deliver_sm":
            self._waiting.append(pdu)
        elif pdu.command == "enquire_link":
            self._answer(pdu, "enquire_link_resp")
        elif pdu.command == "unbind":
            raise exceptions.ConnectionError
        return pdu

    def _answer(self, pdu: Any, command: str) -> None:  # smpplib brings no types
        client = self._bound()
        answer = make_pdu(command, client=client)
        answer.sequence = pdu.sequence
        client.send_pdu(answer)


def refusal(status: int) -> Outcome:
    """What a centre's status means for a message of which no part was taken."""
    if status in BAD_NUMBER:
        return Outcome(Result.REFUSED, Failure.ADDRESS)
    if status in OURS:
        return Outcome(Result.REFUSED, Failure.POLICY)
    if status in THROTTLED:
        return Outcome(Result.LATER, Failure.BUSY)
    return Outcome(Result.REFUSED, Failure.REFUSED)


def receipt_of(pdu: Any) -> Receipt | None:  # smpplib brings no types
    """The receipt in a deliver_sm; None for anything else, and for what is not final."""
    if pdu.esm_class & RECEIPT_CLASS != IS_RECEIPT:
        return None
    fields = {name.decode().lower(): value for name, value in FIELD.findall(pdu.short_message or b"")}
    state = fields.get("stat", b"").decode("ascii", "replace").upper()
    if state not in FINAL:
        return None
    told = _word(getattr(pdu, "receipted_message_id", None) or fields.get("id", b""))
    return Receipt(state == DELIVERED, FINAL[state], references=spellings(told))


def spellings(reference: str) -> tuple[str, ...]:
    """A message's name as it stands, and as centres spell it that answer in hexadecimal and report in decimal."""
    found = [reference, reference.lower(), reference.upper()]
    if reference.isdecimal():
        found += [f"{int(reference):x}", f"{int(reference):X}", f"{int(reference):08x}"]
    if re.fullmatch(r"[0-9A-Fa-f]{1,16}", reference):
        found.append(str(int(reference, 16)))
    return tuple(dict.fromkeys(name for name in found if name))


def _sender_type(sender: str) -> tuple[int, int]:
    if sender.startswith("+"):
        return INTERNATIONAL, ISDN
    return (NATIONAL_SHORT, ISDN) if sender.isdigit() else (ALPHANUMERIC, 0)


def _word(value: bytes | str | None) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else value or ""
    return text.strip("\0 ")[:100]
