"""The gate: what comes in is walked, judged, cleaned and written anew."""

import posixpath
import re
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

from tender.documents import allowed, cleaning, images, trees
from tender.documents.cleaning import Findings
from tender.documents.errors import N_, Finding, Refused, Severity
from tender.documents.package import (
    CONTENT_TYPES,
    DOCUMENT_TYPE,
    OFFICE,
    ContentTypes,
    Package,
    Piece,
    Rel,
    read,
    read_rels,
    rels_name,
    resolve,
    short_kind,
    write,
)
from tender.documents.reasons import refuse
from tender.documents.remembered import Memory
from tender.documents.unpacking import Unpacked

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_STRICT_NAMES = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}


_SHARED = frozenset(
    """styles numbering settings theme themeOverride fontTable chartStyle chartColorStyle
    diagramLayout diagramQuickStyle diagramColors""".split()  # noqa: SIM905 - a table to read
)
"""Kinds that come again and again, the same to the byte."""
_memory = Memory()


@dataclass(frozen=True)
class Admitted:
    """A document that may be used: its clean parts, and what the author should know."""

    package: Package
    findings: tuple[Finding, ...]

    @cached_property
    def data(self) -> bytes:
        """The clean document, to be stored."""
        return write(self.package)

    def __reduce__(self) -> tuple[object, ...]:
        """Trees cannot go from one process to another: the document itself does."""
        return _restored, (self.data, self.findings)


def _restored(data: bytes, findings: tuple[Finding, ...]) -> Admitted:
    return Admitted(read(data), findings)


def admit(data: bytes) -> Admitted:
    """Let a .docx in, cleaned part by part; raises Refused with the reason and the remedy."""
    findings = Findings()
    walk = _Walk(Unpacked(data), findings)
    package = walk.package()
    _tell_properties(walk, findings)
    walk.file.judge_the_rest()
    return Admitted(package, findings.all())


def _usual_name(found: re.Match[bytes]) -> bytes:
    local = _STRICT_NAMES.get(found[2], found[2])
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + local


@dataclass
class _Walk:
    """From the main part along allowed relationships; what is not reached does not stay."""

    file: Unpacked
    findings: Findings
    kept: dict[str, Piece] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    queue: deque[tuple[str, str]] = field(default_factory=deque)
    taken: set[str] = field(default_factory=set)
    pictures: int = 0

    def text(self, name: str) -> bytes:
        """A part's XML, with the strict dialect's names brought back to the usual ones."""
        blob = self.file.body(name)
        if b"purl.oclc.org/ooxml" not in blob:
            return blob
        self.findings.add(
            "strict",
            N_("Le document était au format « Open XML strict » ; il a été converti."),
            N_("le document"),
        )
        return _STRICT.sub(_usual_name, blob)

    def package(self) -> Package:
        """The package of all that may stay."""
        main = self._main()
        self._name(main, "officeDocument")
        while self.queue:
            self._keep(*self.queue.popleft())
        return Package(self.kept, self.names[main])

    def _main(self) -> str:
        types = self._types()
        if self.file.find("_rels/.rels") is None:
            raise refuse("no_rels")
        root = self.text("_rels/.rels")
        found = [
            resolve("", target)
            for _, kind, target, external in read_rels(root, "")
            if short_kind(kind) == "officeDocument" and not external
        ]
        self._tell_root(root)
        declared = [
            name for name in self.file if types.of(name) in allowed.MAIN_TYPES | allowed.MACRO_TYPES
        ]
        if len(found) > 1 or len(declared) > 1:
            raise refuse("two_mains")
        main = self.file.find(found[0] or "") if found else None
        if main is None:
            raise refuse("no_main")
        self._require_word(types.of(main))
        return main

    def _types(self) -> ContentTypes:
        if self.file.find(CONTENT_TYPES) is None:
            kind = self.file.body("mimetype") if self.file.find("mimetype") else b""
            if kind.startswith(b"application/vnd.oasis.opendocument"):
                raise refuse("odf")
            raise refuse("plain_zip")
        return ContentTypes(self.text(CONTENT_TYPES))

    def _tell_root(self, root: bytes) -> None:
        for _, kind, _, _ in read_rels(root, ""):
            if short_kind(kind) in allowed.CLEANED:
                self.findings.add(
                    short_kind(kind), allowed.CLEANED[short_kind(kind)], "le document"
                )

    def _require_word(self, kind: str) -> None:
        if kind in allowed.MACRO_TYPES:
            self.findings.add("vbaProject", allowed.CLEANED["vbaProject"], "le document")
        elif "spreadsheetml" in kind or "excel" in kind:
            raise refuse("excel")
        elif "presentationml" in kind or "powerpoint" in kind:
            raise refuse("powerpoint")
        elif kind not in allowed.MAIN_TYPES:
            raise refuse("type")

    def _name(self, source: str, kind: str) -> str | None:
        """The name under which a part stays, queued at first sight; None for no picture."""
        if source in self.names:
            return self.names[source] if self.kinds[source] == kind else None
        self.kinds[source] = kind
        if kind == "image":
            return self._picture(source)
        clean = re.sub(r"[^A-Za-z0-9._/-]", "_", source)
        while clean.casefold() in self.taken:
            clean = posixpath.join(posixpath.dirname(clean), "x" + posixpath.basename(clean))
        self.taken.add(clean.casefold())
        self.names[source] = clean
        self.queue.append((source, kind))
        return clean

    def _picture(self, source: str) -> str | None:
        found = images.recognise(self.file.body(source), source)
        if found is None:
            del self.kinds[source]
            return None
        self.pictures += 1
        name = f"word/media/image{self.pictures}.{found[1]}"
        self.taken.add(name)
        self.names[source] = name
        self.kept[name] = Piece(found[0], self.file.packed(source))
        return name

    def _keep(self, source: str, kind: str) -> None:
        alone = kind in _SHARED and self.file.find(rels_name(source)) is None
        known = _memory.find(kind, self.file.packed(source)) if alone else None
        if known is not None:
            self.file.vouch(source)
            self.findings.extend(known.findings)
            self.kept[self.names[source]] = Piece(allowed.KEPT[kind], known.text)
            return
        root = trees.parse(self.text(source), source)
        if alone:
            self._keep_shared(source, kind, root)
            return
        rels = self._rels(source, kind)
        cleaning.clean(root, kind, rels, self.findings)
        if kind in allowed.STORIES:
            cleaning.warn_hidden(root, kind, self.findings)
        if kind == "officeDocument" and trees.child(root, "w:body") is None:
            raise refuse("no_body")
        content_type = allowed.KEPT.get(kind, DOCUMENT_TYPE)
        self.kept[self.names[source]] = Piece(content_type, root, rels)

    def _keep_shared(self, source: str, kind: str, root: trees.Element) -> None:
        found = Findings()
        cleaning.clean(root, kind, {}, found)
        self.findings.extend(found.all())
        _memory.keep(kind, self.file.packed(source), trees.serialise(root), found.all())
        self.kept[self.names[source]] = Piece(allowed.KEPT[kind], root)

    def _rels(self, source: str, source_kind: str) -> dict[str, Rel]:
        name = self.file.find(rels_name(source))
        rels: dict[str, Rel] = {}
        if name is None:
            return rels
        place = cleaning.place_of(source_kind)
        for rid, kind, target, external in read_rels(self.text(name), source):
            rel = (
                self._outside(kind, target, place)
                if external
                else self._inside(source, kind, target, place)
            )
            if rel is not None:
                rels[rid] = rel
        return rels

    def _outside(self, kind: str, target: str, place: str) -> Rel | None:
        short = short_kind(kind)
        if short in allowed.REFUSED:
            raise Refused(allowed.REFUSED[short], code=short)
        if short == "hyperlink" and cleaning.safe_link(target):
            return Rel(OFFICE + "hyperlink", target.strip(), external=True)
        if short == "hyperlink":
            self.findings.add("link", allowed.LINK_DROPPED, place, target=_shown(target))
        elif short == "image":
            self.findings.add("linked_image", allowed.LINKED_IMAGE, place)
        else:
            self.findings.add(short, allowed.CLEANED.get(short, allowed.EXTERNAL), place)
        return None

    def _inside(self, source: str, kind: str, target: str, place: str) -> Rel | None:
        short = short_kind(kind)
        if short in allowed.REFUSED:
            raise Refused(allowed.REFUSED[short], code=short)
        if short in allowed.SILENT:
            return None
        if short in allowed.CLEANED:
            self.findings.add(short, allowed.CLEANED[short], place)
            return None
        if short not in allowed.KEPT and short != "image":
            self.findings.add("unknown", allowed.UNKNOWN, place, kind=_shown(short))
            return None
        found = self.file.find(resolve(source, target) or "")
        name = self._name(found, short) if found and found != source else None
        if name is None:
            words = (
                N_("Une image illisible ou d’un format interdit a été retirée.")
                if short == "image" and found
                else allowed.BROKEN
            )
            self.findings.add("broken", words, place)
            return None
        return Rel(kind, name)


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text[:80])


def _tell_properties(walk: _Walk, findings: Findings) -> None:
    """Properties never stay; say so where somebody wrote something into them."""
    for name in walk.file:
        if name.casefold() in ("docprops/core.xml", "docprops/custom.xml"):
            root = trees.parse(walk.text(name), name)
            told = [
                kid
                for kid in root.iter()
                if kid.tag.rsplit("}", 1)[-1] in ("description", "keywords", "category", "property")
            ]
            if any((kid.text or "").strip() for kid in told):
                findings.add(
                    "properties",
                    N_("Des propriétés du document (mots-clés, remarques) ont été retirées."),
                    N_("les propriétés du document"),
                    Severity.WARN,
                )
