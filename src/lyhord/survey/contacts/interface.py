"""The JSON interface that other systems hand contacts over through, with Brilliant's field names."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.measurements.models import Round
from lyhord.survey.contacts.importing import read
from lyhord.survey.contacts.models import Arrangement, LeftOut, Upload
from lyhord.survey.contacts.openapi import DOCUMENT
from lyhord.survey.contacts.reasons import said
from lyhord.survey.contacts.uploads import arrangement_of, receive
from lyhord.survey.errors import SurveyError

MOST: Final = 1000
COLUMNS: Final = ("PhoneNumberOrEmail", "LanguageCode", "MetaKey", "RecruitmentMethod", "ContactDate")
BEARER: Final = "Bearer "


def new_key(organisation_id: int) -> str:
    """A new key for the organisation, within its scope. Only its hash is kept."""
    key = secrets.token_urlsafe(32)
    own = arrangement_of(organisation_id)
    own.token_hash = _hash(key)
    own.save()
    return key


@csrf_exempt  # a program with a key of its own, not a browser with a cookie
@never_cache
@require_POST
def hand_over(request: HttpRequest, round_key: str) -> HttpResponseBase:
    """Take up to a thousand contacts, or one, into a round; what became of each."""
    organisation = _organisation_of(request)
    if organisation is None:
        answer = _refused(401, "The key is missing or wrong. Send it as: Authorization: Bearer KEY")
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    try:
        contacts = _contacts_in(request.body)
    except (ValueError, RecursionError) as error:
        return _refused(400, str(error))
    with scope(organisation), override("en"):
        return _taken(organisation, round_key, contacts)


@require_GET
def openapi(_: HttpRequest) -> HttpResponseBase:
    """The description of the interface."""
    return JsonResponse({**DOCUMENT, "servers": [{"url": settings.ADDRESS}]})


def _taken(organisation: Organisation, round_key: str, contacts: Sequence[Mapping[str, str]]) -> HttpResponseBase:
    round_ = Round.objects.filter(key=round_key).first()
    if round_ is None:
        return _refused(404, "There is no round with this key.")
    try:
        upload = receive(round_, organisation, "gränssnitt", [_as_list(contacts)], source=Upload.Source.INTERFACE)
        read(upload)
    except SurveyError as error:
        return _refused(409, str(error))
    upload.refresh_from_db()
    rows = LeftOut.objects.filter(upload=upload).order_by("row").values_list("row", "reason")
    left_out = [{"contact": row - 2, "reason": reason, "message": said(reason, "en").reason} for row, reason in rows]
    return JsonResponse({"list": upload.pk, "taken": upload.taken, "leftOut": left_out}, status=200)


def _organisation_of(request: HttpRequest) -> Organisation | None:
    given = request.headers.get("Authorization", "")
    if not given.startswith(BEARER):
        return None
    with scope_of_everything("a key says by itself which organisation it belongs to"):
        rows = Arrangement.objects.filter(token_hash=_hash(given.removeprefix(BEARER).strip()))
        found = rows.select_related("organisation").first()
    return found.organisation if found else None


def _contacts_in(body: bytes) -> list[dict[str, str]]:
    """The contacts in a request; ValueError says what they should look like."""
    try:
        given = json.loads(body)
    except ValueError:
        raise ValueError("The body is no JSON.") from None
    rows = given.get("contacts") if isinstance(given, dict) and "contacts" in given else [given]
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST:
        raise ValueError(f"Send 1-{MOST} contacts in a list called contacts, or one contact by itself.")
    return [_contact(place, row) for place, row in enumerate(rows)]


def _contact(place: int, row: object) -> dict[str, str]:
    if not isinstance(row, dict):
        raise ValueError(f"Contact {place} is no object.")
    values = {name: row.get(name) for name in COLUMNS}
    if any(not isinstance(value, str | int | None) for value in values.values()):
        raise ValueError(f"Contact {place} has a field that is neither text nor number.")
    return {name: "" if value is None else str(value)[:300] for name, value in values.items()}


def _as_list(contacts: Sequence[Mapping[str, str]]) -> bytes:
    """The contacts as a list like any other, so that one way in checks them all."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(
        {name: value.replace("\0", "").replace("\n", " ") for name, value in one.items()} for one in contacts
    )
    return text.getvalue().encode()


def _refused(status: int, message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
