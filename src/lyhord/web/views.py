"""The page of produced reports, and the files themselves. Nothing here changes anything."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lyhord.rendering import tokens
from lyhord.web import headers
from lyhord.web.demonstration import demonstration
from lyhord.web.formats import FORMATS, Format
from lyhord.web.problems import unreadable
from lyhord.web.produced import ProducedError, ProducedFile, ProducedReport, grouped, path_of, read_produced


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every report that was produced, or those that the words in ``q`` find."""
    query = request.GET.get("q", "").strip()
    try:
        reports = read_produced(settings.REPORTS_FOLDER)
    except ProducedError as error:
        return unreadable(request, error)
    found = tuple(report for report in reports if report.mentions(query))
    return render(
        request,
        "web/index.html",
        {
            "query": query,
            "total": len(reports),
            "found": len(found),
            "groups": grouped(found),
            "fictitious": any(report.fictitious for report in reports),
            "demonstration": demonstration(),
        },
    )


@require_safe
def report_file(request: HttpRequest, report_id: str, format_name: str) -> HttpResponseBase:
    """One file of one report, found by the index alone: no part of the address becomes part of a path."""
    try:
        reports = read_produced(settings.REPORTS_FOLDER)
        report = next((report for report in reports if report.id == report_id), None)
        file = report.file(format_name) if report else None
        if report is None or file is None or format_name not in FORMATS:
            raise Http404
        return _sent(report, file, path_of(settings.REPORTS_FOLDER, file), FORMATS[format_name])
    except ProducedError as error:
        return unreadable(request, error)


def _sent(report: ProducedReport, file: ProducedFile, path: Path, kind: Format) -> HttpResponseBase:
    response: HttpResponseBase
    if kind.media_type.startswith("text/html"):
        page = path.read_bytes()
        response = HttpResponse(page)
        response.headers[headers.POLICY] = headers.report_policy(page)
    else:
        name = f"{report.id}{Path(file.name).suffix}"
        response = FileResponse(path.open("rb"), as_attachment=not kind.inline, filename=name)
    response.headers["Content-Type"] = kind.media_type
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@cache_control(max_age=3600, public=True)
def tokens_css(request: HttpRequest) -> HttpResponse:
    """The design tokens as CSS variables, the same that every report is drawn with."""
    return HttpResponse(tokens.css(), content_type="text/css; charset=utf-8")
