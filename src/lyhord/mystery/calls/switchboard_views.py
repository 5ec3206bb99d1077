"""The page where a coordinator writes down the numbers to call."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lyhord.accounts.acting import acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed
from lyhord.mystery.calls.switchboards import lines, write_numbers
from lyhord.mystery.errors import MysteryError


@requires(Deed.PLAN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def switchboards(request: HttpRequest) -> HttpResponseBase:
    """The municipalities' numbers, and which ones lack."""
    acting, problem = acting_of(request), ""
    if acting is None:
        raise PermissionDenied
    if request.method == "POST":
        try:
            organisation = Organisation.objects.get(pk=acting.organisation_id)
            write_numbers(organisation, request.POST.get("numbers", ""), by=acting)
            return redirect("calls:switchboards")
        except MysteryError as error:
            problem = str(error)
    rows = lines()
    written = "\n".join(f"{one.municipality.name} {one.number}" for one in rows if one.number)
    page = {
        "problem": problem,
        "numbers": request.POST.get("numbers", "") if problem else written,
        "lacking": [one.municipality.name for one in rows if not one.number],
        "known": sum(bool(one.number) for one in rows),
    }
    return render(request, "calls/switchboards.html", page, status=400 if problem else 200)
