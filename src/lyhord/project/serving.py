"""The web server: granian running the WSGI application in one worker process."""

from __future__ import annotations

import socket
from typing import Final, NamedTuple

from granian import Granian
from granian.constants import Interfaces

from lyhord.project.command import CommandError

TARGET: Final = "lyhord.project.wsgi:application"
# A page of reports is read and sent, little is computed; more threads than this only wait for each other.
THREADS: Final = 4
HIGHEST_PORT: Final = 65_535


class Address(NamedTuple):
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        name = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}/"


def require_free(address: Address) -> None:
    """CommandError where nothing can listen at the address."""
    if not 0 < address.port <= HIGHEST_PORT:
        raise CommandError(f"port {address.port} finns inte; välj en mellan 1 och {HIGHEST_PORT}")
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise CommandError(
                f"det går inte att lyssna på {address.host}:{address.port} ({error.strerror}). "
                "Välj en annan port med --port, eller PORT=… make demo"
            ) from error


def serve(address: Address) -> None:
    """Serve until interrupted, after printing the address."""
    require_free(address)
    print(f"Rapporterna visas på {address.url}  (avsluta med Ctrl+C)", flush=True)  # noqa: T201 - tells the person where to look
    server = Granian(
        TARGET,
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    )
    server.serve()
