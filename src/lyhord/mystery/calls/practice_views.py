"""The page of practice calls."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from lyhord.accounts.gate import requires
from lyhord.accounts.permissions import Deed
from lyhord.instruments.catalogue import load
from lyhord.mystery.calls.practice import CASES, case, verdicts
from lyhord.mystery.calls.showing import parts_of
from lyhord.mystery.calls.taking import kept_answers

INSTRUMENT: Final = "kkik-mystery-2017"  # the cases are graded by its scales
CHANNEL: Final = "tel"


@requires(Deed.MAKE_PROBES)
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponseBase:
    """One made-up call to grade; nothing of it is stored."""
    number, language = request.GET.get("fall", "1"), get_language() or "sv"
    own, instrument = case(int(number) if number.isascii() and number.isdecimal() else 1), load(INSTRUMENT)
    given = kept_answers(instrument, CHANNEL, request.POST.dict()) if request.method == "POST" else {}
    graded = "graded" in request.POST
    following = CASES[(CASES.index(own) + 1) % len(CASES)]
    page = {
        "case": own,
        "cases": CASES,
        "parts": parts_of(instrument, CHANNEL, given, language=language),
        "verdicts": verdicts(instrument, CHANNEL, own, given, language) if graded else [],
        "following": following,
        "practising": True,
    }
    return render(request, "calls/practice.html", page)
