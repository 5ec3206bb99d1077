"""A municipality takes part once through each channel, on terms that only tighten."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import municipality_of, national_organisation, organisation_of, participation_of, round_of
from lyhord.accounts.errors import ScopeError
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.instruments.catalogue import load
from lyhord.measurements.errors import MeasurementError
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import Terms, participations_in, raise_thresholds, take_part, thresholds_of

pytestmark = pytest.mark.django_db


def test_a_participation_takes_its_quota_from_the_instrument_and_its_sender_from_the_municipality() -> None:
    joined = participation_of()
    assert (joined.quota, joined.sender_name, joined.route) == (400, "Exempelköpings kommun", "")


def test_a_participation_may_set_terms_of_its_own() -> None:
    terms = Terms(200, "Exempelköping svarar", "Exempelkpg", Participation.Route.SWITCHBOARD)
    joined = participation_of(terms=terms)
    assert (joined.quota, joined.sender_name, joined.sms_sender, joined.route) == (
        200, "Exempelköping svarar", "Exempelkpg", "vaxel",
    )  # fmt: skip


@pytest.mark.parametrize(
    "sender", ["Exempelköping", "46701234567", "Lång avsändare", "För långt namn", " Kommun", "A-B"]
)
def test_an_sms_sender_that_operators_refuse_is_refused(sender: str) -> None:
    with pytest.raises(MeasurementError, match="cannot be an SMS sender"):
        participation_of(terms=Terms(sms_sender=sender))


def test_nobody_takes_part_twice_through_one_channel() -> None:
    participation_of()
    participation_of(channel="epost")
    with pytest.raises(MeasurementError, match="takes part in round 2023 through tel already"):
        participation_of()


def test_the_database_itself_refuses_a_second_participation() -> None:
    joined = participation_of()
    joined.pk, joined._state.adding = None, True
    with scope(joined.organisation), pytest.raises(IntegrityError):
        joined.save()


def test_an_unknown_channel_is_refused() -> None:
    with pytest.raises(MeasurementError, match="no channel 'fax'"):
        participation_of(channel="fax")


def test_an_organisation_that_is_no_municipality_cannot_take_part() -> None:
    with scope(national_organisation()), pytest.raises(MeasurementError, match="lyhord municipalities"):
        take_part(round_of(), national_organisation(), "tel")


def test_nobody_joins_a_locked_round() -> None:
    planned = round_of()
    Round.objects.filter(pk=planned.pk).update(state=Round.State.LOCKED)
    planned.refresh_from_db()
    with pytest.raises(MeasurementError, match="is locked"):
        participation_of(round_=planned)


def test_thresholds_are_raised_and_never_lowered() -> None:
    joined = participation_of()
    least = load(joined.round.instrument_id).thresholds
    with scope(joined.organisation):
        assert thresholds_of(joined) == least
        raise_thresholds(joined, publish=10)
        joined.refresh_from_db()
        assert thresholds_of(joined).publish == 10
        for lower in ({"publish": 9}, {"comments": least.comments - 1}, {"unknown": 3}):
            with pytest.raises(MeasurementError, match=r"cannot be lowered|no threshold"):
                raise_thresholds(joined, **lower)
        assert thresholds_of(joined).publish == 10


def test_one_sees_only_ones_own_participation() -> None:
    own, other = participation_of(EXEMPELKOPING), participation_of(PROVSTAD)
    with scope(own.organisation):
        assert participations_in(own.round) == (own,)
    with scope_of_everything("a test"):
        assert participations_in(own.round) == (own, other)


def test_nobody_can_enrol_another_organisation() -> None:
    municipality_of(PROVSTAD)
    with scope(organisation_of(EXEMPELKOPING)), pytest.raises(ScopeError):
        take_part(round_of(), organisation_of(PROVSTAD), "tel")
