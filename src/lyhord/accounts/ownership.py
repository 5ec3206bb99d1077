"""What makes a record an organisation's own: every query and every write of it passes the scope at hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models

from lyhord.accounts.errors import ScopeError
from lyhord.accounts.scope import Scope, active_scope

M = TypeVar("M", bound="OwnedModel")


class OwnedQuerySet(models.QuerySet[M]):
    """A query that was narrowed when it was made; rows written in bulk are looked at too."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """As Django's; ScopeError where one of them is another organisation's."""
        rows = list(objs)
        for row in rows:
            row.require_scope()
        return super().bulk_create(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """As Django's; ScopeError where it would move records to another owner."""
        owner = self.model.OWNER.partition("__")[0]
        if {owner, f"{owner}_id"} & kwargs.keys() and active_scope(self.model.__name__).organisation is not None:
            raise ScopeError(f"An update must not move a {self.model.__name__} to another {owner}. Save it instead.")
        return super().update(**kwargs)


class OwnedManager(models.Manager[M]):
    """Makes queries of the scope at hand; ScopeError where there is none."""

    def get_queryset(self) -> OwnedQuerySet[M]:
        """The records within the scope."""
        scope = active_scope(self.model.__name__)
        rows: OwnedQuerySet[M] = OwnedQuerySet(self.model, using=self._db)
        return rows if scope.organisation is None else rows.filter(**{self.model.OWNER: scope.organisation})


class OwnedModel(models.Model):
    """A record that belongs to an organisation. ``OWNER`` is the query path to it from the record.

    The manager is the base manager too, so that Django's own look-ups (related objects, save, refresh, delete) pass
    the scope as well.
    """

    OWNER: ClassVar[str] = "organisation"

    class Meta:
        """Every manager of a record that is somebody's own passes the scope."""

        abstract = True
        base_manager_name = "objects"

    def owner_id(self) -> int | None:
        """The id of the organisation that the record belongs to; None where it belongs to none."""
        found: object = self
        *links, last = self.OWNER.split("__")
        for link in links:
            found = getattr(found, link)
        number = getattr(found, f"{last}_id")
        return number if isinstance(number, int) else None

    def require_scope(self) -> Scope:
        """The scope at hand; ScopeError where there is none or the record lies outside it."""
        scope = active_scope(type(self).__name__)
        if not scope.holds(self.owner_id()):
            raise ScopeError(
                f"A {type(self).__name__} of organisation {self.owner_id()} cannot be written in the scope of "
                f"organisation {scope.organisation}. Open the scope of its own organisation."
            )
        return scope

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; ScopeError outside the scope of the record's organisation."""
        self.require_scope()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's; ScopeError outside the scope of the record's organisation."""
        self.require_scope()
        return super().delete(*args, **kwargs)
