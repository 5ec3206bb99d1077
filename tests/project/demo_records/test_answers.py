"""What the invented people answer is what real people could have answered."""

from __future__ import annotations

from datetime import UTC, datetime
from statistics import mean

import pytest

from lyhord.instruments import catalogue
from lyhord.instruments.answers import check_row
from lyhord.project.demo.chance import stream
from lyhord.project.demo_records.answers import made_up
from lyhord.project.demo_records.lists import FAULTY, contact_list
from lyhord.project.demo_records.making import INSTRUMENT
from lyhord.survey.contacts.addresses import Address, address_in

MANY = 400


@pytest.mark.parametrize("channel", ["tel", "epost"])
def test_every_answer_holds_against_the_instrument(channel: str) -> None:
    instrument, chance = catalogue.load(INSTRUMENT), stream(1, "test")
    for _ in range(MANY):
        given = made_up(channel, 0.0, chance)
        assert not check_row(instrument, channel, given.answers).problems


def test_a_leaning_moves_the_grades() -> None:
    def grade(leaning: float) -> float:
        chance = stream(1, "test")
        return mean(int(made_up("tel", leaning, chance).answers["tel.bemotande"]) for _ in range(MANY))

    assert grade(-0.2) < grade(0.0) < grade(0.2)


def test_lists_name_people_who_do_not_exist_and_some_rows_that_cannot_be_used() -> None:
    content = contact_list(95, 40, datetime(2026, 11, 20, 12, tzinfo=UTC), stream(1, "test"))
    rows = content.decode("utf-8-sig").split("\r\n")
    cells = [row.split(";") for row in rows[1:-1]]
    found = [address_in(phone or email) for phone, email, *_ in cells]
    usable = [address.text for address in found if isinstance(address, Address)]
    assert len(cells) == 95 + 40 + len(FAULTY)
    assert len(set(usable)) == 95 + 40
    assert all(each.endswith("@demo.example") or each.startswith("+4670174") for each in usable)
