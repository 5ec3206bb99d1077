"""The command line: version, commands, exit codes and messages."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from types import SimpleNamespace

import pytest
from pytest_django.fixtures import Settings

from lyhord import __version__
from lyhord.project import cli
from lyhord.project.command import CommandError
from lyhord.project.env import SettingError


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"lyhord {__version__}\n"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--help"])
    listed = capsys.readouterr().out
    assert all(re.search(rf"^ +{command.NAME}\b", listed, re.MULTILINE) for command in cli.COMMANDS)


def test_the_names_of_commands_differ() -> None:
    names = [command.NAME for command in cli.COMMANDS]
    assert len(set(names)) == len(names)


def test_no_command_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main([])
    assert "KOMMANDO" in capsys.readouterr().err


@pytest.mark.parametrize("error", [CommandError("porten är upptagen"), SettingError("LYHORD_HTTPS är fel")])
def test_a_known_error_is_its_message_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    monkeypatch.setattr(cli, "COMMANDS", (failing_command(error),))
    assert cli.main(["fail"]) == cli.FAILED
    assert capsys.readouterr().err == f"lyhord: {error}\n"


def test_an_interrupted_command_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "COMMANDS", (failing_command(KeyboardInterrupt()),))
    assert cli.main(["fail"]) == cli.INTERRUPTED
    assert "Traceback" not in capsys.readouterr().err


def test_check_says_that_the_settings_are_right(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    settings.ALLOWED_HOSTS = list(settings.LOCAL_HOSTS)
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "Inställningarna är rätt.\n"


def failing_command(error: BaseException) -> SimpleNamespace:
    def run(_: Namespace) -> int:
        raise error

    def add_arguments(parser: ArgumentParser) -> None:
        assert parser.prog.endswith("fail")

    return SimpleNamespace(NAME="fail", HELP="fails", add_arguments=add_arguments, run=run)


def test_check_tells_a_doubt_and_goes_on(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    settings.ALLOWED_HOSTS = list(settings.LOCAL_HOSTS)
    settings.BEHIND_PROXY = True
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.startswith("lyhord.W002: LYHORD_BEHIND_PROXY is on")
