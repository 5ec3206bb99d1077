"""What is to be sent and what became of it. The rows are the truth: whoever dies, they tell what is left to do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lyhord.accounts.models import Organisation
from lyhord.accounts.ownership import OwnedManager, OwnedModel


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", "e-post"
    SMS = "sms", "sms"


class State(models.TextChoices):
    """Where a message is."""

    QUEUED = "queued", "i kö"
    HELD = "held", "väntar på besked"  # its series is held until a person lets it go
    LEASED = "leased", "hämtad"  # a worker has it, nothing has left the house
    SENDING = "sending", "skickas"  # from now on it may have left the house
    SENT = "sent", "skickad"
    DELIVERED = "delivered", "levererad"
    UNKNOWN = "unknown", "oviss"  # it may have left; a person decides
    FAILED = "failed", "misslyckad"
    CANCELLED = "cancelled", "inställd"


WITH_A_WORKER: tuple[State, ...] = (State.LEASED, State.SENDING)
WAITING: tuple[State, ...] = (State.QUEUED, State.HELD, State.LEASED)


class Message(OwnedModel):
    """One e-mail or SMS to one person. Address and body are sealed under a key of the message's own."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    purpose = models.CharField(max_length=40)  # a word of the room that sends: "invitation", "reminder", "probe"
    reference = models.CharField(max_length=64, blank=True)  # that room's own id of what the message is about
    series = models.CharField(max_length=40, blank=True)  # what is held and let go together, in that room's words
    token = models.CharField(max_length=26, unique=True)  # in Message-ID, bounce address and receipt address
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    priority = models.PositiveSmallIntegerField(default=5)  # lower goes first
    due = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)  # sendings whose outcome nobody knows and that were repeated
    fence = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    sealed_address = models.BinaryField(null=True)
    sealed_body = models.BinaryField(null=True)
    address_hash = models.CharField(max_length=64, blank=True)
    provider_reference = models.CharField(max_length=100, blank=True)
    failure = models.CharField(max_length=40, blank=True)
    finished = models.DateTimeField(null=True)

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """Found by what is due, by who holds it, and by what receipts and rooms know of it."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="message_due",
                fields=["organisation", "channel", "priority", "due"],
                condition=Q(state="queued"),
            ),
            models.Index(name="message_held", fields=["leased_until"], condition=Q(state__in=("leased", "sending"))),
            models.Index(name="message_of_fence", fields=["fence"], condition=~Q(fence="")),
            models.Index(name="message_about", fields=["reference"], condition=~Q(reference="")),
            models.Index(name="message_of_series", fields=["series", "state"], condition=~Q(series="")),
            models.Index(
                name="message_of_provider", fields=["provider_reference"], condition=~Q(provider_reference="")
            ),
            models.Index(name="message_finished", fields=["finished"], condition=Q(finished__isnull=False)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="message_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="message_channel_is_known", condition=Q(channel__in=Channel.values)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk} {self.state}"


class MessageKey(OwnedModel):
    """The wrapped key of one message. Without it the message's address and body are noise.

    In a table of its own, so that it can be left out of backups that live long.
    """

    OWNER: ClassVar[str] = "message__organisation"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="key")
    wrapped = models.BinaryField()

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"key of {self.pk}"


class Sender(OwnedModel):
    """In whose name and through what an organisation sends, and whether it sends now."""

    class Mode(models.TextChoices):
        """Whose server carries the e-mail."""

        PLATFORM = "platform", "egen avsändardomän genom Lyhörds server"
        RELAY = "relay", "kommunens server utan inloggning"
        SUBMISSION = "submission", "kommunens server med inloggning"

    class Security(models.TextChoices):
        """How the connection to the municipality's server is protected."""

        NONE = "none", "ingen"
        STARTTLS = "starttls", "STARTTLS"
        TLS = "tls", "TLS"

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+", primary_key=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.PLATFORM)
    from_name = models.CharField(max_length=80)
    from_address = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    bounce_address = models.CharField(max_length=254, blank=True)  # studs@b.enkat.example.se becomes studs+token@…
    dkim_selector = models.CharField(max_length=63, blank=True)
    sealed_dkim_key = models.BinaryField(null=True)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=25)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.STARTTLS)
    username = models.CharField(max_length=254, blank=True)
    sealed_password = models.BinaryField(null=True)
    token_url = models.CharField(max_length=300, blank=True)  # where a token to log in with is fetched (OAuth 2.0)
    client_id = models.CharField(max_length=100, blank=True)  # the password is then the client's secret
    sms_sender = models.CharField(max_length=15, blank=True)
    paused = models.CharField(max_length=200, blank=True)  # why nothing is sent now; empty where it is

    objects = OwnedManager()

    def __str__(self) -> str:
        return f"sender of {self.pk}"


class Suppression(OwnedModel):
    """An address that gets nothing more from an organisation. Only its keyed hash is kept, so it outlives erasure."""

    class Reason(models.TextChoices):
        """Why."""

        BOUNCED = "bounced", "adressen finns inte"
        OPTED_OUT = "opted_out", "har avböjt"
        COMPLAINED = "complained", "har anmält som skräppost"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    since = models.DateField()  # a day, not a moment: a moment would tell which message it was

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """An address is on the list once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="suppressed_once", fields=["organisation", "channel", "address_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.reason}"


class EarlyReceipt(models.Model):
    """A receipt that came before the reply it belongs to was stored; it is applied, or forgotten, soon after."""

    provider_reference = models.CharField(max_length=100, unique=True)
    outcome = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.provider_reference


class Firing(models.Model):
    """One slot of one periodic job that has been taken; the row decides which worker took it."""

    job = models.CharField(max_length=60)
    slot = models.DateTimeField()

    class Meta:
        """A slot is taken once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_slot_fires_once", fields=["job", "slot"]),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.slot:%Y-%m-%d %H:%M}"
