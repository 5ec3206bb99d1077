"""The pages' texts: finds every one in templates and code, and compiles the translations.

The Swedish text is itself the key. ``python tools/texts.py`` adds new texts to each language's ``django.po``, drops
those that are gone, and writes ``django.mo``; the translations are written into ``django.po`` by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "lyhord"
CATALOGUES = tuple(sorted(PACKAGE.glob("web/locale/*/LC_MESSAGES/django.po")))  # one for the pages of all rooms
SIMPLE = re.compile(r"""\{%\s*translate\s+(["'])(.*?)\1""")
BLOCK = re.compile(r"\{%\s*blocktranslate\b[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
IN_CODE = re.compile(r'\bgettext(?:_lazy|_noop)?\(\s*"([^"]+)"')

Text = tuple[str, str]  # singular and plural; the plural is empty where there is none


def texts_in_template(source: str) -> Iterator[Text]:
    """Every text of a template, with its variables as gettext knows them."""
    for _, text in SIMPLE.findall(source):
        yield text, ""
    for block in BLOCK.findall(source):
        forms = [VARIABLE.sub(r"%(\1)s", form) for form in PLURAL.split(block)]
        yield forms[0], forms[1] if len(forms) > 1 else ""


def texts_of_pages() -> set[Text]:
    """Every text of the pages, in templates, code and the names of formats."""
    found = {text for path in PACKAGE.rglob("*.html") for text in texts_in_template(path.read_text(encoding="utf-8"))}
    for path in PACKAGE.rglob("*.py"):
        found.update((text, "") for text in IN_CODE.findall(path.read_text(encoding="utf-8")))
    return found


def texts_in(catalogue: polib.POFile) -> set[Text]:
    """Every text that a catalogue has a place for."""
    return {(entry.msgid, entry.msgid_plural) for entry in catalogue}


def update(path: Path) -> None:
    """Bring one catalogue up to date with the pages and compile it."""
    catalogue = polib.pofile(str(path))
    wanted = texts_of_pages()
    known = texts_in(catalogue)
    for entry in [entry for entry in catalogue if (entry.msgid, entry.msgid_plural) not in wanted]:
        catalogue.remove(entry)
    for singular, plural in sorted(wanted - known):
        forms = {"msgid_plural": plural, "msgstr_plural": {0: "", 1: ""}} if plural else {}
        catalogue.append(polib.POEntry(msgid=singular, **forms))
    catalogue.sort()
    catalogue.save()
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def main() -> int:
    """Update every catalogue; 1 where a text still lacks its translation."""
    lacking = 0
    for path in CATALOGUES:
        update(path)
        untranslated = polib.pofile(str(path)).untranslated_entries()
        lacking += len(untranslated)
        for entry in untranslated:
            print(f"{path.parent.parent.name}: no translation of {entry.msgid!r}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
