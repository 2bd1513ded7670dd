"""The way into a foreign package: what it says it is, and which part is its text."""

from tender.documents import allowed
from tender.documents.admission import strict
from tender.documents.admission.findings import DOCUMENT, Findings
from tender.documents.admission.foreign import Types
from tender.documents.errors import N_
from tender.documents.package import CONTENT_TYPES, relationships, resolve, short_kind
from tender.documents.reasons import refuse
from tender.documents.unpacking import Unpacked

_STRICT = N_("Le document était au format « Open XML strict » ; il a été converti.")
_TEXTS = allowed.MAIN_TYPES | allowed.MACRO_TYPES
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_ROOT = "_rels/.rels"


def text(file: Unpacked, name: str, findings: Findings) -> bytes:
    """A part's XML, with the strict dialect's names brought back to the usual ones."""
    return read(file, name, findings)[0]


def read(file: Unpacked, name: str, findings: Findings) -> tuple[bytes, bool]:
    """A part's XML with the usual names, and whether it was in the strict dialect."""
    blob = file.body(name)
    if blob.endswith(b"\0") and not blob.startswith(_WIDE):
        blob = blob.rstrip(b"\0")
    usual = strict.usual_names(blob)
    if usual is None:
        return blob, False
    findings.add("strict", _STRICT, DOCUMENT)
    return usual, True


def main_part(file: Unpacked, findings: Findings) -> str:
    """The name of the part that is the text; raises Refused for what is no Word document."""
    types = _types(file, findings)
    root_name = file.find(_ROOT)
    if root_name is None:
        raise refuse("no_rels")
    found: list[str | None] = []
    for _, kind, target, external in relationships(text(file, root_name, findings), ""):
        short = short_kind(kind)
        if short == "officeDocument" and not external:
            found.append(resolve("", target))
        elif short in allowed.CLEANED:
            findings.add(short, allowed.CLEANED[short], DOCUMENT)
    declared = [name for name in file if name.endswith(".xml") and types.of(name) in _TEXTS]
    if len(set(found)) > 1 or len(declared) > 1:
        raise refuse("two_mains")
    main = file.find(found[0] or "") if found else None
    if main is None:
        raise refuse("no_main")
    _require_word(types.of(main), findings)
    return main


def _types(file: Unpacked, findings: Findings) -> Types:
    name = file.find(CONTENT_TYPES)
    if name is not None:
        return Types(text(file, name, findings))
    kind = file.body("mimetype") if file.find("mimetype") else b""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise refuse("odf")
    raise refuse("plain_zip")


def _require_word(kind: str, findings: Findings) -> None:
    """Refuse what another program wrote; an odd or forgotten type is judged by its root element."""
    if kind in allowed.MACRO_TYPES:
        findings.add("vbaProject", allowed.CLEANED["vbaProject"], DOCUMENT)
    elif "spreadsheetml" in kind or "excel" in kind:
        raise refuse("excel")
    elif "presentationml" in kind or "powerpoint" in kind:
        raise refuse("powerpoint")
