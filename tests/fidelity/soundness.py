"""A package that Word opens without a word: ids unlike, relationships whole, parts typed."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from docx_integrity import inspector
from docx_integrity.finding import Severity

from tests.fidelity.archive import Archive, Element, R, attributes, digest, local, q, value
from tests.fidelity.order import wrong_orders

_STORIES = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes",
            "word/comments")  # fmt: skip
_POINTERS = (("w:pStyle", "paragraph"), ("w:rStyle", "character"), ("w:tblStyle", "table"))
_NOTES = (("footnotes", "w:footnote"), ("endnotes", "w:endnote"), ("comments", "w:comment"))


def faults(data: bytes) -> list[str]:
    """Everything that is wrong with a package; empty is good."""
    archive = Archive(data)
    return [
        *_parts(archive),
        *_relationships(archive),
        *_ids(archive),
        *_notes(archive),
        *_lists(archive),
        *_styles(archive),
        *_shapes(archive),
        *wrong_orders(archive),
        *_outside(data),
    ]


def _outside(data: bytes) -> list[str]:
    """The verdict of a tool that is not ours; it does not know that list 0 means no list."""
    with tempfile.TemporaryDirectory(prefix="grappe-") as folder:
        path = Path(folder, "result.docx")
        path.write_bytes(data)
        findings = inspector.check(path)
    told = [str(finding) for finding in findings if finding.severity is Severity.ERROR]
    return [line for line in told if "numId=0 undefined" not in line]


def _twice(what: str, items: Iterable[str | None]) -> Iterator[str]:
    counts = Counter(item.casefold() for item in items if item is not None)
    yield from (f"{what} {item!r} {n} times" for item, n in counts.items() if n > 1)


def _stories(archive: Archive) -> Iterator[Element]:
    for name in archive.parts:
        if name.startswith(_STORIES) and name.endswith(".xml"):
            yield archive.tree(name)


def _all(archive: Archive, *tags: str) -> Iterator[Element]:
    for story in _stories(archive):
        yield from story.iter(*(q(tag) for tag in tags))


def _parts(archive: Archive) -> Iterator[str]:
    yield from _twice("zip entry", archive.entries)
    reached, waiting = {"[Content_Types].xml"}, [""]
    while waiting:
        for rel in archive.rels(waiting.pop()).values():
            if not rel.external and rel.target in archive.parts and rel.target not in reached:
                reached.add(rel.target)
                waiting.append(rel.target)
    for name in archive.parts:
        if name.endswith(".rels"):
            continue
        if name not in reached:
            yield f"nothing leads to {name}"
        if name != "[Content_Types].xml" and not archive.type_of(name):
            yield f"{name} has no type"
    yield from (f"type of absent {n}" for n in archive.overrides if n not in archive.parts)
    media = {n: d for n, d in archive.parts.items() if "/media/" in n}
    yield from _twice("bytes of media", (digest(blob) for blob in media.values()))


def _relationships(archive: Archive) -> Iterator[str]:
    for name in archive.parts:
        rels = archive.rels(name)
        lost = (r for r in rels.values() if not r.external and r.target not in archive.parts)
        yield from (f"{name}: {rel.kind} leads to absent {rel.target}" for rel in lost)
        if not name.endswith((".xml", ".vml")):
            continue
        for element in archive.tree(name).iter("{*}*"):
            for key, rid in attributes(element):
                if key.startswith(f"{{{R}}}") and rid not in rels:
                    yield f"{name}: {local(element)} names the absent relationship {rid!r}"


def _ids(archive: Archive) -> Iterator[str]:
    main = archive.tree(archive.main)
    yield from _twice("drawing id", (e.get("id") for e in _all(archive, "wp:docPr")))
    starts = list(_all(archive, "w:bookmarkStart"))
    ends = [value(e, "w:id") for e in _all(archive, "w:bookmarkEnd")]
    inside = [e for e in starts if not _in_fallback(e)]
    yield from _twice("bookmark name", (value(e, "w:name") for e in inside))
    yield from _twice("bookmark id", (value(e, "w:id") for e in inside))
    if Counter(value(e, "w:id") for e in starts) != Counter(ends):
        yield "bookmarks whose start or end is missing"
    for kind in ("perm", "moveFromRange", "moveToRange"):
        yield from _twice(f"{kind} id", (value(e, "w:id") for e in _all(archive, f"w:{kind}Start")))
    moved = (value(e, "w:name") for e in _all(archive, "w:moveFromRangeStart"))
    yield from _twice("name of a move", moved)
    yield from _twice("control id", (value(e.find(q("w:id"))) for e in main.iter(q("w:sdtPr"))))
    for name in archive.parts:
        if name.startswith(_STORIES) and name.endswith(".xml"):
            marks = archive.tree(name).iter(q("w:p"), q("w:tr"))
            own = (value(e, "w14:paraId") for e in marks if not _in_fallback(e))
            yield from _twice("paraId", own)


def _in_fallback(element: Element) -> bool:
    return next(element.iterancestors(q("mc:Fallback")), None) is not None


def _notes(archive: Archive) -> Iterator[str]:
    settings = archive.side("settings")
    for kind, tag in _NOTES:
        root = archive.side(kind)
        notes = [] if root is None else root.findall(q(tag))
        ids = {value(note, "w:id") for note in notes}
        yield from _twice(f"{kind} id", (value(note, "w:id") for note in notes))
        used = {value(mark, "w:id") for mark in _all(archive, f"{tag}Reference")}
        yield from (f"{kind}: reference to absent {name}" for name in used - ids)
        if kind == "comments" or root is None:
            yield from (f"comments: {name} stands nowhere" for name in ids - used)
            continue
        listed = [] if settings is None else settings.iter(q(tag))
        declared = {value(mark, "w:id") for mark in listed}
        separators = {value(note, "w:id") for note in notes if value(note, "w:type")}
        if len(separators) < 2 or not declared <= separators or not declared:
            yield f"{kind}: separators not declared"
        yield from (f"{kind}: {name} stands nowhere" for name in ids - used - separators)


def _lists(archive: Archive) -> Iterator[str]:
    root = archive.side("numbering")
    if root is None:
        return
    abstracts, nums = root.findall(q("w:abstractNum")), root.findall(q("w:num"))
    known = {value(item, "w:abstractNumId") for item in abstracts}
    yield from _twice("definition of a list", (value(a, "w:abstractNumId") for a in abstracts))
    yield from _twice("list id", (value(item, "w:numId") for item in nums))
    yield from _twice("list signature", (value(a.find(q("w:nsid"))) for a in abstracts))
    for num in nums:
        if value(num.find(q("w:abstractNumId"))) not in known:
            yield f"list {value(num, 'w:numId')} without a definition"
    used = {value(mark) for mark in _all(archive, "w:numId")} - {"0"}
    yield from (f"paragraph in absent list {n}" for n in used - {value(n, "w:numId") for n in nums})


def _styles(archive: Archive) -> Iterator[str]:
    root = archive.side("styles")
    styles = [] if root is None else root.findall(q("w:style"))
    yield from _twice("style id", (value(style, "w:styleId") for style in styles))
    yield from _twice(
        "style name",
        (f"{value(s, 'w:type')} {value(s.find(q('w:name')))}" for s in styles),
    )
    kinds = {value(style, "w:styleId"): value(style, "w:type") for style in styles}
    for tag, kind in _POINTERS:
        for mark in _all(archive, tag):
            if kinds.get(value(mark)) != kind:
                yield f"{tag} names {value(mark)!r}, no {kind} style"
    for style in styles:
        for tag in ("w:basedOn", "w:next", "w:link"):
            named = value(style.find(q(tag)))
            if named is not None and named not in kinds:
                yield f"style {value(style, 'w:styleId')}: {tag} names absent {named!r}"
    defaults = (value(s, "w:type") for s in styles if value(s, "w:default") in ("1", "true"))
    yield from _twice("usual style", defaults)


def _shapes(archive: Archive) -> Iterator[str]:
    """Old shapes: their ids unlike, and the types they are drawn after there."""
    shapes = list(_all(archive, "v:shape", "v:rect", "v:oval", "v:roundrect", "v:line"))
    yield from _twice("shape id", (e.get("id") for e in shapes))
    types = {e.get("id"): e for e in _all(archive, "v:shapetype")}
    for shape in shapes:
        named = (shape.get("type") or "#").removeprefix("#")
        if named and named not in types:
            yield f"shape drawn after the absent type {named!r}"
    for item in _all(archive, "o:OLEObject"):
        if item.get("ShapeID") not in {shape.get("id") for shape in shapes}:
            yield f"object without its shape {item.get('ShapeID')!r}"
