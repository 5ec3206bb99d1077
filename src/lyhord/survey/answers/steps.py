"""What a form that comes back means: which screen is next, what was answered, and whether all is to be handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lyhord.instruments.answers import check_answer, check_row
from lyhord.instruments.definition import Instrument, Item
from lyhord.instruments.routing import asked
from lyhord.survey.answers.screens import (
    WHOLE,
    Screen,
    after,
    before,
    called,
    first_open,
    is_drafted,
    screens_of,
    whole,
)

NEXT: Final = "next"
BACK: Final = "back"
SEND: Final = "send"
LONGEST_COMMENT: Final = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Step:
    """Where the respondent is now. ``problem`` names a text to show; ``shown`` is what the screen's fields hold."""

    screen: Screen
    answers: Mapping[str, str]
    problem: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    handed_in: bool = False
    comment: str = ""


def opening(instrument: Instrument, channel: str, answers: Mapping[str, str], wish: str = "") -> Step:
    """The screen that somebody who follows the link sees.

    ``wish`` is the answer to the first question that a link in an e-mail carries: it is shown as chosen and nothing
    more, and only while nothing has been answered.
    """
    screen = first_open(screens_of(instrument, channel, answers), answers)
    known = {option.code for item in screen.items for option in item.options}
    shown = {screen.items[0].id: wish} if wish in known and not answers else {}
    return Step(screen, answers, shown=shown)


def opening_whole(instrument: Instrument, channel: str, answers: Mapping[str, str], wish: str = "") -> Step:
    """All questions at once, as ``opening``."""
    first = opening(instrument, channel, answers, wish)
    return Step(whole(instrument, channel), answers, shown={**answers, **first.shown})


def taken(instrument: Instrument, channel: str, answers: Mapping[str, str], posted: Mapping[str, str]) -> Step:
    """What follows on a form. ``posted`` holds ``at``, ``go`` and the answers by the items' short names."""
    if posted.get("at") == WHOLE:
        return _whole_taken(instrument, channel, posted)
    screens = screens_of(instrument, channel, answers)
    here = called(screens, posted.get("at", "")) or first_open(screens, answers)
    given, problem = _read(here.items, posted)
    if posted.get("go") not in (NEXT, BACK, SEND):  # no button was pressed: a program sent the form by itself
        return Step(here, answers, shown=given)
    if posted.get("go") == BACK:
        kept = {**answers, **{item: option for item, option in _drafted(instrument, given).items() if option}}
        return _shown_again(before(screens, here.at), kept)
    problem = problem or _missing(here.items, given)
    if problem:
        return Step(here, answers, problem, given)
    merged = {**answers, **_drafted(instrument, given)}
    if here.is_last:
        return _handed_in(instrument, channel, merged, given) if posted.get("go") == SEND else Step(here, merged)
    return _shown_again(after(screens_of(instrument, channel, merged), here.at), merged)


def _shown_again(screen: Screen, answers: Mapping[str, str]) -> Step:
    return Step(screen, answers, shown={item.id: answers.get(item.id, "") for item in screen.items})


def _read(items: tuple[Item, ...], posted: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The answers to these items, blank ones as empty texts, and the name of what is wrong with the first faulty."""
    given: dict[str, str] = {}
    problem = ""
    for item in items:
        raw = posted.get(item.key, "").replace("\r\n", "\n")
        answer = check_answer(item, raw)
        if not is_drafted(item):
            given[item.id] = raw.replace("\0", "").strip()
            problem = problem or ("too_long" if len(given[item.id]) > LONGEST_COMMENT else "")
        elif isinstance(answer, str):
            given[item.id] = answer
        else:
            problem = problem or "not_an_option"
    return given, problem


def _missing(items: tuple[Item, ...], given: Mapping[str, str]) -> str:
    return "required" if any(item.required and not given.get(item.id) for item in items) else ""


def _drafted(instrument: Instrument, given: Mapping[str, str]) -> dict[str, str]:
    return {item: answer for item, answer in given.items() if is_drafted(instrument.item(item))}


def _whole_taken(instrument: Instrument, channel: str, posted: Mapping[str, str]) -> Step:
    screen = whole(instrument, channel)
    given, problem = _read(screen.items, posted)
    put = asked(instrument, channel, given)
    problem = problem or _missing(put, given)
    if problem or posted.get("go") != SEND:
        return Step(screen, {}, problem, given)
    done = _handed_in(instrument, channel, given, given)
    return done if done.handed_in else Step(screen, {}, done.problem, given)


def _handed_in(instrument: Instrument, channel: str, answers: Mapping[str, str], given: Mapping[str, str]) -> Step:
    """All answers to what is asked, checked as a row of a file is; else the screen where something is missing."""
    put = asked(instrument, channel, answers)
    final = {item.id: answers[item.id] for item in put if is_drafted(item) and answers.get(item.id)}
    comments = [given[item.id] for item in put if not is_drafted(item) and given.get(item.id)]
    checked = check_row(instrument, channel, final)
    if not checked.problems or (comments and not final and not _missing(put, final)):
        screens = screens_of(instrument, channel, answers)
        return Step(screens[-1], checked.answers, handed_in=True, comment="\n\n".join(comments))
    faulty = {problem.field for problem in checked.problems}
    screens = screens_of(instrument, channel, answers)
    where = next((one for one in screens if any(item.id in faulty for item in one.items)), screens[0])
    return Step(where, answers, "required", {})


def stale(instrument: Instrument, channel: str, answers: Mapping[str, str], posted: Mapping[str, str]) -> Step:
    """The same screen again, with what was filled in, for a form whose token does not hold: nothing of it is kept."""
    if posted.get("at") == WHOLE:
        screen = whole(instrument, channel)
    else:
        screens = screens_of(instrument, channel, answers)
        screen = called(screens, posted.get("at", "")) or first_open(screens, answers)
    given, _ = _read(screen.items, posted)
    return Step(screen, answers, "stale", {item: answer[:LONGEST_COMMENT] for item, answer in given.items()})
