"""The page where an organisation decides what its respondents are told and how long what they give is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from django import forms
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed, may
from lyhord.measurements.models import Municipality
from lyhord.survey.answers.models import Terms
from lyhord.survey.answers.pages import Host, parts_of
from lyhord.survey.answers.terms import ASKING, KEEPING, decide, default_for, privacy_values, terms_of
from lyhord.survey.answers.wordings import LANGUAGES, language

EXAMPLE: Final = "Exempelköpings kommun"  # whose name stands in the preview of a default
LONGEST: Final = 3_650  # days
PHONE: Final = RegexValidator(
    r"^[0-9+][0-9 ()+-]{4,28}$", gettext_lazy("Skriv ett telefonnummer, till exempel 021-39 00 00.")
)


class AskingForm(forms.Form):
    """Whom respondents reach and how they are asked."""

    phone = forms.CharField(required=False, max_length=30, validators=[PHONE])
    email = forms.EmailField(required=False)
    accessibility_email = forms.EmailField(required=False)
    responsible = forms.CharField(required=False, max_length=120)
    data_protection = forms.EmailField(required=False)
    contact_me = forms.BooleanField(required=False)
    one_page = forms.BooleanField(required=False)


class KeepingForm(forms.Form):
    """For how many days what respondents give is kept."""

    original_days = forms.IntegerField(min_value=1, max_value=LONGEST)
    response_days = forms.IntegerField(min_value=1, max_value=LONGEST)
    request_days = forms.IntegerField(min_value=1, max_value=LONGEST)


@requires(Deed.RUN_PARTICIPATION, Deed.PLAN_ROUND, Deed.SET_RETENTION)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """What the organisation has decided, a form for each part that the person may change, and how it reads."""
    acting = _acting(request)
    organisation = Organisation.objects.get(pk=acting.organisation_id)
    own = terms_of(organisation)
    given = _forms(request, own, acting)
    sent = next((form for name, form in given.items() if request.POST.get("part") == name), None)
    if sent is not None and sent.is_valid():
        decide(own, sent.cleaned_data, by=acting)
        return redirect(f"{request.path}?sparat=1{'&lang=en' if request.GET.get('lang') == 'en' else ''}")
    page = {
        **given,
        "default": default_for(organisation),
        "for_all": may(acting.role, Deed.PLAN_ROUND),
        "code": organisation.municipality_code,
        "saved": "sparat" in request.GET,
        "problem": sent is not None,
        "read_as": _read_as(own, organisation),
        "runs": may(acting.role, Deed.RUN_PARTICIPATION),
    }
    return render(request, "survey_answers/terms.html", page, status=400 if sent is not None else 200)


def _forms(request: HttpRequest, own: Terms, acting: Acting) -> Mapping[str, forms.Form]:
    """The forms of what the person may decide, filled in as sent or as stored."""
    wanted: dict[str, forms.Form] = {}
    parts: Sequence[tuple[str, type[forms.Form], tuple[str, ...], tuple[Deed, ...]]] = (
        ("asking", AskingForm, ASKING, (Deed.RUN_PARTICIPATION, Deed.PLAN_ROUND)),
        ("keeping", KeepingForm, KEEPING, (Deed.SET_RETENTION, Deed.PLAN_ROUND)),
    )
    for name, kind, fields, deeds in parts:
        if any(may(acting.role, deed) for deed in deeds):
            stored = {field: getattr(own, field) for field in fields}
            wanted[name] = kind(request.POST if request.POST.get("part") == name else None, initial=stored)
    return wanted


def _read_as(own: Terms, organisation: Organisation) -> Sequence[Mapping[str, object]]:
    """The privacy page's first and later parts in every language, as it is stored now."""
    place = Municipality.objects.filter(pk=organisation.municipality_code).first()
    host = Host(organisation.municipality_code, place.formal_name if place else EXAMPLE, own.phone, own.email)
    host = replace(host, contact_me=own.contact_me)
    spoken = [language(code) for code in LANGUAGES]
    return [
        {
            "language": one,
            "title": one.text("privacy_title"),
            "parts": parts_of(one, host, "privacy", privacy_values(one, host, own)),
            "phone": one.text("no_smartphone", phone=own.phone) if own.phone else "",
        }
        for one in spoken
    ]


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise Http404  # the gate has seen to it that there is one
    return found
