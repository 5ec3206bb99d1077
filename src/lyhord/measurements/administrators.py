"""The page where a coordinator invites the first administrator of each participant, who then invites the others.

Only where nobody has the role yet: afterwards an organisation's people are its own matter.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lyhord.accounts.acting import acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.inviting import Invited, invite
from lyhord.accounts.models import Membership, Organisation
from lyhord.accounts.permissions import Deed
from lyhord.accounts.roles import Role
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.views import round_of
from lyhord.rendering.alphabet import in_swedish_order


class AdministratorForm(forms.Form):
    """Whom to invite, and where."""

    organisation = forms.IntegerField()
    email = forms.EmailField()
    name = forms.CharField(max_length=120)


@requires(Deed.PLAN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def administrators(request: HttpRequest, round_key: str) -> HttpResponse:
    """The participants that nobody administers yet, and the form that invites somebody."""
    round_ = round_of(request, round_key)
    form = AdministratorForm(request.POST if request.method == "POST" else None)
    missing, invited, problem = without_administrator(round_), None, ""
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in missing if one.pk == form.cleaned_data["organisation"]), None)
        if chosen is None:
            problem = gettext("Kommunen har redan en administratör, som bjuder in de andra.")
        else:
            invited = _invited(chosen, form, request)
            missing, form = without_administrator(round_), AdministratorForm()
    faulty = bool(problem or form.errors)
    page = {
        "round": round_,
        "form": form,
        "missing": missing,
        "invited": invited,
        "problem": problem,
        "faulty": faulty,
    }
    return render(request, "measurements/administrators.html", page, status=400 if faulty else 200)


def without_administrator(round_: Round) -> Sequence[Organisation]:
    """The organisations that take part and that nobody administers, by name."""
    with scope_of_everything("the coordinator invites every participant's first administrator"):
        joined = Participation.objects.filter(round=round_).values("organisation")
        managed = Membership.objects.filter(role=Role.ADMINISTRATOR).values("organisation")
        found = list(Organisation.objects.filter(pk__in=joined).exclude(pk__in=managed))
    return sorted(found, key=lambda one: in_swedish_order(one.name))


def _invited(organisation: Organisation, form: AdministratorForm, request: HttpRequest) -> Invited:
    given = form.cleaned_data
    with scope(organisation):
        return invite(organisation, given["email"], given["name"], Role.ADMINISTRATOR, by=acting_of(request))
