"""The prefixes that the result declares once at its root; every part's text is brought to them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lxml import etree

from tender.documents import trees
from tender.documents.trees import MC, Element

_MS = "http://schemas.microsoft.com/office/"
_DML = "http://schemas.openxmlformats.org/drawingml/2006/"
_W16 = _MS + "word/2018/wordml"
_IGNORED: Mapping[str, str] = MappingProxyType(
    {
        "w14": trees.W14,
        "w15": _MS + "word/2012/wordml",
        "w16": _W16,
        "w16cex": _W16 + "/cex",
        "w16cid": _MS + "word/2016/wordml/cid",
        "w16se": _MS + "word/2015/wordml/symex",
        "w16sdtdh": _MS + "word/2020/wordml/sdtdatahash",
        "w16sdtfl": _MS + "word/2024/wordml/sdtformatlock",
        "w16du": _MS + "word/2023/wordml/word16du",
        "wp14": _MS + "word/2010/wordprocessingDrawing",
        "wp15": _MS + "word/2012/wordprocessingDrawing",
    }
)
"""Extensions that a reader who does not know them may pass over."""
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "w": trees.W,
        "r": trees.R,
        "mc": MC,
        "wp": trees.WP,
        "a": trees.A,
        "pic": trees.PIC,
        "c": trees.C,
        "dgm": _DML + "diagram",
        "lc": _DML + "lockedCanvas",
        "v": trees.V,
        "o": trees.O,
        "w10": "urn:schemas-microsoft-com:office:word",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "sl": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
        "wne": _MS + "word/2006/wordml",
        "wpc": _MS + "word/2010/wordprocessingCanvas",
        "wpg": _MS + "word/2010/wordprocessingGroup",
        "wpi": _MS + "word/2010/wordprocessingInk",
        "wps": _MS + "word/2010/wordprocessingShape",
        "a14": _MS + "drawing/2010/main",
        "cx": _MS + "drawing/2014/chartex",
        "cx1": _MS + "drawing/2015/9/8/chartex",
        "aink": _MS + "drawing/2016/ink",
        "am3d": _MS + "drawing/2017/model3d",
        **_IGNORED,
    }
)
_BY_URI = {uri: prefix for prefix, uri in PREFIXES.items()}
_IGNORABLE = f"{{{MC}}}Ignorable"


def root_tag(local: str) -> bytes:
    """The start of a part's root: `<w:document xmlns:w=… mc:Ignorable=…>`."""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
    return f'<w:{local} {names} mc:Ignorable="{" ".join(_IGNORED)}">'.encode()


def inner(element: Element) -> bytes:
    """What stands inside an element, with the prefixes of `PREFIXES`; tracks no whitespace."""
    data = etree.tostring(element, encoding="utf-8", with_tail=False)
    if _foreign(element.nsmap, data):
        root = etree.Element(element.tag, nsmap=dict(PREFIXES))
        root.text = element.text
        root.extend(list(element))
        data = etree.tostring(root, encoding="utf-8", with_tail=False)
    start = data.index(b">") + 1
    return b"" if data[start - 2 : start] == b"/>" else data[start : data.rindex(b"</")]


def outer(elements: Iterable[Element]) -> bytes:
    """Elements of our own making, one after the other, under our root."""
    root = etree.Element(f"{{{trees.W}}}body", nsmap=dict(PREFIXES))
    root.extend(list(elements))
    return inner(root)


def _foreign(names: Mapping[str | None, str], data: bytes) -> bool:
    """Does the text use a prefix that means something else in the result, or nothing?"""
    for prefix, uri in names.items():
        if prefix is None:
            return True
        if PREFIXES.get(prefix) != uri and prefix != "xml":
            name = prefix.encode()
            if b"<%b:" % name in data or b" %b:" % name in data:
                return True
    return False


def settle(root: Element) -> None:
    """Extensions as the result declares them: unknown ones go, choices name our prefixes."""
    _drop_unknown(root)
    for block in list(root.iter(f"{{{MC}}}AlternateContent")):
        for choice in block.findall(f"{{{MC}}}Choice"):
            uris = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
            if all(uri in _BY_URI for uri in uris):
                choice.set("Requires", " ".join(_BY_URI[uri] for uri in uris))
            else:
                block.remove(choice)
        if block.find(f"{{{MC}}}Choice") is None:
            _take_fallback(block)


def _drop_unknown(root: Element) -> None:
    """What its author declares as ignorable, and we do not know, is ignored."""
    for prefix in str(root.attrib.pop(_IGNORABLE, "")).split():
        uri = root.nsmap.get(prefix)
        if uri is not None and uri not in _BY_URI:
            etree.strip_elements(root, f"{{{uri}}}*", with_tail=False)
            etree.strip_attributes(root, f"{{{uri}}}*")


def _take_fallback(block: Element) -> None:
    fallback = block.find(f"{{{MC}}}Fallback")
    for kid in [] if fallback is None else list(fallback):
        block.addprevious(kid)
    trees.remove(block)
