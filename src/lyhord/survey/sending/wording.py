"""What invitations and reminders say: the house's texts in each language, or a municipality's own in their place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from django.conf import settings

from lyhord.delivery.contents import Content, Email, Sms
from lyhord.delivery.models import Channel
from lyhord.delivery.sms_text import MOST_PARTS, plain, sms_text
from lyhord.measurements.models import Participation
from lyhord.measurements.rounds import instrument_of
from lyhord.survey.contacts.importing import road_of
from lyhord.survey.errors import SurveyError
from lyhord.survey.sending.models import SendingPlan

LANGUAGES: Final = ("sv", "en", "fi", "ar")
RIGHT_TO_LEFT: Final = frozenset({"ar"})
SMS_TEXTS: Final = ("sms", "sms_reminder")
EMAIL_TEXTS: Final = ("subject", "email", "subject_reminder", "email_reminder")
HOLDERS: Final = frozenset({"municipality", "link"})
HOLDER: Final = re.compile(r"\{(\w*)\}")
LONGEST: Final = 2000


def survey_address(link: str) -> str:
    """Where the link leads."""
    return f"{settings.ADDRESS}/s/{link}"


def opt_out_address(link: str) -> str:
    """Where the one-click opt-out of an e-mail goes."""
    return f"{survey_address(link)}/avboj"


@cache
def house_texts(language: str) -> Mapping[str, str]:
    """The texts that come with Lyhörd; Swedish where the language has none."""
    known = language if language in LANGUAGES else "sv"
    written = files(__package__).joinpath("texts", f"{known}.toml").read_text(encoding="utf-8")
    return {name: str(text).strip() for name, text in tomllib.loads(written).items()}


def texts_of(plan: SendingPlan, language: str) -> dict[str, str]:
    """The texts that hold for the plan: its own before the house's."""
    return {**house_texts(language), **plan.texts.get(language, {})}


def checked_text(name: str, text: str) -> str:
    """A municipality's own wording, in plain signs where it is for SMS. SurveyError, in Swedish, says what is wrong."""
    tidy = plain(text.strip()) if name in SMS_TEXTS else text.strip().replace("\r\n", "\n")
    if unknown := sorted(set(HOLDER.findall(tidy)) - HOLDERS):
        raise SurveyError(f"Texten har {{{unknown[0]}}}, som inte finns. Använd {{municipality}} och {{link}}.")
    if name.startswith("subject"):
        return _checked_subject(tidy)
    if HOLDER.findall(tidy).count("link") != 1:
        raise SurveyError("Texten ska ha {link} en gång: där står adressen till enkäten.")
    if (name in SMS_TEXTS and len(sms_text(tidy).parts) > MOST_PARTS) or len(tidy) > LONGEST:
        raise SurveyError("Texten är för lång. Korta den.")
    return tidy


def content_for(
    participation: Participation, plan: SendingPlan, language: str, link: str, *, reminder: bool = False
) -> Content:
    """The message for one person. Which kind it is follows from the names of the texts that its road uses."""
    texts, ending = texts_of(plan, language), "_reminder" if reminder else ""
    if road_of_participation(participation) == Channel.SMS:
        return Sms(plain(_filled(texts[f"sms{ending}"], participation, link)))
    text = _filled(texts[f"email{ending}"], participation, link)
    subject = _filled(texts[f"subject{ending}"], participation, link)
    return Email(
        subject=subject,
        text=text,
        html=_as_html(text, survey_address(link), language),
        unsubscribe_url=opt_out_address(link),
    )


def road_of_participation(participation: Participation) -> Channel:
    """Whether the participation's people get an SMS or an e-mail."""
    return road_of(instrument_of(participation.round), participation.channel)


def _checked_subject(text: str) -> str:
    if not text or "\n" in text or len(text) > 120:
        raise SurveyError("Ämnesraden ska vara en enda rad med högst 120 tecken.")
    return text


def _filled(text: str, participation: Participation, link: str) -> str:
    municipality = participation.sender_name or participation.municipality.formal_name
    return text.replace("{municipality}", municipality).replace("{link}", survey_address(link))


def _as_html(text: str, address: str, language: str) -> str:
    """The same words with a link that can be pressed. No pictures, no tracking."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    pressed = f'<a href="{escape(address)}">{escape(address)}</a>'
    paragraphs = "".join(
        f"<p>{escape(part).replace(escape(address), pressed)}</p>".replace("\n", "<br>") for part in text.split("\n\n")
    )
    head = f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
    return f"{head}<body>{paragraphs}</body></html>"
