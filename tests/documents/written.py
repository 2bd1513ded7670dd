"""Word files as authors write them, made with python-docx for the tests of the assembly."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable

from docx import Document
from docx.document import Document as DocumentObject
from lxml import etree

from tests.documents.made import W

Fill = Callable[[DocumentObject], object]


def written(fill: Fill) -> bytes:
    """A file that `fill` has written into."""
    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def simple(*paragraphs: str) -> bytes:
    """A file of plain paragraphs; `# ` makes a heading, `1. ` and `- ` list items."""

    def fill(document: DocumentObject) -> None:
        for text in paragraphs:
            if text.startswith("#"):
                document.add_heading(text.lstrip("# "), text.index(" "))
            elif text.startswith(("1. ", "- ")):
                style = "List Number" if text[0] == "1" else "List Bullet"
                document.add_paragraph(text.split(" ", 1)[1], style=style)
            else:
                document.add_paragraph(text)

    return written(fill)


def root(data: bytes, part: str = "word/document.xml") -> etree._Element:
    """The tree of one part of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def texts(data: bytes, part: str = "word/document.xml") -> list[str]:
    """The words of each paragraph, without deleted text."""
    return [
        "".join(t.text or "" for t in p.iter(f"{{{W}}}t"))
        for p in root(data, part).iter(f"{{{W}}}p")
    ]


def values(data: bytes, tag: str, name: str = "val", part: str = "word/document.xml") -> list[str]:
    """An attribute of every element of one name."""
    return [str(e.get(f"{{{W}}}{name}", "")) for e in root(data, part).iter(f"{{{W}}}{tag}")]


def fold(text: str) -> str:
    """Letters and digits only, small, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(re.findall(r"[a-z0-9]+", plain))
