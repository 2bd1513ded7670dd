"""What stands in a paragraph besides words: pictures, charts, diagrams, equations, objects."""

import io
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageOps

from tests.fidelity.archive import (
    NAMES,
    Archive,
    Canon,
    Element,
    R,
    canon,
    child,
    digest,
    local,
    q,
    value,
)

Found = tuple[str, object]
_DRAWN = frozenset(
    """schemeClr srgbClr txbxContent docPr cNvPr extent ext id anchorId
    editId relativeHeight behindDoc""".split()  # noqa: SIM905 - a table to read
)
_OLD = frozenset({"txbxContent", "id", "spid", "type", "gfxdata", "OLEObject", "href", "althref",
                  "shapetype", "ObjectID", "ShapeID", "anchorId", "editId"})  # fmt: skip
_PARTS = {"dm": "data", "lo": "layout", "qs": "style", "cs": "colours"}


def inside(element: Element) -> Iterator[Element]:
    """An element and what it holds, but for the text boxes in it."""
    yield element
    for kid in element:
        if kid.tag != q("w:txbxContent"):
            yield from inside(kid)


def drawn(archive: Archive, owner: str, element: Element) -> Iterator[Found]:
    """What a `w:drawing`, `w:pict` or `w:object` shows, kind by kind."""
    is_old = local(element) != "drawing"
    yield "shapes", canon(element, _OLD if is_old else _DRAWN)
    if not is_old:
        yield "colours", tuple(_colours(element, None))
        yield "looks of colours", tuple(_colours(element, archive))
    for item in inside(element):
        yield from _one(archive, owner, item)


def _colours(element: Element, archive: Archive | None) -> Iterator[Canon]:
    """The colours of a drawing, as its theme resolves them where an archive is given."""
    for item in inside(element):
        if local(item) in ("schemeClr", "srgbClr"):
            named = item.get("val", "")
            shown = named if archive is None else scheme_colour(archive, named) or named
            yield (shown, *(canon(kid) for kid in item))


def scheme_colour(archive: Archive, name: str) -> str | None:
    """A colour of a theme by its name in drawings, as the settings map it."""
    theme, settings = archive.side("theme"), archive.side("settings")
    mapping = child(settings, "w:clrSchemeMapping")
    usual = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    mapped = {"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2"}
    told = value(mapping, f"w:{name.replace('tx', 't')}") if name in usual else None
    wanted = mapped.get(told or "", usual.get(name, name))
    scheme = child(theme, "a:themeElements", "a:clrScheme", f"a:{wanted}")
    first = None if scheme is None else next(iter(scheme), None)
    return None if first is None else first.get("lastClr") or first.get("val")


def _one(archive: Archive, owner: str, item: Element) -> Iterator[Found]:
    kind = local(item)
    if kind in ("blip", "svgBlip", "imagedata"):
        for name in ("r:embed", "r:id", "r:link"):
            if value(item, name) is not None:
                yield "images", seen(archive, _target(archive, owner, value(item, name)))
    elif kind == "chart" and value(item, "r:id"):
        yield "charts", chart(archive, owner, value(item, "r:id"))
    elif kind == "relIds":
        yield "diagrams", diagram(archive, owner, item)
    elif kind == "OLEObject":
        sha = _sha(archive, owner, value(item, "r:id"))
        yield "objects", (item.get("ProgID"), item.get("DrawAspect"), sha)
    elif kind == "docPr" and item.get("descr"):
        yield "descriptions", item.get("descr")


def _target(archive: Archive, owner: str, rid: str | None) -> str | None:
    rel = archive.rels(owner).get(rid or "")
    return rel.target if rel and not rel.external and rel.target in archive.parts else None


def _sha(archive: Archive, owner: str, rid: str | None) -> str | None:
    name = _target(archive, owner, rid)
    return None if name is None else digest(archive.parts[name])


def seen(archive: Archive, name: str | None) -> str | None:
    """The fingerprint of what an eye sees of a picture; of its bytes where it cannot be opened."""
    return None if name is None else _pixels(archive.parts[name])


@lru_cache(maxsize=1_000)
def _pixels(data: bytes) -> str:
    try:
        with Image.open(io.BytesIO(data)) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return digest(data)
    return f"{upright.size} {digest(upright.tobytes())}"


def chart(archive: Archive, owner: str, rid: str | None) -> Canon | None:
    """A chart's own XML, its workbook's bytes, and its styles; None where it leads nowhere."""
    name = _target(archive, owner, rid)
    if name is None:
        return None
    root = archive.tree(name)
    outside = child(root, "c:externalData")
    workbook = None if outside is None else _sha(archive, name, value(outside, "r:id"))
    more = sorted(
        (rel.kind, canon(archive.tree(rel.target)))
        for rel in archive.rels(name).values()
        if rel.kind.startswith("chart") and rel.target in archive.parts
    )
    return (canon(root), workbook, *more)


def diagram(archive: Archive, owner: str, item: Element) -> Canon:
    """SmartArt: its data, layout, style, colours, and the drawing that shows it."""
    found: list[object] = []
    for mark, kind in _PARTS.items():
        name = _target(archive, owner, item.get(f"{{{R}}}{mark}"))
        tree = None if name is None else archive.tree(name)
        found.append((kind, None if tree is None else canon(tree, frozenset({"relId"}))))
        if mark == "dm" and tree is not None:
            found.append(("drawing", _shown(archive, owner, tree)))
    return tuple(found)


def _shown(archive: Archive, owner: str, data: Element) -> Canon | None:
    """The drawing that a diagram's data names by an id of the document's relationships."""
    mark = next(data.iter(q("dsp:dataModelExt")), None)
    name = None if mark is None else _target(archive, owner, mark.get("relId"))
    return None if name is None else canon(archive.tree(name))


def equation(element: Element) -> Canon:
    """An equation's structure and letters, without the look of its runs."""
    kids = [equation(kid) for kid in element if not _is_look(kid)]
    marks = sorted((n, t) for n, t in element.attrib.items())
    return (local(element), tuple(marks), (element.text or "").strip(), *kids)


def _is_look(element: Element) -> bool:
    return element.tag in (q("w:rPr"), f"{{{NAMES['m']}}}ctrlPr")


def control(element: Element, text: str) -> Canon:
    """A content control: its name, tag, kind, choices, state and content."""
    properties = child(element, "w:sdtPr")
    kids = [] if properties is None else list(properties)
    plain = {"alias", "tag", "id", "rPr", "lock", "placeholder", "showingPlcHdr", "dataBinding"}
    kinds = [canon(kid) for kid in kids if local(kid) not in plain]
    name, tag = value(child(properties, "w:alias")), value(child(properties, "w:tag"))
    return (name, tag, value(child(properties, "w:lock")), tuple(kinds), text)
