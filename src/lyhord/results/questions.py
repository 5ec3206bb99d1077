"""One channel's questions: index with interval and n, the total so far, the verdict and the distribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from lyhord.composition import focus
from lyhord.composition.draft import Draft
from lyhord.composition.own_standing import OwnStanding, own_standing
from lyhord.composition.prose import Prose
from lyhord.composition.shares import GRADE_TONES, best_first, legend, stacked_row
from lyhord.composition.standing import Standing
from lyhord.instruments.definition import Measure
from lyhord.method.figures import Figure, Withheld
from lyhord.rendering import numbers
from lyhord.rendering.charts.drawing import draw
from lyhord.rendering.charts.spec import ChartSpec, IntervalRow, Mark, StackedRow, StackedShares, Tone

PROSE = "survey"  # the report's own texts: the same figure is said in the same words
NO_GROUPS = ("all", "previous")  # everybody is the total, and an earlier year is nobody's group
WIDTH = 350.0  # of every drawing, so that its text is as large on a phone as in the report


@dataclass(frozen=True, slots=True)
class TotalText:
    """The total so far as printed."""

    value: str
    members: int
    interval: str
    mean_of_answers: str


@dataclass(frozen=True, slots=True)
class GroupText:
    """One comparison group as printed: the mean of its members so far, how many they are, and how one's own stands."""

    name: str
    mean: str
    members: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The report's sentence against all other participants, and how one's own stands in each group."""

    sentence: str = ""
    groups: tuple[GroupText, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question as printed. ``value`` is empty where it is withheld, and ``why`` says why."""

    id: str
    name: str
    wording: str
    value: str
    interval: str
    n: str
    why: str
    caution: bool
    total: TotalText | None
    verdict: str
    groups: tuple[GroupText, ...]
    distribution: str  # SVG


def question_text(standing: Standing, code: str, measure: Measure, judged: Judged, language: str) -> Question:
    """One question of one municipality; what was ``judged`` is left out where the figure is withheld."""
    item = standing.instrument.item(measure.item)
    figure = standing.own_figure(measure, code, language)
    shown = figure.value is not None
    return Question(
        id=item.id.replace(".", "-"),
        name=item.name.in_language(language),
        wording=item.wording.in_language(language),
        value=numbers.decimal(figure.value, figure.decimals, language) if shown else "",
        interval=numbers.interval(figure.low, figure.high, figure.decimals, language) if shown else "",
        n=numbers.count(figure.n, language),
        why=withheld_words(figure, standing),
        caution=figure.caution,
        total=total_text(standing, measure, language),
        verdict=judged.sentence if shown else "",
        groups=judged.groups if shown else (),
        distribution=_distribution(standing, code, measure, language) if shown else "",
    )


def verdicts_on(standing: Standing, code: str, language: str) -> Mapping[str, Judged]:
    """By measure, the report's comparisons with the others; none for channels without such words."""
    draft = Draft(Prose(PROSE, language))
    channels = {standing.instrument.item(measure.item).channel for measure in standing.headline}
    if not all(draft.prose.has(f"own.judgement_channel_{channel}") for channel in channels):
        return {}
    own = own_standing(draft, standing, code)
    return {measure.id: _judged(own, standing, measure, language) for measure in standing.headline}


def _judged(own: OwnStanding, standing: Standing, measure: Measure, language: str) -> Judged:
    comparison = own.against(measure, "all") if measure.id in standing.totals else None
    groups = tuple(
        GroupText(
            each.label,
            numbers.decimal(each.difference.reference, measure.decimals, language),
            each.difference.members,
            each.short_verdict,
        )
        for each in own.comparisons.get(measure.id, ())
        if each.difference is not None and each.kind not in NO_GROUPS
    )
    return Judged(comparison.sentence if comparison else "", groups)


def comparison_drawing(standing: Standing, code: str, channel: str, language: str) -> str:
    """The channel's results with their intervals against the totals so far, as SVG; empty where none may be shown."""
    rows = []
    for measure in standing.headline_in(channel):
        figure = standing.own_figure(measure, code, language)
        if figure.value is None:
            continue
        name = standing.material.municipality(code).formal_name
        own = Mark(name, figure.value, figure.n, figure.low, figure.high, Tone.OWN)
        total = standing.totals.get(measure.id)
        value = total.mean_of_participants if total else None
        others = (Mark(gettext("Totalsnittet hittills"), value, tone=Tone.TOTAL),) if total else ()
        rows.append(IntervalRow(standing.item_name(measure, language), own, others))
    title = gettext("Resultatet hittills, index 0–100")
    return _drawn(focus.dots(title, rows), language, channel) if rows else ""


def withheld_words(figure: Figure, standing: Standing) -> str:
    """Why a figure is not shown, and what it takes; empty where it is."""
    if figure.withheld is Withheld.TOO_FEW:
        least = standing.instrument.thresholds.publish
        return gettext("För få svar: det krävs minst %(least)d.") % {"least": least}
    if figure.withheld is Withheld.COMPLEMENTARY:
        return gettext("Döljs så att ett annat värde inte kan räknas ut.")
    return gettext("Inga svar ännu.") if figure.withheld is Withheld.NOT_ASKED else ""


def total_text(standing: Standing, measure: Measure, language: str) -> TotalText | None:
    """The total so far: the unweighted mean of all participants with enough answers; None where they are too few."""
    total = standing.totals.get(measure.id)
    if total is None:
        return None
    return TotalText(
        numbers.decimal(total.mean_of_participants, measure.decimals, language),
        total.members,
        numbers.interval(total.low, total.high, measure.decimals, language),
        numbers.decimal(total.mean_of_answers, measure.decimals, language),
    )


def _distribution(standing: Standing, code: str, measure: Measure, language: str) -> str:
    item = standing.instrument.item(measure.item)
    codes = best_first(item)
    if len(codes) not in GRADE_TONES:
        return ""
    name = standing.material.municipality(code).formal_name
    rows: list[StackedRow] = [stacked_row(name, standing.own_counts(item.id, code), codes, emphasis=True)]
    if measure.id in standing.totals:
        rows.append(stacked_row(gettext("Alla deltagare"), standing.national.of(item.id), codes))
    title = gettext("Så fördelar sig betygen: %(item)s, procent") % {"item": item.name.in_language(language)}
    spec = StackedShares(title, "", legend(standing.instrument, item.id, language), tuple(rows))
    return _drawn(spec, language, item.id)


def _drawn(spec: ChartSpec, language: str, key: str) -> str:
    return draw(spec, language=language, width=WIDTH, key=key)
