"""Words of our own as WordprocessingML: paragraphs, runs, fields; texts are always only text."""

from tender.documents.trees import plain

# Not xml.sax.saxutils: it brings the web's modules along, a third of what a child has to import.
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_VALUE = {**_IN_TEXT, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}
TAB = b"<w:r><w:tab/></w:r>"
TINY = (
    b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    b'<w:rPr><w:sz w:val="2"/></w:rPr>%b</w:pPr></w:p>'
)
"""An end of section that takes almost no room."""


def text(words: str) -> bytes:
    """Words as they stand between two tags."""
    return plain(words).translate(_IN_TEXT).encode()


def value(words: str) -> bytes:
    """Words as an attribute, with its quotes."""
    return b'"%b"' % plain(words).translate(_IN_VALUE).encode()


def run(words: str) -> bytes:
    """A run of plain text."""
    return b'<w:r><w:t xml:space="preserve">%b</w:t></w:r>' % text(words)


def paragraph(style: str | None, *content: bytes, properties: bytes = b"") -> bytes:
    """A paragraph in a style (by id), with further properties and content ready made."""
    named = b"" if style is None else b"<w:pStyle w:val=%b/>" % value(style)
    return b"<w:p><w:pPr>%b%b</w:pPr>%b</w:p>" % (named, properties, b"".join(content))


def mark(kind: str) -> bytes:
    """One of a field's marks: `begin`, `separate` or `end`."""
    return b'<w:r><w:fldChar w:fldCharType="%b"/></w:r>' % kind.encode()


def code(words: str) -> bytes:
    """A field's code."""
    return b'<w:r><w:instrText xml:space="preserve">%b</w:instrText></w:r>' % text(words)


def field(words: str, shown: str) -> bytes:
    """A whole field with what it shows."""
    return b"".join([mark("begin"), code(words), mark("separate"), run(shown), mark("end")])


def bookmark(number: int, name: str) -> tuple[bytes, bytes]:
    """Start and end of a bookmark."""
    start = b'<w:bookmarkStart w:id="%d" w:name=%b/>' % (number, value(name))
    return start, b'<w:bookmarkEnd w:id="%d"/>' % number


def numbering(number: int | str, level: int = 0) -> bytes:
    """A paragraph's place in a list."""
    return b'<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>' % (level, int(number))
