"""People, organisations, who is what where, and what was done."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lyhord.accounts.errors import AuditError
from lyhord.accounts.ownership import OwnedManager, OwnedModel, OwnedQuerySet
from lyhord.accounts.roles import Role


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, however it is written."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The person who signs in with this e-mail address."""
        return self.get(email=plain_email(username or ""))


def plain_email(email: str) -> str:
    """An e-mail address as it is stored and compared: without surrounding space, in small letters."""
    return email.strip().lower()


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address. What the person may do stands in memberships, not here."""

    email = models.EmailField(gettext_lazy("E-postadress"), unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, with the e-mail address in its plain form."""
        self.email = plain_email(self.email)
        super().save(*args, **kwargs)


class Organisation(models.Model):
    """A municipality, the national coordinator, or a supplier that measures for them. The tenant of all records."""

    class Kind(models.TextChoices):
        """What the organisation is."""

        MUNICIPALITY = "municipality", gettext_lazy("kommun")
        NATIONAL = "national", gettext_lazy("nationell samordnare")
        SUPPLIER = "supplier", gettext_lazy("leverantör")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    municipality_code = models.CharField(max_length=4, blank=True)

    class Meta:
        """One organisation per municipality, and codes for municipalities only."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="only_a_municipality_has_a_code",
                condition=Q(kind="municipality") | Q(municipality_code=""),
            ),
            models.UniqueConstraint(
                name="one_organisation_per_municipality",
                fields=["municipality_code"],
                condition=~Q(municipality_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(OwnedModel):
    """A person's role in an organisation; one person may have several, and acts in one at a time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """The same role is given once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_role_is_given_once", fields=["user", "organisation", "role"]),
            models.CheckConstraint(name="a_role_is_one_of_the_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"


A = TypeVar("A", bound=OwnedModel)


class AppendOnlyQuerySet(OwnedQuerySet[A]):
    """Rows that can be read and added."""

    def update(self, **_: Any) -> int:
        """AuditError: what was written down stays."""
        raise AuditError("Audit events are never changed. Record a new one that says what was wrong.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """AuditError: what was written down stays."""
        raise AuditError("Audit events are never removed one by one; they go when their retention ends.")


class AppendOnlyManager(OwnedManager[A]):
    """Makes append-only queries of the scope at hand."""

    def get_queryset(self) -> AppendOnlyQuerySet[A]:
        """The rows within the scope."""
        rows: AppendOnlyQuerySet[A] = AppendOnlyQuerySet(self.model, query=super().get_queryset().query, using=self._db)
        return rows


class AuditEvent(OwnedModel):
    """Something that was done: by whom, in which role, for which organisation, to what and when. Append-only.

    It never holds tokens, addresses or texts. A chain of hashes over the rows, which would show a row removed behind
    Django's back, comes with the retention of events.
    """

    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # none: the system itself
    role = models.CharField(max_length=12, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AppendOnlyManager()

    class Meta(OwnedModel.Meta):
        """Read by organisation, latest first."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "-at"], name="audit_of_one")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's for a new event; AuditError for one that is written already."""
        if not self._state.adding:
            raise AuditError("Audit events are never changed. Record a new one that says what was wrong.")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """AuditError: what was written down stays."""
        raise AuditError("Audit events are never removed one by one; they go when their retention ends.")
