"""The section about the measurement: background, method with its numbers, what was left out, and the comparisons."""

from __future__ import annotations

from lyhord.composition.draft import Draft
from lyhord.composition.mystery.areas import measured_areas, outside_n, outside_names
from lyhord.composition.mystery.beside import lower_first, upper_first
from lyhord.composition.mystery.results import EVERY_CASE, MysteryResults
from lyhord.rendering import numbers
from lyhord.rendering.report import Block, Bullets, Paragraph, Section


def about_section(draft: Draft, results: MysteryResults) -> Section:
    """Background, method with numbers of calls and letters, what was left out, and what is compared with."""
    background = (draft.body("about.background"), draft.body("about.background_more"))
    parts = (
        Section("bakgrund", draft.prose("about.background_title"), background),
        Section("metod", draft.prose("about.method_title"), (Bullets(_method(draft, results)),)),
        Section("jamforelser", draft.prose("about.comparison_title"), tuple(_comparisons(draft, results))),
    )
    return Section("om-matningen", draft.prose("about.title"), (), parts, new_page=True)


def _method(draft: Draft, results: MysteryResults) -> tuple[str, ...]:
    material = results.material
    opens, closes = clock_hours(results)
    first, last = (day.isocalendar().week for day in (material.started, material.ended))
    period = numbers.period(material.started, material.ended, draft.language)
    lines = [draft.prose("about.method_period", period=period, first=first, last=last)]
    areas = [lower_first(area.label.in_language(draft.language)) for area in measured_areas(results)]
    if areas:
        lines.append(draft.prose("about.method_areas", areas=draft.prose.joined(areas)))
    for channel in results.channels:
        lines += draft.prose.lines(f"about.method_{channel}", opens=opens, closes=closes)
    return (*lines, *_numbers(draft, results), *_excluded(draft, results))


def clock_hours(results: MysteryResults) -> tuple[str, str]:
    """When the working day opens and closes, as people say it: 8 and 17."""
    day = results.instrument.working_day
    return (_hour(day.opens), _hour(day.closes)) if day else ("8", "17")


def _hour(clock: str) -> str:
    """``08:00`` as people say it: ``8``."""
    hour, minute = clock.split(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"


def _numbers(draft: Draft, results: MysteryResults) -> list[str]:
    """How many calls and letters the total counts, and how many lie outside it."""

    def counted(channel: str, count: int) -> str:
        return draft.prose(f"about.counted_{channel}", count=count)

    inside = [counted(channel, results.cases(channel)) for channel in results.channels]
    lines = [draft.prose("about.method_total", counted=draft.prose.joined(inside))]
    outside = {channel: outside_n(results, EVERY_CASE[channel]) for channel in results.channels}
    beside = [counted(channel, count) for channel, count in outside.items() if count]
    if beside:
        name = lower_first(outside_names(draft, results))
        lines.append(draft.prose("about.method_outside", counted=draft.prose.joined(beside), outside=name))
    return lines


def _excluded(draft: Draft, results: MysteryResults) -> list[str]:
    lines = []
    for channel in results.instrument.channels:
        flow = results.material.counts.flow(results.material.round_id, results.code, channel.id)
        if flow is None or not flow.excluded:
            continue
        count = draft.prose(f"about.counted_{channel.id}", count=sum(number for _, number in flow.excluded))
        reasons = [f"{reason} ({number})" for reason, number in flow.excluded]
        lines.append(draft.prose("about.excluded", count=count, reasons=draft.prose.joined(reasons)))
    return lines


def _comparisons(draft: Draft, results: MysteryResults) -> list[Block]:
    references = [each for found in results.references.values() for each in found]
    sources = dict.fromkeys(each.figure.source for each in references)
    breaks = [Paragraph(reason) for reason in results.breaks]
    if not sources:
        return [draft.body("about.comparison_none"), *breaks]
    sizes = dict.fromkeys(
        (each.figure.label, each.figure.members) for each in references if each.kind == "group" and each.figure.members
    )
    groups = [draft.body("about.group_members", group=upper_first(name), members=size) for name, size in sizes]
    return [draft.body("about.comparison", source=draft.prose.joined(list(sources))), *groups, *breaks]
