"""Who may do what: one table, role by deed. Nothing else in the code asks for a role by name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lyhord.accounts.roles import Role


class Deed(StrEnum):
    """Something that a page or command lets a person do."""

    SEE_OWN_RESULTS = "see_own_results"
    SEE_OWN_COMMENTS = "see_own_comments"  # redacted ones, above the threshold
    SEE_ALL_RESULTS = "see_all_results"  # aggregates of every participant, above the thresholds
    EXPORT_OWN = "export_own"
    PLAN_ROUND = "plan_round"  # make, open, close and lock rounds; enrol participants
    RUN_PARTICIPATION = "run_participation"  # quota, thresholds, texts, pause and resume
    HANDLE_CONTACTS = "handle_contacts"  # hand over, see and recall contacts
    CODE_COMMENTS = "code_comments"
    MAKE_PROBES = "make_probes"  # call, write and grade
    GRADE_AGAIN = "grade_again"  # blind, what somebody else has graded
    CONFIRM_REPLIES = "confirm_replies"  # match, classify and settle what came back on letters
    APPROVE_GRADES = "approve_grades"
    PUBLISH_REPORTS = "publish_reports"
    MANAGE_MEMBERS = "manage_members"
    SET_SENDER = "set_sender"
    SET_RETENTION = "set_retention"
    READ_AUDIT = "read_audit"  # of one's own organisation
    OPERATE = "operate"  # queues, health, versions: no content


PERMISSIONS: Final[Mapping[Role, frozenset[Deed]]] = MappingProxyType(
    {
        Role.COORDINATOR: frozenset(
            {
                Deed.SEE_OWN_RESULTS,
                Deed.SEE_ALL_RESULTS,
                Deed.PLAN_ROUND,
                Deed.MANAGE_MEMBERS,
                Deed.APPROVE_GRADES,
                Deed.PUBLISH_REPORTS,
                Deed.READ_AUDIT,
            }
        ),
        Role.READER: frozenset({Deed.SEE_OWN_RESULTS, Deed.SEE_OWN_COMMENTS}),
        Role.LEADER: frozenset(
            {
                Deed.SEE_OWN_RESULTS,
                Deed.SEE_OWN_COMMENTS,
                Deed.EXPORT_OWN,
                Deed.RUN_PARTICIPATION,
                Deed.HANDLE_CONTACTS,
                Deed.CODE_COMMENTS,
            }
        ),
        Role.REVIEWER: frozenset(
            {
                Deed.SEE_OWN_RESULTS,
                Deed.GRADE_AGAIN,
                Deed.CONFIRM_REPLIES,
                Deed.APPROVE_GRADES,
                Deed.CODE_COMMENTS,
            }
        ),
        Role.INTERVIEWER: frozenset({Deed.MAKE_PROBES, Deed.GRADE_AGAIN}),
        Role.ADMINISTRATOR: frozenset(
            {
                Deed.SEE_OWN_RESULTS,
                Deed.EXPORT_OWN,
                Deed.MANAGE_MEMBERS,
                Deed.SET_SENDER,
                Deed.SET_RETENTION,
                Deed.READ_AUDIT,
            }
        ),
        Role.ANALYST: frozenset({Deed.SEE_ALL_RESULTS}),
        Role.OPERATOR: frozenset({Deed.OPERATE}),
    }
)


def may(role: Role, deed: Deed) -> bool:
    """Whether the role allows the deed, within the organisation of the membership."""
    return deed in PERMISSIONS[role]


def roles_that_may(deed: Deed) -> frozenset[Role]:
    """Every role that allows the deed."""
    return frozenset(role for role, deeds in PERMISSIONS.items() if deed in deeds)
