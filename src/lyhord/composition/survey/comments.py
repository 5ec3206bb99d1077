"""The sections about what people write: themes, tone per theme and tone per category, from coded counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lyhord.composition.cells import count_cell, number_column, percent_cell, text_cell, text_column
from lyhord.composition.draft import Draft
from lyhord.composition.national_counts import place_of
from lyhord.composition.own_standing import OwnStanding
from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Option
from lyhord.method.tally import OptionCounts
from lyhord.rendering import numbers
from lyhord.rendering.charts.spec import StackedRow, StackedShares, Tone
from lyhord.rendering.report import Block, Bullets, Chart, Section, Table

THEME = "theme"
CATEGORY = "category"
POSITIVE, NEUTRAL, NEGATIVE = "positiv", "neutral", "negativ"


@dataclass(frozen=True, slots=True)
class ToneCounts:
    """Comments (or mentions of a theme) by tone, both channels together.

    Grades of different channels are never summed; comments are texts, not grades, and are read together as the
    published report does.
    """

    value: Option
    positive: int
    neutral: int
    negative: int

    @property
    def n(self) -> int:
        """All comments or mentions."""
        return self.positive + self.neutral + self.negative

    def share(self, tone: str) -> float:
        """One tone's share in percent; 0 where nothing was counted."""
        part = {POSITIVE: self.positive, NEUTRAL: self.neutral, NEGATIVE: self.negative}[tone]
        return 100 * part / self.n if self.n else 0.0


def comments_section(draft: Draft, standing: Standing) -> Section | None:
    """Themes and tones in all participants' comments."""
    themes = _national_tones(standing, THEME)
    if not themes:
        return None
    total = standing.comments_total()
    question = standing.instrument.items_in(standing.instrument.channels[0].id)
    wording = next(item for item in question if item.id.endswith(".kommentar")).wording.in_language(draft.language)
    blocks: list[Block] = [
        draft.lead("comments.lead", question=wording, n=numbers.count(total, draft.language)),
        _theme_table(draft, standing, themes),
        Bullets(theme_remarks(draft, standing)),
        _tone_chart(draft, themes, "comments.tone_title", "comments.tone_note"),
    ]
    categories = _national_tones(standing, CATEGORY)
    inner = (_category_tones(draft, categories),) if categories else ()
    return Section("kommentarer", draft.prose("comments.title"), tuple(blocks), inner, new_page=True)


def _category_tones(draft: Draft, categories: Sequence[ToneCounts]) -> Section:
    chart = _tone_chart(draft, categories, "comments.category_tone_title", "comments.category_tone_note")
    blocks = (Bullets(_category_remarks(draft, categories)), chart)
    return Section("kommentarer-per-kategori", draft.prose("comments.category_title"), blocks)


def own_comments_section(draft: Draft, standing: Standing, own: OwnStanding) -> Section | None:
    """One municipality's themes, where at least the threshold of comments mention them."""
    if not _national_tones(standing, THEME):
        return None
    threshold = standing.instrument.thresholds.comments
    title = draft.prose("comments.own_title", organisation=own.organisation)
    section_title = draft.prose("comments.own_section")
    mentioned = [tone for tone in _own_tones(standing, own.code, THEME) if tone.n]
    themes = [tone for tone in mentioned if tone.n >= threshold]
    if not themes:
        draft.withhold(title, draft.prose("words.too_few"))
        return Section("egna-teman", section_title, (draft.body("comments.own_too_few", comments=threshold),))
    for tone in mentioned:
        if tone.n < threshold:
            draft.withhold(f"{title}: {tone.value.label.in_language(draft.language)}", draft.prose("words.too_few"))
    chart = _tone_chart(
        draft, themes, "comments.own_title", "comments.own_note", organisation=own.organisation, comments=threshold
    )
    return Section("egna-teman", section_title, (chart,))


def _values(standing: Standing, breakdown: str) -> tuple[Option, ...]:
    found = standing.instrument.breakdown(breakdown)
    return found.values if found else ()


def _national_tones(standing: Standing, breakdown: str) -> list[ToneCounts]:
    tones = _tones(standing, breakdown, lambda item, value: standing.national.of(item, breakdown, value))
    return [tone for tone in tones if tone.n >= standing.instrument.thresholds.comments]


def _own_tones(standing: Standing, municipality: str, breakdown: str) -> list[ToneCounts]:
    def counts_of(item: str, value: str) -> OptionCounts:
        place = place_of(standing.material, municipality, item.split(".", maxsplit=1)[0], breakdown, value)
        return standing.material.counts.tally.counts(place, item)

    return _tones(standing, breakdown, counts_of)


def _tones(standing: Standing, breakdown: str, counts_of: Callable[[str, str], OptionCounts]) -> list[ToneCounts]:
    tones = []
    for value in _values(standing, breakdown):
        counted = [counts_of(f"{channel.id}.ton", value.code) for channel in standing.instrument.channels]
        positive, neutral, negative = (
            sum(counts.of(tone) for counts in counted) for tone in (POSITIVE, NEUTRAL, NEGATIVE)
        )
        tones.append(ToneCounts(value, positive, neutral, negative))
    return tones


def _theme_table(draft: Draft, standing: Standing, themes: Sequence[ToneCounts]) -> Table:
    left_out = _left_out(standing)
    total = standing.comments_total(without=left_out)
    rows = [
        (
            text_cell(tone.value.label.in_language(draft.language)),
            percent_cell(tone.n, total, draft.language),
            count_cell(tone.n, draft.language),
        )
        for tone in sorted(themes, key=lambda tone: -tone.n)
    ]
    columns = [
        text_column(draft.prose("comments.table_theme"), 3),
        number_column(draft.prose("comments.table_share"), width=1.6),
        number_column(draft.prose("comments.table_count")),
    ]
    note = draft.prose("comments.table_note") + draft.left_out(left_out)
    return draft.table(draft.prose("comments.table_title"), columns, rows, note)


def _left_out(standing: Standing) -> frozenset[str]:
    """Who has too few mentions of a theme to be summed without being given away."""
    items = [f"{channel.id}.ton" for channel in standing.instrument.channels]
    return frozenset(code for item in items for code in standing.national.left_out.get((THEME, item), ()))


def _tone_chart(draft: Draft, tones: Sequence[ToneCounts], title: str, note: str, **values: object) -> Chart:
    language = draft.language
    by_positive = sorted(tones, key=lambda tone: -tone.share(POSITIVE))
    rows = tuple(
        StackedRow(
            tone.value.label.in_language(language),
            (tone.share(POSITIVE), tone.share(NEUTRAL), tone.share(NEGATIVE)),
            tone.n,
        )
        for tone in by_positive
    )
    legend = (
        (draft.prose("comments.positive"), Tone.BEST),
        (draft.prose("comments.neutral"), Tone.NEUTRAL),
        (draft.prose("comments.negative"), Tone.POOR),
    )
    return draft.chart(StackedShares(draft.prose(title, **values), "", legend, rows), draft.prose(note, **values))


def theme_remarks(draft: Draft, standing: Standing) -> tuple[str, ...]:
    """Which themes have the largest share of each tone; nothing where no comments were coded."""
    themes = _national_tones(standing, THEME)
    if not themes:
        return ()

    def most(tone: str) -> ToneCounts:
        return max(themes, key=lambda theme: theme.share(tone))

    def say(key: str, theme: ToneCounts, tone: str) -> str:
        return draft.prose(
            key,
            theme=draft.prose.quoted(theme.value.label.in_language(draft.language)),
            share=numbers.percent(theme.share(tone), 0, draft.language),
            positive=numbers.percent(theme.share(POSITIVE), 0, draft.language),
            negative=numbers.percent(theme.share(NEGATIVE), 0, draft.language),
        )

    return (
        say("comments.most_positive", most(POSITIVE), POSITIVE),
        say("comments.most_negative", most(NEGATIVE), NEGATIVE),
        say("comments.most_neutral", most(NEUTRAL), NEUTRAL),
    )


def _category_remarks(draft: Draft, categories: Sequence[ToneCounts]) -> tuple[str, ...]:
    language = draft.language
    by_negative = sorted(categories, key=lambda tone: tone.share(NEGATIVE))
    by_positive = sorted(categories, key=lambda tone: -tone.share(POSITIVE))
    worst = by_negative[-1]
    named = [draft.prose.quoted(tone.value.label.in_language(language)) for tone in by_positive[:3]]
    return (
        draft.prose(
            "comments.category_range",
            low=numbers.percent(by_negative[0].share(NEGATIVE), 0, language),
            high=numbers.percent(worst.share(NEGATIVE), 0, language),
        ),
        draft.prose("comments.category_best", categories=draft.prose.joined(named)),
        draft.prose(
            "comments.category_worst",
            category=draft.prose.quoted(worst.value.label.in_language(language)),
            share=numbers.percent(worst.share(NEGATIVE), 0, language),
        ),
    )
