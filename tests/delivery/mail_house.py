"""A real Postfix and a real Dovecot on free ports, in a folder of their own; nothing of the machine's is touched.

Mail to kommun.test lies in Dovecot's mailboxes, mail to mottagare.test is passed on to another server.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from delivery.servers import free_port

PASSWORD = "hemligt"  # noqa: S105 - of mailboxes that live as long as the test
DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
recipient_delimiter = +
auth_username_chars = abcdefghijklmnopqrstuvwxyz01234567890.-_@+
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""
POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/state
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.kommun.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
virtual_mailbox_domains = kommun.test
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
transport_maps = inline:{{ {{ mottagare.test = smtp:[127.0.0.1]:{other} }} }}
default_transport = error:5.1.2 no such domain
local_transport = error:5.1.1 nobody lives here
recipient_delimiter = +
smtp_host_lookup = native
smtpd_peername_lookup = no
biff = no
"""
MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class MailHouse:
    """Where its doors are."""

    folder: Path
    smtp: int
    imap: int

    def bounces_url(self, user: str = "studs") -> str:
        """The mailbox of a user, as LYHORD_BOUNCES_URL names it."""
        return f"imap://{user}%40kommun.test:{PASSWORD}@127.0.0.1:{self.imap}/INBOX"

    def mails(self, user: str) -> list[bytes]:
        """The mails in a user's mailbox that nobody has read."""
        return [path.read_bytes() for path in (self.folder / "mail" / f"{user}@kommun.test" / "new").glob("*")]


@contextmanager
def mail_house(other: int) -> Generator[MailHouse]:
    """The house, open; mail to mottagare.test goes to the port ``other``."""
    folder = Path(tempfile.mkdtemp(prefix="lyhord-mail-"))  # its sockets need a short path
    folder.chmod(0o755)
    house = MailHouse(folder, free_port(), free_port())
    ports = {"folder": folder, "smtp": house.smtp, "imap": house.imap, "lmtp": free_port(), "other": other}
    for name in ("run", "mail", "queue", "state", "etc"):
        (folder / name).mkdir()
    shutil.chown(folder / "mail", "nobody", "nogroup")
    shutil.chown(folder / "state", "postfix")
    (folder / "etc" / "main.cf").write_text(POSTFIX.format(**ports))
    (folder / "etc" / "master.cf").write_text(MASTER.format(**ports))
    (folder / "dovecot.conf").write_text(DOVECOT.format(**ports, password=PASSWORD))
    _quietly(folder, "dovecot", "-c", str(folder / "dovecot.conf"))
    _quietly(folder, "postfix", "-c", str(folder / "etc"), "start")
    try:
        yield house
    finally:
        _quietly(folder, "postfix", "-c", str(folder / "etc"), "stop")
        os.kill(int((folder / "run" / "master.pid").read_text()), signal.SIGTERM)
        time.sleep(0.2)
        shutil.rmtree(folder, ignore_errors=True)


def _quietly(folder: Path, *command: str) -> None:
    """Run a command whose daemons outlive it: they must not inherit a pipe, which nobody would ever close."""
    with (folder / "output.log").open("ab") as output:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
    if done.returncode:
        raise AssertionError(f"{command[0]}: {(folder / 'output.log').read_text()}")
