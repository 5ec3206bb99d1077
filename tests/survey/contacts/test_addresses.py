"""Phone numbers and e-mail addresses as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyhord.delivery.models import Channel
from lyhord.survey.contacts.addresses import Address, address_in, looked_up, phone_in
from lyhord.survey.contacts.reasons import Reason

NUMBERS = {
    "0701740605": "+46701740605",
    "070-174 06 05": "+46701740605",
    "070\u2011174\u00a006\u00a005": "+46701740605",
    "0046701740605": "+46701740605",
    "+46 (0)70 174 06 05": "+46701740605",
    "+46701740605": "+46701740605",
    "0721234567": "+46721234567",
    "+47 406 12 345": "+4740612345",
    "+358 40 1234567": "+358401234567",
}
NO_NUMBERS = {
    "08-123 456 78": Reason.NOT_MOBILE,
    "021-39 00 00": Reason.NOT_MOBILE,
    "+46 21 390000": Reason.NOT_MOBILE,
    "0900-123456": Reason.NOT_MOBILE,
    "020-123456": Reason.NOT_MOBILE,
    "112": Reason.BAD_NUMBER,
    "07017406": Reason.BAD_NUMBER,
    "070174060512": Reason.BAD_NUMBER,
    "okänt nummer": Reason.BAD_NUMBER,
    "=HYPERLINK(1)": Reason.BAD_NUMBER,
    "٠٧٠١٧٤٠٦٠٥": Reason.BAD_NUMBER,
    "1" * 5000: Reason.BAD_NUMBER,
}
EMAILS = {
    "Vera.Lind@Exempel.SE": "Vera.Lind@exempel.se",
    " vera@växjö.se ": "vera@xn--vxj-qla6g.se",
    "mailto:vera@exempel.se": "vera@exempel.se",
    "vera+enkat@exempel.se": "vera+enkat@exempel.se",
}
NO_EMAILS = (
    "åsa@exempel.se",
    "vera@",
    "@exempel.se",
    "vera@exempel",
    "vera lind@exempel.se",
    "a@b@c",
    "v@e.se\nBcc: x@y.se",
)


@pytest.mark.parametrize(("written", "number"), NUMBERS.items())
def test_a_mobile_number_has_one_form_however_it_is_written(written: str, number: str) -> None:
    assert address_in(written) == Address(Channel.SMS, number)


@pytest.mark.parametrize(("written", "reason"), NO_NUMBERS.items(), ids=lambda value: str(value)[:20])
def test_a_number_that_takes_no_sms_is_left_out_with_its_reason(written: str, reason: Reason) -> None:
    assert address_in(written) is reason


@pytest.mark.parametrize(("written", "email"), EMAILS.items())
def test_an_email_address_has_one_form(written: str, email: str) -> None:
    assert address_in(written) == Address(Channel.EMAIL, email)


@pytest.mark.parametrize("written", NO_EMAILS)
def test_what_no_mail_server_delivers_to_is_left_out(written: str) -> None:
    assert address_in(written) is Reason.BAD_EMAIL


BEGINNINGS = ("0", "+46", "0046", "+460", "00460", "00", "+", "+4600", "0046(0)", "46", "")
AREAS = ("7", "70", "78", "8", "10", "11", "21", "60", "90", "900", "939", "20", "77", "74", "")


@settings(max_examples=500)
@given(st.sampled_from(BEGINNINGS), st.sampled_from(AREAS), st.from_regex(r"[0-9]{3,9}", fullmatch=True))
def test_the_quick_way_decides_as_the_numbering_plan_does(beginning: str, area: str, rest: str) -> None:
    written = f"{beginning}{area}{rest}"
    assert phone_in(written) == looked_up(written.replace("(0)", ""))


@given(
    st.from_regex(r"(0|\+46|0046)7[0236789][0-9]{7}", fullmatch=True),
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(" -/.\u00a0\u2011")), max_size=5),
)
def test_signs_between_digits_change_nothing(written: str, signs: list[tuple[int, str]]) -> None:
    spaced = written
    for place, sign in signs:
        spaced = spaced[:place] + sign + spaced[place:]
    assert phone_in(spaced) == looked_up(written)


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_has_a_reason(text: str) -> None:
    assert isinstance(address_in(text), Address | Reason)
