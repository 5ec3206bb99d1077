"""What the forms of the round pages hold, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from lyhord.instruments.catalogue import available
from lyhord.instruments.definition import Instrument
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import SMS_SENDER, Terms
from lyhord.measurements.rounds import RoundPlan

MOST_DELAY = 30 * 24  # hours
NEW = "ny"  # the address of the page for a new round
FIXED_WHEN_OPEN = ("starts", "quarantine_days", "fictitious")
OWN = "egen"  # an instrument of one's own, in a file
RAISABLE = ("publish", "comments", "batch")


class RoundForm(forms.Form):
    """What may change about a round."""

    name = forms.CharField(max_length=120)
    starts = forms.DateField()
    ends = forms.DateField()
    quarantine_days = forms.IntegerField(min_value=0, max_value=730)
    fictitious = forms.BooleanField(required=False)

    def fix(self, names: Collection[str]) -> None:
        """Let these stay as they are, whatever was sent."""
        for name in names:
            self.fields[name].disabled = True

    def clean_ends(self) -> date:
        """The last day, not before the first."""
        ends: date = self.cleaned_data["ends"]
        starts = self.cleaned_data.get("starts")
        if starts and ends < starts:
            raise forms.ValidationError(gettext_lazy("Sista dagen ligger före den första."))
        return ends

    def plan(self, key: str, delays: Mapping[str, int]) -> RoundPlan:
        """What was asked for; only of a form that is valid."""
        given = self.cleaned_data
        return RoundPlan(
            key,
            given["name"],
            given["starts"],
            given["ends"],
            quarantine_days=given["quarantine_days"],
            delays=delays,
            fictitious=given["fictitious"],
        )


class NewRoundForm(RoundForm):
    """A round that is not planned yet."""

    key = forms.SlugField(max_length=60)
    instrument = forms.ChoiceField()
    definition = forms.FileField(required=False)

    def clean_key(self) -> str:
        """The name in addresses, which no other round has."""
        key: str = self.cleaned_data["key"]
        if key == NEW or Round.objects.filter(key=key).exists():
            raise forms.ValidationError(gettext_lazy("Det finns redan en omgång med den adressen. Välj en annan."))
        return key

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # Django's own parameters, handed on
        self.fields["instrument"].choices = [(one, one) for one in (*available(), OWN)]  # type: ignore[attr-defined]  # a ChoiceField's


class DelayForm(forms.Form):
    """Hours between the contact and the invitation, one field for each channel."""

    def __init__(self, instrument: Instrument, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # Django's own parameters, handed on
        for channel in instrument.channels:
            self.fields[f"delay_{channel.id}"] = forms.IntegerField(min_value=0, max_value=MOST_DELAY)

    def fix(self) -> None:
        """Let all of them stay as they are, whatever was sent."""
        for field in self.fields.values():
            field.disabled = True

    def delays(self) -> dict[str, int]:
        """Hours by channel; only of a form that is valid."""
        return {name.removeprefix("delay_"): hours for name, hours in self.cleaned_data.items()}


class TermsForm(forms.Form):
    """On what terms a municipality takes part through one channel."""

    quota = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)
    sender_name = forms.CharField(max_length=80, required=False)
    sms_sender = forms.CharField(
        max_length=11,
        required=False,
        validators=[
            RegexValidator(
                rf"^{SMS_SENDER.pattern}$", gettext_lazy("Använd 1–11 av a–z, siffror och mellanslag, med en bokstav.")
            )
        ],
    )
    route = forms.ChoiceField(choices=Participation.Route.choices, required=False)
    publish = forms.IntegerField(min_value=1, max_value=10_000)
    comments = forms.IntegerField(min_value=1, max_value=10_000)
    batch = forms.IntegerField(min_value=1, max_value=1_000)

    def clean(self) -> dict[str, object]:
        """Thresholds are raised, never lowered."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        for name in RAISABLE:
            if name in given and given[name] < self.initial[name]:
                self.add_error(name, gettext_lazy("Gränsen kan höjas, men inte sänkas."))
        return given

    def terms(self) -> Terms:
        """What was asked for; only of a form that is valid."""
        given = self.cleaned_data
        return Terms(given["quota"], given["sender_name"], given["sms_sender"], Participation.Route(given["route"]))

    def raised(self) -> dict[str, int]:
        """The thresholds as they are wanted."""
        return {name: self.cleaned_data[name] for name in RAISABLE}
