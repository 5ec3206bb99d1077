"""The pages of an organisation's personas."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed
from lyhord.instruments.question_banks import available_banks, load_bank
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.planning.forms import PersonaForm
from lyhord.mystery.planning.models import Persona, Voice
from lyhord.mystery.planning.personas import add_persona, change_persona, invent_personas, retire_persona

USUAL_NUMBER = 60


@requires(Deed.PLAN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def personas(request: HttpRequest) -> HttpResponseBase:
    """Everyone that the organisation asks as, and inventing more."""
    problem = ""
    if request.method == "POST":
        written = request.POST.get("number", "").strip()
        try:
            number = int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 0
            traits = sorted(_traits())
            invent_personas(_organisation(request), number, traits, seed=secrets.token_hex(8), by=_acting(request))
            return redirect("planning:personas")
        except MysteryError as error:
            problem = str(error)
    labels = _traits()
    rows = [
        (one, [labels[trait] for trait in one.traits if trait in labels])
        for one in Persona.objects.order_by("retired", "surname", "given_name")
    ]
    page = {"rows": rows, "problem": problem, "number": request.POST.get("number", USUAL_NUMBER)}
    return render(request, "planning/personas.html", page, status=400 if problem else 200)


@requires(Deed.PLAN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def new_persona(request: HttpRequest) -> HttpResponseBase:
    """Add a persona of one's own."""
    return _written(request, None)


@requires(Deed.PLAN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def persona(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a persona, retire it, or take it back."""
    own = get_object_or_404(Persona.objects.select_related("organisation"), pk=pk)
    if request.method == "POST" and request.POST.get("retire"):
        retire_persona(own, retired=request.POST["retire"] == "1", by=_acting(request))
        return redirect("planning:personas")
    return _written(request, own)


def _written(request: HttpRequest, own: Persona | None) -> HttpResponseBase:
    stored = {name: getattr(own, name) for name in PersonaForm.base_fields} if own else {}
    form = PersonaForm(request.POST if request.method == "POST" else stored)
    traits = request.POST.getlist("trait") if request.method == "POST" else (own.traits if own else [])
    problem = ""
    if request.method == "POST":
        try:
            _save(request, own, form, [trait for trait in traits if trait in _traits()])
            return redirect("planning:personas")
        except MysteryError as error:
            problem = str(error)
    page = {
        "persona": own,
        "form": form,
        "problem": problem,
        "voices": Voice.choices,
        "traits": sorted(_traits().items()),
        "chosen": set(traits),
    }
    return render(request, "planning/persona.html", page, status=400 if problem else 200)


def _save(request: HttpRequest, own: Persona | None, form: PersonaForm, traits: list[str]) -> None:
    if not form.is_valid():
        raise MysteryError("Skriv förnamn, efternamn och det som står före @ i adressen.")
    likeness = form.likeness(traits)
    if own is None:
        add_persona(_organisation(request), likeness, by=_acting(request))
    else:
        change_persona(own, likeness, by=_acting(request))


def _traits() -> dict[str, str]:
    """Every trait that a shipped question asks for, with its name."""
    language = get_language() or "sv"
    banks = (load_bank(bank_id) for bank_id in available_banks())
    return {trait: name.in_language(language) for bank in banks for trait, name in bank.traits.items()}


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise PermissionDenied
    return found


def _organisation(request: HttpRequest) -> Organisation:
    return Organisation.objects.get(pk=_acting(request).organisation_id)
