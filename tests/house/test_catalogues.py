"""Every text for people is in the catalogues, translated, with the same values in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from babel.messages.catalog import Catalog, Message
from babel.support import Translations

from embedded.catalogues import compile_all
from tools import catalogues

ROOT = Path(__file__).parent.parent.parent
VALUES = re.compile(r"%\(\w+\)s|\{\w*\}")
FRENCH = re.compile(r" .*[éèêàùçôîûœ’«»]| (?:le|la|les|un|une|des|du|est|ne|dans|pour|au|et) ")
WRITTEN_IN_FRENCH = (  # what they hold goes into a French bid, or names things in both languages
    "tender/demo/",
    "tender/contributions/outline.py",
    "tender/documents/contents.py",
    "tender/documents/cover.py",
    "tender/documents/engine/roles.py",
    "tender/documents/finishing.py",
    "tender/documents/house.py",
    "tender/documents/inspect.py",
    "tender/reference/builtin.py",
    "tender/web/display.py",
)
STAYS_FRENCH = {  # in the bid, in a folder of the server, in a technical journal
    "Corrigez le fichier, puis déposez-le à nouveau dans le dossier surveillé.",
    " à ",
    "incident, nouvel essai dans ",
    "EEEE d MMMM y 'à' H 'h' mm '(heure de Paris)'",
    "Cette section n’est pas encore rédigée.",
    "Cette section n’a pas pu être insérée.",
    "Pour vérifier : sha256sum -c SHA256SUMS",
}
NOT_FOR_TRANSLATION = re.compile(r"(?:[LR]\. \d|CE, |TA |\d+ à \d+ k€)")


@pytest.fixture(scope="module")
def found() -> Catalog:
    return catalogues.extracted()


@pytest.fixture(scope="module")
def english() -> Catalog:
    return catalogues.load("en")


def forms(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def ids(catalogue: Catalog) -> set[str]:
    return {forms(message.id)[0] for message in catalogue if message.id}


def spoken(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def test_every_text_of_the_code_is_in_the_english_catalogue_and_no_other(
    found: Catalog, english: Catalog
) -> None:
    assert ids(found) - ids(english) == set()
    assert ids(english) - ids(found) == set()
    assert not english.obsolete


def test_every_text_has_a_translation_that_somebody_stands_by(english: Catalog) -> None:
    assert [m.id for m in spoken(english) if catalogues.is_missing(m)] == []


def test_a_translation_holds_the_same_values(english: Catalog) -> None:
    assert [m.id for m in spoken(english) if values(m.id) != values(m.string)] == []


def values(text: object) -> set[str]:
    return {value for form in forms(text) for value in VALUES.findall(form)}


def test_english_keeps_no_french_sign(english: Catalog) -> None:
    signs = re.compile(r"[«»]| [:;?!]|\d %|n°")
    assert [m.string for m in spoken(english) if signs.search(" ".join(forms(m.string)))] == []


def test_the_french_catalogue_holds_each_plural_as_its_ids(found: Catalog) -> None:
    french = {m.id: m.string for m in spoken(catalogues.load("fr"))}
    assert french == {m.id: m.id for m in spoken(found) if m.pluralizable}


@pytest.mark.parametrize(
    ("locale", "zero", "one", "two"),
    [("fr", "0 lot", "1 lot", "2 lots"), ("en", "0 lots", "1 lot", "2 lots")],
)
def test_zero_is_singular_in_french_alone(locale: str, zero: str, one: str, two: str) -> None:
    compile_all()
    words = Translations.load(ROOT / "translations", [locale])
    said = [words.ngettext("%(num)s lot", "%(num)s lots", n) % {"num": n} for n in (0, 1, 2)]
    assert said == [zero, one, two]


def test_no_french_sentence_of_the_code_escapes_extraction(found: Catalog) -> None:
    known = {form for message in spoken(found) for form in forms(message.id)}
    escaped = [
        f"{file.relative_to(ROOT)}:{line} {text}"
        for file in [*ROOT.glob("tender/**/*.py"), *ROOT.glob("workers/**/*.py")]
        if not str(file.relative_to(ROOT)).startswith(WRITTEN_IN_FRENCH)
        for line, text in sentences(file)
        if text not in known | STAYS_FRENCH and not NOT_FOR_TRANSLATION.match(text)
    ]
    assert escaped == []


def is_help(node: ast.AST) -> TypeGuard[ast.keyword]:
    return isinstance(node, ast.keyword) and node.arg == "help"


def sentences(file: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(file.read_text("utf-8"))
    untranslated = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    untranslated |= {id(node.value) for node in ast.walk(tree) if is_help(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in untranslated:
            continue
        if isinstance(node.value, str) and FRENCH.search(node.value):
            yield node.lineno, node.value
