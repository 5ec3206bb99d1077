"""What messages say, in every language, and what a municipality may write itself."""

from __future__ import annotations

import pytest

from lyhord.delivery.sms_text import Encoding, plain, sms_text
from lyhord.survey.errors import SurveyError
from lyhord.survey.sending.wording import EMAIL_TEXTS, LANGUAGES, SMS_TEXTS, checked_text, house_texts

LINK = "https://svar.exempel.se/s/k7Qm2XpT9aBc"


def filled(text: str) -> str:
    return text.replace("{municipality}", "Exempelköpings kommun").replace("{link}", LINK)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*SMS_TEXTS, *EMAIL_TEXTS])
def test_every_text_of_the_house_is_one_that_a_municipality_might_have_written(language: str, name: str) -> None:
    text = house_texts(language)[name]
    assert checked_text(name, text) == (plain(text) if name in SMS_TEXTS else text)


@pytest.mark.parametrize("name", SMS_TEXTS)
def test_the_swedish_sms_fits_one_or_two_parts_without_leaving_gsm7(name: str) -> None:
    found = sms_text(filled(house_texts("sv")[name]))
    assert found.encoding is Encoding.GSM7
    assert len(found.parts) <= 2


WRONG = {
    "an unknown holder": ("sms", "Hej {namn}! {link}"),
    "no link": ("sms", "Hej!"),
    "two links": ("email", "{link} {link}"),
    "a subject of two lines": ("subject", "Hej\nBcc: alla@exempel.se"),
    "an empty subject": ("subject", " "),
    "a very long SMS": ("sms", "{link}" + "å" * 1000),
    "a very long e-mail": ("email", "{link}" + "å" * 3000),
}


@pytest.mark.parametrize(("name", "text"), WRONG.values(), ids=WRONG)
def test_a_text_that_cannot_be_sent_is_refused(name: str, text: str) -> None:
    with pytest.raises(SurveyError):
        checked_text(name, text)


def test_signs_from_word_processors_are_written_plainly_in_sms() -> None:
    assert checked_text("sms", "Hej – ”du”… {link}") == 'Hej - "du"... {link}'
