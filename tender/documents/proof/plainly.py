"""XML as the fast reading wants it: UTF-8, usual prefixes, double quotes, one branch of choices."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from tender.documents.proof.archive import Unreadable

_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MS = "http://schemas.microsoft.com/office/"
USUAL = {
    "w": _OOXML + "wordprocessingml/2006/main",
    "r": _OOXML + "officeDocument/2006/relationships",
    "a": _OOXML + "drawingml/2006/main",
    "wp": _OOXML + "drawingml/2006/wordprocessingDrawing",
    "c": _OOXML + "drawingml/2006/chart",
    "dgm": _OOXML + "drawingml/2006/diagram",
    "m": _OOXML + "officeDocument/2006/math",
    "mc": _OOXML + "markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "cx": _MS + "drawing/2014/chartex",
    "asvg": _MS + "drawing/2016/SVG/main",
    "wps": _MS + "word/2010/wordprocessingShape",
}
_STRICT_NAMES = {
    "w": "wordprocessingml/main", "r": "officeDocument/relationships", "a": "drawingml/main",
    "wp": "drawingml/wordprocessingDrawing", "c": "drawingml/chart", "dgm": "drawingml/diagram",
    "m": "officeDocument/math",
}  # fmt: skip
_BY_URI = {uri: prefix for prefix, uri in USUAL.items()} | {
    _STRICT + name: prefix for prefix, name in _STRICT_NAMES.items()
}
_ROOT = 8192
"""In so many bytes a part declares its prefixes."""
_KNOWN_CHOICES = frozenset(b"wps wpg wpc wpi w14 w15 wp14 cx cx1 am3d aink c dgm m".split())
_SPACE = re.compile(rb'xmlns(?::([\w.-]+))?="([^"]*)"')
_ENCODING = re.compile(rb'^\s*<\?xml[^>]*?encoding\s*=\s*["\']([\w-]+)["\']')
_BRANCH = re.compile(
    rb'<(?:mc:(?P<open>Choice|Fallback)(?:[^>]*?\sRequires="(?P<needs>[^"]*)")?[^>]*?(?P<empty>/?)>'
    rb"|/mc:(?P<close>Choice|Fallback)>|(?P<block>/?mc:AlternateContent)[\s>])"
)
_IGNORABLE = re.compile(rb'\smc:Ignorable="([^"]*)"')
_CHANGED = re.compile(
    rb"<w:(pPr|rPr|tblPr|tcPr|trPr|sectPr|tblPrEx)Change\b.*?</w:\1Change>", re.DOTALL
)


def plainly(data: bytes) -> bytes:
    """The same XML with the usual prefixes, one branch of each choice, no earlier properties."""
    if not _is_usual(data):
        data = _rewritten(data)
    if b"<mc:AlternateContent" in data:
        data = _one_branch(data)
    for prefix in _foreign(data):
        data = re.sub(
            rb"<(%b:[\w.-]+)(?:\s[^>]*)?(?:/>|>.*?</\1>)" % prefix, b"", data, flags=re.DOTALL
        )
    if b"PrChange" in data:
        data = _CHANGED.sub(b"", data)
    return data


def roughly(data: bytes) -> bytes:
    """As `plainly` for styles and lists, judged by their beginning: they have no choices."""
    return data if _is_usual(data[:4096]) else _rewritten(data)


def _is_usual(data: bytes) -> bool:
    """Is it UTF-8 with double quotes, and every prefix the one that everybody writes?"""
    told = _ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    if told is not None and told[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        return False
    if _holds(data, b"!", b"<!") or _holds(data, b"'", b"='", 100):
        return False
    return data[:1] in (b"<", b"\xef") and all(map(_is_usual_space, set(_spaces(data))))


def _foreign(data: bytes) -> list[bytes]:
    """Prefixes of elements that no Word shows: ignorable, and of nobody we know."""
    found = _IGNORABLE.search(data[:_ROOT])
    if found is None or b"ProcessContent" in data[:_ROOT]:
        return []
    spaces = dict(_SPACE.findall(data[:_ROOT]))
    return [
        re.escape(prefix)
        for prefix in found[1].split()
        if b"schemas." not in spaces.get(prefix, b"schemas.") and b"<" + prefix + b":" in data
    ]


def _holds(data: bytes, sign: bytes, pair: bytes, start: int = 0) -> bool:
    """Does the pair occur? One sign is found many times faster than two."""
    return data.find(sign, start) >= 0 and data.find(pair, start) >= 0


def _spaces(data: bytes) -> list[tuple[bytes, bytes]]:
    """The namespaces that are declared; mostly the root declares them all."""
    end = data.find(b">", data.find(b"xmlns"))
    found = _SPACE.findall(data, 0, end)
    return found if data.find(b"xmlns", end) < 0 else found + _SPACE.findall(data, end)


def _is_usual_space(declared: tuple[bytes, bytes]) -> bool:
    name, space = declared[0].decode("latin-1"), declared[1].decode("latin-1")
    return USUAL.get(name, space) == space and _BY_URI.get(space, name) == name


def _rewritten(data: bytes) -> bytes:
    """Parse and write anew, element by element. Raises Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if root is None:
        raise Unreadable(data[:20].hex())
    return "".join(_written(root)).encode("utf-8", "replace")


def _written(root: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield "<" + _prefixed(element.tag)
            for name, value in element.attrib.items():
                yield f" {_prefixed(str(name))}={_quoted(element, str(name), str(value))}"
            yield ">" + escape(element.text or "") if _is_full(element) else "/>"
            continue
        if event == "end" and _is_full(element):
            yield f"</{_prefixed(element.tag)}>"
        if element is not root:
            yield escape(element.tail or "")


def _is_full(element: etree._Element) -> bool:
    return bool(len(element) or element.text)


def _quoted(element: etree._Element, name: str, value: str) -> str:
    """A value in double quotes; the prefixes a choice requires become the usual ones."""
    if name == "Requires":
        uris = [element.nsmap.get(prefix, "") for prefix in value.split()]
        value = " ".join(
            _BY_URI.get(uri, old) for uri, old in zip(uris, value.split(), strict=True)
        )
    return '"' + quoteattr(value + "'")[1:-2].replace('"', "&quot;") + '"'


def _prefixed(name: str) -> str:
    if not name.startswith("{"):
        return name
    uri, local = name[1:].split("}", 1)
    return f"{_BY_URI.get(uri, 'x')}:{local}"


def _one_branch(data: bytes) -> bytes:
    """Of each block of choices keep what Word shows: the first known choice, else the fallback."""
    kept: list[bytes] = []
    blocks: list[bool] = []
    skipped, start = 0, 0
    for found in _BRANCH.finditer(data):
        if skipped:
            skipped += _depth(found)
            start = found.end() if not skipped else start
        elif found["block"]:
            _enter(blocks, leaving=found["block"].startswith(b"/"))
        elif found["open"] and not found["empty"] and blocks:
            if blocks[-1] or not _shown(found):
                kept.append(data[start : found.start()])
                skipped = 1
            else:
                blocks[-1] = True
    return b"".join([*kept, data[start:]])


def _enter(blocks: list[bool], *, leaving: bool) -> None:
    """Note that a block begins or ends; the flag says whether one branch was taken."""
    if not leaving:
        blocks.append(False)
    elif blocks:
        blocks.pop()


def _depth(found: re.Match[bytes]) -> int:
    if found["open"] and not found["empty"]:
        return 1
    return -1 if found["close"] else 0


def _shown(found: re.Match[bytes]) -> bool:
    if found["open"] == b"Fallback":
        return True
    return all(need in _KNOWN_CHOICES for need in (found["needs"] or b"").split())
