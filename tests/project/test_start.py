"""Starting Django inside a command refuses where a check finds an error."""

from __future__ import annotations

import pytest
from django.core.checks import Error
from django.core.checks import Warning as CheckWarning

from lyhord.project import start
from lyhord.project.command import CommandError

WRONG = Error("Nyckeln saknas.", hint="Gör en.", id="lyhord.E001")
DOUBTFUL = CheckWarning("HTTPS är av.", id="lyhord.W001")


def test_an_error_is_refused_with_id_and_remedy() -> None:
    with pytest.raises(CommandError) as raised:
        start.refuse_errors([WRONG, DOUBTFUL])
    assert str(raised.value).splitlines() == ["inställningarna har fel:", "lyhord.E001: Nyckeln saknas.", "  Gör en."]


def test_a_warning_is_not_refused() -> None:
    start.refuse_errors([DOUBTFUL])


def test_a_finding_without_a_hint_is_one_line() -> None:
    assert start.lines_of(DOUBTFUL) == ["lyhord.W001: HTTPS är av."]
