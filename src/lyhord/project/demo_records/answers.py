"""What the invented people answer: grades that lean up or down with the municipality, a category, often a comment."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from types import MappingProxyType
from typing import Final, NamedTuple

from lyhord.project.demo.grades import SHAPES
from lyhord.project.demo.respondents import QUESTIONS
from lyhord.project.demo.topics import SHARES, WAITED, likely_topics, reasonable_times

SAME_GRADE: Final = 0.55  # who likes one thing often likes the other as much
REPLIED: Final = 0.74  # the national round's share of e-mails that had been answered
COMMENTED: Final = 0.5
CONTENT: Final = 4  # the grade from which a comment is a kind one

GLAD: Final = (
    "Jag fick hjälp direkt och slapp bli kopplad runt.",
    "Trevlig handläggare som tog sig tid att förklara.",
    "Snabbt svar. Jag visste precis vad jag skulle göra sedan.",
    "Bra att ni ringde tillbaka som ni lovade.",
    "Kunnig personal, och jag kände mig lyssnad på.",
    "Det gick fortare än jag trodde, tack för det.",
    "Mycket vänligt bemötande i växeln.",
    "Tydliga besked om avgiften, det uppskattar jag.",
    "Hjälpen med blanketten var guld värd.",
    "Enkelt att få tag på rätt person den här gången.",
)
CROSS: Final = (
    "Jag blev kopplad tre gånger innan någon kunde svara.",
    "Ingen verkade veta vem som har hand om frågan.",
    "Telefonkön var för lång, ge gärna besked om väntetiden.",
    "Svaret hänvisade till en sida där det inte stod.",
    "Jag väntar fortfarande på det som ni lovade att skicka.",
    "Texten var full av ord som bara tjänstemän förstår.",
    "Öppettiderna i telefon passar inte den som arbetar dagtid.",
    "Skriv vem man kan vända sig till om man har fler frågor.",
    "Gatan var oplogad hela veckan och jag fick inget besked.",
    "Bygglovet tar tid, och ingen säger hur lång.",
)

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "vard_omsorg_sociala": "Det gällde hemtjänst till min mamma.",
        "bygglov": "Det gällde bygglov för ett uterum.",
        "gata_park_trafik": "Det gällde belysningen på vår gata.",
        "foretag_naringsliv": "Det gällde tillstånd för min uteservering.",
        "vatten_avfall": "Det gällde sophämtningen.",
        "kultur_fritid_forening": "Det gällde tider i sporthallen.",
        "skola_forskola": "Det gällde en plats på förskolan.",
        "ovrigt": "Det gällde en faktura.",
    }
)
SAYS_WHAT: Final = 0.5


class Given(NamedTuple):
    """One person's answers, item to option, and the comment."""

    answers: Mapping[str, str]
    comment: str


def made_up(channel: str, leaning: float, chance: Random) -> Given:
    """One person's answers. ``leaning`` tilts the grades: above zero up, below it down; 0.3 is much."""
    if channel == "epost" and chance.random() > REPLIED:
        return _waiting(chance)
    first_item, second_item = QUESTIONS[channel]
    first = _grade(first_item, leaning, chance)
    second = first if chance.random() < SAME_GRADE else _grade(second_item, leaning, chance)
    topic = _of(likely_topics(channel, (first, second)), chance)
    answers = {first_item: str(first), second_item: str(second), f"{channel}.arendekategori": topic}
    if channel == "epost":
        answers["epost.filter"] = "ja"
    return Given(answers, _comment(min(first, second) >= CONTENT, topic, chance))


def _waiting(chance: Random) -> Given:
    topic = _of(SHARES["epost"], chance)
    answers = {
        "epost.filter": "nej",
        "epost.vantat": _of(WAITED[topic], chance),
        "epost.skalig_tid": _of(reasonable_times(), chance),
        "epost.arendekategori": topic,
    }
    return Given(answers, _comment(False, topic, chance))


def _grade(item: str, leaning: float, chance: Random) -> int:
    weights = [share * math.exp(leaning * step) for step, share in enumerate(SHAPES[item])]
    return chance.choices((1, 2, 3, 4, 5), weights)[0]


def _comment(glad: bool, topic: str, chance: Random) -> str:
    if chance.random() > COMMENTED:
        return ""
    said: Sequence[str] = GLAD if glad else CROSS
    about = f" {ABOUT[topic]}" if chance.random() < SAYS_WHAT else ""
    return f"{chance.choice(said)}{about}"


def _of(shares: Mapping[str, float], chance: Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]
