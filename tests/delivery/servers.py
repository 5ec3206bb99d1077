"""Servers on this machine that answer as a test wants: a mail server, 46elks, an SMS centre."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import smpp34
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ANY_PORT = 0
PASSWORD = b"hemligt"


@dataclass
class MailServer:
    """Takes mail; ``says`` answers for a recipient, an empty answer hangs up."""

    says: Callable[[str], str] = lambda recipient: "250 OK"
    at_door: Callable[[str], str] = lambda recipient: "250 OK"
    taken: list[Envelope] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_door(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.sessions.add(id(session))
        self.taken.append(envelope)
        answer = self.says(envelope.rcpt_tos[0])
        if not answer:
            server.transport.abort()
        return answer or "421 gone"


@contextmanager
def mail_server(server: MailServer, *, login: bool = False) -> Generator[MailServer]:
    """The server, running."""

    def authenticate(*about: object) -> AuthResult:
        data = about[-1]
        return AuthResult(success=isinstance(data, LoginPassword) and data.password == PASSWORD)

    wanted = {"auth_required": True, "auth_require_tls": False, "authenticator": authenticate} if login else {}
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), **wanted)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", ANY_PORT))
        return int(probe.getsockname()[1])


@contextmanager
def elks(answer: Callable[[dict[str, str]], tuple[int, str]]) -> Generator[tuple[str, list[dict[str, str]]]]:
    """46elks: its address and the forms that were posted. Status 0 hangs up without an answer."""
    forms: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body))
            forms.append({**form, "authorization": self.headers.get("Authorization", "")})
            status, text = answer(form)
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", ANY_PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/a1/sms", forms
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class SmsCentre:
    """An SMS centre: numbers that end in 9 are not reached, in 8 are too many just now, in 7 do not exist.

    In 6 it never answers.
    """

    port: int = 0
    submitted: list[smpp34.SubmitSmEvent] = field(default_factory=list)
    receipts: bool = True
    waiting: int = 0
    most_waiting: int = 0  # how many at once it had not answered

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        server = smpp34.Server(host="127.0.0.1", port=self.port, system_id="SIM")
        await server.start()
        ready.set()
        bound: dict[str, smpp34.Esme] = {}
        kept: list[object] = []
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            event = asyncio.ensure_future(server.next())
            await asyncio.wait([event, stopping], return_when=asyncio.FIRST_COMPLETED)
            if not event.done():
                event.cancel()
                break
            found = event.result()
            if isinstance(found, smpp34.Esme):
                bound[found.session_id] = found
            elif isinstance(found, smpp34.SubmitSmEvent):
                kept += [found, asyncio.create_task(self.take(found, bound[found.session_id]))]
        await server.stop()

    async def take(self, event: smpp34.SubmitSmEvent, session: smpp34.Esme) -> None:
        self.submitted.append(event)
        name = f"{len(self.submitted):08x}"
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        await asyncio.sleep(0.02)
        self.waiting -= 1
        match event.destination_addr[-1]:
            case "8":
                event.reject(smpp34.ESME_RTHROTTLED)
            case "7":
                event.reject(smpp34.ESME_RINVDSTADR)
            case "6":
                await asyncio.sleep(30)
            case last:
                event.accept(message_id=name)
                if self.receipts and event.registered_delivery:
                    state = "UNDELIV" if last == "9" else "DELIVRD"
                    times = "submit date:2611211200 done date:2611211200"
                    text = f"id:{name} sub:001 dlvrd:001 {times} stat:{state} err:000 text:"
                    await session.deliver_sm(
                        source_addr=event.destination_addr,
                        destination_addr=event.source_addr,
                        esm_class=0x04,
                        short_message=text.encode(),
                    )


@contextmanager
def sms_centre(centre: SmsCentre) -> Generator[SmsCentre]:
    """The centre, running."""
    centre.port = free_port()
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(centre.serve(ready, stop)), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield centre
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
