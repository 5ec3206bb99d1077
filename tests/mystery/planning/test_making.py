"""Making a round's plan, and planning anew what is left of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from builders import EXEMPELKOPING, PROVSTAD, TESTBY
from builders_records import municipality_of, national_organisation, organisation_of
from lyhord.accounts.models import AuditEvent, Organisation
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.rounds import move
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.making import make_plan, outlook, replan, standing_loads, states_of
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.planning.personas import retire_persona
from lyhord.mystery.planning.plans import (
    Terms,
    assign,
    assignments_of,
    begin_plan,
    choose_municipalities,
    choose_personas,
    release,
    set_terms,
)
from lyhord.mystery.planning.probes import exclude, finish, start
from mystery.planning.planned import DOMAIN, begun_plan, made_plan, names_of, planned_round

pytestmark = pytest.mark.django_db
State = Probe.State
LATER = datetime(2026, 10, 26, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_coordinators_scope() -> object:
    with scope(national_organisation()):
        yield


@pytest.fixture
def _before_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 1, tzinfo=UTC))


def test_every_question_is_put_once_to_every_municipality() -> None:
    plan = begun_plan((EXEMPELKOPING, PROVSTAD))
    made = make_plan(plan)
    assert (made.calls, made.letters, made.schedule.unplaced) == (120, 120, ())
    rows = Probe.objects.filter(round=plan.round)
    assert Counter(rows.values_list("municipality_id", "channel")) == dict.fromkeys(
        ((code, channel) for code in (EXEMPELKOPING, PROVSTAD) for channel in ("tel", "epost")), 60
    )
    assert set(Counter(rows.values_list("municipality_id", "question")).values()) == {1}
    assert states_of(plan) == {("tel", "planned"): 120, ("epost", "planned"): 120}


def test_calls_have_an_interviewer_and_letters_an_address_of_their_own() -> None:
    rows = Probe.objects.filter(round=made_plan().round).select_related("persona")
    calls, letters = rows.filter(channel="tel"), rows.filter(channel="epost")
    assert not calls.filter(interviewer=None).exists()
    assert not calls.exclude(address="").exists()
    assert not letters.exclude(interviewer=None).exists()
    addresses = [letter.address for letter in letters]
    assert len(set(addresses)) == 60
    assert all(one.address.endswith(f"@{DOMAIN}") and one.persona for one in letters)
    assert all(one.address.startswith(one.persona.local_part) for one in letters if one.persona)


def test_the_plan_is_what_its_outlook_showed() -> None:
    plan = begun_plan()
    shown = outlook(plan)
    assert not Probe.objects.filter(round=plan.round).exists()
    assert make_plan(plan) == shown
    assert sum(load.planned for load in standing_loads(plan) if load.caller is None) == 60


def test_municipalities_take_part_and_one_without_an_organisation_gets_one() -> None:
    plan = begun_plan()
    municipality_of(TESTBY)
    Organisation.objects.filter(municipality_code=TESTBY).delete()
    choose_municipalities(plan, [EXEMPELKOPING, TESTBY])
    make_plan(plan)
    with scope_of_everything("a test looks at all"):
        found = Participation.objects.filter(round=plan.round).values_list("organisation__municipality_code", "channel")
        assert sorted(found) == [(code, way) for code in (EXEMPELKOPING, TESTBY) for way in ("epost", "tel")]


def test_a_municipality_sees_nothing_of_what_is_planned_for_it() -> None:
    plan = made_plan()
    with scope(organisation_of()):
        assert Participation.objects.filter(round=plan.round).count() == 2
        assert not Probe.objects.exists()
        assert not type(plan).objects.exists()


def test_making_and_remaking_are_written_down() -> None:
    plan = made_plan()
    replan(plan)
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"plan.begun", "plan.terms_set", "plan.made", "plan.made_anew", "persona.invented"} <= actions


@pytest.mark.parametrize("lacking", ["kommuner", "personer", "domänen"])
def test_a_plan_that_lacks_something_says_what(lacking: str) -> None:
    plan = begun_plan()
    if lacking == "kommuner":
        choose_municipalities(plan, [])
    elif lacking == "personer":
        choose_personas(plan, [])
    else:
        set_terms(plan, Terms(mail_domain=""))
    with pytest.raises(MysteryError, match=f"Planen saknar .*{lacking}"):
        make_plan(plan)
    assert not Probe.objects.filter(round=plan.round).exists()


def test_without_interviewers_the_letters_are_planned_and_the_calls_wait_for_a_place() -> None:
    plan = begun_plan()
    for assignment in assignments_of(plan):
        release(assignment)
    made = make_plan(plan)
    assert states_of(plan) == {("tel", "unplaced"): 60, ("epost", "planned"): 60}
    assert {one.obstacle for one in made.schedule.unplaced} == {"no_caller"}


@pytest.mark.usefixtures("_before_the_round")
def test_a_new_plan_finds_places_for_what_had_none() -> None:
    plan = begun_plan()
    first, second = assignments_of(plan)
    people = (first.user, second.user)
    release(first)
    release(second)
    make_plan(plan)
    for user in people:
        assign(plan, user, 20)
    replan(plan)
    assert states_of(plan) == {("tel", "planned"): 60, ("epost", "planned"): 60}


@pytest.mark.usefixtures("_before_the_round")
def test_a_new_plan_keeps_what_is_done_and_moves_the_rest_past_the_moment() -> None:
    plan = made_plan()
    done = list(Probe.objects.filter(round=plan.round).order_by("due_at")[:30])
    for probe in done:
        assert start(probe)
        assert finish(probe, probe.due_at)
    exclude(done[0], Probe.Exclusion.DISTURBANCE, "växeln låg nere")
    before = {probe.pk: (probe.due_at, probe.persona_id, probe.address) for probe in done}
    replan(plan, LATER)
    after = {one.pk: (one.due_at, one.persona_id, one.address) for one in Probe.objects.filter(pk__in=before)}
    assert after == before
    rest = Probe.objects.filter(round=plan.round).exclude(pk__in=before)
    assert rest.count() == 90
    assert not rest.filter(state=State.PLANNED, due_at__lte=LATER).exists()
    assert all(probe.first_due_at for probe in rest)


@pytest.mark.usefixtures("_before_the_round")
def test_an_interviewer_who_falls_ill_loses_the_calls_and_a_retired_name_its_contacts() -> None:
    plan = made_plan()
    ill = assignments_of(plan)[0]
    assign(plan, ill.user, 20, absent=[date(2026, 10, 12) + timedelta(days=n) for n in range(28)])
    recognised = plan.personas.order_by("pk")[0]
    retire_persona(recognised)
    replan(plan)
    rows = Probe.objects.filter(round=plan.round)
    assert not rows.filter(interviewer=ill.user).exists()
    assert not rows.filter(persona=recognised).exists()
    assert len(set(rows.exclude(address="").values_list("address", flat=True))) == 60


@pytest.mark.usefixtures("_before_the_round")
def test_a_letter_keeps_its_address_where_it_keeps_its_name() -> None:
    plan = made_plan()
    before = dict(Probe.objects.filter(channel="epost").values_list("pk", "address"))
    replan(plan)
    for probe in Probe.objects.filter(channel="epost").select_related("persona"):
        assert probe.persona
        assert probe.address.startswith(probe.persona.local_part)
    assert (
        len(set(before.values()) | set(Probe.objects.filter(channel="epost").values_list("address", flat=True))) >= 60
    )


@pytest.mark.usefixtures("_before_the_round")
def test_a_municipality_is_added_to_a_plan_but_not_taken_away() -> None:
    plan = made_plan()
    municipality_of(PROVSTAD)
    choose_municipalities(plan, [EXEMPELKOPING, PROVSTAD])
    replan(plan)
    assert Probe.objects.filter(municipality=PROVSTAD, state=State.PLANNED).count() == 120
    with pytest.raises(MysteryError, match="1 kommuner har redan"):
        choose_municipalities(plan, [EXEMPELKOPING])


def test_a_plan_is_made_once_and_not_anew_before_that_or_after_the_round() -> None:
    plan = begun_plan()
    with pytest.raises(MysteryError, match="inte gjord"):
        replan(plan)
    make_plan(plan)
    with pytest.raises(MysteryError, match="redan gjord"):
        make_plan(plan)
    move(plan.round, Round.State.OPEN)
    move(plan.round, Round.State.CLOSED)
    with pytest.raises(MysteryError, match="stängd"):
        replan(plan)


def test_two_rounds_never_share_an_address() -> None:
    first, second = made_plan(), made_plan()
    choose_personas(second, list(first.personas.all()))
    replan(second)
    addresses = list(Probe.objects.exclude(address="").values_list("address", flat=True))
    assert len(addresses) == len(set(addresses)) == 120


@pytest.mark.parametrize(
    ("bank", "instrument", "told"),
    [
        ("kkik-2017", "skr-servicematning-2023", "ingen mätning med provkontakter"),
        ("annan", "kkik-mystery-2017", "passar inte instrumentet"),
    ],
)
def test_a_plan_that_cannot_begin_says_why(bank: str, instrument: str, told: str) -> None:
    with pytest.raises(MysteryError, match=told):
        begin_plan(planned_round(instrument=instrument), bank)


def test_the_names_of_one_organisation_are_not_anothers() -> None:
    plan = begun_plan()
    other = Organisation.objects.create(kind="supplier", name="Leverantören")
    with scope(other):
        foreign = names_of(other, 1)
    with pytest.raises(MysteryError, match="en annan organisations"):
        choose_personas(plan, foreign)


@pytest.mark.slow
def test_making_the_plan_takes_few_queries_however_many_probes(django_assert_max_num_queries: object) -> None:
    plan = made_plan()
    with django_assert_max_num_queries(40):  # type: ignore[operator]  # pytest-django's fixture
        replan(plan)
