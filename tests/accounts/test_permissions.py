"""The permission table: who may do what, and what nobody may come by."""

from __future__ import annotations

import pytest

from lyhord.accounts.permissions import PERMISSIONS, Deed, may, roles_that_may
from lyhord.accounts.roles import Role


def test_every_role_has_its_row_and_every_deed_somebody_who_may() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert all(roles_that_may(deed) for deed in Deed)


@pytest.mark.parametrize(
    ("deed", "roles"),
    [
        (Deed.HANDLE_CONTACTS, {Role.LEADER}),  # a reviewer must not see a survey's contacts
        (Deed.SEE_OWN_COMMENTS, {Role.READER, Role.LEADER}),
        (Deed.SEE_ALL_RESULTS, {Role.COORDINATOR, Role.ANALYST}),
        (Deed.PLAN_ROUND, {Role.COORDINATOR}),
        (Deed.APPROVE_GRADES, {Role.COORDINATOR, Role.REVIEWER}),
        (Deed.CONFIRM_REPLIES, {Role.REVIEWER}),
        (Deed.GRADE_AGAIN, {Role.REVIEWER, Role.INTERVIEWER}),
        (Deed.MANAGE_MEMBERS, {Role.ADMINISTRATOR, Role.COORDINATOR}),
        (Deed.OPERATE, {Role.OPERATOR}),
    ],
)
def test_a_delicate_deed_belongs_to_few(deed: Deed, roles: set[Role]) -> None:
    assert roles_that_may(deed) == roles


def test_who_keeps_it_running_sees_no_content() -> None:
    assert PERMISSIONS[Role.OPERATOR] == {Deed.OPERATE}


def test_who_makes_probes_does_not_approve_them() -> None:
    assert not may(Role.INTERVIEWER, Deed.APPROVE_GRADES)
    assert not may(Role.REVIEWER, Deed.MAKE_PROBES)
