"""The pages of live figures. Nothing here changes anything."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.gate import requires
from lyhord.accounts.permissions import Deed, may
from lyhord.results.comments import comments_on
from lyhord.results.live_page import CommentsNow, live_page
from lyhord.results.reach import Part, part_in, parts_of, round_with, rounds_run_by, sees_everyone
from lyhord.results.round_figures import round_figures
from lyhord.results.so_far import own_so_far

VERSION = "version"  # what a page that asks for news has got already


@require_safe
@requires(Deed.SEE_OWN_RESULTS, Deed.SEE_ALL_RESULTS)
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds whose figures the person may see."""
    acting = _acting(request)
    parts = parts_of(acting) if may(acting.role, Deed.SEE_OWN_RESULTS) else ()
    return render(request, "results/rounds.html", {"parts": parts, "run": rounds_run_by(acting)})


@require_safe
@requires(Deed.SEE_OWN_RESULTS)
def live(request: HttpRequest, round_key: str, municipality: str) -> HttpResponse:
    """One municipality's figures so far; asked with a version, only them, and nothing where they are the same."""
    acting = _acting(request)
    part = _part(acting, round_key, municipality)
    page = live_page(part, timezone.localdate(), get_language())
    given = {
        "page": page,
        "may_read": may(acting.role, Deed.SEE_OWN_COMMENTS),
        "whole": sees_everyone(acting, part.round),
    }
    return _with_news(request, "live", given)


@require_safe
@requires(Deed.SEE_OWN_COMMENTS)
def comments(request: HttpRequest, round_key: str, municipality: str, channel: str) -> HttpResponse:
    """One participation's comments, some at a time."""
    part = _part(_acting(request), round_key, municipality)
    participation = part.through(channel)
    if participation is None:
        raise Http404
    standing = own_so_far(part.round, part)
    flow = standing.own_flow(municipality, channel)
    now = CommentsNow(flow.commented or 0, standing.instrument.thresholds.comments)
    asked = request.GET.get("sida", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    page = {
        "part": part,
        "channel": standing.channel_title(channel, get_language()),
        "now": now,
        "found": comments_on(participation, number, now.given) if now.enough else None,
    }
    return render(request, "results/comments.html", page)


@require_safe
@requires(Deed.SEE_ALL_RESULTS)
def whole_round(request: HttpRequest, round_key: str) -> HttpResponse:
    """Every participant's figures so far."""
    round_ = round_with(round_key)
    if round_ is None or not sees_everyone(_acting(request), round_):
        raise Http404
    may_open = may(_acting(request).role, Deed.SEE_OWN_RESULTS)
    page = round_figures(round_, timezone.localdate(), get_language(), may_open=may_open)
    return _with_news(request, "round", {"page": page, "may_open": may_open}, page.figures)


def _with_news(request: HttpRequest, name: str, given: dict[str, object], figures: str = "") -> HttpResponse:
    """The whole page, or its figures where it asks for news; 204 where it has them already."""
    figures = figures or render_to_string(f"results/{name}_figures.html", given, request)
    version = hashlib.blake2b(figures.encode(), digest_size=9).hexdigest()
    known = request.GET.get(VERSION)
    if known == version:
        return HttpResponse(status=204)
    if known is not None:
        response = HttpResponse(figures)
        response.headers["X-Version"] = version
        return response
    more = {"figures": figures, "version": version, "now": timezone.localtime()}
    return render(request, f"results/{name}.html", {**given, **more})


def _part(acting: Acting, round_key: str, municipality: str) -> Part:
    found = part_in(acting, round_key, municipality)
    if found is None:
        raise Http404
    return found


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise Http404  # the gate has seen to it that there is one
    return found
