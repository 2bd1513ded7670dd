"""The gate's walk: from the main part along allowed relationships; the rest does not stay."""

import posixpath
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from tender.documents import allowed, cleaning, trees
from tender.documents.admission import chunks, front, objects, strict
from tender.documents.admission.binaries import Binaries
from tender.documents.admission.findings import DOCUMENT, Findings, place_of
from tender.documents.admission.marks import Marks
from tender.documents.admission.remembered import WORTH, Clean, Memory
from tender.documents.errors import N_, Refused
from tender.documents.package import (
    DOCUMENT_TYPE,
    OFFICE,
    Package,
    Piece,
    Rel,
    relationships,
    rels_name,
    resolve,
    short_kind,
)
from tender.documents.reasons import refuse
from tender.documents.trees import Element, q
from tender.documents.unpacking import Unpacked

_SHARED = frozenset(
    """styles numbering settings theme themeOverride fontTable chartStyle chartColorStyle
    diagramLayout diagramQuickStyle diagramColors""".split()  # noqa: SIM905 - a table to read
)
"""Kinds that come again and again, the same to the byte."""
_EXPENDABLE = _SHARED | {
    "chart", "chartEx", "chartUserShapes", "diagramData", "diagramDrawing", "commentsExtended",
    "commentsIds", "commentsExtensible", "people",
}  # fmt: skip
"""Kinds without which a text is still whole: unreadable, they go and it is told."""
_PICTURES = frozenset({"image", "hdphoto"})
_EMBEDDED = frozenset({"package", "oleObject"})
_NO_PICTURE = N_("Une image illisible ou d’un format interdit a été retirée.")
_DAMAGED = N_("Une pièce du fichier est illisible ; elle a été retirée.")
_NO_FONT = N_("Une police incorporée est illisible ; elle a été retirée.")
_memory = Memory()


class Walk:
    """Names what stays, cleans it, and tells what went."""

    def __init__(self, file: Unpacked, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.kept: dict[str, Piece] = {}
        self._names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._queue: deque[tuple[str, str]] = deque()
        self._taken: set[str] = set()
        self._roots: dict[str, Element] = {}
        self._known: dict[str, Clean | None] = {}
        self.damaged: set[str] = set()
        self.stories: list[tuple[str, Marks]] = []
        self._binaries = Binaries(file, findings, kept=self.kept, taken=self._taken)

    def package(self) -> Package:
        """The package of all that may stay."""
        main = front.main_part(self.file, self.findings)
        self._name(main, "officeDocument")
        while self._queue:
            self._keep(*self._queue.popleft())
        return Package(self.kept, self._names[main])

    def text(self, name: str) -> bytes:
        """A part's XML in the usual dialect."""
        return front.text(self.file, name, self.findings)

    def _name(self, source: str, kind: str) -> str | None:
        """The name under which an XML part stays, queued at first sight; it has one kind only."""
        if source in self._names:
            return self._names[source] if self._kinds[source] == kind else None
        clean = re.sub(r"[^A-Za-z0-9._/-]", "_", source)
        while clean.casefold() in self._taken:
            clean = posixpath.join(posixpath.dirname(clean), "x" + posixpath.basename(clean))
        self._taken.add(clean.casefold())
        self._kinds[source], self._names[source] = kind, clean
        self._queue.append((source, kind))
        return clean

    def _keep(self, source: str, kind: str) -> None:
        known = self._remembered(source, kind)
        if known is not None:
            self._recall(source, kind, known)
            return
        root = self._root(source)
        if self._is_shared(source, kind):
            self._keep_shared(source, kind, root)
            return
        if kind in allowed.STORIES:
            chunks.unfold(self.file, source, root, self.findings, place_of(kind))
        pointers = trees.pointers(root)
        rels = Relations(self, source, kind, root, pointers).kept()
        marks = cleaning.clean(root, kind, rels, self.findings, pointers)
        if kind in allowed.STORIES:
            self.stories.append((kind, marks))
        if kind == "officeDocument":
            _require_text(root)
        content_type = allowed.KEPT.get(kind, DOCUMENT_TYPE)
        self.kept[self._names[source]] = Piece(content_type, root, rels)

    def _root(self, source: str) -> Element:
        """A part's tree, parsed once."""
        if source not in self._roots:
            text, was_strict = front.read(self.file, source, self.findings)
            self._roots[source] = root = trees.parse(text, source)
            if was_strict:
                strict.usual_values(root)
        return self._roots[source]

    def _is_damaged(self, source: str) -> bool:
        try:
            self._root(source)
        except Refused as refused:
            if refused.code != "xml":
                raise
            return True
        return False

    def _is_shared(self, source: str, kind: str) -> bool:
        """May other files have this part, too, so that it is worth remembering?"""
        if kind not in _SHARED or self.file.packed(source).size not in WORTH:
            return False
        return self.file.find(rels_name(source)) is None

    def _remembered(self, source: str, kind: str) -> Clean | None:
        if source not in self._known:
            shared = self._is_shared(source, kind)
            self._known[source] = _memory.find(kind, self.file.packed(source)) if shared else None
        return self._known[source]

    def _recall(self, source: str, kind: str, known: Clean) -> None:
        """Take a part over that was judged before, in another file."""
        self.file.vouch(source)
        self.findings.extend(known.findings)
        self.kept[self._names[source]] = Piece(allowed.KEPT[kind], known.text)

    def _keep_shared(self, source: str, kind: str, root: Element) -> None:
        """Keep a part without relationships: whatever points to one points to nothing."""
        found = Findings()
        pointers = trees.pointers(root)
        if any(element.get(name) for element, name in pointers):
            found.add("broken", allowed.BROKEN, place_of(kind))
        cleaning.clean(root, kind, {}, found, pointers)
        self.findings.extend(found.all())
        _memory.keep(kind, self.file.packed(source), trees.serialise(root), found.all())
        self.kept[self._names[source]] = Piece(allowed.KEPT[kind], root)

    def part(self, source: str, kind: str) -> str | None:
        """The name of an XML part or a picture; None for what has no place here."""
        if kind in _PICTURES:
            return self._binaries.picture(source)
        known = self._remembered(source, kind)
        if kind in _EXPENDABLE and known is None and self._is_damaged(source):
            self.findings.add("damaged", _DAMAGED, place_of(kind))
            self.damaged.add(source)
            return None
        return self._name(source, kind)

    @property
    def binaries(self) -> Binaries:
        """What is no XML."""
        return self._binaries


class Relations:
    """What becomes of each relationship of one part."""

    def __init__(
        self,
        walk: Walk,
        source: str,
        source_kind: str,
        root: Element,
        pointers: cleaning.Pointers,
    ) -> None:
        self._walk = walk
        self._findings = walk.findings
        self._source = source
        self._kind = source_kind
        self._place = place_of(source_kind)
        self._root = root
        self._pointing = {element.get(name, ""): element for element, name in reversed(pointers)}
        self._programs: dict[str, tuple[objects.Program, Element]] | None = None

    def kept(self) -> dict[str, Rel]:
        """Those that stay, by id."""
        rels: dict[str, Rel] = {}
        seen = {""}
        for rid, kind, target, external in self._written():
            seen.add(rid)
            judge = self._outside if external else self._inside
            rel = judge(rid, kind, target)
            if rel is not None:
                rels[rid] = rel
        for rid in self._pointing.keys() - seen:
            self._tell(rid, "broken", allowed.BROKEN)
        return rels

    def _written(self) -> Iterable[tuple[str, str, str, bool]]:
        name = self._walk.file.find(rels_name(self._source))
        if name is None:
            return ()
        try:
            return list(relationships(self._walk.text(name), self._source))
        except Refused as refused:
            if refused.code != "xml" or self._kind == "officeDocument":
                raise
        self._findings.add("damaged", _DAMAGED, self._place)
        return ()

    def _outside(self, rid: str, kind: str, target: str) -> Rel | None:
        short = short_kind(kind)
        if short == "hyperlink" and cleaning.safe_link(target):
            return Rel(OFFICE + "hyperlink", target.strip(), external=True)
        if short == "hyperlink":
            self._tell(rid, "link", allowed.LINK_DROPPED, target=target)
        elif short == "image":
            self._tell(rid, "linked_image", allowed.LINKED_IMAGE)
        else:
            self._tell(rid, short, allowed.CLEANED.get(short, allowed.EXTERNAL))
        return None

    def _inside(self, rid: str, kind: str, target: str) -> Rel | None:
        short = short_kind(kind)
        judge = _INSIDE.get(short, Relations._part if short in allowed.KEPT else None)
        if short in allowed.SILENT:
            return None
        if judge is None:
            words = allowed.CLEANED.get(short)
            self._tell(rid, short if words else "unknown", words or allowed.UNKNOWN, kind=short)
            return None
        found = self._walk.file.find(resolve(self._source, target) or "")
        if found is None or found == self._source:
            code = short if short in _EMBEDDED else "broken"
            self._tell(rid, code, allowed.CLEANED.get(short, allowed.BROKEN))
            return None
        name = judge(self, rid, short, found)
        return None if name is None else Rel(kind, name)

    def _part(self, rid: str, short: str, found: str) -> str | None:
        name = self._walk.part(found, short)
        if name is None and found not in self._walk.damaged:
            self._tell(rid, "broken", _NO_PICTURE if short in _PICTURES else allowed.BROKEN)
        return name

    def _embedded(self, rid: str, short: str, found: str) -> str | None:
        if self._programs is None:
            self._programs = objects.programs(self._root)
        program, element = self._programs.get(rid, (None, None))
        return self._walk.binaries.embedded(
            found, program, element=element, code=short, place=self._place
        )

    def _font(self, rid: str, short: str, found: str) -> str | None:
        pointing = self._pointing.get(rid)
        key = "" if pointing is None else pointing.get(q("w:fontKey"), "")
        name = self._walk.binaries.font(found, key)
        if name is None:
            self._tell(rid, short, _NO_FONT)
        return name

    def _tell(self, rid: str, code: str, message: str, **params: str) -> None:
        """Tell what went, at the element that pointed to it."""
        values = {name: allowed.shown(value) for name, value in params.items()}
        pointing = self._pointing.get(rid)
        place = self._place if pointing is not None or code == "broken" else DOCUMENT
        self._findings.at(pointing, code, message, place, **values)


def _require_text(root: Element) -> None:
    if root.tag != q("w:document") or root.find(q("w:body")) is None:
        raise refuse("no_body")


_INSIDE: Mapping[str, Callable[[Relations, str, str, str], str | None]] = MappingProxyType(
    {
        **dict.fromkeys(_PICTURES, Relations._part),  # noqa: SLF001 - this module's own
        **dict.fromkeys(_EMBEDDED, Relations._embedded),  # noqa: SLF001 - this module's own
        "font": Relations._font,  # noqa: SLF001 - this module's own
    }
)
