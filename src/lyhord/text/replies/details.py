"""The words that officers sign with: greetings, titles, departments, municipalities, telephone labels, names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lyhord.files.register import swedish_municipalities

MOST_DETAIL: Final = 110  # characters of a line of details
_GREETINGS: Final = (
    r"(?:med\s)?(?:vänlig(?:a|t)?|bästa|varma|soliga|glada|hjärtliga|många|trevliga|höstliga|vårliga)\s+häls\w*|"
    r"hälsning(?:ar(?:na)?)?|häls(?:n|\.|ar)\.?|mvh|m\.?\s?v\.?\s?h\.?|vh|bh|vänligen|vänligt|allt\sgott|väl\smött|vi\sses|hej\sså\slänge|hej\sdå|på\såterhörande|dearv\w{3,8}|"
    r"ha\s(?:det|en)\s(?:så\s)?(?:\w+\s){0,2}(?:gott|bra|fint|skön|fin|bra|trevlig|dag|helg|kväll|vecka)\b|trevlig\shelg|"
    r"kram(?:ar)?|(?:kind|best|warm)\sregards|regards|sincerely|yours\s(?:faithfully|sincerely)|br|"
    r"(?:ystävällisin\s)?terveisin|t(?:ack|usen\stack)\spå\sförhand"
)
GREETING: Final = re.compile(rf"[-–*/\s]{{0,4}}(?:{_GREETINGS})(?![\wåäö])", re.IGNORECASE)
# "Hälsningar från alla på förskolan!" greets, and signs nothing.
_GREETS_ONLY: Final = re.compile(r"häls\w*\s+(?:från|till)\s+(?:oss\s)?all", re.IGNORECASE)
DEVICE: Final = re.compile(
    r"\s{0,4}(?:skickat\sfrån\s(?:min|outlook|e-post|yahoo|mail)|hämta\soutlook|sent\sfrom\s(?:my|outlook|mail)|get\soutlook|"
    r"lähetetty\siphonesta)",
    re.IGNORECASE,
)
TITLE: Final = re.compile(
    r"(?<![\w@.])(?:[\wåäö-]{0,40}(?:handläggare|chef|sekreterare|inspektör|ingenjör|arkitekt|rektor|assistent|samordnare|"
    r"rådgivare|ledare|direktör|strateg|konsulent|registrator|utvecklare|vägledare|terapeut|kurator|controller|ekonom|jurist|"
    r"planerare|koordinator|administratör|receptionist|telefonist|lärare|pedagog|bibliotekarie|vaktmästare|förvaltare|"
    r"föreståndare|ansvarig|specialist|tekniker|sköterska|socionom|kommunikatör|kanslist|intendent|ombudsman|sekr|"
    r"tarkastaja|johtaja|sihteeri|päällikkö|ohjaaja)|manager|director|head\sof\s\w{3,30}|coordinator|administrator|counsellor|"
    r"case\sofficer)(?![\wåäö@])",
    re.IGNORECASE,
)
ORGANISATION: Final = re.compile(
    r"(?<![\w@./])(?:[\wåäö-]{0,40}(?:förvaltning(?:en)?|kontor(?:et)?|enhet(?:en)?|avdelning(?:en)?|sektor(?:n)?|nämnd(?:en)?|"
    r"kansli(?:et)?|myndighet(?:en)?|byrå(?:n)?|center|centrum|centralen|kundtjänst|socialtjänst(?:en)?|hemtjänst(?:en)?|"
    r"service|grupp(?:en)?|reception(?:en)?|växeln|expedition(?:en)?|bibliotek(?:et)?|förskola(?:n)?|skola(?:n)?|badet|"
    r"simhall(?:en)?|fritidshem(?:met)?|näringsliv(?:et)?|placering|registratur(?:en)?|verksamhet(?:en)?|laget|förbundet)|region\s(?!gotland)\w{3,20}|"
    r"plan\s(?:och|&)\sbygg|kultur\s(?:och|&|o)\sfritid|bygg\s(?:och|&)\smiljö|miljö\s(?:och|&)\s(?:bygg|hälsa)|"
    r"(?:vård|stöd)\s(?:och|&)\somsorg|department|(?<=på\s)bygglov|[\wåäö]{3,30}\sdirekt)(?![\wåäö@])",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"\W{0,4}(?:tel|tfn|telefon(?:nummer|tid)?|tele?|mobil|mob|växel|vx|direkt(?:nr|nummer|telefon)?|phone|fax|m|t|e-?post|"
    r"e-?mail|mail|besöksadress|postadress|adress|box|webb|hemsida|org\.?\s?nr|organisationsnummer|bankgiro|plusgiro|bg|pg|"
    r"följ\soss)\b\.?[\s:.]",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(r"(?:^|[\s,|])\d{3}\s?\d\d\s+[A-ZÅÄÖ]")
_REACH: Final = re.compile(
    r"^\W{0,3}(?:https?://|www\.)|[\w.]{1,60}@[\w-]{1,60}\.|^[\d\s()+–-]{7,25}$|facebook|\[cid:", re.IGNORECASE
)
_CAPITAL: Final = r"[^\W\d_a-zåäöéüàáíóø]"  # of any alphabet
NAME_WORD: Final = rf"(?:{_CAPITAL}\.|{_CAPITAL}[\w'’-]{{0,30}})"
_PARTICLES: Final = r"(?:von|van|de|la|der|den|af|av|al|el|bin|ibn|ten|zu|da|di|du|le|dos|do|ap)"
NAME: Final = re.compile(rf"{NAME_WORD}(?:\s(?:{_PARTICLES}|{NAME_WORD})){{0,5}}")
DEGREE: Final = re.compile(r"^(?:dr|prof|doc|docent|professor|leg)\.?\s", re.IGNORECASE)
_NAME_AND_PHONE: Final = re.compile(rf"{NAME.pattern}[\s,|:]{{1,4}}(?:\w{{1,10}}[.:]?\s)?[\d+(][\d\s()–-]{{6,20}}$")
_SENTENCE: Final = re.compile(r"\S+\s+\S+\s+\S+.*[.!?:]$")
_NO_NAMES: Final = frozenset(
    (
        "hej", "hejsan", "hälsningar", "mvh", "ja", "nej", "tack", "ok", "okej", "absolut", "svar", "javisst",
        "självklart", "telefon", "tel", "mobil", "växel", "skickat", "hämta", "välkommen", "välkomna", "lycka", "kram",
        "vänligen", "vi", "du", "jag", "ni", "det", "den", "hi", "hello", "yes", "no", "hei", "kyllä", "ei", "fyi",
        "linje", "buss",
    )
)  # fmt: skip


@cache
def municipality_pattern() -> re.Pattern[str]:
    """Every municipality's name with its genitive and ``kommun``, ``stad`` or ``Region`` about it."""
    names = sorted((place.name for place in swedish_municipalities()), key=len, reverse=True)
    named = "|".join(map(re.escape, names))
    return re.compile(
        rf"(?<![\w@./-])(?:Region\sGotland|(?P<bare>{named})s?(?P<kind>\s(?:kommun|stad)s?)?)(?![\w@-]|\.\w)",
        re.IGNORECASE,
    )


def is_greeting(line: str) -> bool:
    """Whether a closing greeting stands first on the line, alone or with a name behind it."""
    return len(line) <= MOST_DETAIL and bool(GREETING.match(line)) and not _GREETS_ONLY.search(line)


def is_sentence(line: str) -> bool:
    """Whether the line reads as running text: three words or more and a full stop."""
    return bool(_SENTENCE.search(line.strip()[-400:])) and not _LABEL.match(line)


def is_name(line: str) -> bool:
    """Whether the line is a name and nothing else."""
    words = DEGREE.sub("", line.strip(" /-–*,"))
    return bool(NAME.fullmatch(words)) and not is_no_name(words)


def is_no_name(words: str) -> bool:
    """Whether capitalised words are no person: a department, a title, a municipality, or an ordinary word."""
    if not any(len(word.rstrip(".")) > 1 for word in words.split()):
        return True
    if "." in words and all(len(word) < 2 for word in re.split(r"[\s.]", words)):
        return True
    first = re.split(r"[\s,.!-]", words.casefold(), maxsplit=1)[0]
    return bool(first in _NO_NAMES or TITLE.search(words) or ORGANISATION.search(words) or is_municipality(words))


def is_municipality(words: str) -> bool:
    """Whether the words are a municipality's name, with or without ``kommun`` behind it."""
    return bool(municipality_pattern().fullmatch(words.strip()))


def is_detail(line: str) -> bool:
    """Whether a line is of the kind that signatures are made of."""
    words = line.strip()
    if DEVICE.match(words):
        return True
    if not words or len(words) > MOST_DETAIL or is_sentence(words):
        return False
    if any(pattern.match(words) for pattern in (_LABEL, _NAME_AND_PHONE)) or is_name(words) or _is_name_first(words):
        return True
    if _PLACE.search(words) or _REACH.search(words):
        return True
    if len(words.split()) > 12 or not words.lstrip("/-–* ")[:1].isupper():
        return bool(len(words.split()) <= 3 and TITLE.fullmatch(words))
    return bool(TITLE.search(words) or ORGANISATION.search(words) or _named_municipality(words))


def _is_name_first(words: str) -> bool:
    """Whether it is as "Jessica, Fritidshemmet Junibacken": a name, and a few words that are no sentence."""
    name, _, rest = words.partition(",")
    return bool(rest) and is_name(name) and len(words.split()) <= 8 and words[-1:].isalnum()


def _named_municipality(words: str) -> bool:
    found = municipality_pattern().search(words)
    return bool(found and (found["kind"] or found["bare"] is None or found.group() == words))
