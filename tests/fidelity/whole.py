"""What can only be judged on the whole result: captions, what references say, fonts, headers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.fidelity.archive import Archive, digest, local, q, value
from tests.fidelity.facts import Field, Paragraph
from tests.fidelity.matching import Difference, Match
from tests.fidelity.numbers import roman
from tests.fidelity.reading import Document

_FORMAT = re.compile(r"\\\*\s*(\w+)")
_RESET = re.compile(r"\\r\s*(\d+)")
_STYLE = re.compile(r'STYLEREF\s+(?:"([^"]*)"|(\S+))')
_EMBEDDED = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


def shown_sequences(document: Document) -> list[tuple[str, str, str]]:
    """Each caption number: identifier, what it should show, what it shows."""
    counts: Counter[str] = Counter()
    found = []
    for one in _fields(document, "SEQ"):
        words = one.code.split()
        name = words[1].casefold() if len(words) > 1 else ""
        reset = _RESET.search(one.code)
        if reset is not None:
            counts[name] = int(reset[1])
        elif "\\c" not in words:
            counts[name] += 1
        if "\\h" not in words:
            found.append((name, _formatted(counts[name], one.code), one.shown.strip()))
    return found


def _fields(document: Document, *keywords: str) -> list[Field]:
    """The fields of these kinds in the order of the text, without the doubles of fallbacks."""
    found = []
    for paragraph in document.paragraphs:
        if "Fallback" not in paragraph.facts["place"]:
            found += [one for one in paragraph.fields if one.keyword in keywords]
    return found


def _formatted(count: int, code: str) -> str:
    form = (_FORMAT.search(code) or ["", "ARABIC"])[1]
    if form.upper() == "ROMAN":
        return roman(count).upper() if form.isupper() else roman(count)
    if form.upper() == "ALPHABETIC":
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form.isupper() else letter
    return str(count)


def reference_says(document: Document, one: Field) -> str | None:
    """What a reference should show: the words it covers, or the number of what it names."""
    words = one.code.split()
    mark = document.bookmarks.get(words[1].strip('"')) if len(words) > 1 else None
    if mark is None:
        return None
    if one.keyword == "NOTEREF":
        return _note_number(document, mark.start[0], mark.start[1])
    if {"\\n", "\\r", "\\w"} & set(words):
        number = mark.start[0].number
        return None if number is None else number.rstrip(".")
    return None if "\\p" in words else mark.covered


def _note_number(document: Document, paragraph: Paragraph, offset: int) -> str | None:
    count = 0
    for one in document.paragraphs:
        for note in one.notes:
            if note.kind == "footnotes":
                count += 1
                if one is paragraph and note.offset >= offset:
                    return str(count)
    return None


def faults(
    inputs: Sequence[Document], found: Document, matched: Match, house: bytes
) -> Iterator[Difference]:
    """All that is wrong with the whole."""
    ours = _margins(Archive(house)) if house else set()
    for text in sorted(_margins(found.archive) - ours) if house else []:
        yield Difference("headers", -1, text, None, text)
    yield from _styles_named(inputs, found, matched)
    for name, wanted, shown in shown_sequences(found):
        if wanted != shown:
            yield Difference("captions", -1, name, wanted, shown)
    for part, document in enumerate(inputs):
        for a, b in matched.pairs[part]:
            yield from _misled(part, document, a, found, b)
        missing = embedded_fonts(document.archive) - embedded_fonts(found.archive)
        if missing:
            yield Difference("fonts", part, "", sorted(missing), None)


def _margins(archive: Archive) -> set[str]:
    """The words of each header and footer, without the results of fields."""
    found = set()
    for name in archive.parts:
        if re.match(r"word/(header|footer)[^/]*\.xml$", name):
            code = "".join(t.text or "" for t in archive.tree(name).iter(q("w:instrText")))
            found.add(" ".join(code.split()))
    return found


def _styles_named(
    inputs: Sequence[Document], found: Document, matched: Match
) -> Iterator[Difference]:
    """Fields that name a style must name what became of it."""
    for part, document in enumerate(inputs):
        became: dict[str, set[str]] = {}
        for a, b in matched.pairs[part]:
            names = became.setdefault(document.looks.name_of(a.style), set())
            names.add(found.looks.name_of(b.style))
        for a, b in matched.pairs[part]:
            for one, other in zip(a.fields, b.fields, strict=False):
                wanted = became.get(_style_in(one))
                if wanted and _style_in(other) not in wanted:
                    yield Difference("style named", part, a.shown, wanted, other.code)


def _style_in(one: Field) -> str:
    found = _STYLE.search(one.code)
    return (found[1] or found[2]).lower() if found else ""


def _misled(
    part: int, document: Document, a: Paragraph, found: Document, b: Paragraph
) -> Iterator[Difference]:
    """References that said the right thing in the input, and no longer do."""
    for one, other in zip(a.fields, b.fields, strict=False):
        if one.keyword in ("REF", "NOTEREF") and reference_says(document, one) == one.shown:
            wanted = reference_says(found, other)
            if wanted != other.shown:
                yield Difference("what references say", part, a.shown, wanted, other.shown)


def embedded_fonts(archive: Archive) -> set[tuple[str, str, str]]:
    """The fonts a file carries: name, face, fingerprint of the font behind its veil."""
    root, owner = archive.side("fontTable"), archive.related(archive.main, "fontTable")
    fonts: set[tuple[str, str, str]] = set()
    if root is None or owner is None:
        return fonts
    for font in root.iter(q("w:font")):
        for mark in font:
            rel = archive.rels(owner).get(value(mark, "r:id") or "")
            if local(mark) in _EMBEDDED and rel is not None and rel.target in archive.parts:
                bare = unveiled(archive.parts[rel.target], value(mark, "w:fontKey") or "")
                fonts.add((value(font, "w:name") or "", local(mark), digest(bare)))
    return fonts


def unveiled(data: bytes, key: str) -> bytes:
    """A font's bytes; the first 32 are veiled by the digits of its key, from the last."""
    digits = re.sub(r"[^0-9A-Fa-f]", "", key)
    if len(digits) != 32:
        return data
    veil = bytes.fromhex(digits)[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], veil, strict=False)) + data[32:]
