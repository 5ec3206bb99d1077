"""Where visitors come by HTTPS, cookies carry the prefix that binds them to this host."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASK = (
    "from lyhord.project import settings as s;"
    "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
)


@pytest.mark.parametrize(
    ("https", "expected"),
    [("true", "__Host-session __Host-csrf True True"), ("false", "session csrf False False")],
)
def test_cookies_are_bound_to_the_host_where_it_is_served_by_https(https: str, expected: str) -> None:
    environment = {**os.environ, "LYHORD_HTTPS": https}
    said = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == expected
