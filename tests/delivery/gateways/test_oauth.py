"""A mail server that takes tokens alone, as Microsoft 365 does: fetched with client credentials, shown by XOAUTH2."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from delivery.sending import MAIL, SENDER
from delivery.servers import MailServer, free_port
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.gateways.choosing import client_of, route_from_url
from lyhord.delivery.gateways.contract import Parcel
from lyhord.delivery.gateways.oauth import SCOPE, Client, Tokens
from lyhord.delivery.gateways.smtp import Route, SmtpGateway
from lyhord.delivery.outcomes import Failure, Outcome, Result

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the test server says that it has no TLS
MAILBOX = "enkat@kommun.test"
Told = tuple[int, dict[str, object]]


class TakesTokens(MailServer):
    """Speaks AUTH XOAUTH2 and no other; takes the tokens in ``good``. A refusal explains itself first, as theirs do."""

    good: frozenset[str] = frozenset({"token-1"})

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name
        said = base64.b64decode(words[1]).decode()
        token = said.partition("auth=Bearer ")[2].rstrip("\x01")
        if said == f"user={MAILBOX}\x01auth=Bearer {token}\x01\x01" and token in self.good:
            return AuthResult(success=True, auth_data=token)
        await server.challenge_auth(b'{"status":"401","schemes":"bearer"}')
        return AuthResult(success=False, handled=False)


@contextmanager
def takes_tokens() -> Generator[TakesTokens]:
    server = TakesTokens()
    wanted = {"auth_required": True, "auth_require_tls": False, "auth_exclude_mechanism": ["LOGIN", "PLAIN"]}
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), **wanted)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def directory(answer: Callable[[int], Told]) -> Generator[tuple[str, list[dict[str, str]]]]:
    """Where tokens are given out: its address and the forms that were posted."""
    forms: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            forms.append(dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())))
            status, told = answer(len(forms))
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/token", forms
    finally:
        server.shutdown()
        server.server_close()


def numbered(number: int) -> Told:
    return 200, {"access_token": f"token-{number}", "expires_in": 3599, "token_type": "Bearer"}


def parcel(number: int = 1) -> Parcel:
    return Parcel(number, f"{number:026d}", "anna@mottagare.test", MAIL, SENDER, datetime(2026, 11, 21, tzinfo=UTC))


def gateway_to(server: MailServer, token_url: str) -> SmtpGateway:
    client = Client(token_url, "lyhord", "hemligt")
    return SmtpGateway(Route("127.0.0.1", server.port, username=MAILBOX, client=client), timeout=5.0)


def test_a_mail_is_taken_with_a_token_that_is_fetched_once() -> None:
    with takes_tokens() as server, directory(numbered) as (address, forms):
        gateway = gateway_to(server, address)
        assert [gateway.send(parcel(number)) for number in (1, 2)] == [Outcome(Result.SENT)] * 2
        gateway.close()
        assert gateway.send(parcel(3)) == Outcome(Result.SENT)  # on a new connection
        gateway.close()
    assert len(server.taken) == 3
    wanted = {"grant_type": "client_credentials", "client_id": "lyhord", "client_secret": "hemligt", "scope": SCOPE}
    assert forms == [wanted]


def test_a_token_that_is_not_taken_any_more_is_fetched_anew() -> None:
    with takes_tokens() as server, directory(numbered) as (address, forms):
        server.good = frozenset({"token-2"})
        gateway = gateway_to(server, address)
        assert gateway.send(parcel()) == Outcome(Result.LATER, Failure.CONNECTION)
        assert gateway.send(parcel()) == Outcome(Result.SENT)
        gateway.close()
    assert len(forms) == 2


@pytest.mark.parametrize("told", [(401, {"error": "invalid_client"}), (200, {}), (500, {"error": "server_error"})])
def test_where_no_token_is_given_nothing_has_left_and_the_secret_is_not_written_down(
    told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    with takes_tokens() as server, directory(lambda number: told) as (address, _):
        assert gateway_to(server, address).send(parcel()) == Outcome(Result.LATER, Failure.CONNECTION)
    assert server.taken == []
    assert "lyhord" in caplog.text
    assert "hemligt" not in caplog.text


def test_a_server_without_xoauth2_is_not_told_a_token() -> None:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    server.port = controller.port
    with directory(numbered) as (address, forms):
        assert gateway_to(server, address).send(parcel()) == Outcome(Result.LATER, Failure.CONNECTION)
    controller.stop()
    assert forms == []


def test_a_token_is_fetched_again_before_it_ends() -> None:
    with directory(lambda number: (200, {"access_token": f"token-{number}", "expires_in": 60})) as (address, _):
        tokens = Tokens(Client(address, "lyhord", "hemligt"))
        assert [tokens.token(), tokens.token()] == ["token-1", "token-2"]


def test_the_platforms_own_server_may_take_tokens_too() -> None:
    url = "smtp://enkat%40kommun.test:hemligt@smtp.office365.test:587?security=starttls&client=lyhord&token=https://a.test/t"
    route = route_from_url(url)
    assert route.client == Client("https://a.test/t", "lyhord", "hemligt")
    assert SmtpGateway(route).parallel == 3


@pytest.mark.parametrize(
    ("address", "name", "secret"),
    [("http://a.test/t", "lyhord", "hemligt"), ("https://a.test/t", "", "hemligt"), ("https://a.test/t", "lyhord", "")],
)
def test_a_token_is_fetched_over_https_with_all_that_it_takes(address: str, name: str, secret: str) -> None:
    with pytest.raises(DeliveryError, match="login with a token"):
        client_of(address, name, secret)
