"""The parts of a foreign zip, inflated when asked for: what is announced and never too much."""

import zlib
from collections.abc import Iterator

from isal import isal_zlib
from isal.igzip_lib import IsalError

from tender.documents.packing import Packed
from tender.documents.reasons import refuse
from tender.documents.zipwalk import MIB, Entry, walk

MAX_TOTAL = 200 * MIB
MAX_RATIO = 50
RATIO_FROM = 64 * MIB


class Unpacked:
    """The parts of a file by name, folders left out; each is inflated when it is asked for.

    What the headers announce is judged at once, each part again when it is inflated: nothing is
    ever more than announced. Raises Refused long before memory is at risk.
    """

    def __init__(self, data: bytes) -> None:
        entries = walk(data)
        _require_ratio(entries, len(data))
        self._data = data
        self._entries = {entry.name: entry for entry in entries if not entry.name.endswith("/")}
        self.size = sum(entry.size for entry in entries)
        self._judged: set[str] = set()
        self._by_case = {name.casefold(): name for name in self._entries}

    def __iter__(self) -> Iterator[str]:
        """The names as the file writes them."""
        return iter(self._entries)

    def find(self, name: str) -> str | None:
        """The name as the file writes it, whatever its capitals."""
        return self._by_case.get(name.casefold())

    def body(self, name: str) -> bytes:
        """A part's bytes: exactly as many as announced, with the right checksum."""
        entry = self._entries[name]
        body = _inflate(self._data, entry)
        if len(body) != entry.size:
            raise refuse("zip.size")
        if zlib.crc32(body) != entry.crc:
            raise refuse("crc", part=name)
        self._judged.add(name)
        return body

    def vouch(self, name: str) -> None:
        """This part was judged before, in another file: it need not be inflated."""
        self._judged.add(name)

    def judge_the_rest(self) -> None:
        """Judge the parts nobody asked for, too: a file that lies anywhere is not taken."""
        for name in self._entries:
            if name not in self._judged:
                self.body(name)

    def packed(self, name: str) -> Packed:
        """The part as it lies in the file."""
        return self._entries[name].packed_in(self._data)


def _require_ratio(entries: list[Entry], packed: int) -> None:
    """Judge what is announced first: it costs nothing."""
    total = sum(entry.size for entry in entries)
    if total > MAX_TOTAL:
        raise refuse("all_too_big", limit=MAX_TOTAL // MIB)
    if total > RATIO_FROM and total > MAX_RATIO * packed:
        raise refuse("ratio", limit=MAX_RATIO)


def _inflate(data: bytes, entry: Entry) -> bytes:
    packed = memoryview(data)[entry.start : entry.start + entry.packed]
    if entry.method == 0:
        return bytes(packed)
    machine = isal_zlib.decompressobj(-15)
    try:
        body: bytes = machine.decompress(packed, entry.size + 1)
    except IsalError as error:  # type: ignore[misc]  # the stub forgets its base
        raise refuse("crc", part=entry.name) from error
    if not machine.eof or machine.unused_data:
        raise refuse("zip.size")
    return body
