"""One municipality's report of the mystery measurement."""

from __future__ import annotations

from dataclasses import replace

from lyhord.composition.draft import Draft
from lyhord.composition.material import RoundMaterial
from lyhord.composition.mystery.areas import areas_section, outside_names
from lyhord.composition.mystery.factors import email_section, phone_section
from lyhord.composition.mystery.frame import about_section, kkik_section, method_section, outside_n, summary_section
from lyhord.composition.mystery.quotes import unanswered_section
from lyhord.composition.mystery.results import MysteryResults, mystery_results
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
    summary = summary_section(draft, results)
    phone = phone_section(draft, results)
    email = email_section(draft, results)
    email = replace(email, sections=(*email.sections, unanswered_section(draft, results)))
    parts = [summary, phone, email, kkik_section(draft, results), about_section(draft, results)]
    areas = areas_section(draft, results)
    if areas is not None:
        parts.append(areas)
    return (*parts, method_section(draft, results))


def _cover(draft: Draft, results: MysteryResults) -> Cover:
    material, language = results.material, draft.language

    def counted(item: str) -> str:
        return draft.prose(
            "cover.counted_value",
            counted=results.counts(item).n,
            outside=outside_n(results, item),
            area=outside_names(draft, results).lower(),
        )

    facts = (
        (draft.prose("cover.period"), numbers.period(material.started, material.ended, language)),
        (draft.prose("cover.calls"), counted("tel.kontakt")),
        (draft.prose("cover.letters"), counted("epost.svarstid")),
    )
    return Cover(
        draft.prose("cover.kind"),
        results.instrument.name.in_language(language),
        results.municipality.formal_name,
        numbers.month(material.issued, language),
        facts,
    )
