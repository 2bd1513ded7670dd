"""Embedded fonts: obfuscated by a key, as Word writes them (ISO/IEC 29500-4, 9.7.3), or plain."""

import re

_OBFUSCATED = "odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_PLAIN = "ttf", "application/x-font-ttf"
_KEY = re.compile(
    r"\{?([0-9A-Fa-f]{8})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{12})\}?"
)
_STARTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


def recognise(data: bytes, key: str) -> tuple[str, str] | None:
    """Extension and content type of a TrueType or OpenType font that its key opens, or None."""
    if not key:
        return _PLAIN if data.startswith(_STARTS) else None
    found = _KEY.fullmatch(key.strip())
    if found is None or len(data) < 64:
        return None
    mask = bytes.fromhex("".join(found.groups()))[::-1]
    return _OBFUSCATED if bytes(data[n] ^ mask[n] for n in range(4)) in _STARTS else None
