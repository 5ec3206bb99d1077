"""What the forms of the sending pages hold, checked."""

from __future__ import annotations

from datetime import time

from django import forms

from lyhord.survey.sending.models import MOST_REMINDERS
from lyhord.survey.sending.plans import Wishes


class PlanForm(forms.Form):
    """A participation's plan. The response rate is written in percent."""

    percent = forms.DecimalField(min_value=1, max_value=100, max_digits=4, decimal_places=1)
    opens = forms.TimeField()
    closes = forms.TimeField()
    saturdays = forms.BooleanField(required=False)
    reminders = forms.IntegerField(min_value=0, max_value=MOST_REMINDERS)
    reminder_days = forms.IntegerField(min_value=1, max_value=30)

    def wishes(self) -> Wishes:
        """What was asked for; only of a form that is valid."""
        given = self.cleaned_data
        opens, closes = given["opens"], given["closes"]
        return Wishes(
            response_rate=float(given["percent"]) / 100,
            opens=opens if isinstance(opens, time) else time(9),
            closes=closes if isinstance(closes, time) else time(19),
            saturdays=bool(given["saturdays"]),
            reminders=int(given["reminders"]),
            reminder_days=int(given["reminder_days"]),
        )


class CalculatorForm(forms.Form):
    """So many answers at such a response rate, in percent."""

    answers = forms.IntegerField(min_value=1, max_value=100_000)
    percent = forms.DecimalField(min_value=1, max_value=100, max_digits=4, decimal_places=1)
