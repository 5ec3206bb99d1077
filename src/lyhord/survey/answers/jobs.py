"""What the worker does for the answers: mixes them, ends rounds, and removes what has had its time."""

from __future__ import annotations

from datetime import timedelta

from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import periodic
from lyhord.measurements.models import Round
from lyhord.survey.answers import terms
from lyhord.survey.answers.closing import finish
from lyhord.survey.answers.mixing import mix_all
from lyhord.survey.answers.retention import dispose
from lyhord.survey.sending.models import Invitation


def register() -> None:
    """Let workers do these from now on."""
    periodic.register("survey.mix", timedelta(seconds=30), mix_all)
    periodic.register("survey.finish_rounds", timedelta(minutes=5), finish_rounds)
    periodic.register("survey.dispose", timedelta(days=1), dispose_of_all)
    terms.register()


def finish_rounds() -> int:
    """End every closed round that still has links; how many answers were mixed."""
    with scope_of_everything("rounds end for every organisation"):
        alive = Invitation.objects.filter(nonce__isnull=False).order_by().values("participation__round")
        closed = list(Round.objects.filter(state=Round.State.CLOSED, pk__in=alive))
    return sum(finish(round_) for round_ in closed)


def dispose_of_all() -> int:
    """Remove what has had its time; how many kinds."""
    return len(dispose())
