"""The prefixes every part of the result declares: compatibility marks keep their meaning."""

from lxml import etree

from tender.documents import trees
from tender.documents.trees import MC, Element

_MS = "http://schemas.microsoft.com/office/"
_DML = "http://schemas.openxmlformats.org/drawingml/2006/"
PREFIXES: dict[str, str] = {
    "w": trees.W,
    "r": trees.R,
    "mc": MC,
    "wp": trees.WP,
    "a": trees.A,
    "pic": trees.PIC,
    "c": trees.C,
    "dgm": _DML + "diagram",
    "v": trees.V,
    "o": trees.O,
    "w10": "urn:schemas-microsoft-com:office:word",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "w14": trees.W14,
    "w15": _MS + "word/2012/wordml",
    "w16se": _MS + "word/2015/wordml/symex",
    "w16cid": _MS + "word/2016/wordml/cid",
    "wp14": _MS + "word/2010/wordprocessingDrawing",
    "wpc": _MS + "word/2010/wordprocessingCanvas",
    "wpg": _MS + "word/2010/wordprocessingGroup",
    "wpi": _MS + "word/2010/wordprocessingInk",
    "wps": _MS + "word/2010/wordprocessingShape",
    "cx": _MS + "drawing/2014/chartex",
    "cx1": _MS + "drawing/2015/9/8/chartex",
    "aink": _MS + "drawing/2016/ink",
    "am3d": _MS + "drawing/2017/model3d",
}
_IGNORABLE = "w14 w15 w16se w16cid wp14"
_BY_URI = {uri: prefix for prefix, uri in PREFIXES.items()}


def rooted(root: Element) -> Element:
    """The same part under a root that declares every known prefix."""
    names = {**{str(p): u for p, u in root.nsmap.items() if p}, **PREFIXES}
    new = etree.Element(root.tag, nsmap=names)
    for name, text in root.attrib.items():
        new.set(name, text)
    new.set(f"{{{MC}}}Ignorable", _IGNORABLE)
    new.extend(list(root))
    return new


def settle_choices(root: Element) -> None:
    """Write compatibility choices with our prefixes; where we lack one, take the fallback."""
    for block in list(root.iter(f"{{{MC}}}AlternateContent")):
        for choice in block.findall(f"{{{MC}}}Choice"):
            uris = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
            if all(uri in _BY_URI for uri in uris):
                choice.set("Requires", " ".join(_BY_URI[uri] for uri in uris))
            else:
                block.remove(choice)
        if block.find(f"{{{MC}}}Choice") is None:
            _take_fallback(block)


def _take_fallback(block: Element) -> None:
    fallback = block.find(f"{{{MC}}}Fallback")
    for kid in [] if fallback is None else list(fallback):
        block.addprevious(kid)
    trees.remove(block)
