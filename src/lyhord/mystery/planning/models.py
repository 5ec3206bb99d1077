"""Who asks what of which municipality, and when. All of it belongs to the organisation that measures.

A municipality is told that it is measured, never when: nothing here is within its scope (see docs/mystery-plan.md).
Municipalities' own records are not within the measuring organisation's scope either, so a probe carries its round,
municipality and channel itself and does not go through its participation for them.
"""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from lyhord.accounts.models import Organisation, User
from lyhord.accounts.ownership import OwnedManager, OwnedModel
from lyhord.measurements.models import Municipality, Participation, Round


class Voice(models.TextChoices):
    """Whose voice a name goes with on the telephone. Letters have none."""

    ANY = "", gettext_lazy("vem som helst")
    WOMAN = "f", gettext_lazy("kvinna")
    MAN = "m", gettext_lazy("man")


class Persona(OwnedModel):
    """An ordinary resident who does not exist: a name to ask in, with an address and a way to sign."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=40)
    surname = models.CharField(max_length=40)
    local_part = models.CharField(max_length=50)  # vera.lindstrom; a probe's address adds a number to it
    voice = models.CharField(max_length=1, choices=Voice.choices, blank=True)
    traits = models.JSONField(default=list)  # ids of the question bank's traits
    closing = models.CharField(max_length=200)  # how a letter ends: "Mvh" and the name, on lines of their own
    retired = models.BooleanField(default=False)  # recognised by somebody, or no longer wanted

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """Two personas never share an address."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_persona_has_its_address_alone", fields=["organisation", "local_part"]),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.surname}"


class FieldPlan(OwnedModel):
    """How a round's calls and letters are spread: its questions, hours, calendar and seed. One a round."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # the round's
    bank_id = models.SlugField(max_length=80)
    bank = models.TextField()  # the question bank's TOML, as it was when it was chosen
    bank_hash = models.CharField(max_length=64)
    seed = models.CharField(max_length=40)
    calendar = models.JSONField()  # the frozen calendar: years, closed days with reasons, hours
    calls_open = models.TimeField(default=time(8, 30))
    calls_close = models.TimeField(default=time(16))
    letters_open = models.TimeField(default=time(7))
    letters_close = models.TimeField(default=time(21))
    call_minutes = models.PositiveSmallIntegerField(default=10)  # a call with its notes, in an interviewer's day
    area_gap_minutes = models.PositiveSmallIntegerField(default=60)  # between two contacts with one area
    persona_gap_days = models.PositiveSmallIntegerField(default=7)  # before a name is used to a municipality again
    mail_domain = models.CharField(max_length=120, blank=True)  # where every address leads to one mailbox
    codes = models.JSONField(default=list)  # municipalities chosen so far; they take part once the plan is made
    personas = models.ManyToManyField(Persona, related_name="+")
    letter = models.JSONField(default=dict)  # the facts of the information letter
    made = models.DateTimeField(null=True)  # none: nothing is planned yet

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """Hours rise, and a call takes time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_plan_has_hours_that_rise",
                condition=Q(calls_open__lt=F("calls_close"), letters_open__lt=F("letters_close")),
            ),
            models.CheckConstraint(name="a_call_takes_time", condition=Q(call_minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return f"plan of {self.pk}"


class Assignment(OwnedModel):
    """An interviewer of one round: how many calls a day at most, in which voice, and on which days not."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    per_day = models.PositiveSmallIntegerField(default=25)
    voice = models.CharField(max_length=1, choices=Voice.choices, blank=True)
    absent = models.JSONField(default=list)  # ISO dates

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """An interviewer is assigned once to a round."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="assigned_once_to_a_round", fields=["round", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.per_day} a day"


class Probe(OwnedModel):
    """One question put to one municipality, once: a call or a letter, under a persona's name."""

    class State(models.TextChoices):
        """How far it has come."""

        UNPLACED = "unplaced", gettext_lazy("fick inte plats")  # no moment was found; the next plan tries again
        PLANNED = "planned", gettext_lazy("planerad")
        STARTED = "started", gettext_lazy("påbörjad")  # dialled, or handed to the mail server
        DONE = "done", gettext_lazy("gjord")
        UNKNOWN = "unknown", gettext_lazy("osäker")  # a letter that may have left; a person settles it
        EXCLUDED = "excluded", gettext_lazy("utesluten")

    class Exclusion(models.TextChoices):
        """Why a probe counts in no base. Every base says how many, and why."""

        NONE = "", ""
        BOUNCED = "bounced", gettext_lazy("brevet studsade")
        WRONG_ADDRESS = "wrong_address", gettext_lazy("fel nummer eller adress")
        EXPOSED = "exposed", gettext_lazy("mottagaren förstod att det var en mätning")
        DISTURBANCE = "disturbance", gettext_lazy("känd störning hos kommunen")
        OWN_FAULT = "own_fault", gettext_lazy("vårt eget fel")
        NOT_MADE = "not_made", gettext_lazy("hann inte göras")
        OTHER = "other", gettext_lazy("annat skäl")  # the note says which

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # that measures
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="probes")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)  # the instrument's: tel, epost
    question = models.CharField(max_length=80)  # its id in the plan's bank
    area = models.CharField(max_length=40)
    attempt = models.PositiveSmallIntegerField(default=1)
    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=180, blank=True)  # that a letter is sent from; no other probe's
    interviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # none: a letter
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)  # before any new plan moved it
    done_at = models.DateTimeField(null=True)  # dialled, or accepted by the mail server
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    exclusion = models.CharField(max_length=13, choices=Exclusion.choices, blank=True)
    exclusion_note = models.CharField(max_length=200, blank=True)
    seed = models.CharField(max_length=60)  # of the plan that placed it

    objects = OwnedManager()

    class Meta(OwnedModel.Meta):
        """A question is put once a try; an address is one letter's; what is excluded says why."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="a_question_is_put_once_a_try", fields=["participation", "question", "attempt"]
            ),
            models.UniqueConstraint(name="an_address_is_one_letters", fields=["address"], condition=~Q(address="")),
            models.CheckConstraint(name="what_is_excluded_says_why", condition=Q(state="excluded") ^ Q(exclusion="")),
            models.CheckConstraint(
                name="what_is_planned_has_its_moment",
                condition=Q(state="unplaced") | Q(due_at__isnull=False) | Q(state="excluded"),
            ),
            models.CheckConstraint(
                name="a_probe_is_in_a_known_state",
                condition=Q(state__in=("unplaced", "planned", "started", "done", "unknown", "excluded")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="probe_due", fields=["channel", "due_at"], condition=Q(state="planned")),
            models.Index(name="probe_of_interviewer", fields=["interviewer", "due_at"]),
            models.Index(name="probe_of_round", fields=["round", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.question} to {self.municipality_id}"
