"""A mail server that counts what a client waits for, and misbehaves as a test wants."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class ScriptedServer:
    """Takes mail but from ``refused`` recipients. ``hangs_up_after_text``: at which text, once."""

    pipelining: bool = True
    refused: str = "nobody"
    opens_anyway: bool = False
    hangs_up_after_text: int = 0
    commands: list[str] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    round_trips: int = 0


class Session(socketserver.BaseRequestHandler):
    """One connection. Everything that has come is answered in one packet: a round trip."""

    def handle(self) -> None:
        self.script: ScriptedServer = self.server.script  # type: ignore[attr-defined]  # set below
        self.unread, self.in_text, self.has_recipient = b"", False, False
        self.say([b"220 scripted"])
        while data := self.request.recv(65536):
            self.unread += data
            answers: list[bytes] = []
            while (answer := self.next_answer()) is not None:
                if not answer:
                    return
                answers.append(answer)
            if answers:
                self.say(answers)

    def say(self, answers: list[bytes]) -> None:
        self.script.round_trips += 1
        self.request.sendall(b"".join(answer + b"\r\n" for answer in answers))

    def next_answer(self) -> bytes | None:
        """The answer to the next whole command or text; empty: hang up."""
        text, end, rest = self.unread.partition(b"\r\n.\r\n" if self.in_text else b"\r\n")
        if not end:
            return None
        self.unread = rest
        if not self.in_text:
            return self.answer_to(text.decode())
        self.in_text = False
        self.script.texts.append(text)
        if len(self.script.texts) == self.script.hangs_up_after_text:
            return b""
        return b"250 2.0.0 OK"

    def answer_to(self, command: str) -> bytes:
        verb = command.split(" ", maxsplit=1)[0].upper()
        self.script.commands.append(verb)
        match verb:
            case "EHLO":
                return b"250-scripted\r\n250 PIPELINING" if self.script.pipelining else b"250 scripted"
            case "MAIL":
                self.has_recipient = False
            case "RCPT" if self.script.refused in command:
                return b"550 5.1.1 User unknown"
            case "RCPT":
                self.has_recipient = True
            case "DATA" if self.has_recipient or self.script.opens_anyway:
                self.in_text = True
                return b"354 go on"
            case "DATA":
                return b"554 5.5.1 no valid recipients"
        return b"221 bye" if verb == "QUIT" else b"250 2.1.0 OK"


@contextmanager
def scripted_server(script: ScriptedServer) -> Generator[int]:
    """The server, running; its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        server.script = script  # type: ignore[attr-defined]  # the sessions find it there
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
