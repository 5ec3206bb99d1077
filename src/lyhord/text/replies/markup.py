"""HTML as plain text: paragraphs as lines, quotations behind ``>``, links behind their words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Final

from lyhord.text.replies.unwrapping import unwrapped

LONGEST_TAG: Final = 10_000
MOST_LEVELS: Final = 20
RULE: Final = "_" * 32
_NAME: Final = re.compile(r"/?[A-Za-z][A-Za-z0-9:]{0,20}")
_HREF: Final = re.compile(
    r"\bhref\s{0,5}=\s{0,5}(?:\"([^\"]{1,4000})|'([^']{1,4000})|([^\s\"'>]{1,4000}))", re.IGNORECASE
)
_RULED: Final = re.compile(r"border-top:\s{0,3}solid", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\r\n\u00a0]+")
_HIDDEN: Final = frozenset({"style", "script", "head", "title"})
_BLOCKS: Final = frozenset(
    ("p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "center", "section")
)


@dataclass(slots=True)
class _Page:
    """What has been written so far."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    level: int = 0
    hidden: str = ""
    link: str = ""
    link_words: list[str] = field(default_factory=list)

    def say(self, words: str) -> None:
        shown = _SPACE.sub(" ", html.unescape(words))
        if not self.hidden and shown and not (shown == " " and not self.line):
            self.line.append(shown)
            if self.link:
                self.link_words.append(shown)

    def end_line(self, *, blank_too: bool = False) -> None:
        words = "".join(self.line).strip()
        if words or blank_too:
            self.lines.append(("> " * self.level + words).rstrip() if self.level else words)
        self.line.clear()

    def end_link(self) -> None:
        words = "".join(self.link_words).strip()
        if self.link and words and unwrapped(self.link).rstrip("/") != unwrapped(words).rstrip("/"):
            self.line.append(f" <{self.link}>")
        self.link = ""
        self.link_words.clear()


def plain_text(markup: str) -> str:
    """The text that a reader of the HTML sees; takes time in proportion to its length."""
    page = _Page()
    at, stop = 0, -1
    while (start := markup.find("<", at)) >= 0:
        page.say(markup[at:start])
        if markup.startswith("<!--", start):
            closing = markup.find("-->", start)
            at = closing + 3 if closing >= 0 else len(markup)
            continue
        if stop < start:  # the next ">" is looked for once, however many "<" stand before it
            stop = markup.find(">", start)
            stop = len(markup) if stop < 0 else stop
        named = _NAME.match(markup, start + 1)
        if named is None or stop - start > LONGEST_TAG or stop == len(markup):
            page.say("<")
            at = start + 1
            continue
        _meet(page, named.group().lower(), markup[named.end() : stop])
        at = stop + 1
    page.say(markup[at:])
    page.end_line()
    return "\n".join(page.lines).strip("\n")


def _meet(page: _Page, tag: str, attributes: str) -> None:
    name = tag.lstrip("/")
    closing = tag.startswith("/")
    if page.hidden:
        page.hidden = "" if (closing and name == page.hidden) or name == "body" else page.hidden
    elif name in _HIDDEN:
        page.hidden = "" if closing else name
    elif name == "a":
        _meet_link(page, attributes, closing=closing)
    elif name == "br":
        page.end_line(blank_too=True)
    elif name in {"td", "th"}:
        page.say(" ")
    elif name == "blockquote":
        page.end_line()
        page.level = min(max(page.level + (-1 if closing else 1), 0), MOST_LEVELS)
    elif name == "hr" or name in _BLOCKS:
        _meet_block(page, name, attributes, closing=closing)


def _meet_block(page: _Page, name: str, attributes: str, *, closing: bool) -> None:
    page.end_line()
    if name == "hr" or (name == "div" and not closing and _RULED.search(attributes)):
        page.line.append(RULE)
        page.end_line()
    elif name == "li" and not closing:
        page.line.append("* ")


def _meet_link(page: _Page, attributes: str, *, closing: bool) -> None:
    page.end_link()
    if not closing and (found := _HREF.search(attributes)):
        target = html.unescape(next(filter(None, found.groups()))).strip()
        if target.lower().startswith(("http://", "https://", "www.")) and not _SPACE.search(target):
            page.link = target
