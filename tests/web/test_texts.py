"""Every text of the pages has its translation, and the compiled catalogue holds just that."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import polib
import pytest
from tools.texts import CATALOGUES, texts_in, texts_in_template, texts_of_pages

by_language = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
VARIABLES = re.compile(r"%\(\w+\)s")


def test_there_is_an_english_catalogue() -> None:
    assert "en" in {path.parent.parent.name for path in CATALOGUES}


@by_language
def test_every_text_has_a_place_and_no_place_is_without_its_text(path: Path) -> None:
    assert texts_in(polib.pofile(str(path))) == texts_of_pages()


@by_language
def test_every_text_is_translated(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []


@by_language
def test_a_translation_uses_the_variables_of_its_text(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        for translation in (entry.msgstr, *entry.msgstr_plural.values()):
            assert not translation or set(VARIABLES.findall(translation)) == set(VARIABLES.findall(entry.msgid))


@by_language
def test_the_compiled_catalogue_is_up_to_date(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in polib.pofile(str(path)):
        if entry.msgid_plural:
            forms = [compiled.ngettext(entry.msgid, entry.msgid_plural, number) for number in (1, 2)]
            assert forms == [entry.msgstr_plural[0], entry.msgstr_plural[1]]
        else:
            assert compiled.gettext(entry.msgid) == entry.msgstr


def test_texts_are_found_in_a_template() -> None:
    template = (
        '{% translate "Ett" %}{% blocktranslate count n=n %}{{ n }} dag{% plural %}{{ n }} dagar{% endblocktranslate %}'
    )
    assert list(texts_in_template(template)) == [("Ett", ""), ("%(n)s dag", "%(n)s dagar")]
