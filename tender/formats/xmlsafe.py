"""XML from strangers: nothing is expanded, nothing fetched, size and depth are bounded."""

import codecs
import re
from collections.abc import Set

from lxml import etree

from tender.formats.tree import Element, Parsed
from tender.formats.unreadable import Unreadable

MAX_BYTES = 10_000_000
MAX_MARKS = 300_000  # "<" signs: several times what the largest real notice holds
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_KNOWN = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_DECLARATION = re.compile(r"\s*<\?xml\s.*?\?>", re.DOTALL)
_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)


def require_size(data: bytes, most: int = MAX_BYTES) -> None:
    """An empty file, or one far beyond any real notice, is refused unread."""
    if not data.strip():
        raise Unreadable("Le fichier est vide.")
    if len(data) > most:
        raise Unreadable("Le fichier dépasse {limit} Mo.", limit=most // 1_000_000)


def parse(
    data: bytes,
    *,
    escaped: Set[str] = frozenset(),
    max_bytes: int = MAX_BYTES,
    max_marks: int = MAX_MARKS,
) -> Element:
    """The root element; DOCTYPE is refused before the parser sees a byte.

    Below the roots named in `escaped` texts come escaped twice.
    """
    require_size(data, max_bytes)
    text = decode(data)
    if text[_end(_PROLOGUE, text) :].startswith("<!"):
        raise Unreadable("Le fichier contient une déclaration DOCTYPE : un avis n’en a jamais.")
    if text.count("<") > max_marks:
        raise Unreadable("Le fichier contient trop d’éléments pour un avis.")
    root = _parsed(text[_end(_DECLARATION, text) :].encode())
    return Parsed(root, escaped=etree.QName(root).localname in escaped)


def decode(data: bytes) -> str:
    """The text by byte order mark, else by declaration, else UTF-8; so that no one else decides."""
    encoding = _encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        raise Unreadable(
            "Le fichier n’est pas écrit dans l’encodage annoncé ({encoding}).", encoding=encoding
        ) from error


def _encoding(data: bytes) -> str:
    for start, encoding in _BOMS:
        if data.startswith(start):
            return encoding
    declared = _DECLARED.match(data.lstrip()[:300])
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if name not in _KNOWN:
        raise Unreadable("L’encodage {encoding} n’est pas lu.", encoding=name)
    return name


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            "Le fichier n’est pas un XML bien formé (ligne {line}).", line=error.lineno or 1
        ) from error


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0
