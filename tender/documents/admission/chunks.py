"""Files that Word was to turn into text when it opens the document (altChunk): we do it here.

Only the words come along, a paragraph for a paragraph; each chunk is told.
"""

import email
import email.policy
import re
from collections.abc import Iterator

from lxml import etree

from tender.documents import trees
from tender.documents.admission import front
from tender.documents.admission.findings import Findings
from tender.documents.errors import N_, Refused
from tender.documents.package import relationships, rels_name, resolve
from tender.documents.trees import Element, q
from tender.documents.unpacking import Unpacked

MAX_CHUNK = 8 * 1024 * 1024
MAX_PARAGRAPHS = 20_000
ALT_CHUNK = q("w:altChunk")
_UNFOLDED = N_(
    "Un fichier incorporé (altChunk) a été remplacé par son texte, sans mise en forme."
    " Pour la garder, ouvrez le document dans Word et enregistrez-le."
)
_LOST = N_(
    "Un fichier incorporé (altChunk) est absent ou illisible ; il a été retiré."
    " Insérez son texte dans Word, puis redéposez le document."
)
_BLOCKS = frozenset(
    """p div h1 h2 h3 h4 h5 h6 li tr dt dd pre blockquote table ul ol section article header
    footer body br hr""".split()  # noqa: SIM905 - a table to read
)
_UNREAD = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BLANKS = re.compile(r"[ \t\r\n]+")


def unfold(file: Unpacked, source: str, story: Element, findings: Findings, place: str) -> None:
    """Put the words of each chunk of a story in its place."""
    chunks = list(story.iter(ALT_CHUNK))
    targets = _targets(file, source) if chunks else {}
    for chunk in chunks:
        name = file.find(targets.get(chunk.get(q("r:id"), "")) or "")
        words = [] if name is None else _words(file.body(name))
        findings.at(chunk, "aFChunk", _UNFOLDED if words else _LOST, place)
        for line in words:
            chunk.addprevious(_paragraph(line))
        if trees.child(chunk.getparent(), "w:p") is None:
            chunk.addnext(trees.make("w:p"))
        trees.remove(chunk)


def _targets(file: Unpacked, source: str) -> dict[str, str | None]:
    name = file.find(rels_name(source))
    if name is None:
        return {}
    text = front.text(file, name, Findings())
    return {
        rid: resolve(source, target)
        for rid, _, target, external in relationships(text, source)
        if not external
    }


def _paragraph(line: str) -> Element:
    paragraph = trees.make("w:p")
    text = trees.add(trees.add(paragraph, "w:r"), "w:t")
    text.text = trees.plain(line)
    text.set(f"{{{trees.XML}}}space", "preserve")
    return paragraph


def _words(data: bytes) -> list[str]:
    """The chunk's paragraphs; none for what cannot be read."""
    if len(data) > MAX_CHUNK:
        return []
    try:
        lines = list(_of_word(data)) if data.startswith(b"PK") else _of_text(data)
    except (Refused, etree.LxmlError, ValueError, LookupError):
        return []
    return [line for line in lines if line.strip()][:MAX_PARAGRAPHS]


def _of_word(data: bytes) -> Iterator[str]:
    inner, findings = Unpacked(data), Findings()
    main = front.main_part(inner, findings)
    root = trees.parse(front.text(inner, main, findings), main)
    for paragraph in root.iter(q("w:p")):
        yield "".join(text.text or "" for text in paragraph.iter(q("w:t")))


def _of_text(data: bytes) -> list[str]:
    if b"mime-version" in data[:2_000].lower():
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(("html", "plain"))
        data = b"" if body is None else str(body.get_content()).encode()
    if data.startswith(b"{\\rtf"):
        return []
    if b"<" in data[:4_096]:
        return list(_of_page(data))
    return data.decode("utf-8-sig", "replace").splitlines()


def _of_page(data: bytes) -> Iterator[str]:
    """The lines of an HTML page, as its blocks cut it."""
    try:
        utf8 = data.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        utf8 = data.decode("cp1252", "replace").encode()
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    line: list[str] = []
    for event, element in etree.iterwalk(etree.fromstring(utf8, parser), events=("start", "end")):
        if element.tag in _BLOCKS:
            yield _BLANKS.sub(" ", "".join(line)).strip()
            line.clear()
        if event == "end":
            line.append(element.tail or "")
        elif element.tag not in _UNREAD:
            line.append(element.text or "")
