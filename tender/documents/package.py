"""A Word package in memory: parts, types, relationships; parts stay packed until looked into."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import unquote

from lxml import etree

from tender.documents import trees
from tender.documents.packing import Packed, parts_of, zipped
from tender.documents.reasons import refuse
from tender.documents.trees import Element

CONTENT_TYPES = "[Content_Types].xml"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAX_RELS = 20_000

_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


@dataclass(frozen=True)
class Rel:
    """One relationship; `target` is a part's name, or an address where `external`."""

    kind: str
    target: str
    external: bool = False


class Piece:
    """One part: its type, its relationships by id, and its text in the form it was last used.

    Packed until somebody looks into it, then plain bytes, then a tree that may be changed; each
    form is made from the one before, and the last one is what is written.
    """

    def __init__(
        self,
        content_type: str,
        text: bytes | Packed | Element,
        rels: Mapping[str, Rel] | None = None,
    ) -> None:
        self.content_type = content_type
        self.rels: dict[str, Rel] = dict(rels or {})
        self.text = text

    @property
    def data(self) -> bytes:
        """The part's bytes."""
        if isinstance(self.text, bytes):
            return self.text
        return self.text.plain if isinstance(self.text, Packed) else trees.serialise(self.text)

    def tree(self, name: str) -> Element:
        """The part's tree, the same at each call; raises Refused for broken XML."""
        if isinstance(self.text, bytes | Packed):
            self.text = trees.parse(self.data, name)
        return self.text

    def to_write(self) -> bytes | Packed:
        """What goes into the zip: packed as it came where nobody changed it."""
        return self.text if isinstance(self.text, Packed) else self.data


@dataclass
class Package:
    """All parts by name (no leading slash), and the name of the main one."""

    pieces: dict[str, Piece]
    main: str = "word/document.xml"
    core: str | None = None

    def related(self, name: str, kind: str) -> str | None:
        """The first part that `name` points to by this short kind (`styles`, `footnotes`…)."""
        for rel in self.pieces[name].rels.values():
            if short_kind(rel.kind) == kind and not rel.external and rel.target in self.pieces:
                return rel.target
        return None


def short_kind(kind: str) -> str:
    """`…/relationships/styles` as `styles`."""
    return kind.rsplit("/", 1)[-1]


def rels_name(part: str) -> str:
    """Where a part's relationships stand."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def resolve(source: str, target: str) -> str | None:
    """A target as a part's name, or None where it leaves the package or names nothing."""
    path = unquote(target.split("#", maxsplit=1)[0]).replace("\\", "/")
    if not path:
        return None
    joined = path if path.startswith("/") else posixpath.join("/", posixpath.dirname(source), path)
    steps: list[str] = []
    for step in joined.split("/"):
        if step == ".." and not steps:
            return None
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps) or None


class ContentTypes:
    """The type of each part, as `[Content_Types].xml` tells it; Refused where a part has two."""

    def __init__(self, data: bytes) -> None:
        root = trees.parse(data, CONTENT_TYPES)
        self._by_name: dict[str, str] = {}
        self._by_extension: dict[str, str] = {}
        for item in root.iter(f"{{{CT}}}Override"):
            name = item.get("PartName", "").lstrip("/").casefold()
            kind = item.get("ContentType", "")
            if self._by_name.setdefault(name, kind).casefold() != kind.casefold():
                raise refuse("types")
        for item in root.iter(f"{{{CT}}}Default"):
            extension = item.get("Extension", "").lstrip(".").casefold()
            self._by_extension[extension] = item.get("ContentType", "")

    def of(self, name: str) -> str:
        """The declared type as it is written, or nothing."""
        name = name.casefold()
        extension = posixpath.splitext(name)[1].lstrip(".")
        return self._by_name.get(name) or self._by_extension.get(extension, "")

    def all(self) -> Iterator[str]:
        """Every declared type."""
        yield from self._by_name.values()
        yield from self._by_extension.values()


def relationships(data: bytes, source: str) -> Iterator[tuple[str, str, str, bool]]:
    """Id, kind, target, external; an id that comes twice must say the same, or is refused."""
    root = trees.parse(data, rels_name(source))
    seen: dict[str, tuple[str, str, bool]] = {}
    for item in root.iter(f"{{{RELS}}}Relationship"):
        rid = item.get("Id", "")
        external = item.get("TargetMode", "").casefold() == "external"
        one = (item.get("Type", ""), item.get("Target", ""), external)
        if len(seen) >= MAX_RELS or seen.get(rid, one) != one:
            raise refuse("double_rel")
        if rid not in seen:
            seen[rid] = one
            yield rid, *one


def read(data: bytes) -> Package:
    """A package that the gate has written; for anything else use the gate."""
    found = parts_of(data)
    types = ContentTypes(found.pop(CONTENT_TYPES).plain)
    package = Package({})
    for name, text in found.items():
        if not name.endswith(".rels"):
            package.pieces[name] = Piece(types.of(name), text)
    for name, piece in package.pieces.items():
        if rels_name(name) in found:
            piece.rels = _trusted_rels(found[rels_name(name)].plain, name)
    for rel in _trusted_rels(found["_rels/.rels"].plain, "").values():
        if short_kind(rel.kind) == "officeDocument":
            package.main = rel.target
        elif short_kind(rel.kind) == "core-properties":
            package.core = rel.target
    return package


def _trusted_rels(data: bytes, source: str) -> dict[str, Rel]:
    rels: dict[str, Rel] = {}
    for rid, kind, target, external in relationships(data, source):
        name = target if external else resolve(source, target)
        if name is not None:
            rels[rid] = Rel(kind, name, external)
    return rels


def write(package: Package) -> bytes:
    """The package as a zip: content types first, then by name, so that equal parts give equal
    bytes."""
    root_rels = {"rId1": Rel(OFFICE + "officeDocument", package.main)}
    if package.core:
        root_rels["rId2"] = Rel(_CORE, package.core)
    parts: dict[str, bytes | Packed] = {
        CONTENT_TYPES: _types_bytes(package.pieces),
        "_rels/.rels": _rels_bytes("", root_rels),
    }
    texts: dict[str, bytes | Packed] = {n: p.to_write() for n, p in package.pieces.items()}
    texts |= {rels_name(n): _rels_bytes(n, p.rels) for n, p in package.pieces.items() if p.rels}
    return zipped(parts | dict(sorted(texts.items())))


def _rels_bytes(source: str, rels: Mapping[str, Rel]) -> bytes:
    root = etree.Element(f"{{{RELS}}}Relationships", nsmap=_plain(RELS))
    for rid, rel in rels.items():
        item = etree.SubElement(root, f"{{{RELS}}}Relationship", Id=rid, Type=rel.kind)
        if rel.external:
            item.set("Target", rel.target)
            item.set("TargetMode", "External")
        else:
            folder = "/" + posixpath.dirname(source)
            item.set("Target", posixpath.relpath("/" + rel.target, folder))
    return trees.serialise(root)


def _types_bytes(pieces: Mapping[str, Piece]) -> bytes:
    root = etree.Element(f"{{{CT}}}Types", nsmap=_plain(CT))
    for extension, kind in (("rels", RELS_TYPE), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{CT}}}Default", Extension=extension, ContentType=kind)
    images = {_extension(name): piece.content_type for name, piece in sorted(pieces.items())}
    for extension in sorted(set(images) - {"xml", "rels", ""}):
        etree.SubElement(
            root, f"{{{CT}}}Default", Extension=extension, ContentType=images[extension]
        )
    for name, piece in sorted(pieces.items()):
        if images.get(_extension(name)) != piece.content_type or name.endswith(".xml"):
            etree.SubElement(
                root, f"{{{CT}}}Override", PartName="/" + name, ContentType=piece.content_type
            )
    return trees.serialise(root)


def _plain(namespace: str) -> dict[str, str]:
    # The stubs do not know that None is how lxml names the default namespace.
    return cast("dict[str, str]", {None: namespace})


def _extension(name: str) -> str:
    return posixpath.splitext(name)[1].lstrip(".").casefold()
