"""The pages where a municipality sees its graded contacts and comments on them before they are published."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed
from lyhord.measurements.models import Round
from lyhord.mystery.errors import MysteryError
from lyhord.mystery.quality.remarks import last_day_of, open_hearings, remark_on, seen_contacts


@requires(Deed.RUN_PARTICIPATION)
@require_safe
def hearings(request: HttpRequest) -> HttpResponseBase:
    """The measurements that the municipality may comment on now."""
    return render(request, "quality/hearings.html", {"rounds": open_hearings(_code(request))})


@requires(Deed.RUN_PARTICIPATION)
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest, key: str) -> HttpResponseBase:
    """The municipality's contacts in one measurement, and a remark on any of them."""
    code = _code(request)
    round_ = _open(code, key)
    problem, at = "", request.POST.get("contact", "")
    if request.method == "POST":
        try:
            if not (at.isascii() and at.isdecimal() and len(at) < 16):
                raise MysteryError("Kontakten finns inte i den här mätningen.")
            remark_on(round_, code, int(at), request.POST.get("text", ""), by=_acting(request))
            return redirect("quality:hearing", key)
        except MysteryError as error:
            problem = str(error)
    page = {
        "round": round_,
        "problem": problem,
        "contacts": seen_contacts(round_, code, (get_language() or "sv")[:2]),
        "until": last_day_of(round_),
        "at": at,
        "text": request.POST.get("text", ""),
    }
    return render(request, "quality/hearing.html", page, status=400 if problem else 200)


def _open(code: str, key: str) -> Round:
    for round_ in open_hearings(code):
        if round_.key == key:
            return round_
    raise Http404


def _code(request: HttpRequest) -> str:
    """The code of the organisation's municipality; none for another organisation, which then has nothing to see."""
    owner = Organisation.objects.filter(pk=_acting(request).organisation_id).first()
    return owner.municipality_code if owner else ""


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise PermissionDenied
    return found
