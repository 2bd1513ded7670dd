"""Ways from the same sections to one Word file: ours, docxcompose, a naive one, the floor."""

import io
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import docx
from docxcompose.composer import Composer
from lxml import etree

from tender.documents.compose import Part, compose
from tender.documents.engine.options import Options
from tools.bench.rawzip import Packed, lifted, opened, packed, zipped

_JOINED = ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "word/numbering.xml")
_ALONE = ("word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels", "[Content_Types].xml")
_BODY = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body"

Work = Callable[[bytes, Sequence[Part]], bytes]


def house(template: bytes, parts: Sequence[Part]) -> bytes:
    """Ours, in the house's style."""
    return compose(template, parts).data


def source(template: bytes, parts: Sequence[Part]) -> bytes:
    """Ours, each section as its author made it."""
    return compose(template, parts, options=Options(policy="source")).data


def composer(template: bytes, parts: Sequence[Part]) -> bytes:
    """What everybody uses, as it is meant to be called."""
    whole = Composer(docx.Document(io.BytesIO(template)))
    for part in parts:
        whole.append(docx.Document(io.BytesIO(part.data)))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def naive(template: bytes, parts: Sequence[Part]) -> bytes:
    """The body's elements moved over by python-docx; pictures, links, notes, lists are lost."""
    whole = docx.Document(io.BytesIO(template))
    body = whole.element.body
    for part in parts:
        for block in list(docx.Document(io.BytesIO(part.data)).element.body):
            body.append(block)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def floor(template: bytes, parts: Sequence[Part]) -> bytes:
    """No assembly can do less: unzip, parse, move, serialise, deflate; media stay packed."""
    whole: dict[str, etree._Element] = {}
    media: dict[str, Packed] = {}
    for number, data in enumerate([template, *(part.data for part in parts)]):
        with opened(data) as archive:
            for info in archive.infolist():
                if info.filename in _JOINED:
                    _join(whole, info.filename, etree.fromstring(archive.read(info)))
                elif info.filename in _ALONE:
                    etree.fromstring(archive.read(info))
                elif info.filename.startswith("word/media/"):
                    media[f"word/media/{number}-{info.filename[11:]}"] = lifted(data, info)
    texts = {name: packed(etree.tostring(root, encoding="UTF-8")) for name, root in whole.items()}
    return zipped(texts | media)


def _join(whole: dict[str, etree._Element], name: str, root: etree._Element) -> None:
    first = whole.setdefault(name, root)
    if first is not root:
        into, out_of = first.find(_BODY), root.find(_BODY)
        (first if into is None else into).extend(root if out_of is None else out_of)


CONTESTANTS: Mapping[str, Work] = MappingProxyType(
    {"house": house, "source": source, "docxcompose": composer, "naive": naive, "floor": floor}
)
