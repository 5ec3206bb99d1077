"""Nobody reaches an organisation's records without its scope."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from builders import PROVSTAD
from builders_records import member, organisation_of, person
from lyhord.accounts.errors import ScopeError
from lyhord.accounts.models import Membership
from lyhord.accounts.ownership import OwnedModel
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import active_scope, scope, scope_of_everything

pytestmark = pytest.mark.django_db

QUERIES: dict[str, Callable[[models.Manager[Any]], object]] = {
    "all": lambda objects: list(objects.all()),
    "filter": lambda objects: objects.filter(pk=1),
    "exclude": lambda objects: objects.exclude(pk=1),
    "get": lambda objects: objects.get(pk=1),
    "exists": lambda objects: objects.exists(),
    "count": lambda objects: objects.count(),
    "distinct": lambda objects: list(objects.distinct()),
    "in_bulk": lambda objects: objects.in_bulk([1]),
    "raw update": lambda objects: objects.update(role="lasare"),
    "aggregate": lambda objects: objects.aggregate(n=models.Count("pk")),
    "none": lambda objects: objects.none(),
    "create": lambda objects: objects.create(user=person(), organisation=organisation_of(), role=Role.READER),
    "bulk_create": lambda objects: objects.bulk_create([]),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_without_a_scope_raises(query: Callable[[models.Manager[Any]], object]) -> None:
    with pytest.raises(ScopeError, match="No scope is active"):
        query(Membership.objects)


def test_every_record_that_has_an_owner_passes_the_scope_with_all_its_managers() -> None:
    owned = [model for model in all_models() if issubclass(model, OwnedModel)]
    assert {"Membership", "AuditEvent", "Participation", "TallyCell"} <= {model.__name__ for model in owned}
    for model in owned:
        for manager in (model._default_manager, model._base_manager, *model._meta.managers):
            with pytest.raises(ScopeError):
                manager.all()


def test_every_record_with_an_organisation_has_an_owner() -> None:
    """A link to an organisation means that the record is somebody's own, unless it is listed here."""
    shared = {"Round"}  # planned by one organisation for all who take part
    linked = {
        model.__name__
        for model in all_models()
        if any(field.name in {"organisation", "participation"} for field in model._meta.get_fields())
        and not issubclass(model, OwnedModel)
    }
    assert linked - shared - {"Organisation", "User"} == set()


def all_models() -> list[type[models.Model]]:
    from django.apps import apps  # noqa: PLC0415 - read when the test runs, after every room is loaded

    return [model for model in apps.get_models() if model.__module__.startswith("lyhord.")]


def test_a_scope_holds_only_its_organisations_records() -> None:
    own, other = member(Role.READER), member(Role.READER, organisation_of(PROVSTAD))
    with scope(own.organisation):
        assert list(Membership.objects.all()) == [own]
        assert not Membership.objects.filter(pk=other.pk).exists()
        assert list(own.organisation.memberships.all()) == [own]
        assert list(other.organisation.memberships.all()) == []


def test_the_scope_of_everything_holds_them_all_and_needs_a_reason() -> None:
    own, other = member(Role.READER), member(Role.READER, organisation_of(PROVSTAD))
    with scope_of_everything("a test"):
        assert set(Membership.objects.all()) == {own, other}
    with pytest.raises(ScopeError, match="reason"), scope_of_everything(" "):
        pass


def test_another_organisations_record_cannot_be_written() -> None:
    foreign = member(Role.READER, organisation_of(PROVSTAD))
    new = Membership(user=foreign.user, organisation=foreign.organisation, role=Role.LEADER)
    with scope(organisation_of()):
        for deed in (foreign.save, foreign.delete, new.save, lambda: Membership.objects.bulk_create([new])):
            with pytest.raises(ScopeError, match="cannot be written"):
                deed()
        with pytest.raises(Membership.DoesNotExist):
            foreign.refresh_from_db()
        assert Membership.objects.filter(pk=foreign.pk).update(role=Role.LEADER) == 0
    with scope(foreign.organisation):
        foreign.refresh_from_db()
        assert foreign.role == Role.READER


def test_a_record_cannot_be_moved_to_another_organisation() -> None:
    own = member(Role.READER)
    own.organisation = organisation_of(PROVSTAD)
    with scope(organisation_of()), pytest.raises(ScopeError):
        own.save()
    with scope(organisation_of()), pytest.raises(ScopeError, match="move"):
        Membership.objects.update(organisation=organisation_of(PROVSTAD))


def test_the_innermost_scope_holds_and_ends_with_its_block() -> None:
    own, other = organisation_of(), organisation_of(PROVSTAD)
    with scope(own):
        with scope(other.pk):
            assert active_scope().organisation == other.pk
        with pytest.raises(ZeroDivisionError), scope(other):
            _ = 1 / 0
        assert active_scope().organisation == own.pk
    with pytest.raises(ScopeError):
        active_scope()


def test_a_query_keeps_the_scope_that_it_was_made_in() -> None:
    own = member(Role.READER)
    with scope(own.organisation):
        query = Membership.objects.all()
    with scope(organisation_of(PROVSTAD)):
        assert list(query) == [own]


def test_another_thread_has_no_scope_of_this_one() -> None:
    found: list[str] = []

    def look() -> None:
        try:
            active_scope()
        except ScopeError:
            found.append("none")

    with scope(1):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert found == ["none"]


def test_an_organisation_that_is_not_stored_has_no_scope() -> None:
    unsaved = type(organisation_of())(name="Ny")
    with pytest.raises(ScopeError, match="no id"), scope(unsaved):
        pass
