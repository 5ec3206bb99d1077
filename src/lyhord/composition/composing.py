"""The one door to composing: which reports a round has, and how each is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lyhord.composition.material import CompositionError, RoundMaterial
from lyhord.composition.mystery.municipality import mystery_report
from lyhord.composition.standing import Standing, standing_of
from lyhord.composition.survey.municipality import municipality_report
from lyhord.composition.survey.national import NATIONAL, national_report
from lyhord.rendering.report import Report


@dataclass(frozen=True)
class Composer:
    """Composes the reports of one round. ``subjects`` are municipality codes; a survey round also has "riket"."""

    subjects: tuple[str, ...]
    national: bool
    compose: Callable[[str, str], Report]  # (subject, language)


def composer_for(material: RoundMaterial) -> Composer:
    """The composer that fits the instrument's method; CompositionError for one without reports."""
    if material.instrument.method == "survey":
        return _survey(standing_of(material))
    if material.instrument.method == "mystery":
        return _mystery(material)
    raise CompositionError(
        f"Instrument {material.instrument.id} has method {material.instrument.method!r}; "
        "reports exist for survey and mystery."
    )


def _survey(standing: Standing) -> Composer:
    subjects = sorted({code for codes in standing.participants.values() for code in codes})

    def compose(subject: str, language: str) -> Report:
        if subject == NATIONAL:
            return national_report(standing, language)
        return municipality_report(standing, subject, language)

    return Composer(tuple(subjects), national=not standing.alone, compose=compose)


def _mystery(material: RoundMaterial) -> Composer:
    tally = material.counts.tally
    channels = material.instrument.channels
    codes = sorted({code for channel in channels for code in tally.municipalities(material.round_id, channel.id)})

    def compose(subject: str, language: str) -> Report:
        return mystery_report(material, subject, language)

    return Composer(tuple(codes), national=False, compose=compose)
