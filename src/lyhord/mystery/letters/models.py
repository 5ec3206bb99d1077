"""Letters that were, or may have been, posted, and what came back. All of it is the measurer's own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lyhord.accounts.models import Organisation, User
from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Municipality
from lyhord.mystery.planning.models import Probe


class Destination(OwnedModel):
    """Where a municipality's letters go, and which domains its replies come from."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)  # the official one, as kommun@vetlanda.se
    domains = models.JSONField(default=list)  # besides the address's own, such as a ticket system's

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """One a municipality."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_municipality_has_one_destination", fields=["organisation", "municipality"]),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.address}"


class Posting(OwnedModel):
    """A probe's letter, written down before the first byte leaves, and how its correspondence ended."""

    class Outcome(models.TextChoices):
        """How it ended, as a person has confirmed."""

        WAITING = "", gettext_lazy("väntar på svar")
        ANSWERED = "answered", gettext_lazy("besvarat")
        LATE = "late", gettext_lazy("besvarat efter tidsgränsen")  # counts as unanswered, and is told apart
        UNANSWERED = "unanswered", gettext_lazy("obesvarat")
        OTHERWISE = "otherwise", gettext_lazy("besvarat på annat sätt")  # by telephone, or on paper

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    probe = models.OneToOneField(Probe, on_delete=models.PROTECT, primary_key=True, related_name="posting")
    message_id = models.CharField(max_length=200, unique=True)  # with its angle brackets
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    question = models.TextField()  # as it was asked; replies quote it
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # the mail server's 250, to the second; or as a person settled it
    refusal = models.CharField(max_length=200, blank=True)  # why it did not leave: the server's code, no address
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answered_at = models.DateTimeField(null=True)  # our receipt of the first mail that a person marked as an answer
    note = models.CharField(max_length=200, blank=True)  # how it was answered otherwise

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """What is answered says when."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="what_is_answered_says_when",
                condition=Q(outcome__in=("answered", "late", "otherwise")) ^ Q(answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"letter of {self.probe_id}"


class Mailbox(models.Model):
    """How far a mailbox of replies has been read. Everybody's: it holds no letter."""

    name = models.CharField(max_length=120, primary_key=True)  # the domain of its addresses
    validity = models.BigIntegerField(null=True)  # UIDVALIDITY: where it changes, every number means something else
    last_uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)  # last time that it was read without a fault
    problem = models.CharField(max_length=200, blank=True)  # since then

    def __str__(self) -> str:
        return self.name


class Reply(OwnedModel):
    """A mail that came: its bytes sealed, what the rules suggest of it, and what a person has decided."""

    class Kind(models.TextChoices):
        """What it is. The first three are those that the rules tell apart."""

        ANSWER = "answer", gettext_lazy("svar på frågan")
        FORWARDED = "forwarded", gettext_lazy("mottaget eller skickat vidare")
        AUTOMATIC = "automatic", gettext_lazy("automatiskt svar")
        BOUNCED = "bounced", gettext_lazy("brevet kom aldrig fram")
        IRRELEVANT = "irrelevant", gettext_lazy("hör inte till mätningen")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="+")
    validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes
    message_hash = models.CharField(max_length=64, blank=True)  # keyed, of its Message-ID: the same letter twice
    received_at = models.DateTimeField()  # our server's INTERNALDATE: what answer times are counted by
    written_at = models.DateTimeField(null=True)  # the sender's Date header: never measured by
    sealed = models.BinaryField(null=True)  # none: gallrad
    rules = models.CharField(max_length=20, blank=True)  # the version that read it; empty: not read yet
    suggested_probe = models.ForeignKey(Probe, on_delete=models.PROTECT, null=True, related_name="+")
    rung = models.PositiveSmallIntegerField(null=True)  # text.replies.findings.Rung
    candidates = models.JSONField(default=list)  # ids of probes, where several fit
    suggested_kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    certain = models.BooleanField(default=False)
    signs = models.JSONField(default=list)  # text.replies.findings.Sign: why; the words themselves stay sealed
    sender_class = models.CharField(max_length=20, blank=True)  # suggested, then as a person confirmed it
    additional = models.BooleanField(default=False)  # likewise
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)  # as a person decided; empty: nobody has
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, null=True, related_name="replies")  # likewise
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    masked = models.TextField(blank=True)  # the answer without names and numbers, kept when the bytes are gone

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """A mail is kept once; what is decided says by whom and when."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_number_is_one_mail", fields=["mailbox", "validity", "uid"]),
            models.UniqueConstraint(name="the_same_bytes_are_one_mail", fields=["mailbox", "digest"]),
            models.CheckConstraint(
                name="what_is_decided_says_by_whom",
                condition=Q(kind="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(kind="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_answers_a_letter_says_which",
                condition=Q(kind__in=("", "irrelevant")) ^ Q(probe__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="reply_to_decide", fields=["organisation", "received_at"], condition=Q(kind="")),
            models.Index(name="reply_same_letter", fields=["organisation", "message_hash"]),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} in {self.mailbox_id}"


class ReplyKey(OwnedModel):
    """The wrapped key that a mail is sealed with: deleted, the mail is noise. Left out of backups that live long."""

    OWNER: ClassVar[str] = "reply__organisation"

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, primary_key=True, related_name="key")
    wrapped = models.BinaryField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"key of {self.pk}"
