"""The page where a person settles messages of which nobody knows whether they left."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lyhord.accounts.acting import acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.permissions import Deed
from lyhord.delivery import uncertain
from lyhord.delivery.models import Message


@requires(Deed.HANDLE_CONTACTS)
@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    """The uncertain messages of the organisation."""
    page = {"rows": uncertain.uncertain(), "total": uncertain.how_many(), "done": request.GET.get("klart", "")}
    return render(request, "delivery/uncertain.html", page)


@requires(Deed.HANDLE_CONTACTS)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Count one as sent, or send it once more. One that is settled already stays as it is."""
    message = get_object_or_404(Message.objects.select_related("organisation"), pk=pk)
    was_sent = request.POST.get("deed") != "again"
    done = uncertain.settle(message, was_sent=was_sent, by=acting_of(request))
    told = ("sent" if was_sent else "again") if done else "already"
    response = redirect("delivery:uncertain")
    response["Location"] += f"?klart={told}"
    return response
