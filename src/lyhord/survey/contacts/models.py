"""What was handed over, whom it holds, what was left out of it, and who has been surveyed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lyhord.accounts.models import Organisation, User
from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Participation, Round

INDEX_LENGTH = 32  # hexadecimal signs of a keyed hash: 128 bits


class Arrangement(OwnedModel):
    """How an organisation hands contacts over: what is its own, how its files look, and its key to the interface."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    internal_numbers = models.TextField(blank=True)  # one number, or beginning of numbers, a line: +4621390
    internal_domains = models.TextField(blank=True)  # one a line: vasteras.se
    mappings = models.JSONField(default=dict)  # fingerprint of a heading row -> field -> heading
    token_hash = models.CharField(max_length=64, blank=True)

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"arrangement of {self.pk}"


class Upload(OwnedModel):
    """One list that was handed over for a round, and how far it has come."""

    class Source(models.TextChoices):
        """How the list came."""

        PAGE = "page", gettext_lazy("uppladdad")
        FOLDER = "folder", gettext_lazy("bevakad mapp")
        INTERFACE = "interface", gettext_lazy("gränssnitt")

    class State(models.TextChoices):
        """How far it has come."""

        UNMAPPED = "unmapped", gettext_lazy("kolumnerna ska väljas")
        WAITING = "waiting", gettext_lazy("väntar")
        RUNNING = "running", gettext_lazy("läses in")
        DONE = "done", gettext_lazy("inläst")
        FAILED = "failed", gettext_lazy("gick inte att läsa")
        RECALLED = "recalled", gettext_lazy("återkallad")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes
    source = models.CharField(max_length=9, choices=Source.choices)
    state = models.CharField(max_length=8, choices=State.choices)
    mapping = models.JSONField(default=dict)  # field -> heading
    stored = models.CharField(max_length=40, blank=True)  # the waiting file's name in the data folder; empty once read
    rows = models.PositiveIntegerField(default=0)  # read so far
    taken = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=dict)  # reason -> how many were left out for it
    flow = models.JSONField(default=dict)  # participation -> "listed" or a reason -> rows, as they were counted
    problem = models.TextField(blank=True)
    held_until = models.DateTimeField(null=True)  # whoever reads it has it until then
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """The same list is taken once in a round, unless it failed or was recalled."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="upload_of_round", fields=["organisation", "round", "-at"]),
            models.Index(name="upload_to_read", fields=["at"], condition=Q(state__in=("waiting", "running"))),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="a_list_is_taken_once",
                fields=["organisation", "round", "digest"],
                condition=~Q(state__in=("failed", "recalled")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

    @property
    def left_out(self) -> int:
        """How many rows were left out."""
        return sum(self.reasons.values())


class Contact(OwnedModel):
    """One person to invite, through one channel. The address is sealed; ``person`` is a keyed hash of it."""

    class State(models.TextChoices):
        """What became of the contact."""

        WAITING = "waiting"
        DRAWN = "drawn"  # has an invitation

    # A million rows are written at once. No index of the first two, since every question asked has one of its own; and
    # PostgreSQL looks up no organisation and upload for each row, since the transaction that writes a batch updates its
    # upload, which names the organisation.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+", db_index=False)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    person = models.CharField(max_length=INDEX_LENGTH)
    also = models.CharField(max_length=INDEX_LENGTH, blank=True)  # of the person's other address, where one was given
    row_key = models.BigIntegerField(null=True)  # keyed hash of the list's own key of the row; short, for its index
    language = models.CharField(max_length=5, blank=True)
    contacted = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    sealed_address = models.BinaryField()

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """A person waits once in an organisation, whatever lists and channels name the person."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="contact_to_draw", fields=["participation", "contacted"], condition=Q(state="waiting")),
            models.Index(name="contact_other_address", fields=["also"], condition=~Q(also="")),
            models.Index(name="contact_row_key", fields=["row_key"], condition=Q(row_key__isnull=False)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_person_waits_once", fields=["person"]),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class ContactKey(OwnedModel):
    """The wrapped key of one contact's address: once it is deleted, the address is noise, also in old copies.

    In a table of its own, so that it can be left out of backups that live long.
    """

    organisation = models.ForeignKey(  # as the contact's own
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.CharField(max_length=INDEX_LENGTH, primary_key=True)
    wrapped = models.BinaryField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return "key of a contact"


class LeftOut(OwnedModel):
    """A row that was not taken, and why. Never its address."""

    OWNER: ClassVar[str] = "upload__organisation"

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()  # as a spreadsheet counts: the heading row is 1
    reason = models.CharField(max_length=20)

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"row {self.row}: {self.reason}"


class Surveyed(OwnedModel):
    """Somebody who was invited, as a keyed hash and a day: nobody is asked again within the quarantine."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=INDEX_LENGTH, unique=True)
    since = models.DateField(db_index=True)

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"surveyed {self.since}"
