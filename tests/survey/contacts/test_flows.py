"""Lists are counted in the flows of the participations, and a recall takes them back."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from pytest_django.fixtures import Settings

from builders_records import organisation_of
from lyhord.accounts.scope import scope
from lyhord.measurements.counts.models import FlowCount
from lyhord.measurements.models import Round
from lyhord.survey.contacts import lists
from lyhord.survey.sending.recalling import recall
from survey.contacts.handing_over import brilliant, handed, joined

pytestmark = pytest.mark.django_db
ADA, BO, EVA = "0701740605", "0701740606", "eva@example.org"
MIXED = (ADA, "08-123 456 78", "123", "", EVA, "åsa@exempel.se", f"+46{ADA[1:]}")


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: object) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.DELIVERY_KEYS = ""


def flows() -> dict[tuple[str, str, str], int]:
    """Every count above zero by channel, stage and reason."""
    with scope(organisation_of()):
        rows = FlowCount.objects.filter(count__gt=0)
        return {
            tuple(key): count for *key, count in rows.values_list("participation__channel", "stage", "reason", "count")
        }


ONCE = {
    ("tel", "listed", ""): 4,
    ("tel", "excluded", "not_mobile"): 1,
    ("tel", "excluded", "bad_number"): 1,
    ("tel", "excluded", "duplicate"): 1,
    ("epost", "listed", ""): 2,
    ("epost", "excluded", "bad_email"): 1,
}


def test_rows_are_counted_where_they_were_meant_for_and_only_once() -> None:
    joined()
    handed(brilliant(*MIXED))
    handed(brilliant(*MIXED))
    assert flows() == ONCE


def test_the_batches_of_a_list_add_up() -> None:
    joined()
    with patch.object(lists, "BATCH", 2):
        handed(brilliant(*MIXED))
    assert flows() == ONCE


def test_what_is_not_measured_counts_nowhere() -> None:
    joined(channels=("tel",))
    handed(brilliant(ADA, EVA, "åsa@exempel.se"))
    assert flows() == {("tel", "listed", ""): 1}


def test_a_recall_takes_back_its_own_list_once() -> None:
    joined()
    handed(brilliant(BO))
    upload = handed(brilliant(*MIXED))
    with scope(organisation_of()):
        recall(upload)
        recall(upload)
    assert flows() == {("tel", "listed", ""): 1}
    handed(brilliant(*MIXED))
    assert flows() == {**ONCE, ("tel", "listed", ""): 5}


def test_a_locked_round_keeps_its_counts() -> None:
    joined()
    upload = handed(brilliant(*MIXED))
    Round.objects.update(state=Round.State.LOCKED)
    with scope(organisation_of()):
        recall(upload)
    assert flows() == ONCE
