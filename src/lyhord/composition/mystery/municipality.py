"""One municipality's report of the mystery measurement."""

from __future__ import annotations

from dataclasses import replace

from lyhord.composition.draft import Draft
from lyhord.composition.material import RoundMaterial
from lyhord.composition.mystery.about import about_section
from lyhord.composition.mystery.areas import areas_section, outside_n, outside_names
from lyhord.composition.mystery.beside import lower_first
from lyhord.composition.mystery.factors import email_section, phone_section
from lyhord.composition.mystery.method import method_section
from lyhord.composition.mystery.quotes import unanswered_section
from lyhord.composition.mystery.results import EVERY_CASE, MysteryResults, mystery_results
from lyhord.composition.mystery.summary import summary_section
from lyhord.composition.prose import Prose
from lyhord.rendering import numbers
from lyhord.rendering.report import Brand, Cover, Report, Section


def mystery_report(material: RoundMaterial, code: str, language: str = "sv") -> Report:
    """Compose the whole report of one municipality in one language; CompositionError where nothing was counted."""
    draft = Draft(Prose("mystery", language))
    results = mystery_results(draft, material, code)
    return Report(
        id=f"{material.round_id}-{code}-{language}",
        language=language,
        cover=_cover(draft, results),
        sections=_sections(draft, results),
        municipality=code,
        instrument=material.instrument.id,
        round=material.round_id,
        issued=material.issued.isoformat(),
        fictitious=material.fictitious,
        brand=material.brands.get(code, Brand()),
        withheld=tuple(draft.withheld),
    )


def _sections(draft: Draft, results: MysteryResults) -> tuple[Section, ...]:
    """In reading order, since charts and tables are numbered as they are written."""
    parts = [summary_section(draft, results)]
    if "tel" in results.channels:
        parts.append(phone_section(draft, results))
    if "epost" in results.channels:
        email = email_section(draft, results)
        parts.append(replace(email, sections=(*email.sections, unanswered_section(draft, results))))
    parts.append(about_section(draft, results))
    areas = areas_section(draft, results)
    if areas is not None:
        parts.append(areas)
    return (*parts, method_section(draft, results))


def _cover(draft: Draft, results: MysteryResults) -> Cover:
    material, language = results.material, draft.language

    facts = [(draft.prose("cover.period"), numbers.period(material.started, material.ended, language))]
    for channel in results.channels:
        outside = outside_n(results, EVERY_CASE[channel])
        key = "cover.counted_value" if outside else "cover.counted_only"
        area = lower_first(outside_names(draft, results))
        value = draft.prose(key, counted=results.cases(channel), outside=outside, area=area)
        facts.append((draft.prose(f"cover.cases_{channel}"), value))
    return Cover(
        draft.prose("cover.kind"),
        results.instrument.name.in_language(language),
        results.municipality.formal_name,
        numbers.month(material.issued, language),
        tuple(facts),
    )
