"""Every document of every producer, by name; each is made once and always the same."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType

import pytest

from tests.fidelity.producers import (
    npm,
    office,
    pydocx,
    word_figures,
    word_marks,
    word_more,
    word_pages,
    word_things,
    word_words,
)
from tests.fidelity.producers.word import IDS

Make = Callable[[], bytes]


def _tongues() -> dict[str, Make]:
    """The same words under each set of style ids."""
    return {f"word words {tongue}": partial(word_words.words, tongue) for tongue in IDS}


BY_WORD: Mapping[str, Make] = MappingProxyType(
    _tongues()
    | {
        f"word {make.__name__.replace('_', ' ')}": make
        for make in (
            word_words.languages, word_words.notes, word_words.comments, word_words.changes,
            word_words.hidden, word_words.links, word_words.references, word_words.controls,
            word_things.tables, word_things.pictures, word_things.boxes, word_figures.charts,
            word_figures.diagrams, word_figures.equations, word_figures.objects,
            word_pages.pages, word_pages.last_page, word_pages.lists, word_pages.looks,
            word_pages.own_normal,
            word_pages.fonts, word_pages.choices, word_pages.captions, word_pages.strict_tables,
            word_pages.strict_notes, word_marks.marks, word_marks.notes_of_all_kinds,
            word_marks.odd, word_marks.other_looks, word_marks.local_names, word_more.groups,
            word_more.figures, word_more.bare, word_more.drawn_bullets, word_more.cell_changes,
        )
    }
)  # fmt: skip
BY_SCRIPT: Mapping[str, Make] = MappingProxyType(
    {
        f"script {make.__name__}": make
        for make in (pydocx.words, pydocx.lists, pydocx.tables, pydocx.pictures, pydocx.comments,
                     pydocx.pages)
    }
)  # fmt: skip
HERE: Mapping[str, Make] = MappingProxyType({**BY_WORD, **BY_SCRIPT})
"""Those that need no other program."""


OFFICE = ("office words", "office pages", "office web")
NPM = ("npm words", "npm pages")
EACH = [*HERE, *NPM, *(pytest.param(name, marks=pytest.mark.office) for name in OFFICE)]
"""For tests that take one at a time."""
_ALIKE = frozenset({"word words de", "word strict notes", "word strict tables", "script pages",
                    "word last page", "script pictures", "word bare"})  # fmt: skip
ONE_OF_EACH = [name for name in HERE if name not in _ALIKE]
_SHARING = """word words fr/word notes/word comments/word changes/word references/word controls/
    word tables/word pictures/word boxes/word charts/word diagrams/word objects/word lists/
    word looks/word other looks/word fonts/word marks/word odd/script lists/script tables"""
"""Those that bring styles, lists, names, notes or parts that may meet those of others."""
MEETING = [" ".join(name.split()) for name in _SHARING.split("/")]


@cache
def made(name: str) -> bytes:
    """One document by its name."""
    if name in NPM:
        return npm.written()[name]
    return office.converted()[name] if name in OFFICE else HERE[name]()
