"""``lyhord reread``: reads the replies to letters again with the rules of today; nobody's decision changes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from lyhord.project import start

NAME: Final = "reread"
HELP: Final = "läs om de svar på brev som ingen har bekräftat än"


def add_arguments(parser: ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: Namespace) -> int:
    """Suggest anew for every mail without a decision."""
    start.start_django()
    start.prepare_records()
    from lyhord.mystery.letters.suggesting import suggest_unread  # noqa: PLC0415 - records load after Django has started

    print(f"{suggest_unread(again=True)} mejl lästa.")
    return 0
