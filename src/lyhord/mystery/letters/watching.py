"""Fetching what comes to the mailboxes of replies: bytes first, nothing changed there, nothing fetched twice.

The five-minute look is what makes it right; waiting for the server's word (IDLE) only makes it quick.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Final

from django.db import connections
from django.db.models import Q
from django.utils import timezone
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery.bounce_mailbox import Mailbox as ImapDoor
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.letters.doors import mailboxes
from lyhord.mystery.letters.keeping import keep
from lyhord.mystery.letters.models import Mailbox
from lyhord.mystery.letters.suggesting import suggest_unread
from lyhord.mystery.planning.models import FieldPlan

TIMEOUT: Final = 30.0
LARGEST: Final = 26_000_000  # bytes; what is longer is kept cut, and read as cut
WAIT: Final = 300.0  # seconds of IDLE before all is looked at again
STEP: Final = 1.0  # seconds; how soon a watcher stops
AGAIN_AFTER: Final = (2.0, 10.0, 30.0, 60.0, 300.0)
BROKEN: Final = (OSError, IMAPClientError, ssl.SSLError)
log: Final = logging.getLogger(__name__)


def fetch_all() -> int:
    """Look into every mailbox of the settings and read what is new; how many mails were new."""
    found = 0
    for domain, door in mailboxes().items():
        try:
            with opened(door) as client:
                found += fetch(client, domain, door.folder)
        except (*BROKEN, MysteryError) as error:
            _tell_fault(domain, error)
    suggest_unread()
    return found


def fetch(client: IMAPClient, domain: str, folder: str) -> int:
    """Keep what the mailbox holds beyond what has been seen; how many mails were new."""
    with scope_of_everything("a mailbox is read before it is known whose letter a mail answers"):
        owner = owner_of(domain)
        chosen = client.select_folder(folder, readonly=True)
        mailbox = _seen_under(domain, int(chosen[b"UIDVALIDITY"]))
        new = 0
        for uid in sorted(uid for uid in client.search(["UID", f"{mailbox.last_uid + 1}:*"]) if uid > mailbox.last_uid):
            new += _fetch_one(client, mailbox, owner, uid)
        Mailbox.objects.filter(pk=domain).update(looked_at=timezone.now(), problem="")
        return new


def owner_of(domain: str) -> Organisation:
    """Whose mailbox it is: the one organisation with a plan that writes from the domain; MysteryError elsewise."""
    owners = Organisation.objects.filter(pk__in=FieldPlan.objects.filter(mail_domain=domain).values("organisation"))
    found = list(owners[:2])
    if len(found) != 1:
        told = "ingen plan använder domänen" if not found else "två organisationer använder domänen"
        raise MysteryError(f"Svaren till {domain} hämtas inte: {told}.")
    return found[0]


@contextmanager
def opened(door: ImapDoor) -> Iterator[IMAPClient]:
    """A connection that is logged in. OSError or IMAPClientError where it cannot be had."""
    context = ssl.create_default_context() if door.tls else None
    client = IMAPClient(door.host, port=door.port, ssl=door.tls, ssl_context=context, timeout=TIMEOUT)
    client.normalise_times = False  # otherwise times of receipt lose their zone and become this machine's
    try:
        client.login(door.username, door.password)
        yield client
    finally:
        with suppress(*BROKEN):
            client.logout()


class Watcher:
    """Waits at one mailbox for the server's word, in a thread of its own, until it is stopped."""

    def __init__(self, domain: str, door: ImapDoor, *, wait: float = WAIT) -> None:
        self.domain, self.door, self.wait = domain, door, wait
        self.fetched = 0  # times that the mailbox was looked into
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"replies {domain}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End within seconds; waits for it."""
        self._stopping.set()
        self._thread.join(TIMEOUT)

    def _run(self) -> None:
        faults = 0
        while not self._stopping.is_set():
            try:
                with opened(self.door) as client:
                    while not self._stopping.is_set():
                        self._look(client)
                        faults = 0
                        self._idle(client)
            except (*BROKEN, MysteryError) as error:
                _tell_fault(self.domain, error)
                self._stopping.wait(AGAIN_AFTER[min(faults, len(AGAIN_AFTER) - 1)])
                faults += 1
            finally:
                connections.close_all()  # this thread's own

    def _look(self, client: IMAPClient) -> None:
        """Look whatever the server said: an IDLE may end without a mail, and a mail may come without its word."""
        if fetch(client, self.domain, self.door.folder):
            suggest_unread()
        self.fetched += 1

    def _idle(self, client: IMAPClient) -> None:
        if not client.has_capability("IDLE"):
            self._stopping.wait(min(self.wait, 60.0))
            return
        client.idle()
        waited = 0.0
        while waited < self.wait and not self._stopping.is_set() and not client.idle_check(timeout=STEP):
            waited += STEP
        client.idle_done()


def watchers() -> list[Watcher]:
    """A watcher for each mailbox of the settings, not started."""
    return [Watcher(domain, door) for domain, door in mailboxes().items()]


def _seen_under(domain: str, validity: int) -> Mailbox:
    """The mailbox's row. Under another validity all numbers are new: everything is looked at once more."""
    mailbox, _ = Mailbox.objects.get_or_create(name=domain, defaults={"validity": validity})
    if mailbox.validity != validity:
        changed = Mailbox.objects.filter(Q(validity__isnull=True) | ~Q(validity=validity), pk=domain)
        changed.update(validity=validity, last_uid=0)
        mailbox.refresh_from_db()
    return mailbox


def _fetch_one(client: IMAPClient, mailbox: Mailbox, owner: Organisation, uid: int) -> bool:
    told = client.fetch([uid], ["INTERNALDATE", f"BODY.PEEK[]<0.{LARGEST}>"]).get(uid)
    kept = None
    if told:  # nothing is told of a mail that somebody has just removed
        received_at = told[b"INTERNALDATE"]
        if not isinstance(received_at, datetime):
            raise MysteryError(f"Servern säger inte när mejl {uid} till {mailbox} togs emot.")
        kept = keep(mailbox, owner, uid, told[b"BODY[]<0>"], received_at)
    Mailbox.objects.filter(pk=mailbox.pk, validity=mailbox.validity, last_uid__lt=uid).update(last_uid=uid)
    return kept is not None


def _tell_fault(domain: str, error: Exception) -> None:
    words = str(error) if isinstance(error, MysteryError) else type(error).__name__
    log.warning("The mailbox of replies to %s cannot be read: %s", domain, words)
    Mailbox.objects.update_or_create(name=domain, defaults={"problem": words[:200]})
