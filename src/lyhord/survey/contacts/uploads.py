"""Taking a list in: where it waits, how its columns are chosen, and the organisation's own arrangement."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from lyhord.accounts.acting import Acting
from lyhord.accounts.audit import record
from lyhord.accounts.models import Organisation
from lyhord.files.errors import FileError
from lyhord.measurements.models import Participation, Round
from lyhord.survey.contacts.addresses import Address, address_in
from lyhord.survey.contacts.columns import Field, fingerprint, guessed, is_usable
from lyhord.survey.contacts.lists import ContactList
from lyhord.survey.contacts.models import Arrangement, Upload
from lyhord.survey.errors import SurveyError

LARGEST: Final = 512 << 20  # bytes: a million rows of Brilliant's columns are about 100 MB
OWNER_ONLY: Final = 0o600
State = Upload.State


def folder_of_lists() -> Path:
    """Where lists wait until they are read; readable by nobody else."""
    folder: Path = settings.DATA_FOLDER / "contacts-waiting"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def receive(
    round_: Round,
    organisation: Organisation,
    name: str,
    content: Iterable[bytes],
    *,
    source: Upload.Source = Upload.Source.PAGE,
    by: Acting | None = None,
) -> Upload:
    """Keep a list until it is read, within the organisation's scope; written down. The same list again is the same one.

    Its columns are those that its headings tell or that were chosen before for such headings; where they tell no
    address it waits for somebody to choose. SurveyError where the round takes no contacts from the organisation or the
    file is no list.
    """
    _require_open(round_, organisation)
    stored = secrets.token_hex(16)
    try:
        digest = _written(folder_of_lists() / stored, content)
        same = Upload.objects.filter(organisation=organisation, round=round_, digest=digest)
        if found := same.exclude(state__in=(State.FAILED, State.RECALLED)).first():
            discard(stored)
            return found
        upload = Upload(organisation=organisation, round=round_, name=_shown(name), digest=digest, source=source)
        upload.stored, upload.by = stored, by.user if by else None
        _understand(upload)
    except SurveyError:
        discard(stored)
        raise
    with transaction.atomic():
        upload.save()
        record("contacts.handed_over", upload, by=by, organisation=organisation)
    return upload


def choose_columns(upload: Upload, mapping: Mapping[str, str]) -> None:
    """Read the list by these columns, and later ones with the same headings. SurveyError where they are no choice."""
    headings = list_of(upload).headings
    if upload.state != State.UNMAPPED or not is_usable(mapping, headings):
        raise SurveyError(
            gettext("Välj minst en kolumn med telefonnummer eller e-postadress, och varje kolumn bara en gång.")
        )
    with transaction.atomic():
        arrangement = arrangement_of(upload.organisation_id)
        arrangement.mappings = {**arrangement.mappings, fingerprint(headings): dict(mapping)}
        arrangement.save()
        upload.mapping, upload.state = dict(mapping), State.WAITING
        upload.save(update_fields=["mapping", "state"])


def list_of(upload: Upload) -> ContactList:
    """The list as it waits. SurveyError where it is gone."""
    path = folder_of_lists() / upload.stored
    if not upload.stored or not path.is_file():
        raise SurveyError(gettext("Filen finns inte kvar. Lämna listan igen."))
    return ContactList(path, upload.name)


def discard(stored: str) -> None:
    """Remove a waiting file."""
    if stored:
        (folder_of_lists() / stored).unlink(missing_ok=True)


def arrangement_of(organisation_id: int) -> Arrangement:
    """The organisation's arrangement; not stored before something in it is changed."""
    found = Arrangement.objects.filter(organisation_id=organisation_id).first()
    return found or Arrangement(organisation_id=organisation_id)


def rounds_open_to(organisation_id: int) -> list[Round]:
    """The open rounds that the organisation takes part in, latest first; within its scope."""
    own = Participation.objects.filter(organisation_id=organisation_id, round__state=Round.State.OPEN)
    return list(Round.objects.filter(pk__in=own.values("round")).order_by("-starts", "key"))


def not_open(round_: Round) -> str:
    """That a round takes no contacts, in the language at hand."""
    return gettext("Omgången {round} är inte öppen och tar inte emot kontakter.").format(round=round_.name)


def _understand(upload: Upload) -> None:
    """Which of the list's columns is which; it waits for somebody to choose where nothing tells."""
    found = list_of(upload)
    headings = found.headings
    if not any(headings) or all(isinstance(address_in(heading), Address) for heading in headings if heading):
        raise SurveyError(gettext("Filen har ingen rubrikrad. Skriv rubriker på första raden och lämna listan igen."))
    chosen = arrangement_of(upload.organisation_id).mappings.get(fingerprint(headings))
    mapping = chosen or guessed(headings) or _only_column(found)
    if is_usable(mapping, headings):
        upload.mapping, upload.state = mapping, State.WAITING
    elif len(headings) == 1:
        raise found.fault(FileError("wrong_delimiter", file=upload.name, header=headings[0][:120]))
    else:
        upload.state = State.UNMAPPED


def _only_column(found: ContactList) -> dict[str, str]:
    """The only column of a list under a heading that nobody knows, where its first cells are addresses."""
    cells = [row[0].strip() for row in found.sample() if row]
    if len(found.headings) == 1 and cells and all(isinstance(address_in(cell), Address) for cell in cells):
        return {Field.ADDRESS.value: found.headings[0]}
    return {}


def _require_open(round_: Round, organisation: Organisation) -> None:
    if round_.state != Round.State.OPEN:
        raise SurveyError(not_open(round_))
    if not Participation.objects.filter(round=round_, organisation=organisation).exists():
        text = gettext("{organisation} deltar inte i omgången {round}.")
        raise SurveyError(text.format(organisation=organisation.name, round=round_.name))


def _shown(name: str) -> str:
    """The file's own name, without folders or signs that cannot be seen."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in plain if sign.isprintable())[:200] or "lista"


def _written(path: Path, content: Iterable[bytes]) -> str:
    """Write the list as it comes in; its digest. SurveyError beyond the size that is taken."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as stream:
        for chunk in content:
            size += len(chunk)
            if size > LARGEST:
                raise SurveyError(gettext("Filen är större än {size} MB. Dela upp listan.").format(size=LARGEST >> 20))
            digest.update(chunk)
            stream.write(chunk)
    return digest.hexdigest()
