"""The message catalogues follow the code: new texts come in, dropped ones go.

French is the language of the ids, so its catalogue holds the plurals alone (0 is singular);
English is translated by hand. `python -m tools.catalogues` says what is still to be translated.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
COPY_OF_ID = "fr"
TRANSLATED = "en"
DATED = datetime(2026, 11, 24, tzinfo=UTC)  # a header that does not change with each run


def extracted() -> Catalog:
    """Every text for people in the code, with the files it stands in."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file, filename="babel.cfg")  # type: ignore[no-untyped-call]
    found = Catalog()
    for name, _, message, comments, context in extract_from_dir(
        ROOT, methods, options, directory_filter=is_ours
    ):
        found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def is_ours(folder: str) -> bool:
    """False for folders that hold no code of ours, and for hidden ones."""
    return Path(folder).name not in {"node_modules", "static", "tests"} and (
        not Path(folder).name.startswith((".", "_")) or Path(folder).name == "_parts"
    )


def catalogue_of(locale: str) -> Path:
    """Where a language's source lies."""
    return ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"


def load(locale: str) -> Catalog:
    """What is translated so far."""
    path = catalogue_of(locale)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def english(found: Catalog) -> Catalog:
    """The English catalogue brought up to the code."""
    kept = load(TRANSLATED)
    said = {unspaced(message.id): message.string for message in kept if not is_missing(message)}
    kept.update(found, no_fuzzy_matching=True)
    kept.obsolete.clear()
    for message in kept:
        if is_missing(message):
            message.string = said.get(unspaced(message.id), message.string)
    return kept


def unspaced(message_id: object) -> str:
    """An id whatever its kinds of spaces: to make one unbreakable asks for no new translation."""
    return "".join(str(message_id).replace("\\xa0", " ").split())


def french(found: Catalog) -> Catalog:
    """The plurals, each said as its ids."""
    plurals = Catalog(locale=COPY_OF_ID)
    for message in found:
        if message.pluralizable:
            plurals.add(message.id, message.id, locations=message.locations)
    return plurals


def save(catalogue: Catalog, locale: str) -> None:
    """Write a catalogue, the same bytes for the same texts."""
    for message in catalogue:
        message.locations = sorted(set(message.locations))
    catalogue.project, catalogue.version, catalogue.fuzzy = "Grappe", "0.1.0", False
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "Grappe"
    catalogue.creation_date = catalogue.revision_date = DATED
    catalogue.header_comment = "# Kept by `make catalogues`; translate here by hand what is empty."
    path = catalogue_of(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)


def is_missing(message: Message) -> bool:
    """True if a text of the code has no usable translation."""
    said = message.string
    forms = said if isinstance(said, list | tuple) else [said]
    return bool(message.id) and (message.fuzzy or not all(forms))


def main() -> int:
    """Bring the catalogues up to date; 1 while something is to be translated."""
    found = extracted()
    translated = english(found)
    save(translated, TRANSLATED)
    save(french(found), COPY_OF_ID)
    missing = [message.id for message in translated if is_missing(message)]
    print(f"{len(found)} messages, {len(missing)} to translate in {catalogue_of(TRANSLATED)}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
