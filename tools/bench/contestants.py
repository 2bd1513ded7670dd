"""Ways from the same sections to one Word file: ours, docxcompose, a naive one, the floor.

Each is made ready outside the measurement, from the template, the sections and a folder that also
holds the middle section in other words; what comes back does the work.
"""

import io
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path
from types import MappingProxyType

import docx
from docxcompose.composer import Composer
from lxml import etree

from tender.documents.compose import Part, compose
from tender.documents.engine.cache import FolderCache
from tender.documents.engine.options import Options
from tender.documents.proving import proof_of
from tools.bench import tender
from tools.bench.rawzip import Packed, lifted, opened, packed, zipped

_JOINED = ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "word/numbering.xml")
_MUCH = 1 << 32
_BODY = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body"

Work = Callable[[], bytes]
Contestant = Callable[[bytes, Sequence[Part], Path], Work]


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
    """The body's elements copied by python-docx; pictures, links, notes, lists are lost."""
    whole = docx.Document(io.BytesIO(template))
    body = whole.element.body
    for part in parts:
        for block in docx.Document(io.BytesIO(part.data)).element.body:
            body.append(deepcopy(block))
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
                elif info.filename.startswith("word/media/"):
                    media[f"word/media/{number}-{info.filename[11:]}"] = lifted(data, info)
                else:
                    etree.fromstring(archive.read(info))
    texts = {name: packed(etree.tostring(root, encoding="UTF-8")) for name, root in whole.items()}
    return zipped(texts | media)


def _join(whole: dict[str, etree._Element], name: str, root: etree._Element) -> None:
    first = whole.setdefault(name, root)
    if first is not root:
        into, out_of = first.find(_BODY), root.find(_BODY)
        (first if into is None else into).extend(root if out_of is None else out_of)


def warm(template: bytes, parts: Sequence[Part], folder: Path) -> Work:
    """Ours after a run that has filled the cache, and one section in other words since."""
    cache = _cache(folder)
    compose(template, parts, cache=cache)
    middle = len(parts) // 2
    changed = [*parts[:middle], tender.other(folder, middle), *parts[middle + 1 :]]
    return lambda: compose(template, changed, cache=cache).data


def proof(
    template: bytes, parts: Sequence[Part], folder: Path, *, facts_known: bool = False
) -> Work:
    """The proof of ours and the report as they are filed; the sections read before, or not."""
    composed, options = compose(template, parts), Options()
    cache = _cache(folder) if facts_known else None

    def work() -> bytes:
        proven = proof_of(parts, composed.report, composed.data, options=options, cache=cache)
        return json.dumps([proven.as_json(), composed.report.as_json()]).encode()

    if facts_known:
        work()
    return work


def _cache(folder: Path) -> FolderCache:
    return FolderCache(Path(tempfile.mkdtemp(prefix="cache-", dir=folder)), _MUCH)


def _at_once(way: Callable[[bytes, Sequence[Part]], bytes]) -> Contestant:
    return lambda template, parts, _: partial(way, template, parts)


CONTESTANTS: Mapping[str, Contestant] = MappingProxyType(
    {
        "floor": _at_once(floor),
        "house": _at_once(house),
        "source": _at_once(source),
        "naive": _at_once(naive),
        "docxcompose": _at_once(composer),
        "warm": warm,
        "proof": proof,
        "proof, known": partial(proof, facts_known=True),
    }
)
