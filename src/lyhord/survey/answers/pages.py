"""The respondent's pages as HTML. A form is rendered once for all who see the same, and only its token is swapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from lyhord.instruments.definition import Instrument, Item
from lyhord.survey.answers import form_token, style
from lyhord.survey.answers.screens import WHOLE, is_drafted
from lyhord.survey.answers.steps import LONGEST_COMMENT, Step
from lyhord.survey.answers.wordings import LANGUAGES, Language, label_of, language, languages_of, wording_of

TOKEN_HERE: Final = "\N{SYMBOL FOR SUBSTITUTE FORM TWO}T"  # noqa: S105 - no password: stand where a form's own values go; no text holds the sign
LINK_HERE: Final = "\N{SYMBOL FOR SUBSTITUTE FORM TWO}L"
MOST_SIGNS: Final = f"{LONGEST_COMMENT:,}".replace(",", "\u00a0")
MOST_KEPT: Final = 2_000  # forms of some 7 kB each
_kept: dict[tuple[object, ...], str] = {}


@dataclass(frozen=True, slots=True)
class Host:
    """In whose name the pages are shown. ``code`` is the municipality's; empty on pages of nobody in particular."""

    code: str = ""
    municipality: str = "Lyhörd"
    phone: str = ""
    email: str = ""
    fictitious: bool = False
    contact_me: bool = True  # whether one may ask to be contacted


NOBODY: Final = Host()
EVERY_LANGUAGE: Final = tuple(language(code) for code in LANGUAGES)


class _Gaps(dict[str, object]):
    """Values of a text; one that is not known yet stays as it is written."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def page(name: str, spoken: Language, host: Host, values: Mapping[str, object] | None = None, **context: object) -> str:
    """One page; ``values`` are put into its texts, which the template knows as ``w``."""
    gaps = _Gaps(municipality=host.municipality, phone=host.phone.replace(" ", "\u00a0"), **(values or {}))
    words = {key: text.format_map(gaps) for key, text in spoken.texts.items() if isinstance(text, str)}
    shown: dict[str, object] = {
        "w": words,
        "language": spoken,
        "languages": EVERY_LANGUAGE,
        "code": host.code,
        "municipality": host.municipality,
        "phone": host.phone,
        "fictitious": host.fictitious,
        "contact_me": host.contact_me,
        "css": style.address(),
        "icon": static("web/icon.svg"),
    }
    return render_to_string(f"survey_answers/{name}.html", {**shown, **context})


def message(spoken: Language, host: Host, title: str, *paragraphs: str, **values: object) -> str:
    """A page that says one thing; ``title`` and ``paragraphs`` name texts."""
    put = {"municipality": host.municipality, **values}
    texts = [spoken.text(key, **put) for key in paragraphs]
    return page("message", spoken, host, values, title=spoken.text(title, **put), paragraphs=texts)


def sections(spoken: Language, host: Host, name: str, values: Mapping[str, object]) -> str:
    """A page of several parts, such as ``privacy``."""
    parts = parts_of(spoken, host, name, values)
    title = spoken.text(f"{name}_title")
    dialled = "".join(sign for sign in host.phone if sign.isdigit() or sign == "+")
    return page("sections", spoken, host, values, title=title, sections=parts, email=host.email, dialled=dialled)


def parts_of(spoken: Language, host: Host, name: str, values: Mapping[str, object]) -> Sequence[Mapping[str, str]]:
    """The parts of such a page, each with a ``title`` and a ``text``."""
    gaps = _Gaps(municipality=host.municipality, **values)
    return [{key: str(part[key]).format_map(gaps) for key in ("title", "text")} for part in spoken.texts[name]]


def form(instrument: Instrument, spoken: Language, host: Host, step: Step, *, token: str, link: str) -> str:
    """A screen of questions, kept for the next who sees the same unless it holds what somebody wrote."""
    shown = step.shown
    written = any(shown.get(item.id) for item in step.screen.items if not is_drafted(item))
    chosen = tuple(shown.get(item.id, "") for item in step.screen.items)
    screen = step.screen
    put = tuple(item.id for item in screen.items)
    place = (instrument.id, instrument.version, spoken.code, host, screen.at, screen.number, screen.total)
    key = (*place, put, chosen, step.problem)
    found = _kept.get(key)
    if found is None:
        found = _rendered(instrument, spoken, host, step)
        if not written:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[key] = found
    return found.replace(TOKEN_HERE, token).replace(LINK_HERE, link)


def _rendered(instrument: Instrument, spoken: Language, host: Host, step: Step) -> str:
    screen = step.screen
    values = {"number": screen.number, "total": screen.total, "most": MOST_SIGNS}
    return page(
        "question",
        spoken,
        host,
        values,
        languages=languages_of(instrument),
        token=TOKEN_HERE,
        optout=reverse("answers:optout", args=[LINK_HERE]).replace(_quoted(LINK_HERE), LINK_HERE),
        at=screen.at,
        number=screen.number,
        total=screen.total,
        questions=[_question(instrument, item, spoken, step.shown) for item in screen.items],
        problem=spoken.text(step.problem, **values) if step.problem else "",
        whole=screen.at == WHOLE,
        first=screen.number == 1,
        last=screen.is_last,
        back=screen.number > 1,
        most=LONGEST_COMMENT,
    )


def _quoted(sign: str) -> str:
    return "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in sign.encode())


def _question(instrument: Instrument, item: Item, spoken: Language, shown: Mapping[str, str]) -> Mapping[str, object]:
    given = shown.get(item.id, "")
    return {
        "key": item.key,
        "wording": wording_of(instrument, item, spoken.code),
        "required": item.required,
        "only_if": _only_if(instrument, item, spoken),
        "shown": given,
        "options": [
            {"code": one.code, "label": label_of(instrument, one, spoken.code), "chosen": one.code == given}
            for one in item.options
        ],
    }


def _only_if(instrument: Instrument, item: Item, spoken: Language) -> str:
    """Whom a question on the page with all questions is for; the page itself shows it there alone."""
    if item.asked_when is None:
        return ""
    asked = instrument.item(item.asked_when.item)
    labels: Sequence[str] = [label_of(instrument, asked.option(code), spoken.code) for code in item.asked_when.options]
    joined = f" {spoken.text('or')} ".join(labels)
    return spoken.text("only_if", options=joined, question=wording_of(instrument, asked, spoken.code))


@lru_cache(maxsize=MOST_KEPT)
def thanks(spoken: Language, host: Host) -> str:
    """The page for who has just answered."""
    paragraphs = ("thanks_text", "thanks_contact") if host.contact_me else ("thanks_text",)
    return message(spoken, host, "thanks_title", *paragraphs)


def declining(spoken: Language, host: Host, link: str, *, stale: bool) -> str:
    """The page that asks whether somebody really wants no more surveys."""
    problem = spoken.text("stale") if stale else ""
    survey = reverse("answers:survey", args=[link])
    return page("optout", spoken, host, token=form_token.token_for(link), survey=survey, problem=problem)
