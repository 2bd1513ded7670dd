"""Defects of a package for which Word repairs or refuses a file; each in words, with its part."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from tender.documents.errors import N_
from tender.documents.proof import orders, words
from tender.documents.proof.archive import Archive, Unreadable, attributes, text_of
from tender.documents.proof.plainly import plainly
from tender.documents.proof.words import Failure, Sentence

MAIN_TYPE = "wordprocessingml.document.main+xml"
CONTENT_TYPES = "[Content_Types].xml"
MOST = 50
_ROOT = 8192
"""In so many bytes a part says what it is."""

TWINS = N_("deux pièces portent le même nom ({part}).")
UNTYPED = N_("la pièce {part} n’a pas de type déclaré.")
ABSENT = N_("la pièce {part} est déclarée et manque.")
MAINS = N_("il y a {n} pièces principales au lieu d’une.")
BROKEN_XML = N_("la pièce {part} n’est pas du XML bien formé.")
UNREAD = N_("la pièce {part} est illisible.")
DANGLING = N_("{part} renvoie à une pièce qui manque ({target}).")
UNRELATED = N_("{part} emploie une relation qui n’existe pas ({target}).")
DOUBLE_REL = N_("{part} a deux relations du même identifiant ({target}).")
DOUBLE_ID = N_("{what} : l’identifiant {target} sert deux fois.")
UNPAIRED = N_("un signet n’a pas à la fois un début et une fin ({target}).")
UNKNOWN = N_("{what} : le texte renvoie à {target}, qui n’existe pas.")
ORDER = N_("des propriétés {what} ne sont pas dans l’ordre que veut le format ({target}).")
DOUBLE_NAME = N_("deux signets portent le même nom ({target}).")
DISORDER = N_("des éléments de {what} ne sont pas dans l’ordre que veut le format ({target}).")
UNSTYLED = N_("le texte emploie un style qui n’existe pas ({target}).")
NO_PARAGRAPH = N_("une cellule de tableau ne finit pas par un paragraphe.")
FIELDS = N_("des champs n’ont pas à la fois un début et une fin.")
_TOLERATED = frozenset({ORDER, UNSTYLED, DOUBLE_NAME})
"""What Word reads without a word."""

WHAT = {
    "bookmarks": N_("Signets"), "drawings": N_("Dessins"),
    "footnotes": N_("Notes de bas de page"), "endnotes": N_("Notes de fin"),
    "comments": N_("Commentaires"), "lists": N_("Listes"), "definitions": N_("Modèles de listes"),
    "styles": N_("Styles"),
}  # fmt: skip

_USED_REL = re.compile(rb' r:(?:id|embed|link|dm|lo|qs|cs|pict|href)="([^"]*)"')
_BOOKMARK = re.compile(rb"<w:bookmark(Start|End)\s([^>]*)>")
_ID = re.compile(rb'w:id="([^"]*)"')
_NAME = re.compile(rb'w:name="([^"]*)"')
_DRAWING = re.compile(rb'<wp:docPr\s[^>]*?\bid="([^"]*)"')
_STYLE_USED = re.compile(rb'Style w:val="([^"]*)"')
_STYLE = re.compile(rb'<w:style\s[^>]*?w:styleId="([^"]*)"')
_LIST_USED = re.compile(rb'<w:numId\s+w:val="([^"]*)"')
_LIST = re.compile(rb'<w:num\s[^>]*?w:numId="([^"]*)"')
_DEFINITION = re.compile(rb'<w:abstractNum\s[^>]*?w:abstractNumId="([^"]*)"')
_DEFINITION_USED = re.compile(rb'<w:abstractNumId\s+w:val="([^"]*)"')
_SIGNATURE = re.compile(rb'<w:nsid\s+w:val="([^"]*)"')
_DEFAULT = re.compile(rb"<Default\s([^>]*)>")
_OVERRIDE = re.compile(rb"<Override\s([^>]*)>")
_CELL_ENDS = (b"</w:tbl></w:tc>", b"</w:tcPr></w:tc>", b"<w:tcPr/></w:tc>", b"<w:tc></w:tc>")
_NOTES = {
    "footnotes": re.compile(rb"<w:footnote\s([^>]*)>"),
    "endnotes": re.compile(rb"<w:endnote\s([^>]*)>"),
    "comments": re.compile(rb"<w:comment\s([^>]*)>"),
}
_REFERENCE = re.compile(rb'Reference w:id="([^"]*)"')
_RANGE = re.compile(rb"<w:commentRange(?:Start|End)\s([^>]*)>")


def defects_of(archive: Archive) -> Iterator[Failure]:
    """Everything wrong with a package, at most MOST lines."""
    for count, (message, params) in enumerate(_Package(archive).all()):
        if count >= MOST:
            break
        fact = Sentence(message, {k: _plain(v) for k, v in params.items()})
        severity = "warn" if message in _TOLERATED else "block"
        yield Failure("package", severity, Sentence(words.IN_FILE), fact)


def _plain(value: object) -> object:
    return text_of(value)[:80] if isinstance(value, bytes) else value


Defect = tuple[str, dict[str, object]]


class _Package:
    """Looks at the parts one after the other; the main part's bytes are read once."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = archive.main()
        self.styles = self._side("styles")
        self.numbering = self._side("numbering")

    def _side(self, kind: str) -> bytes:
        name = self.archive.related(self.main, kind)
        try:
            return self.archive.read(name) if name else b""
        except Unreadable:  # told when its turn comes
            return b""

    def all(self) -> Iterator[Defect]:
        """Every defect, from the outside in."""
        for name in self.archive.twins:
            yield TWINS, {"part": name}
        yield from self._types()
        known = self._known_ids()
        for name in self.archive.names():
            yield from self._part(name, known)
        yield from self._lists()
        yield from _doubles("styles", _STYLE.findall(self.styles))

    # -- the package ------------------------------------------------------------------------

    def _types(self) -> Iterator[Defect]:
        if CONTENT_TYPES not in self.archive:
            yield ABSENT, {"part": CONTENT_TYPES}
            return
        told = self.archive.read(CONTENT_TYPES)
        extensions = {
            attributes(raw).get(b"Extension", b"").lower().decode()
            for raw in _DEFAULT.findall(told)
        }
        named = {
            text_of(a.get(b"PartName", b"")).lstrip("/"): text_of(a.get(b"ContentType", b""))
            for a in map(attributes, _OVERRIDE.findall(told))
        }
        for name in named:
            if name not in self.archive:
                yield ABSENT, {"part": name}
        for name in self.archive.names():
            extension = name.rpartition(".")[2].lower()
            if name != CONTENT_TYPES and name not in named and extension not in extensions:
                yield UNTYPED, {"part": name}
        mains = sum(MAIN_TYPE in kind for kind in named.values())
        roots = sum(rel.kind == "officeDocument" for rel in self.archive.rels("").values())
        if mains != 1 or roots != 1:
            yield MAINS, {"n": max(mains, roots) if mains and roots else 0}

    def _part(self, name: str, known: dict[str, set[bytes]]) -> Iterator[Defect]:
        if not name.endswith((".xml", ".rels")):
            return
        try:
            data = self.archive.read(name)
        except Unreadable:
            yield UNREAD, {"part": name}
            return
        if not _is_well_formed(data):
            yield BROKEN_XML, {"part": name}
        if name.endswith(".rels"):
            yield from self._rels(name, data)
            return
        used, rels = set(_USED_REL.findall(data)), self.archive.rels(name)
        for rid in sorted(used - set(rels) - {b""}):
            yield UNRELATED, {"part": name, "target": rid}
        if name.startswith("word/") and b"<w:p" in data:
            yield from _story(plainly(data) if b"<mc:AlternateContent" in data else data, known)

    def _rels(self, name: str, data: bytes) -> Iterator[Defect]:
        folder, _, base = name.rpartition("_rels/")
        source = folder + base.removesuffix(".rels")
        ids = re.findall(rb'\bId="([^"]*)"', data)
        for rid, count in Counter(ids).items():
            if count > 1:
                yield DOUBLE_REL, {"part": source or name, "target": rid}
        for rel in self.archive.rels(source).values():
            if not rel.address and rel.part not in self.archive:
                yield DANGLING, {"part": source or name, "target": rel.part}

    # -- what texts refer to ----------------------------------------------------------------

    def _known_ids(self) -> dict[str, set[bytes]]:
        known = {
            "styles": set(_STYLE.findall(self.styles)),
            "lists": set(_LIST.findall(self.numbering)) | {b"0"},
        }
        for kind, note in _NOTES.items():
            known[kind] = set(_ids(note.findall(self._side(kind))))
        return known

    def _lists(self) -> Iterator[Defect]:
        definitions = _DEFINITION.findall(self.numbering)
        yield from _doubles("lists", _LIST.findall(self.numbering))
        yield from _doubles("definitions", definitions)
        yield from _doubles("definitions", _SIGNATURE.findall(self.numbering))
        for name in sorted(set(_DEFINITION_USED.findall(self.numbering)) - set(definitions)):
            yield UNKNOWN, {"what": Sentence(WHAT["definitions"]), "target": name}
        if 0 <= self.numbering.find(b"<w:num ") < self.numbering.rfind(b"<w:abstractNum "):
            yield DISORDER, {"what": "numbering", "target": "w:abstractNum"}


def _story(data: bytes, known: dict[str, set[bytes]]) -> Iterator[Defect]:
    """The defects of one part that holds paragraphs."""
    yield from _bookmarks(data)
    for kind, note in _NOTES.items():
        if b"<w:" + kind.encode() in data[:_ROOT]:
            yield from _doubles(kind, _ids(note.findall(data)))
    yield from _references(data, known)
    yield from _doubles("drawings", _DRAWING.findall(data))
    for style in sorted(set(_STYLE_USED.findall(data)) - known["styles"]):
        yield UNSTYLED, {"target": style}
    yield from _unknown("lists", _LIST_USED.findall(data), known)
    for what, name in orders.wrong(data):
        yield ORDER, {"what": what, "target": name}
    if any(end in data for end in _CELL_ENDS):
        yield NO_PARAGRAPH, {}
    if data.count(b'w:fldCharType="begin"') != data.count(b'w:fldCharType="end"'):
        yield FIELDS, {}


def _references(data: bytes, known: dict[str, set[bytes]]) -> Iterator[Defect]:
    """References to notes that are not there."""
    used: dict[str, list[bytes]] = {kind: [] for kind in _NOTES}
    for found in _REFERENCE.finditer(data):
        name = data[data.rfind(b"<", 0, found.start()) + 3 : found.start()]
        used.get(name.decode() + "s", []).append(found[1])
    used["comments"] += _ids(_RANGE.findall(data)) if known["comments"] else ()
    for kind, ids in used.items():
        yield from _unknown(kind, ids, known)


def _bookmarks(data: bytes) -> Iterator[Defect]:
    marks = _BOOKMARK.findall(data)
    starts = [raw for kind, raw in marks if kind == b"Start"]
    opened, closed = Counter(_ids(starts)), Counter(_ids(r for kind, r in marks if kind == b"End"))
    for name in sorted((opened - closed) | (closed - opened)):
        yield UNPAIRED, {"target": name}
    yield from _doubles("bookmarks", opened.elements())
    names = (found[1].lower() for raw in starts if (found := _NAME.search(raw)))
    for name in (name for name, count in Counter(names).items() if count > 1):
        yield DOUBLE_NAME, {"target": name}


def _ids(raws: Iterable[bytes]) -> Iterator[bytes]:
    return (found[1] for raw in raws if (found := _ID.search(raw)))


def _doubles(kind: str, ids: Iterable[bytes]) -> Iterator[Defect]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield DOUBLE_ID, {"what": Sentence(WHAT[kind]), "target": name}


def _unknown(kind: str, used: Iterable[bytes], known: dict[str, set[bytes]]) -> Iterator[Defect]:
    for name in sorted(set(used) - known[kind]):
        yield UNKNOWN, {"what": Sentence(WHAT[kind]), "target": name}


def _is_well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True
