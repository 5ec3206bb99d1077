"""Second gradings, disagreements, remarks, and what must be settled before a municipality is approved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from builders import EXEMPELKOPING, PROVSTAD
from builders_records import member, mystery_round, national_organisation, organisation_of, person, probe_of
from lyhord.accounts.acting import Acting
from lyhord.accounts.models import Membership, User
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.counts.models import FlowCount, TallyCell
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.observing.grading import GradingError, correct, finish
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.planning.probes import exclude
from lyhord.mystery.quality.approving import approve, approved_rows, obstacles_to, waiting_changes
from lyhord.mystery.quality.disagreeing import agreement_of, disagreements, settle
from lyhord.mystery.quality.drawing import (
    draw_second_gradings,
    grade_again,
    second_sample,
    set_terms,
    to_grade_again,
)
from lyhord.mystery.quality.models import Drawn, Remark
from lyhord.mystery.quality.remarks import open_hearings, remark_on, reply_to, seen_contacts
from lyhord.mystery.quality.rows import rows_of

REACHED = {
    "tel.utfall": "kontakt",
    "tel.kontakttid_s": "42",
    "tel.svar": "god",
    "tel.information": "god",
    "tel.intresse": "god",
    "tel.bemotande": "mycket_god",
    "tel.kommentar": "Anna var trevlig",
}
GRADES = {item: REACHED[item] for item in ("tel.svar", "tel.information", "tel.intresse", "tel.bemotande")}


@pytest.fixture
def measuring() -> Iterator[None]:
    """Observations belong to the one who measures."""
    with scope(national_organisation()):
        yield


def graded(number: int = 1, by: User | None = None) -> Probe:
    probe = probe_of(f"fråga-{number}")
    finish(probe, by or person(), REACHED)
    return probe


def acting(membership: Membership) -> Acting:
    owner = membership.organisation
    return Acting(membership.user, Role(membership.role), owner.pk, owner.name)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(("tel", "epost")), st.sampled_from(("a", "b", "c"))), st.integers(0, 40), max_size=6
    ),
    st.integers(0, 100),
    st.text(max_size=5),
)
def test_every_stratum_and_the_whole_have_their_share(sizes: dict[tuple[str, str], int], share: int, seed: str) -> None:
    numbers = iter(range(10_000))
    strata = {stratum: [next(numbers) for _ in range(size)] for stratum, size in sizes.items()}
    drawn = second_sample(strata, share, seed, set())
    assert len(drawn) == len(set(drawn))
    assert abs(len(drawn) - sum(sizes.values()) * share / 100) <= 1
    for stratum, cases in strata.items():
        assert abs(len(set(drawn) & set(cases)) - sizes[stratum] * share / 100) <= 1
    assert second_sample(strata, share, seed, set()) == drawn
    assert second_sample(strata, share, seed, set(drawn)) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("measuring")
def test_a_second_person_grades_what_was_drawn_without_asking_the_facts_again() -> None:
    first, second = person(), person()
    probe = graded(1, first)
    set_terms(probe.round, 100, None)
    assert draw_second_gradings(probe.round) == 1
    assert draw_second_gradings(probe.round) == 0
    assert list(to_grade_again(first)) == []
    assert list(to_grade_again(second)) == [probe]
    with pytest.raises(GradingError, match="någon annan"):
        grade_again(probe, first, GRADES)
    grading = grade_again(probe, second, {**GRADES, "tel.kontakttid_s": "1"})
    assert grading.answers["tel.kontakttid_s"] == "42"
    assert list(to_grade_again(second)) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("measuring")
def test_what_was_not_drawn_is_not_graded_again() -> None:
    with pytest.raises(MysteryError, match="lottad"):
        grade_again(graded(), person(), GRADES)


@pytest.mark.django_db
@pytest.mark.usefixtures("measuring")
def test_a_disagreement_waits_until_somebody_settles_it_and_kappa_is_of_what_was_graded() -> None:
    probes = [graded(number) for number in range(1, 4)]
    set_terms(probes[0].round, 100, None)
    draw_second_gradings(probes[0].round)
    second = person()
    grade_again(probes[0], second, {**GRADES, "tel.bemotande": "dalig"})
    for probe in probes[1:]:
        grade_again(probe, second, GRADES)
    queue = disagreements(mystery_round())
    assert [(one.probe, [(item.id, a, b) for item, a, b in one.items]) for one in queue] == [
        (probes[0], [("tel.bemotande", "mycket_god", "dalig")])
    ]
    found = {item.id: each for item, each in agreement_of(mystery_round())}
    assert found["tel.bemotande"].n == 3
    assert found["tel.bemotande"].observed == pytest.approx(2 / 3)
    settle(probes[0], person(), {**GRADES, "tel.bemotande": "god"})
    assert disagreements(mystery_round()) == []
    assert {row["tel.bemotande"] for row in rows_of(mystery_round())} == {"god", "mycket_god"}
    assert "tel.kommentar" not in rows_of(mystery_round())[0]
    assert {item.id: each for item, each in agreement_of(mystery_round())} == found


@pytest.mark.django_db
@pytest.mark.usefixtures("measuring")
def test_nothing_is_approved_before_everything_is_settled() -> None:
    round_ = mystery_round()
    probe, bare = graded(1), probe_of("fråga-2")
    move(round_, Round.State.CLOSED)
    with pytest.raises(MysteryError, match="1 inte bedömda"):
        approve(round_, EXEMPELKOPING, by=person())
    exclude(bare, Probe.Exclusion.BOUNCED)
    Drawn.objects.create(organisation=probe.organisation, probe=probe, at=timezone.now())
    assert obstacles_to(round_, EXEMPELKOPING).second_missing == 1
    with pytest.raises(MysteryError, match="andra bedömning"):
        approve(round_, EXEMPELKOPING, by=person())
    grade_again(probe, person(), GRADES)
    edition = approve(round_, EXEMPELKOPING, by=person())
    assert (edition.number, len(edition.rows)) == (1, 2)
    with scope_of_everything("the counts are the municipality's"):
        reasons = FlowCount.objects.filter(stage="excluded").values_list("reason", "count")
        assert list(reasons) == [("brevet studsade", 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("measuring")
def test_a_correction_after_approval_is_published_by_the_next_edition_alone() -> None:
    round_ = mystery_round()
    probe = graded()
    move(round_, Round.State.CLOSED)
    approve(round_, EXEMPELKOPING, by=person())
    with pytest.raises(MysteryError, match="Inget har ändrats"):
        approve(round_, EXEMPELKOPING, "igen", by=person())
    correct(Grading.objects.get(probe=probe), person(), {**REACHED, "tel.bemotande": "god"}, "fel knapp")
    assert approved_rows(round_)[0]["tel.bemotande"] == "mycket_god"
    change = {"contact": str(probe.pk), "column": "tel.bemotande", "before": "mycket_god", "after": "god"}
    assert waiting_changes(round_, EXEMPELKOPING) == [change]
    with pytest.raises(MysteryError, match="varför"):
        approve(round_, EXEMPELKOPING, by=person())
    second = approve(round_, EXEMPELKOPING, "en grad rättades", by=person())
    assert (second.number, second.changes) == (2, [change])
    with scope_of_everything("the counts are the municipality's"):
        cells = TallyCell.objects.filter(item="tel.bemotande", breakdown="none").values_list("option", "count")
        assert list(cells) == [("god", 1)]


@pytest.fixture
def hearing() -> tuple[Probe, Acting]:
    """A graded contact in a closed round that its municipality may comment on, and the one who does."""
    with scope(national_organisation()):
        probe = graded()
        set_terms(probe.round, 0, timezone.localdate() + timedelta(days=1))
        move(probe.round, Round.State.CLOSED)
    return probe, acting(member(Role.LEADER, organisation_of()))


@pytest.mark.django_db
def test_a_municipality_sees_its_contacts_without_names_hours_or_comments(hearing: tuple[Probe, Acting]) -> None:
    probe, leader = hearing
    assert open_hearings(PROVSTAD) == []
    assert open_hearings(EXEMPELKOPING) == [probe.round]
    with scope(leader.organisation_id):
        (seen,) = seen_contacts(probe.round, EXEMPELKOPING)
    assert (seen.area, seen.day) == ("Bygglov", timezone.localdate(probe.done_at))
    assert dict(seen.grades)["Bemötande"] == "Mycket god"
    assert dict(seen.grades)["Tillgänglighet"] == "Inom 60 sekunder"
    assert "42" not in str(seen.grades)
    assert "trevlig" not in str(seen)


@pytest.mark.django_db
def test_a_remark_stops_approval_until_it_is_answered(hearing: tuple[Probe, Acting]) -> None:
    probe, leader = hearing
    with scope(leader.organisation_id):
        remark_on(probe.round, EXEMPELKOPING, probe.pk, "Anna Svensson svarade visst.", by=leader)
    with scope(national_organisation()):
        remark = Remark.objects.get()
        assert "Svensson" not in remark.text
        with pytest.raises(MysteryError, match="1 synpunkter utan svar"):
            approve(probe.round, EXEMPELKOPING, by=person())
        with pytest.raises(MysteryError, match="Skriv ett svar"):
            reply_to(remark, Remark.Outcome.KEPT, " ", by=person())
        reply_to(remark, Remark.Outcome.KEPT, "Samtalet bröts innan frågan var ställd.", by=person())
        approve(probe.round, EXEMPELKOPING, by=person())
    assert open_hearings(EXEMPELKOPING) == []


@pytest.mark.django_db
def test_nobody_comments_on_another_municipalitys_contacts(hearing: tuple[Probe, Acting]) -> None:
    probe, _ = hearing
    other = acting(member(Role.LEADER, organisation_of(PROVSTAD)))
    with scope(other.organisation_id), pytest.raises(MysteryError, match="Det går inte"):
        remark_on(probe.round, PROVSTAD, probe.pk, "Det där stämmer inte.", by=other)
