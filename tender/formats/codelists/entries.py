"""A list of codes, and how the columns of a table become one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tender.formats.unreadable import Unreadable

MAX_CODES = 200_000
MAX_LABEL = 2_000
_CODE = re.compile(r"code|codes|cpv|cpv code|nuts|nuts id|nuts code|code \d{4}", re.ASCII)
_FRENCH = {"fr", "fra", "french", "français", "fra label", "fr label", "label fr", "name fr",
           "libellé", "libelle", "description fr"}  # fmt: skip
_ENGLISH = {"en", "eng", "english", "eng label", "en label", "label en", "name en",
            "description en"}  # fmt: skip
_EITHER = {"name", "label", "nuts name", "nuts label", "name latn", "description"}
_CPV = re.compile(r"(\d{7,8})(?:-\d)?", re.ASCII)
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its labels; None where the list has none in that language."""

    code: str
    fr: str | None
    en: str | None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list as published; name and version are None where the file does not say."""

    name: str | None
    version: str | None
    entries: tuple[Entry, ...]


Row = Mapping[str, str]


def is_header(cells: Iterable[str]) -> bool:
    """True for a row that names a column of codes and another."""
    names = [plain(cell) for cell in cells if cell.strip()]
    return len(names) > 1 and any(map(_CODE.fullmatch, names))


def plain(name: str) -> str:
    """The name of a column whatever its case and signs: "NUTS_ID" is "nuts id"."""
    return " ".join(re.split(r"[\s_:.-]+", name.strip().lower())).strip()


def gather(rows: Iterable[Row], name: str | None, version: str | None) -> list[CodeList]:
    """The lists of a table: one, or one for each name in its column `list`."""
    found: dict[str | None, dict[str, Entry]] = {}
    for count, row in enumerate(rows):
        if count > MAX_CODES:
            raise Unreadable("La liste compte plus de {limit} codes.", limit=MAX_CODES)
        entry = _entry(row)
        if entry:
            found.setdefault(row.get("list") or None, {}).setdefault(entry.code, entry)
    lists = [
        CodeList(listed or _named(name, entries), version, tuple(_spelled(entries.values())))
        for listed, entries in found.items()
    ]
    if not lists:
        raise Unreadable("Ce fichier ne contient aucun code avec son libellé.")
    return lists


def _entry(row: Row) -> Entry | None:
    code = next((text for key, text in row.items() if _CODE.fullmatch(key) and text), "")
    levels = [text for key, text in row.items() if key.startswith("nuts level") and text]
    either = _first(row, _EITHER) or (levels[-1] if levels else None) or _first(row, {"country"})
    french, english = _first(row, _FRENCH) or either, _first(row, _ENGLISH) or either
    return Entry(code, french, english) if code and (french or english) else None


def _first(row: Row, names: Iterable[str]) -> str | None:
    return next((row[name][:MAX_LABEL] for name in names if row.get(name)), None)


def _named(name: str | None, codes: Iterable[str]) -> str | None:
    """A file without a name is known by its codes; a part of the CPV has a name of its own."""
    listed = list(codes)
    if name is None and all(map(_CPV.fullmatch, listed)):
        return "cpv"
    return "nuts" if name is None and all(map(_NUTS.fullmatch, listed)) else name


def _spelled(entries: Iterable[Entry]) -> Iterable[Entry]:
    """CPV codes without their check digit, and with the nought that a spreadsheet takes away."""
    for entry in entries:
        found = _CPV.fullmatch(entry.code)
        yield Entry(found.group(1).zfill(8), entry.fr, entry.en) if found else entry
