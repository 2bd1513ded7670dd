"""Strict Open XML on its way to the usual dialect."""

import re

_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_NAMES = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}


def usual_names(blob: bytes) -> bytes | None:
    """The part with the usual names of namespaces and relationships; None if it had no other."""
    if b"purl.oclc.org/ooxml" not in blob:
        return None
    return _NAME.sub(_usual, blob)


def _usual(found: re.Match[bytes]) -> bytes:
    local = _NAMES.get(found[2], found[2])
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + local
