"""Builders for answering: an open round, a municipality that takes part, people invited, and what they send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from builders import EXEMPELKOPING
from builders_records import municipality_of, national_organisation, organisation_of
from lyhord.accounts.scope import scope
from lyhord.delivery.contents import house_keys
from lyhord.delivery.sealing import new_key, seal
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import take_part
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.survey.contacts.models import Contact, ContactKey, Upload
from lyhord.survey.sending.links import hash_of, link_for, new_nonce
from lyhord.survey.sending.models import Invitation

INSTRUMENT = "skr-servicematning-2024"
TOKEN = re.compile(r'name="t" value="([^"]+)"')
_numbers = count(1)


def open_round(key: str = "svar", *, fictitious: bool = False) -> Round:
    """A round of 2024's questions that is open today, planned once by its key."""
    found = Round.objects.filter(key=key).first()
    if found:
        return found
    today = timezone.localdate()
    plan = RoundPlan(key, f"Servicemätning {key}", today - timedelta(days=9), today + timedelta(days=40))
    made = plan_round(national_organisation(), definition_text(INSTRUMENT), plan)
    move(made, Round.State.OPEN)
    if fictitious:
        Round.objects.filter(pk=made.pk).update(fictitious=True)
    return made


def taking_part(code: str = EXEMPELKOPING, channel: str = "tel", key: str = "svar") -> Participation:
    """A municipality that takes part in the open round, made once by channel."""
    municipality_of(code)
    organisation = organisation_of(code)
    with scope(organisation):
        found = Participation.objects.filter(round__key=key, organisation=organisation, channel=channel).first()
        return found or take_part(open_round(key), organisation, channel)


def invited(participation: Participation | None = None, *, language: str = "sv", address: str = "") -> str:
    """The link of somebody newly invited, with a sealed address."""
    participation = participation or taking_part()
    organisation = participation.organisation
    nonce, person = new_nonce(), f"{next(_numbers):032x}"
    place, key = f"{organisation.pk}|{person}|contact", new_key()
    address = address or (f"+4670{next(_numbers):07}" if participation.channel == "tel" else f"{person}@exempel.se")
    with scope(organisation):
        upload = Upload.objects.get_or_create(
            organisation=organisation, round=participation.round, digest="f", name="lista.csv",
            source=Upload.Source.PAGE, state=Upload.State.DONE,
        )[0]  # fmt: skip
        contact = Contact.objects.create(
            organisation=organisation, participation=participation, upload=upload, person=person,
            contacted=timezone.now(), state=Contact.State.DRAWN, sealed_address=seal(address.encode(), key, place),
        )  # fmt: skip
        wrapped = house_keys().wrap(key, f"{place}|key")
        ContactKey.objects.create(organisation=organisation, person=person, wrapped=wrapped)
        Invitation.objects.create(
            participation=participation, contact=contact, nonce=nonce, link_hash=hash_of(link_for(nonce)),
            language=language, state=Invitation.State.SENT,
        )  # fmt: skip
    return link_for(nonce)


def token_in(html: str) -> str:
    """The token of the form on a page; empty where there is none."""
    found = TOKEN.search(html)
    return found.group(1) if found else ""


def page_of(link: str, **parameters: str) -> str:
    """The page that a GET of the link shows."""
    return Client().get(f"/s/{link}", parameters).content.decode()


def post(link: str, at: str, go: str = "next", *, token: str | None = None, **answers: str) -> str:
    """The page that answers a screen's form."""
    token = token_in(page_of(link)) if token is None else token
    response = Client().post(f"/s/{link}", {"t": token, "at": at, "go": go, "lang": "sv", **answers})
    return response.content.decode()


CALL: Mapping[str, str] = {"bemotande": "5", "arendekategori": "bygglov", "enkelhet": "4"}
LETTER: Mapping[str, str] = {"filter": "ja", "tydlighet": "4", "enkelhet": "3", "arendekategori": "ovrigt"}


def journey(link: str, answers: Mapping[str, str] = CALL, comment: str = "") -> str:
    """Every screen in order and the last one sent; the page that ends it."""
    for at, option in answers.items():
        post(link, at, **{at: option})
    return post(link, "", "send", kommentar=comment)
