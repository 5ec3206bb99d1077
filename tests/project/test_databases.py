"""Which database a URL names, and that SQLite takes the pragmas it is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from lyhord.project.databases import database_from_url
from lyhord.project.env import SettingError

FILE = Path("lyhord.sqlite3").absolute()


def test_no_url_is_the_default_file() -> None:
    assert database_from_url("", FILE)["NAME"] == FILE


def test_three_slashes_count_from_the_working_folder_and_four_from_the_root() -> None:
    assert database_from_url("sqlite:///var/a.db", FILE)["NAME"] == Path("var/a.db").absolute()
    assert database_from_url("sqlite:////srv/a.db", FILE)["NAME"] == Path("/srv/a.db")


def test_a_postgresql_url_gives_each_part_unquoted() -> None:
    database = database_from_url("postgresql://anna:p%40ss@db.exempel.se:5433/lyh%C3%B6rd?sslmode=require", FILE)
    expected = {"NAME": "lyhörd", "USER": "anna", "PASSWORD": "p@ss", "HOST": "db.exempel.se", "PORT": "5433"}
    assert {key: database[key] for key in expected} == expected
    assert database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url", ["mysql://h/n", "postgresql://h", "sqlite://", "postgresql://h:port/n", "nonsense", "sqlite:///"]
)
def test_a_url_that_names_no_database_is_told_what_one_looks_like(url: str) -> None:
    with pytest.raises(SettingError, match="it looks like postgresql://"):
        database_from_url(url, FILE)


def test_the_message_never_repeats_a_password() -> None:
    with pytest.raises(SettingError) as raised:
        database_from_url("mysql://anna:hemligt@h/n", FILE)
    assert "hemligt" not in str(raised.value)


def test_sqlite_is_opened_in_wal_mode_with_full_synchronisation(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    connection = ConnectionHandler({"default": database_from_url("", tmp_path / "a.sqlite3")})["default"]
    assert isinstance(connection, DatabaseWrapper)
    try:
        with django_db_blocker.unblock(), connection.temporary_connection() as cursor:
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        assert found == {"journal_mode": "wal", "synchronous": 2}
        assert connection.transaction_mode == "IMMEDIATE"
    finally:
        connection.close()
