"""The parts of a zip, inflated with a counter: what is announced and never too much."""

import zlib

from tender.documents.errors import Refused
from tender.documents.reasons import refuse
from tender.documents.zipwalk import MIB, Entry, walk

MAX_TOTAL = 200 * MIB
MAX_PART = 64 * MIB
MAX_RATIO = 50
RATIO_FROM = 64 * MIB


def unpack(data: bytes) -> dict[str, bytes]:
    """All parts by name, folders left out; raises Refused long before memory is at risk."""
    entries = walk(data)
    _require_ratio(entries)
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        body = _inflate(data, entry, room=MAX_TOTAL - total)
        total += len(body)
        _require_honest_total(total, len(data))
        if not entry.name.endswith("/"):
            parts[entry.name] = body
    return parts


def _require_ratio(entries: list[Entry]) -> None:
    """Judge what is announced first: it costs nothing."""
    for entry in entries:
        if entry.size > MAX_PART:
            raise _part_too_big(entry.name)
    if sum(entry.size for entry in entries) > MAX_TOTAL:
        raise _all_too_big()


def _part_too_big(name: str) -> Refused:
    return refuse("part_too_big", part=name, limit=MAX_PART // MIB)


def _all_too_big() -> Refused:
    return refuse("all_too_big", limit=MAX_TOTAL // MIB)


def _inflate(data: bytes, entry: Entry, *, room: int) -> bytes:
    """The part's bytes: exactly as many as announced, and with the right checksum."""
    packed = memoryview(data)[entry.start : entry.start + entry.packed]
    if entry.method == 0:
        body = bytes(packed)
    else:
        body = _inflated(packed, entry, limit=min(MAX_PART, room))
    if len(body) != entry.size:
        raise refuse("zip.size")
    if len(body) > room:
        raise _all_too_big()
    if zlib.crc32(body) != entry.crc:
        raise refuse("crc", part=entry.name)
    return body


def _inflated(packed: memoryview, entry: Entry, *, limit: int) -> bytes:
    machine = zlib.decompressobj(-15)
    try:
        body = machine.decompress(packed, min(limit, entry.size) + 1)
    except zlib.error as error:
        raise refuse("crc", part=entry.name) from error
    if not machine.eof or machine.unused_data:
        raise refuse("zip.size")
    return body


def _require_honest_total(total: int, packed: int) -> None:
    if total > RATIO_FROM and total > MAX_RATIO * packed:
        raise refuse("ratio", limit=MAX_RATIO)
