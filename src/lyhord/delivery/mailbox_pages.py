"""The pages of the demonstration's mailbox; elsewhere than in a demonstration they are not found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lyhord.delivery import mailbox


@never_cache
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter and text message, the latest first."""
    _require_open()
    asked = request.GET.get("sida", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    return render(request, "delivery/mailbox.html", {"page": mailbox.page_of(number)})


@never_cache
@require_safe
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """One of them."""
    _require_open()
    shown = mailbox.letter_with(token)
    if shown is None:
        raise Http404
    return render(request, "delivery/letter.html", {"shown": shown})


def _require_open() -> None:
    if not mailbox.is_open():
        raise Http404
