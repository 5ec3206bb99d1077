"""Which screens a respondent goes through: a question each, and a last one with the comment and the send button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lyhord.instruments.definition import Instrument, Item, ItemKind
from lyhord.instruments.routing import asked

LAST = ""  # the last screen has no question of its own to be known by
WHOLE = "*"  # all questions at once
MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked at once. ``at`` names the screen in the form that comes back."""

    at: str
    items: tuple[Item, ...]
    number: int
    total: int
    is_last: bool


_kept: dict[tuple[int, str, tuple[tuple[str, str], ...]], tuple[Instrument, tuple[Screen, ...]]] = {}


def is_drafted(item: Item) -> bool:
    """Whether an answer is kept between screens: never a comment."""
    return item.kind is not ItemKind.TEXT


def screens_of(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> tuple[Screen, ...]:
    """The screens that follow from the answers so far; ``total`` is the most that there may still be.

    Kept for the next who has answered the same.
    """
    key = (id(instrument), channel, tuple(answers.items()))
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        # With the instrument, so that its id stays its own.
        found = _kept[key] = (instrument, _screens(instrument, channel, answers))
    return found[1]


def _screens(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> tuple[Screen, ...]:
    put = asked(instrument, channel, answers)
    questions = [item for item in put if is_drafted(item)]
    texts = tuple(item for item in put if not is_drafted(item))
    total = max(_lengths(instrument, channel, answers))
    single = [Screen(item.key, (item,), number, total, False) for number, item in enumerate(questions, start=1)]
    return (*single, Screen(LAST, texts, len(questions) + 1, total, True))


def whole(instrument: Instrument, channel: str) -> Screen:
    """Every question of the channel on one screen, also those that only some are to answer."""
    items = tuple(item for item in instrument.items_in(channel) if item.is_put)
    return Screen(WHOLE, items, 1, 1, True)


def first_open(screens: Iterable[Screen], answers: Mapping[str, str]) -> Screen:
    """Where somebody who comes back goes on: the first screen without an answer, or the last."""
    *single, last = screens
    return next((screen for screen in single if screen.items[0].id not in answers), last)


def after(screens: tuple[Screen, ...], at: str) -> Screen:
    """The screen after the one called ``at``; the first where it is not among them."""
    place = next((number for number, screen in enumerate(screens) if screen.at == at), -1)
    return screens[min(place + 1, len(screens) - 1)]


def before(screens: tuple[Screen, ...], at: str) -> Screen:
    """The screen before the one called ``at``, or the first."""
    place = next((number for number, screen in enumerate(screens) if screen.at == at), 0)
    return screens[max(place - 1, 0)]


def called(screens: tuple[Screen, ...], at: str) -> Screen | None:
    """The screen called ``at``; None where the answers lead past it."""
    return next((screen for screen in screens if screen.at == at), None)


def _lengths(instrument: Instrument, channel: str, answers: Mapping[str, str]) -> Iterable[int]:
    """How many screens there are for each answer that may be given to the first question that leads elsewhere."""
    forks = {item.asked_when.item for item in instrument.items_in(channel) if item.asked_when}
    fork = next((i for i in asked(instrument, channel, answers) if i.id in forks and not answers.get(i.id)), None)
    chances = [{fork.id: option.code} for option in fork.options] if fork else [{}]
    for chance in chances:
        put = asked(instrument, channel, {**answers, **chance})
        yield sum(map(is_drafted, put)) + 1
