"""The pages of second gradings, approval and remarks, as graders, reviewers and municipalities use them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from builders import EXEMPELKOPING
from builders_records import member, mystery_round, national_organisation, organisation_of, person, probe_of, signed_in
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope
from lyhord.measurements.models import Round
from lyhord.measurements.rounds import move
from lyhord.mystery.observing.grading import finish
from lyhord.mystery.observing.models import Grading
from lyhord.mystery.planning.models import Probe
from lyhord.mystery.quality.drawing import draw_second_gradings, grade_again, set_terms
from lyhord.mystery.quality.models import Edition, Remark
from mystery.quality.measured import vetlanda_files, vetlanda_round
from mystery.quality.test_quality import GRADES, REACHED

pytestmark = pytest.mark.django_db
LESS = {**GRADES, "tel.bemotande": "dalig"}


def reviewer(role: Role = Role.REVIEWER) -> Client:
    return signed_in(member(role, national_organisation()))


def graded_probe(number: int = 1) -> Probe:
    with scope(national_organisation()):
        probe = probe_of(f"fråga-{number}")
        finish(probe, person(), REACHED)
        set_terms(probe.round, 100, timezone.localdate() + timedelta(days=3))
        draw_second_gradings(probe.round)
    return probe


def test_the_second_grader_sees_facts_and_notes_but_no_grade() -> None:
    probe = graded_probe()
    browser = reviewer(Role.INTERVIEWER)
    assert reverse("quality:again", args=[probe.pk]) in browser.get(reverse("quality:overview")).content.decode()
    page = browser.get(reverse("quality:again", args=[probe.pk])).content.decode()
    assert "42 s" in page
    assert "[namn] var trevlig" in page
    assert "Tillmötesgående, trevlig" in page  # the anchor beside the grade
    assert " checked" not in page
    answer = browser.post(reverse("quality:again", args=[probe.pk]), LESS)
    assert answer.status_code == 302
    with scope(national_organisation()):
        assert Grading.objects.get(turn="second").answers["tel.bemotande"] == "dalig"
    assert browser.get(reverse("quality:again", args=[probe.pk])).status_code == 404


def test_what_does_not_hold_together_is_told_by_name() -> None:
    probe = graded_probe()
    page = reviewer().post(reverse("quality:again", args=[probe.pk]), {**GRADES, "tel.svar": "dalig"})
    assert page.status_code == 400
    assert "Bemötande:" in page.content.decode()


def test_a_disagreement_is_settled_the_municipality_approved_and_corrected_in_a_second_edition() -> None:
    probe = graded_probe()
    with scope(national_organisation()):
        grade_again(probe, person(), LESS)
        move(probe.round, Round.State.CLOSED)
    browser = reviewer()
    key = probe.round.key
    assert "1 betyg skiljer" in browser.get(reverse("quality:round", args=[key])).content.decode()
    own = reverse("quality:municipality", args=[key, EXEMPELKOPING])
    assert browser.post(own, {"deed": "approve"}).status_code == 400
    contact = reverse("quality:contact", args=[probe.pk])
    assert browser.post(contact, {"deed": "settle", **GRADES, "tel.bemotande": "god"}).status_code == 302
    assert browser.post(own, {"deed": "approve"}).status_code == 302
    out = {"deed": "exclude", "exclusion": "disturbance", "note": ""}
    assert browser.post(contact, out).status_code == 302
    page = browser.get(own).content.decode()
    assert "Version 1" in page
    assert "känd störning hos kommunen" in page
    assert browser.post(own, {"deed": "approve", "reason": ""}).status_code == 400
    assert browser.post(own, {"deed": "approve", "reason": "växeln låg nere"}).status_code == 302
    with scope(national_organisation()):
        assert list(Edition.objects.order_by("number").values_list("number", "reason")) == [
            (1, ""),
            (2, "växeln låg nere"),
        ]


def test_a_municipality_comments_and_gets_a_reply() -> None:
    probe = graded_probe()
    leader = signed_in(member(Role.LEADER, organisation_of()))
    page = reverse("quality:hearing", args=[probe.round.key])
    assert leader.get(page).status_code == 404  # the round is not closed yet
    with scope(national_organisation()):
        grade_again(probe, person(), GRADES)
        move(probe.round, Round.State.CLOSED)
    assert page in leader.get(reverse("quality:hearings")).content.decode()
    seen = leader.get(page).content.decode()
    assert "trevlig" not in seen
    assert "09:30" not in seen
    assert leader.post(page, {"contact": probe.pk, "text": ""}).status_code == 400
    assert leader.post(page, {"contact": probe.pk, "text": "Vi svarade inom en timme."}).status_code == 302
    with scope(national_organisation()):
        remark = Remark.objects.get()
    contact = reverse("quality:contact", args=[probe.pk])
    reply = {"deed": "reply", "remark": remark.pk, "outcome": "kept", "reply": "Klockslagen är våra egna."}
    assert reviewer().post(contact, reply).status_code == 302
    assert "Klockslagen är våra egna." in leader.get(page).content.decode()


def test_a_file_is_uploaded_on_the_page(tmp_path: Path) -> None:
    files = vetlanda_files(tmp_path)
    with scope(national_organisation()):
        round_ = vetlanda_round()
    with files.answers[0].open("rb") as file:
        answer = reviewer().post(reverse("quality:round", args=[round_.key]), {"deed": "import", "file": file})
    assert "120 rader lästes in" in answer.content.decode()
    assert "Vetlanda" in answer.content.decode()


def test_the_page_of_a_round_asks_as_often_however_many_contacts_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, 6):
        graded_probe(number)
    browser = reviewer()
    with django_assert_max_num_queries(26):
        assert browser.get(reverse("quality:round", args=[mystery_round().key])).status_code == 200
