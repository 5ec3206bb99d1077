"""What every test shares: a skipped test is a failed test, and Hypothesis repeats itself from run to run."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

import database

SKIP_REMEDY = "A test that does not run proves nothing: install what it needs or remove it."

settings.register_profile(
    "lyhord", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lyhord")


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up where it is installed; the pure rooms are also tested where it is not."""
    if not config.pluginmanager.hasplugin("django"):
        return
    import django  # noqa: PLC0415 - absent in the pure environment

    database.use(config)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lyhord.project.settings")
    django.setup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Where the test database lies; each worker's is its own, by its folder or its name."""
    database.on_file(tmp_path_factory.mktemp("database"))


def _fail_where_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped: {report.longrepr}. {SKIP_REMEDY}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one."""
    report = yield
    _fail_where_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module skipped while it is collected into a failed one."""
    report = yield
    _fail_where_skipped(report)
    return report
