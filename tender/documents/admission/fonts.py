"""Embedded fonts: obfuscated by a key, as Word writes them (ISO/IEC 29500-4, 9.7.3)."""

import re

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
EXTENSION = "odttf"
_KEY = re.compile(r"\{?([0-9A-Fa-f]{8})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})-([0-9A-Fa-f]{4})"
                  r"-([0-9A-Fa-f]{12})\}?")  # fmt: skip
_STARTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


def is_font(data: bytes, key: str) -> bool:
    """Does the key open a TrueType or OpenType font?"""
    found = _KEY.fullmatch(key.strip())
    if found is None or len(data) < 64:
        return False
    mask = bytes.fromhex("".join(found.groups()))[::-1]
    return bytes(data[n] ^ mask[n] for n in range(4)) in _STARTS
