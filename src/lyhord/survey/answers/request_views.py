"""The pages where a municipality reads who wants to be contacted, and ticks it off. Every reading is written down."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lyhord.accounts.acting import acting_of
from lyhord.accounts.audit import record
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed
from lyhord.delivery.errors import SealError
from lyhord.survey.answers.contact_requests import opened_request
from lyhord.survey.answers.models import ContactRequest
from lyhord.survey.answers.terms import terms_of

MOST = 500


@requires(Deed.HANDLE_CONTACTS)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """When somebody asked, whether it is done, and when it goes. What they wrote is opened one at a time."""
    acting = acting_of(request)
    organisation = Organisation.objects.get(pk=acting.organisation_id) if acting else None
    kept = terms_of(organisation) if organisation else None
    days = kept.request_days if kept else 0
    rows = list(ContactRequest.objects.defer("sealed", "wrapped").order_by("handled", "date", "pk")[:MOST])
    waiting = [row for row in rows if row.handled is None]
    page = {
        "rows": [(row, row.date + timedelta(days=days)) for row in (*waiting, *(r for r in rows if r.handled))],
        "waiting": len(waiting),
        "days": days,
        "offered": bool(kept and kept.contact_me),
    }
    return render(request, "survey_answers/requests.html", page)


@requires(Deed.HANDLE_CONTACTS)
@require_POST
def open_request(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody wrote. A POST, since that it was read is written down."""
    row = get_object_or_404(ContactRequest, pk=pk)
    record("contact_request.read", row, by=acting_of(request))
    try:
        wanted = opened_request(row)
    except SealError:
        return render(request, "survey_answers/request.html", {"row": row}, status=409)
    return render(request, "survey_answers/request.html", {"row": row, "wanted": wanted})


@requires(Deed.HANDLE_CONTACTS)
@require_POST
def tick_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody has been contacted, or take that back."""
    row = get_object_or_404(ContactRequest, pk=pk)
    row.handled = None if request.POST.get("deed") == "again" else timezone.localdate()
    row.save(update_fields=["handled"])
    record("contact_request.handled" if row.handled else "contact_request.taken_back", row, by=acting_of(request))
    return redirect("answers:requests")
