"""One municipality's report of the citizen survey."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.own_standing import OwnStanding, own_standing
from lyhord.composition.prose import Prose
from lyhord.composition.standing import Standing
from lyhord.composition.survey.about import about_section, answers_by_channel
from lyhord.composition.survey.appendix import comments_appendix, kolada_rows, method_appendix, next_steps
from lyhord.composition.survey.categories import category_section, own_category_section
from lyhord.composition.survey.comments import comments_section, own_comments_section
from lyhord.composition.survey.overview import overview_section
from lyhord.composition.survey.own_results import own_channel_section
from lyhord.composition.survey.summary import own_summary
from lyhord.composition.survey.waiting import waiting_section
from lyhord.rendering import numbers
from lyhord.rendering.report import Brand, Chart, Cover, Report, Section, Table


def municipality_report(standing: Standing, code: str, language: str = "sv") -> Report:
    """Compose the whole report of one municipality in one language; CompositionError for an unknown municipality."""
    draft = Draft(Prose("survey", language))
    own = own_standing(draft, standing, code)
    material = standing.material
    return Report(
        id=f"{material.round_id}-{code}-{language}",
        language=language,
        cover=_cover(draft, standing, own),
        sections=_sections(draft, standing, own),
        municipality=code,
        instrument=material.instrument.id,
        round=material.round_id,
        issued=material.issued.isoformat(),
        fictitious=material.fictitious,
        brand=material.brands.get(code, Brand()),
        kolada=kolada_rows(standing, code, language),
        withheld=tuple(draft.withheld),
    )


def _sections(draft: Draft, standing: Standing, own: OwnStanding) -> tuple[Section, ...]:
    """In reading order, since charts and tables are numbered as they are written."""
    parts = [own_summary(draft, standing, own)]
    parts += [own_channel_section(draft, standing, own, channel.id) for channel in standing.instrument.channels]
    own_parts = _present(own_category_section(draft, standing, own), own_comments_section(draft, standing, own))
    if own_parts:
        title = draft.prose("own.more_title")
        room = any(isinstance(block, Chart | Table) for part in own_parts for block in part.blocks)
        parts.append(Section("eget-mer", title, (), own_parts, new_page=room))
    if not standing.alone:
        parts.append(overview_section(draft, standing))
        parts += _present(category_section(draft, standing), comments_section(draft, standing))
    parts += _present(waiting_section(draft, standing, own.code))
    parts.append(next_steps(draft, standing))
    parts.append(about_section(draft, standing, own.code))
    parts += _present(comments_appendix(draft, standing))
    parts.append(method_appendix(draft, standing, own))
    return tuple(parts)


def _present(*sections: Section | None) -> tuple[Section, ...]:
    return tuple(section for section in sections if section is not None)


def _cover(draft: Draft, standing: Standing, own: OwnStanding) -> Cover:
    material, language = standing.material, draft.language
    facts = [
        (draft.prose("cover.period"), numbers.period(material.started, material.ended, language)),
        (draft.prose("cover.answers"), answers_by_channel(draft, standing, own.code)),
    ]
    if not standing.alone:
        facts.append((draft.prose("cover.participants"), numbers.count(len(standing.everybody), language)))
    return Cover(
        draft.prose("cover.kind"),
        standing.instrument.name.in_language(language),
        own.organisation,
        numbers.month(material.issued, language),
        tuple(facts),
    )
