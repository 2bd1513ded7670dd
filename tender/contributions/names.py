"""File names: whatever somebody called their file, what we keep harms nobody."""

import re
import unicodedata

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*;%\x00-\x1f\x7f]')
LONGEST = 120


def safe_name(name: str, *, suffix: str = ".docx", otherwise: str = "section") -> str:
    """Give a name for show and download: one line, no path, no tricks, at most 120 signs."""
    last = re.split(r"[\\/]", name)[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    stem = _FORBIDDEN.sub("", visible).strip()
    stem = stem[: -len(suffix)] if stem.lower().endswith(suffix) else stem
    stem = stem.lstrip("=+-@.~ ")[: LONGEST - len(suffix)].rstrip(" .")
    if not stem or _RESERVED.match(stem):
        stem = otherwise
    return stem + suffix


def ascii_name(text: str, *, longest: int = 60) -> str:
    """Give a name that every platform takes: letters, digits, - and _ only."""
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:longest].strip("-") or "document"
