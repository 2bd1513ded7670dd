"""Parts that a company's sections share byte for byte, judged once and remembered, bounded."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from tender.documents.errors import Finding
from tender.documents.packing import Packed, packed

MOST_PARTS = 256
MOST_BYTES = 16 * 1024 * 1024
WORTH = range(200, 4_000_000)
"""Sizes for which a look-up costs less than another judgement, and memory stays small."""


@dataclass(frozen=True)
class Clean:
    """A part as the gate would write it, and what the author was told of it."""

    text: Packed
    findings: tuple[Finding, ...]


class Memory:
    """Clean parts by kind and by the packed bytes they came as; the longest unused go first.

    Equal packed bytes give equal plain bytes, so a known part need not even be inflated.
    """

    def __init__(self, *, parts: int = MOST_PARTS, size: int = MOST_BYTES) -> None:
        self._most_parts, self._most_bytes = parts, size
        self._known: OrderedDict[bytes, Clean] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, kind: str, came: Packed) -> Clean | None:
        """What is remembered of a part of this kind, or None."""
        key = _key(kind, came)
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
        return found

    def keep(self, kind: str, came: Packed, clean: bytes, findings: tuple[Finding, ...]) -> None:
        """Remember what became of a part."""
        new = Clean(packed(".xml", clean), findings)
        with self._lock:
            if self._known.setdefault(_key(kind, came), new) is new:
                self._bytes += len(new.text.body)
            while self._bytes > self._most_bytes or len(self._known) > self._most_parts:
                _, oldest = self._known.popitem(last=False)
                self._bytes -= len(oldest.text.body)


def _key(kind: str, came: Packed) -> bytes:
    head = f"{kind}\0{came.method}\0{came.crc}\0{came.size}\0".encode()
    return hashlib.sha256(head + came.body).digest()
