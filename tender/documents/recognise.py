"""Names what a file is when it is no .docx, with the remedy that fits."""

from tender.documents.errors import Refused
from tender.documents.reasons import refuse

_KNOWN = ((b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"PK", "zip.start"))


def other_kind(data: bytes) -> Refused:
    """The refusal for bytes that are not a zip of parts from their first byte on."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_or_locked(data)
    for start, reason in _KNOWN:
        if data.startswith(start):
            return refuse(reason)
    return refuse("prefix" if b"PK\x03\x04" in data else "not_word")


def _old_or_locked(data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refuse("password")
    return refuse("old_word")
