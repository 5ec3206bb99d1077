"""An item's options as choices on a page, each with the anchor that says what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from lyhord.instruments.definition import Item


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of an item, with what it means; ``anchor`` is empty where the instrument has none."""

    code: str
    label: str
    anchor: str
    chosen: bool


def choices_of(item: Item, language: str, chosen: str) -> tuple[Choice, ...]:
    """The item's options in its own order, in the language; ``chosen`` is the code that stands, or empty."""
    return tuple(
        Choice(
            one.code,
            one.label.in_language(language),
            one.anchor.in_language(language) if one.anchor else "",
            one.code == chosen,
        )
        for one in item.options
    )
