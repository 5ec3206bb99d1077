"""The pages where a municipality hands its contacts over and sees what became of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lyhord.accounts.acting import Acting, acting_of
from lyhord.accounts.audit import record
from lyhord.accounts.gate import requires
from lyhord.accounts.models import Organisation
from lyhord.accounts.permissions import Deed
from lyhord.accounts.scope import scope
from lyhord.files.rejects import harmless
from lyhord.survey.contacts import interface
from lyhord.survey.contacts.columns import Field
from lyhord.survey.contacts.importing import read
from lyhord.survey.contacts.models import LeftOut, Upload
from lyhord.survey.contacts.ownness import checked_domains, checked_numbers
from lyhord.survey.contacts.reasons import said
from lyhord.survey.contacts.uploads import arrangement_of, choose_columns, list_of, receive, rounds_open_to
from lyhord.survey.errors import SurveyError

SHOWN: Final = 50
READ_AT_ONCE: Final = 512 << 10  # bytes: a day's list of a municipality; the worker reads what is larger
LOOK_AGAIN: Final = "3"  # seconds
GOING_ON: Final = frozenset({Upload.State.WAITING, Upload.State.RUNNING})


@requires(Deed.HANDLE_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponseBase:
    """The lists that were handed over, and the form for another."""
    acting = _acting(request)
    rounds = rounds_open_to(acting.organisation_id)
    problem = ""
    if request.method == "POST":
        try:
            return redirect("contacts:list", pk=_handed_over(request, acting).pk)
        except SurveyError as error:
            problem = str(error)
    uploads = Upload.objects.select_related("round").order_by("-at")[:SHOWN]
    page = {"rounds": rounds, "uploads": uploads, "problem": problem}
    return render(request, "survey_contacts/lists.html", page, status=400 if problem else 200)


@requires(Deed.HANDLE_CONTACTS)
@require_GET
def one_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far one list has come, what was left out of it, or which of its columns is which."""
    upload = get_object_or_404(Upload.objects.select_related("round"), pk=pk)
    response = _shown(request, upload)
    if upload.state in GOING_ON:
        response.headers["Refresh"] = LOOK_AGAIN
    return response


@requires(Deed.HANDLE_CONTACTS)
@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Choose which column is which."""
    upload = get_object_or_404(Upload, pk=pk)
    chosen = {field.value: request.POST.get(field.value, "") for field in Field}
    try:
        choose_columns(upload, {field: heading for field, heading in chosen.items() if heading})
    except SurveyError as error:
        return _shown(request, upload, problem=str(error), status=400)
    _read_if_small(upload)
    return redirect("contacts:list", pk=pk)


@requires(Deed.HANDLE_CONTACTS)
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that were left out and why, as CSV. It holds no address."""
    upload = get_object_or_404(Upload, pk=pk)
    organisation, language = _acting(request).organisation_id, get_language() or "sv"
    response = StreamingHttpResponse(_rows_of(upload, organisation, language), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="utelamnade-rader-{pk}.csv"'
    return response


@requires(Deed.HANDLE_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def arrangement(request: HttpRequest) -> HttpResponseBase:
    """The organisation's own numbers and domains, which never get a survey, and its key to the interface."""
    own, problem, saved = arrangement_of(_acting(request).organisation_id), "", False
    if request.method == "POST":
        try:
            own.internal_numbers = checked_numbers(request.POST.get("numbers", ""))
            own.internal_domains = checked_domains(request.POST.get("domains", ""))
            own.save()
            record("contacts.arranged", own, by=_acting(request))
            saved = True
        except SurveyError as error:
            own.internal_numbers = request.POST.get("numbers", "")
            own.internal_domains = request.POST.get("domains", "")
            problem = str(error)
    page = {"own": own, "problem": problem, "saved": saved}
    return render(request, "survey_contacts/arrangement.html", page, status=400 if problem else 200)


@requires(Deed.HANDLE_CONTACTS)
@require_POST
def new_key(request: HttpRequest) -> HttpResponseBase:
    """A new key to the interface, shown this once; the former one stops working."""
    acting = _acting(request)
    key = interface.new_key(acting.organisation_id)
    record("contacts.key_made", by=acting)
    return render(request, "survey_contacts/key.html", {"key": key})


def _acting(request: HttpRequest) -> Acting:
    found = acting_of(request)
    if found is None:
        raise SurveyError("Nobody acts in this request. Guard the view with requires().")
    return found


def _handed_over(request: HttpRequest, acting: Acting) -> Upload:
    file, key = request.FILES.get("list"), request.POST.get("round", "")
    chosen = next((one for one in rounds_open_to(acting.organisation_id) if one.key == key), None)
    if chosen is None:
        raise SurveyError(gettext("Välj en omgång som är öppen."))
    if file is None:
        raise SurveyError(gettext("Välj en fil med kontakter."))
    organisation = Organisation.objects.get(pk=acting.organisation_id)
    upload = receive(chosen, organisation, file.name or "", file.chunks(), by=acting)
    if (file.size or 0) <= READ_AT_ONCE:
        _read_if_small(upload)
    return upload


def _read_if_small(upload: Upload) -> None:
    if upload.state == Upload.State.WAITING and list_of(upload).path.stat().st_size <= READ_AT_ONCE:
        read(upload)


def _shown(request: HttpRequest, upload: Upload, *, problem: str = "", status: int = 200) -> HttpResponse:
    language = get_language() or "sv"
    reasons = sorted(upload.reasons.items(), key=lambda entry: -entry[1])
    page = {
        "upload": upload,
        "going_on": upload.state in GOING_ON,
        "reasons": [(said(reason, language), count) for reason, count in reasons],
        "problem": problem or upload.problem,
        "fields": [field.value for field in Field],
    }
    if upload.state == Upload.State.UNMAPPED:
        found = list_of(upload)
        page |= {"headings": [heading for heading in found.headings if heading], "sample": found.sample()}
        page["all_headings"] = found.headings
    return render(request, "survey_contacts/list.html", page, status=status)


class _Line:
    """Takes the csv writer's line and hands it on."""

    def write(self, text: str) -> str:
        return text


def _rows_of(upload: Upload, organisation: int, language: str) -> Iterator[str]:
    """A stream is written after the request's scope has ended, so it opens its own."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    english = language == "en"
    yield "\ufeff" + writer.writerow(["row", "fault", "remedy"] if english else ["rad", "fel", "åtgärd"])
    with scope(organisation):
        for row, reason in (
            LeftOut.objects.filter(upload=upload).order_by("row").values_list("row", "reason").iterator()
        ):
            words = said(reason, language)
            yield writer.writerow([row, harmless(words.reason), harmless(words.remedy)])
