"""The page of one municipality's live figures as a value: everything that its template prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lyhord.composition.standing import Standing
from lyhord.measurements.models import Participation
from lyhord.results.categories import CategoryTable, categories_in
from lyhord.results.other_questions import OtherQuestion, other_questions
from lyhord.results.progress import Days, Progress, days_of, progress_of
from lyhord.results.questions import Judged, Question, comparison_drawing, question_text, verdicts_on
from lyhord.results.reach import Part
from lyhord.results.so_far import own_so_far


@dataclass(frozen=True, slots=True)
class CommentsNow:
    """How many comments there are, and whether they are enough to be read; ``least`` is what it takes."""

    given: int
    least: int

    @property
    def enough(self) -> bool:
        """Whether they may be read."""
        return self.given >= self.least


@dataclass(frozen=True, slots=True)
class ChannelNow:
    """One channel's figures so far. ``answers`` of at least ``least`` are needed for any figure."""

    id: str
    name: str
    progress: Progress
    answers: int
    least: int
    batch: int
    questions: tuple[Question, ...]
    others: tuple[OtherQuestion, ...]
    drawing: str
    categories: CategoryTable | None
    comments: CommentsNow

    @property
    def shown(self) -> bool:
        """Whether any question has a figure."""
        return any(question.value for question in self.questions) or any(each.options for each in self.others)


@dataclass(frozen=True, slots=True)
class LivePage:
    """One municipality's figures in one round, so far."""

    round_name: str
    round_key: str
    organisation: str
    code: str
    fictitious: bool
    days: Days
    channels: tuple[ChannelNow, ...]
    external: int  # answers that a figure needs to be read without caution, and a participant to be in the total
    members: int  # participants that the total needs
    compared: bool  # whether there is any total


def live_page(part: Part, today: date, language: str) -> LivePage:
    """The page of a municipality's part in a round."""
    standing = own_so_far(part.round, part)
    limits = standing.instrument.thresholds
    verdicts = verdicts_on(standing, part.municipality.code, language)
    return LivePage(
        round_name=part.round.name,
        round_key=part.round.key,
        organisation=part.municipality.formal_name,
        code=part.municipality.code,
        fictitious=part.round.fictitious,
        days=days_of(part.round, today, language),
        channels=tuple(_channel(standing, each, verdicts, language) for each in part.participations),
        external=limits.external,
        members=limits.group_members + 1,
        compared=bool(standing.totals),
    )


def _channel(
    standing: Standing, participation: Participation, verdicts: Mapping[str, Judged], language: str
) -> ChannelNow:
    channel, code = participation.channel, participation.municipality_id
    flow = standing.own_flow(code, channel)
    answers = standing.answers(channel, code)
    limits = standing.instrument.thresholds
    return ChannelNow(
        id=channel,
        name=standing.channel_title(channel, language),
        progress=progress_of(participation, answers, flow, language),
        answers=answers,
        least=limits.publish,
        batch=limits.batch,
        questions=tuple(
            question_text(standing, code, measure, verdicts.get(measure.id, Judged()), language)
            for measure in standing.headline_in(channel)
        ),
        others=other_questions(standing, code, channel, language),
        drawing=comparison_drawing(standing, code, channel, language),
        categories=categories_in(standing, code, channel, language),
        comments=CommentsNow(flow.commented or 0, limits.comments),
    )
