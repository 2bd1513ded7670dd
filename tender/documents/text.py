"""A section written in the browser becomes a Word document: plain words, never run as anything."""

import io
import re

from docx import Document

from tender.documents.gate import admit
from tender.documents.house import house_template
from tender.documents.trees import plain

_HEADING = re.compile(r"^(#{1,4})\s+(.+)$")
_BULLET = re.compile(r"^\s*[-*•]\s+(.+)$")
_NUMBER = re.compile(r"^\s*\d+[.)]\s+(.+)$")


def docx_from_text(text: str, title: str = "") -> bytes:
    """Paragraphs by blank lines, `- ` and `1. ` lists, `## ` headings; always the same bytes."""
    document = Document(io.BytesIO(house_template()))
    if title.strip():
        document.add_paragraph(_plain(title), style="Title")
    for block in re.split(r"\n\s*\n", _plain(text)):
        for style, words in _lines(block.strip("\n")):
            document.add_paragraph(words, style=style)
    out = io.BytesIO()
    document.save(out)
    return admit(out.getvalue()).data


def _plain(text: str) -> str:
    """Line ends as one, without the control characters that XML cannot hold."""
    return plain(text.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(block: str) -> list[tuple[str, str]]:
    """Style and words of each paragraph of a block; plain lines that follow each other join."""
    found: list[tuple[str, str]] = []
    for line in block.split("\n"):
        style, words = _read(line)
        if style == "Normal" and found and found[-1][0] == "Normal":
            found[-1] = ("Normal", f"{found[-1][1]} {words}".strip())
        elif words:
            found.append((style, words))
    return found


def _read(line: str) -> tuple[str, str]:
    heading = _HEADING.match(line)
    if heading:
        return f"Heading {max(1, len(heading[1]) - 1)}", heading[2].strip()
    for pattern, style in ((_BULLET, "List Bullet"), (_NUMBER, "List Number")):
        found = pattern.match(line)
        if found:
            return style, found[1].strip()
    return "Normal", line.strip()
