"""Practice calls: what happened is told, one grades it, and sees how it is meant. Nothing is stored anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, gettext_noop

from lyhord.instruments.definition import Instrument
from lyhord.mystery.calls.showing import label_of


@dataclass(frozen=True, slots=True)
class Case:
    """A made-up call: the question, what happened, what a full answer holds, and how it is graded and why."""

    number: int
    question: str
    facts: tuple[str, ...]
    told: tuple[str, ...]
    seconds: int
    grades: Mapping[str, str]  # by the item's key, without its channel
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One item of a graded case: the own answer beside the one that is meant."""

    name: str
    own: str
    meant: str
    why: str
    agrees: bool


CASES: Final = (
    Case(
        1,
        gettext_noop("Behöver jag bygglov för att bygga en friggebod på 15 kvadratmeter?"),
        (
            gettext_noop("Nej, om den är högst 15 kvadratmeter, högst 3 meter hög och fristående."),
            gettext_noop("Ja, om den ligger närmare tomtgränsen än 4,5 meter och grannen inte medger det."),
        ),
        (
            gettext_noop("Växeln svarar efter 8 sekunder och kopplar dig. Handläggaren svarar efter 35 sekunder."),
            gettext_noop("”Nej, så länge den är högst 15 kvadrat och tre meter hög. Hur nära grannen ska den stå?"),
            gettext_noop("Under fyra och en halv meter behöver du grannens medgivande. Jag kan mejla en länk."),
            gettext_noop("Och ring gärna mig igen om du undrar över något.”"),
        ),
        35,
        {"utfall": "kontakt", "svar": "god", "information": "god", "intresse": "god", "bemotande": "mycket_god"},
        {
            "svar": gettext_noop("Hela frågan blev besvarad, med måtten och avståndet till grannen."),
            "information": gettext_noop("Länken hade du inte frågat efter: det är merinformation."),
            "intresse": gettext_noop("Handläggaren frågar tillbaka om just din friggebod."),
            "bemotande": gettext_noop("Vänlig och hjälpsam genom hela samtalet, och du är välkommen att höra av dig."),
        },
    ),
    Case(
        2,
        gettext_noop("När får jag veta vilken skola mitt barn har fått plats på?"),
        (gettext_noop("Datum eller vecka när beskedet kommer."), gettext_noop("Hur beskedet lämnas.")),
        (
            gettext_noop("Menyval, sedan kö. Handläggaren svarar efter 95 sekunder."),
            gettext_noop("”Det kommer i april. … Nej, mer än så kan jag inte säga. Hej.”"),
        ),
        95,
        {
            "utfall": "kontakt",
            "svar": "medelgod",
            "information": "dalig",
            "intresse": "dalig",
            "bemotande": "medelgod",
        },
        {
            "svar": gettext_noop("Du vet ungefär när, men inte hur du får beskedet."),
            "information": gettext_noop("Så knapphändigt att du måste fråga vidare."),
            "intresse": gettext_noop("Handläggaren vill avsluta samtalet."),
            "bemotande": gettext_noop("Artigt men opersonligt. Det är inte otrevligt eller avvisande."),
        },
    ),
    Case(
        3,
        gettext_noop("Hur söker jag färdtjänst åt min mamma?"),
        (gettext_noop("Var ansökan finns."), gettext_noop("Vad som ska bifogas.")),
        (
            gettext_noop("Växeln svarar efter 5 sekunder och kopplar dig vidare."),
            gettext_noop(
                "Efter 40 sekunder: ”Hej, du har kommit till … Lämna ditt nummer efter tonen, så ringer jag upp.”"
            ),
        ),
        0,
        {"utfall": "talsvar", "svar": "dalig"},
        {
            "utfall": gettext_noop("Ett talsvar är ingen kontakt. Lämna inget meddelande: lägg på."),
            "svar": gettext_noop("Utan kontakt räknas frågan som obesvarad. Inget annat bedöms."),
        },
    ),
)


def case(number: int) -> Case:
    """The case with this number, the first one where there is none."""
    return next((one for one in CASES if one.number == number), CASES[0])


def verdicts(
    instrument: Instrument, channel: str, own: Case, answers: Mapping[str, str], language: str
) -> list[Verdict]:
    """The answers beside those that are meant, for every graded item of the case or answered one."""
    found = []
    for item in instrument.items_in(channel):
        meant, given = own.grades.get(item.key, ""), answers.get(item.id, "")
        if item.is_put and item.options and (meant or given):
            why = gettext(own.why[item.key]) if item.key in own.why else ""
            labels = label_of(item, given, language), label_of(item, meant, language)
            found.append(Verdict(item.name.in_language(language), *labels, why, meant == given))
    return found
