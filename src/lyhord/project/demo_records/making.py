"""Makes the demonstration's records, once: what stands is used again, what was interrupted is made anew."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from lyhord.accounts.models import Organisation
from lyhord.accounts.scope import scope, scope_of_everything
from lyhord.composition.material import RoundMaterial
from lyhord.instruments.catalogue import definition_text
from lyhord.measurements.models import Participation, Round
from lyhord.measurements.participations import Terms, take_part
from lyhord.measurements.rounds import RoundPlan, move, plan_round
from lyhord.method.groups import Municipality
from lyhord.project.demo.chance import stream
from lyhord.project.demo.published import QUOTA
from lyhord.project.demo.writing import SEED
from lyhord.project.demo_records import earlier, week
from lyhord.project.demo_records.cast import FEW, TOWNS, VASTERAS, Person, Town, let_send, let_sign_in, organisation_of
from lyhord.project.demo_records.days import sending_moments
from lyhord.project.demo_records.national import store_national
from lyhord.project.demo_settings import MARK, SECRET
from lyhord.survey.answers.mixing import mix_all
from lyhord.survey.sending.wording import survey_address
from lyhord.web import demonstration
from lyhord.web.demonstration import Demonstration, Login

KEPT: Final = (MARK, SECRET)
INSTRUMENT: Final = "skr-servicematning-2024"
BEFORE, AFTER = timedelta(days=24), timedelta(days=24)
SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
DELAYS: Final[Mapping[str, int]] = {"tel": 0, "epost": 48}
WHY: Final = "the demonstration makes every organisation's records"
Tell = Callable[[str], None]
Channels = Mapping[str, Participation]


def standing() -> Demonstration | None:
    """The demonstration that was made before, as long as its open round goes on; None where it must be made."""
    told = demonstration.demonstration()
    if told is None:
        return None
    today = timezone.localdate()
    return told if Round.objects.filter(key=told.round_key, ends__gte=today, state=Round.State.OPEN).exists() else None


def make(material: RoundMaterial, places: Sequence[Municipality], *, few: bool, tell: Tell) -> Demonstration:
    """Make everything in an empty database. ``few`` makes a small open round; ``tell`` hears what is being made."""
    now, chance = timezone.now(), stream(SEED, "records")
    tell("Lägger in den nationella omgången")
    national = store_national(material, places, QUOTA)
    password = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))
    people = let_sign_in(national.organisation, password)
    tell("Öppnar en omgång som pågår, med inbjudna och svar")
    towns = FEW if few else TOWNS
    round_ = _open_round(national.organisation, now)
    with scope_of_everything(WHY):
        joined = {town.code: _joined(town, round_) for town in towns}
    _earlier(towns, joined, now, chance)
    for town in towns:
        week.hand_over(town, round_, timezone.localtime(now), chance)
    _this_week(towns, joined, now, chance)
    told = Demonstration(password, tuple(map(_login, people)), round_.key, VASTERAS)
    demonstration.write(Path(settings.DATA_FOLDER), told)
    return told


def empty() -> None:
    """Remove what an interrupted or outdated demonstration left in the data folder."""
    connections.close_all()
    folder = Path(settings.DATA_FOLDER)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in KEPT:
            path.unlink()


def link_to_answer(told: Demonstration) -> str:
    """A survey that can be answered now, as the invited person gets it; empty where all are answered."""
    with scope_of_everything(WHY):
        participation = Participation.objects.get(
            round__key=told.round_key, municipality_id=told.municipality, channel="tel"
        )
        found = week.invited(participation, "sv")
    return survey_address(found[-1]) if found else ""


def _open_round(coordinator: Organisation, now: datetime) -> Round:
    today = timezone.localdate(now)
    plan = RoundPlan(
        key=f"servicematning-{today:%Y-%m}",
        name=f"Servicemätning {today:%Y} (påhittad)",
        starts=today - BEFORE,
        ends=today + AFTER,
        quarantine_days=30,
        delays=DELAYS,
        fictitious=True,
    )
    made = plan_round(coordinator, definition_text(INSTRUMENT), plan)
    move(made, Round.State.OPEN)
    return made


def _joined(town: Town, round_: Round) -> Channels:
    let_send(town)
    organisation, terms = organisation_of(town.code), Terms(quota=QUOTA, sms_sender=town.sms_sender)
    with scope(organisation):
        return {channel: take_part(round_, organisation, channel, terms) for channel in DELAYS}


def _earlier(towns: Sequence[Town], joined: Mapping[str, Channels], now: datetime, chance: Random) -> None:
    last = timezone.localdate(sending_moments(now)[0]) - timedelta(days=1)
    for town in towns:
        for number, participation in zip(town.earlier, joined[town.code].values(), strict=True):
            with scope(participation.organisation_id), transaction.atomic():
                earlier.answer_earlier(participation, number, town.leaning, last, chance)


def _this_week(towns: Sequence[Town], joined: Mapping[str, Channels], now: datetime, chance: Random) -> None:
    everyone = [participation for channels in joined.values() for participation in channels.values()]
    moments = sending_moments(now)
    for moment in moments:
        week.invite(everyone, moment)
        for town in towns:
            for participation in joined[town.code].values():
                week.answer(participation, town.leaning, timezone.localdate(moment), chance)
        mix_all()
    own = joined[VASTERAS]["tel"]
    week.leave_one_short(own, towns[0].leaning, timezone.localdate(moments[-1]), chance)


def _login(person: Person) -> Login:
    return Login(person.email, person.name, person.organisation, str(person.role.label), person.duty)
