"""The pages where an organisation's administrator gives and takes roles, and where the invited choose a password."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.errors import AccountError
from lyhord.accounts.gate import requires
from lyhord.accounts.inviting import (
    GIVEN_ON_A_PAGE,
    Invited,
    choose_password,
    invite,
    members_of,
    send_link,
    take_role,
    whose_link,
)
from lyhord.accounts.models import Membership, Organisation, User
from lyhord.accounts.permissions import Deed
from lyhord.accounts.roles import Role

HASHER = "django.contrib.auth.backends.ModelBackend"


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField()
    name = forms.CharField(max_length=120)
    role = forms.ChoiceField(choices=[(role.value, role.label) for role in GIVEN_ON_A_PAGE])


@requires(Deed.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role in the organisation, and the form that invites another."""
    acting = _acting(request)
    form = InviteForm(request.POST) if request.method == "POST" else InviteForm(initial={"role": Role.READER})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        invited = invite(_organisation(acting), given["email"], given["name"], Role(given["role"]), by=acting)
        return _shown(request, InviteForm(initial={"role": Role.READER}), invited=invited)
    return _shown(request, form, status=400 if request.method == "POST" else 200)


@requires(Deed.MANAGE_MEMBERS)
@require_POST
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody's role, or send a new link to who has not chosen a password yet."""
    acting = _acting(request)
    found = get_object_or_404(Membership.objects.select_related("user", "organisation"), pk=pk)
    empty = InviteForm(initial={"role": Role.READER})
    if request.POST.get("deed") == "link":
        if found.user.has_usable_password():
            return _shown(request, empty, problem=gettext("Personen har redan valt ett lösenord."), status=409)
        return _shown(request, empty, invited=send_link(_organisation(acting), found.user, by=acting))
    try:
        take_role(found, by=acting)
    except AccountError:
        problem = gettext("Någon måste vara kvar i rollen. Ge den till någon annan först.")
        return _shown(request, empty, problem=problem, status=409)
    return redirect("accounts:people")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Where somebody who was invited chooses a password. Opening the link spends nothing."""
    user = whose_link(number, token)
    if user is None:
        return _secret(render(request, "accounts/welcome.html", {"spent": True}, status=404))
    problem = ""
    if request.method == "POST":
        problem = _chosen(user, request.POST.get("password", ""), request.POST.get("again", ""))
        if not problem:
            login(request, user, backend=HASHER)
            return redirect("web:index")
    page = {"newcomer": user, "problem": problem}
    return _secret(render(request, "accounts/welcome.html", page, status=400 if problem else 200))


def _chosen(user: User, password: str, again: str) -> str:
    """Choose the password; why it could not be, or nothing."""
    if password != again:
        return gettext("Lösenorden är inte lika. Skriv samma i båda fälten.")
    try:
        choose_password(user, password)
    except AccountError as error:
        return str(error)
    return ""


def _secret(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "same-origin"  # the address is a secret; forms need their own origin
    return response


def _shown(
    request: HttpRequest, form: InviteForm, *, invited: Invited | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    page = {
        "members": members_of(_organisation(_acting(request))),
        "form": form,
        "invited": invited,
        "problem": problem,
        "faulty": status == 400,
        "own": _acting(request).user.pk,
    }
    return render(request, "accounts/people.html", page, status=status)


def _organisation(acting: Acting) -> Organisation:
    return Organisation.objects.get(pk=acting.organisation_id)


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise PermissionDenied  # the gate has seen to it that there is one
    return found
