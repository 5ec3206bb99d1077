"""The result sections, factor by factor: a chart of grades, what it shows, the judgement, and KKiK's measures."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.hours import hours_blocks
from lyhord.composition.mystery.quotes import comment_quotes, example_quotes
from lyhord.composition.mystery.results import MysteryResults, measure_text, shown_interval, shown_value
from lyhord.composition.shares import best_first, legend, stacked_row
from lyhord.instruments.definition import Measure, MeasureKind
from lyhord.method.figures import Figure
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedShares
from lyhord.rendering.report import Block, Callout, Chart, Judgement, Paragraph, Section

POINTS_FOR_BEST = 3  # KKiK's Mått 3: mycket god gives three points
KKIK = {"epost.matt1": "matt1", "tel.matt2": "matt2", "tel.matt3": "matt3"}


def phone_section(draft: Draft, results: MysteryResults) -> Section:
    """Availability, answer, information, interest and courtesy."""
    parts = (
        _availability(draft, results),
        _answer(draft, results),
        _graded(draft, results, "tel.information", "information", "tel.information.god"),
        _graded(draft, results, "tel.intresse", "interest", "tel.intresse.god"),
        _courtesy(draft, results),
    )
    return Section("resultat-telefon", draft.prose("phone.title"), (), parts, new_page=True)


def email_section(draft: Draft, results: MysteryResults) -> Section:
    """Answer times, hours, sender and quality of the answer."""
    parts = (_times(draft, results), _hours(draft, results), _sender(draft, results), _quality(draft, results))
    return Section("resultat-e-post", draft.prose("email.title"), (), parts, new_page=True)


def _section(draft: Draft, results: MysteryResults, item: str, blocks: list[Block]) -> Section:
    title = results.instrument.item(item).name.in_language(draft.language)
    return Section(f"faktor-{item.replace('.', '-')}", title, tuple(blocks))


def _chart(draft: Draft, results: MysteryResults, item_id: str, measure_id: str) -> Chart:
    """One 100 % bar of the item's options for the municipality."""
    item = results.instrument.item(item_id)
    counts = results.counts(item_id)
    name = item.name.in_language(draft.language)
    organisation = results.municipality.formal_name
    row = stacked_row(organisation, counts, best_first(item), emphasis=True)
    title = draft.prose("factor.chart_title", item=name)
    base = results.instrument.measure(measure_id).base.in_language(draft.language)
    note = draft.prose("factor.chart_note", base=base, n=numbers.count(counts.n, draft.language))
    spec = StackedShares(title, "", legend(results.instrument, item_id, draft.language), (row,))
    return draft.chart(spec, note, [results.figures[measure_id]])


def _said(draft: Draft, results: MysteryResults, key: str, measure_id: str) -> list[Block]:
    """The result in words, then how it stands to the group and to the previous measurement."""
    figure = results.figures[measure_id]
    text = draft.prose(
        key,
        value=shown_value(results, measure_id, draft.language),
        counted=figure.counted or 0,
        n=figure.n or 0,
        interval=shown_interval(results, measure_id, draft.language),
    )
    return [Paragraph(text), *_judgements(results, measure_id, figure)]


def _judgements(results: MysteryResults, measure_id: str, figure: Figure) -> list[Block]:
    return [
        Judgement(reference.sentence, reference.ruling.rule, (figure,))
        for reference in results.references.get(measure_id, ())
        if reference.ruling is not None
    ]


def kkik_callout(draft: Draft, results: MysteryResults, measure_id: str, note: str = "") -> Callout:
    """KKiK's measure standing alone, with what it rests on."""
    figure = results.figures[measure_id]
    interval = shown_interval(results, measure_id, draft.language)
    if results.instrument.measure(measure_id).kind is MeasureKind.INDEX:
        points, most = _points(results, measure_id)
        rests_on = draft.prose("kkik.index_note", points=points, most=most, n=figure.n or 0, interval=interval)
    else:
        rests_on = draft.prose("kkik.share_note", counted=figure.counted or 0, n=figure.n or 0, interval=interval)
    label = draft.prose(f"kkik.label_{KKIK[measure_id]}")
    value = shown_value(results, measure_id, draft.language)
    return Callout(label, value, f"{rests_on} {note}".strip(), figure)


def _points(results: MysteryResults, measure_id: str) -> tuple[int, int]:
    """KKiK's point sum and the most possible: options worth 100 give three points."""
    item = results.instrument.item(results.instrument.measure(measure_id).item)
    counts = results.counts(item.id)
    worth = sum((option.points or 0) * counts.of(option.code) for option in item.options)
    return round(worth * POINTS_FOR_BEST / 100), counts.n * POINTS_FOR_BEST


def _availability(draft: Draft, results: MysteryResults) -> Section:
    blocks: list[Block] = [
        draft.body("factor.availability"),
        _chart(draft, results, "tel.kontakt", "tel.kontakt.andel"),
    ]
    blocks += _said(draft, results, "factor.availability_result", "tel.kontakt.andel")
    blocks.append(kkik_callout(draft, results, "tel.matt2"))
    return _section(draft, results, "tel.kontakt", blocks)


def _answer(draft: Draft, results: MysteryResults) -> Section:
    blocks: list[Block] = [draft.body("factor.answer"), _chart(draft, results, "tel.svar", "tel.svar.god")]
    blocks += _said(draft, results, "factor.answer_result", "tel.svar.god")
    poor = results.counts("tel.svar").of("dalig")
    no_contact = results.counts("tel.kontakt").of("ingen_kontakt")
    if poor:
        blocks.append(
            draft.body("factor.answer_causes", poor=poor, no_contact=no_contact, other=max(poor - no_contact, 0))
        )
    blocks += comment_quotes(draft, results, "tel", "svar")
    return _section(draft, results, "tel.svar", blocks)


def _graded(draft: Draft, results: MysteryResults, item: str, key: str, measure_id: str) -> Section:
    blocks: list[Block] = [draft.body(f"factor.{key}"), _chart(draft, results, item, measure_id)]
    blocks += _said(draft, results, f"factor.{key}_result", measure_id)
    blocks += comment_quotes(draft, results, "tel", item.split(".")[1])
    return _section(draft, results, item, blocks)


def _courtesy(draft: Draft, results: MysteryResults) -> Section:
    item = results.instrument.item("tel.bemotande")
    counts = results.counts(item.id)
    grades = draft.prose.joined(
        [f"{option.label.in_language(draft.language).lower()} {counts.of(option.code)}" for option in item.options]
    )
    text = draft.prose(
        "factor.courtesy_result",
        value=shown_value(results, "tel.matt3", draft.language),
        n=counts.n,
        grades=grades,
    )
    blocks: list[Block] = [draft.body("factor.courtesy"), _chart(draft, results, item.id, "tel.matt3")]
    blocks.append(Paragraph(text))
    blocks += _judgements(results, "tel.matt3", results.figures["tel.matt3"])
    blocks.append(kkik_callout(draft, results, "tel.matt3"))
    blocks += comment_quotes(draft, results, "tel", "bemotande")
    return _section(draft, results, item.id, blocks)


def _times(draft: Draft, results: MysteryResults) -> Section:
    blocks: list[Block] = [draft.body("factor.times"), _chart(draft, results, "epost.svarstid", "epost.matt1")]
    blocks += _said(draft, results, "factor.times_result", "epost.matt1")
    always = _always_within_a_day(draft, results)
    if always:
        blocks.append(draft.body("factor.times_best", areas=draft.prose.joined(always)))
    blocks += _said(draft, results, "factor.unanswered_result", "epost.obesvarade")
    blocks.append(kkik_callout(draft, results, "epost.matt1", _rounding_note(draft, results)))
    blocks.append(draft.note("factor.two_days_advice"))
    return _section(draft, results, "epost.svarstid", blocks)


def _rounding_note(draft: Draft, results: MysteryResults) -> str:
    """Says so where adding rounded parts would give another figure than the one counted."""
    counts = results.counts("epost.svarstid")
    if not counts.n:
        return ""
    measure = results.instrument.measure("epost.matt1")
    parts = [numbers.decimal(100 * counts.of(code) / counts.n, 0, draft.language) for code in measure.counted]
    whole = sum(int(part) for part in parts)
    if numbers.decimal(float(whole), 0, draft.language) == numbers.decimal(
        results.figures["epost.matt1"].value, 0, draft.language
    ):
        return ""
    return draft.prose("kkik.rounding_note", parts=" + ".join(parts), sum=measure_text(measure, whole, draft.language))


def _always_within_a_day(draft: Draft, results: MysteryResults) -> list[str]:
    areas = results.instrument.breakdown("area")
    names = []
    for area in areas.values if areas else ():
        counts = results.counts("epost.svarstid", area.code)
        if counts.n and counts.of("inom_1_dygn") == counts.n:
            names.append(area.label.in_language(draft.language))
    return names


def _hours(draft: Draft, results: MysteryResults) -> Section:
    return Section("svarstid-timmar", draft.prose("factor.hours_heading"), tuple(hours_blocks(draft, results)))


def _sender(draft: Draft, results: MysteryResults) -> Section:
    measure_id = "epost.avsandare.fullstandig"
    blocks: list[Block] = [draft.body("factor.sender"), _chart(draft, results, "epost.avsandare", measure_id)]
    blocks += _said(draft, results, "factor.sender_result", measure_id)
    blocks.append(draft.note("factor.sender_advice"))
    return _section(draft, results, "epost.avsandare", blocks)


def _quality(draft: Draft, results: MysteryResults) -> Section:
    measure_id = "epost.merinformation.andel"
    blocks: list[Block] = [draft.body("factor.quality"), _chart(draft, results, "epost.merinformation", measure_id)]
    blocks += _said(draft, results, "factor.quality_result", measure_id)
    blocks += example_quotes(draft, results)
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
