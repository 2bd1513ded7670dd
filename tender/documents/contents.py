"""The table of contents: a real field, real entries, page numbers filled after rendering."""

from collections.abc import Mapping, Sequence

from tender.documents import fields, package, trees
from tender.documents.cover import paragraph, run
from tender.documents.engine.headings import Heading
from tender.documents.engine.target import Target
from tender.documents.trees import Element, q

LEVELS = 3
_TITLE = "Sommaire"
_UNKNOWN = "…"


def add_contents(target: Target, place: Element, headings: Sequence[Heading]) -> None:
    """Put the table of contents before a placeholder, the paragraph that ends its section.

    The field ends in its own last line: LibreOffice loses the header's fields otherwise.
    """
    place.addprevious(paragraph(target, "TOC Heading", _TITLE))
    lines = [_line(target, heading) for heading in headings if heading.level <= LEVELS]
    if lines:
        _open(lines[0])
        lines[-1].append(_mark("end"))
    for line in lines:
        place.addprevious(line)


def _open(first: Element) -> None:
    start = 1 if first.find(q("w:pPr")) is not None else 0
    first[start:start] = [
        _mark("begin"),
        _code(f' TOC \\o "1-{LEVELS}" \\h \\z \\u '),
        _mark("separate"),
    ]


def _mark(kind: str) -> Element:
    element = trees.make("w:r")
    trees.add(element, "w:fldChar", fldCharType=kind)
    return element


def _code(code: str) -> Element:
    element = trees.make("w:r")
    text = trees.add(element, "w:instrText")
    text.text = code
    text.set(f"{{{trees.XML}}}space", "preserve")
    return element


def _tab() -> Element:
    element = trees.make("w:r")
    trees.add(element, "w:tab")
    return element


def _line(target: Target, heading: Heading) -> Element:
    """Number, title, page: all one link to the heading."""
    line = paragraph(target, f"toc {heading.level}", "")
    link = trees.add(line, "w:hyperlink", anchor=heading.bookmark, history="1")
    if heading.number:
        link.extend([run(heading.number), _tab()])
    link.extend([run(heading.title), _tab(), _mark("begin")])
    link.extend(
        [_code(f" PAGEREF {heading.bookmark} \\h "), _mark("separate"), run(_UNKNOWN), _mark("end")]
    )
    return line


def with_pages(data: bytes, pages: Mapping[str, int]) -> bytes:
    """The same document with the pages of its headings (by bookmark) in its table of contents."""
    opened = package.read(data)
    root = opened.pieces[opened.main].tree(opened.main)
    for one in fields.scan(root):
        words = one.code.split()
        if one.keyword == "PAGEREF" and len(words) > 1 and words[1] in pages:
            set_result(one, str(pages[words[1]]))
    opened.pieces[opened.main].text = root
    return package.write(opened)


def set_result(one: fields.Field, text: str) -> None:
    """Write the text between the field's separator and its end, in one paragraph."""
    if one.separate is None or one.end is None:
        return
    running = one.separate.getparent()
    last = one.end.getparent()
    written = False
    while running is not None and running is not last:
        running = running.getnext()
        words = None if running is None or running is last else running.find(q("w:t"))
        if words is not None:
            words.text = "" if written else text
            written = True
