"""The result sections, factor by factor: a chart of grades, what it shows, the judgement, and KKiK's measures."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.beside import printed_beside
from lyhord.composition.mystery.hours import hours_blocks
from lyhord.composition.mystery.kkik import kkik_callouts
from lyhord.composition.mystery.quotes import comment_quotes, example_quotes
from lyhord.composition.mystery.results import MysteryResults, shown_interval, shown_value
from lyhord.composition.shares import best_first, counted_row, legend, stacked_row
from lyhord.instruments.definition import Measure, MeasureKind
from lyhord.method.figures import Withheld
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedShares
from lyhord.rendering.report import Block, Section


def phone_section(draft: Draft, results: MysteryResults) -> Section:
    """Availability, answer, information, interest and courtesy."""
    parts = (
        _availability(draft, results),
        _answer(draft, results),
        _graded(draft, results, "tel.information", "information", "tel.information.god"),
        _graded(draft, results, "tel.intresse", "interest", "tel.intresse.god"),
        _courtesy(draft, results),
    )
    return Section("resultat-telefon", draft.prose("phone.title"), (), parts)


def email_section(draft: Draft, results: MysteryResults) -> Section:
    """Answer times, hours, sender and quality of the answer."""
    parts = (_times(draft, results), _hours(draft, results), _sender(draft, results), _quality(draft, results))
    return Section("resultat-e-post", draft.prose("email.title"), (), parts, new_page=True)


def _section(draft: Draft, results: MysteryResults, item: str, blocks: list[Block]) -> Section:
    title = results.instrument.item(item).name.in_language(draft.language)
    return Section(f"faktor-{item.replace('.', '-')}", title, tuple(blocks))


def _charts(draft: Draft, results: MysteryResults, item_id: str, measure_id: str) -> list[Block]:
    """One 100 % bar of the item's options for the municipality; in counts where cases are too few for percent."""
    counts = results.counts(item_id)
    if not counts.n:
        return []
    item, figure = results.instrument.item(item_id), results.figures[measure_id]
    few = figure.withheld is Withheld.TOO_FEW
    make_row = counted_row if few else stacked_row
    row = make_row(results.municipality.formal_name, counts, best_first(item), emphasis=True)
    name = item.name.in_language(draft.language)
    title = draft.prose("factor.chart_title_counts" if few else "factor.chart_title", item=name)
    note = draft.prose("factor.chart_note", base=figure.base, n=numbers.count(counts.n, draft.language))
    key = legend(results.instrument, item_id, draft.language)
    spec = StackedShares(title, "", key, (row,), unit="" if few else "%")
    return [draft.chart(spec, note, [figure])]


def _said(draft: Draft, results: MysteryResults, key: str, measure_id: str, **values: object) -> list[Block]:
    """The result in words, then how it stands to the group and to the previous measurement."""
    figure = results.figures[measure_id]
    if figure.value is None:
        withheld = "factor.too_few" if figure.n else "factor.nothing"
        return [draft.body(withheld, base=figure.base, n=figure.n or 0)]
    text = draft.body(
        key,
        value=shown_value(results, measure_id, draft.language),
        counted=figure.counted or 0,
        n=figure.n or 0,
        interval=shown_interval(results, measure_id, draft.language),
        **values,
    )
    return [text, *printed_beside(draft, results, measure_id)]


def _availability(draft: Draft, results: MysteryResults) -> Section:
    blocks: list[Block] = [
        draft.body("factor.availability"),
        *_charts(draft, results, "tel.kontakt", "tel.kontakt.andel"),
        *_said(draft, results, "factor.availability_result", "tel.kontakt.andel"),
        *kkik_callouts(draft, results, "tel.matt2"),
    ]
    return _section(draft, results, "tel.kontakt", blocks)


def _answer(draft: Draft, results: MysteryResults) -> Section:
    blocks: list[Block] = [
        draft.body("factor.answer"),
        *_charts(draft, results, "tel.svar", "tel.svar.god"),
        *_said(draft, results, "factor.answer_result", "tel.svar.god"),
        *_causes(draft, results),
        *comment_quotes(draft, results, "tel", "svar"),
    ]
    return _section(draft, results, "tel.svar", blocks)


def _causes(draft: Draft, results: MysteryResults) -> list[Block]:
    """Why answers are poor: no contact, or an officer who could not answer."""
    poor = results.counts("tel.svar").of("dalig")
    no_contact = results.counts("tel.kontakt").of("ingen_kontakt")
    other = poor - no_contact
    if not poor or other < 0:
        return []
    key = "both" if no_contact and other else "no_contact" if no_contact else "other"
    return [draft.body(f"factor.answer_causes_{key}", poor=poor, no_contact=no_contact, other=other)]


def _graded(draft: Draft, results: MysteryResults, item: str, key: str, measure_id: str) -> Section:
    blocks: list[Block] = [
        draft.body(f"factor.{key}"),
        *_charts(draft, results, item, measure_id),
        *_said(draft, results, f"factor.{key}_result", measure_id),
        *comment_quotes(draft, results, "tel", item.split(".")[1]),
    ]
    return _section(draft, results, item, blocks)


def _courtesy(draft: Draft, results: MysteryResults) -> Section:
    item = results.instrument.item("tel.bemotande")
    counts = results.counts(item.id)
    grades = draft.prose.joined(
        [f"{option.label.in_language(draft.language).lower()} {counts.of(option.code)}" for option in item.options]
    )
    blocks: list[Block] = [
        draft.body("factor.courtesy"),
        *_charts(draft, results, item.id, "tel.matt3"),
        *_said(draft, results, "factor.courtesy_result", "tel.matt3", grades=grades),
        *kkik_callouts(draft, results, "tel.matt3"),
        *comment_quotes(draft, results, "tel", "bemotande"),
    ]
    return _section(draft, results, item.id, blocks)


def _times(draft: Draft, results: MysteryResults) -> Section:
    blocks: list[Block] = [
        draft.body("factor.times"),
        *_charts(draft, results, "epost.svarstid", "epost.matt1"),
        *_said(draft, results, "factor.times_result", "epost.matt1"),
    ]
    always = _always_within_a_day(draft, results)
    if always:
        blocks.append(draft.body("factor.times_best", areas=draft.prose.joined(always)))
    if results.figures["epost.obesvarade"].value is not None:
        blocks += _said(draft, results, "factor.unanswered_result", "epost.obesvarade")
    blocks += kkik_callouts(draft, results, "epost.matt1")
    blocks.append(draft.note("factor.two_days_advice"))
    return _section(draft, results, "epost.svarstid", blocks)


def _always_within_a_day(draft: Draft, results: MysteryResults) -> list[str]:
    areas = results.instrument.breakdown("area")
    names = []
    for area in areas.values if areas else ():
        counts = results.counts("epost.svarstid", area.code)
        inside = areas is not None and area.code not in areas.outside_total
        if inside and counts.n and counts.of("inom_1_dygn") == counts.n:
            names.append(area.label.in_language(draft.language))
    return names


def _hours(draft: Draft, results: MysteryResults) -> Section:
    return Section("svarstid-timmar", draft.prose("factor.hours_heading"), tuple(hours_blocks(draft, results)))


def _sender(draft: Draft, results: MysteryResults) -> Section:
    measure_id = "epost.avsandare.fullstandig"
    blocks: list[Block] = [
        draft.body("factor.sender"),
        *_charts(draft, results, "epost.avsandare", measure_id),
        *_said(draft, results, "factor.sender_result", measure_id),
        draft.note("factor.sender_advice"),
    ]
    return _section(draft, results, "epost.avsandare", blocks)


def _quality(draft: Draft, results: MysteryResults) -> Section:
    measure_id = "epost.merinformation.andel"
    blocks: list[Block] = [
        draft.body("factor.quality"),
        *_charts(draft, results, "epost.merinformation", measure_id),
        *_said(draft, results, "factor.quality_result", measure_id),
        *example_quotes(draft, results),
    ]
    return _section(draft, results, "epost.merinformation", blocks)


def headline_measures(results: MysteryResults) -> tuple[Measure, ...]:
    """The measures of the summary's chart: every share, and Mått 3 in percent of the maximum."""
    return tuple(
        measure
        for measure in results.instrument.measures
        if (measure.kind is MeasureKind.SHARE or measure.percent_of_max)
        and measure.higher_is_better
        and results.figures[measure.id].value is not None
    )
