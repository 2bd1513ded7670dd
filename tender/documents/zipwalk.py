"""Our own walk over a zip: every reader must see the same parts, at a known cost."""

import re
import stat
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tender.documents.packing import Packed
from tender.documents.reasons import refuse
from tender.documents.recognise import other_kind

MIB = 1024 * 1024
MAX_FILE = 50 * MIB
MAX_PART = 64 * MIB
MAX_PARTS = 2_000
MAX_NAME = 255

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCATOR = struct.Struct("<4sLQL")
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_FIELD = struct.Struct("<2H")
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_DESCRIPTOR_SIZES = (12, 16, 20, 24)
_NO_WORDS = re.compile(rb"PK|[^\t\r\n -~\x80-\xff]")


@dataclass(frozen=True)
class Entry:
    """One part as both of its headers describe it; `start` is where its packed bytes begin."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int
    flags: int

    def packed_in(self, data: bytes) -> Packed:
        """The part as it lies, without a copy."""
        body = memoryview(data)[self.start : self.start + self.packed]
        return Packed(self.method, self.crc, self.size, body)


def _require_zip(data: bytes) -> None:
    if not data:
        raise refuse("empty")
    if len(data) > MAX_FILE:
        raise refuse("too_big", limit=MAX_FILE // MIB)
    if data[:4] != b"PK\x03\x04":
        raise other_kind(data)


def walk(data: bytes) -> list[Entry]:
    """The central directory, each entry held against its local header; raises Refused."""
    _require_zip(data)
    count, size, offset = _end_record(data)
    central = list(_central(data, count, offset, offset + size))
    entries = [_match_local(data, entry, where) for entry, where in central]
    _require_contiguous(entries, [where for _, where in central], offset)
    return _each_once(data, entries)


def _end_record(data: bytes) -> tuple[int, int, int]:
    position = data.rfind(b"PK\x05\x06")
    if position < 0 or position + _END.size > len(data):
        raise refuse("truncated")
    _, disk, disk2, here, count, size, offset, comment = _END.unpack_from(data, position)
    _require_harmless_tail(data[position + _END.size :], comment)
    if disk or disk2 or here != count:
        raise refuse("zip.volumes")
    if 0xFFFF in (here, count) or 0xFFFFFFFF in (size, offset):
        count, size, offset, position = _large_end_record(data, position)
    if count > MAX_PARTS:
        raise refuse("parts", count=count, limit=MAX_PARTS)
    if offset + size != position:
        raise refuse("zip.directory")
    return count, size, offset


def _require_harmless_tail(tail: bytes, comment: int) -> None:
    """A comment in plain words and blanks behind it hide nothing from any reader."""
    words, blanks = tail[:comment], tail[comment:]
    if blanks.strip(b"\0\r\n ") or len(words) != comment or _NO_WORDS.search(words):
        raise refuse("tail")


def _large_end_record(data: bytes, position: int) -> tuple[int, int, int, int]:
    """Count, size, place of the directory as zip64 tells them, and where that is written."""
    at = position - _LOCATOR.size
    if at < 0:
        raise refuse("zip64")
    sign, disk, place, disks = _LOCATOR.unpack_from(data, at)
    if sign != b"PK\x06\x07" or disk or disks != 1 or place + _LARGE_END.size > at:
        raise refuse("zip64")
    head = _LARGE_END.unpack_from(data, place)
    sign, length, disk, disk2, here, count, size, offset = head[0], head[1], *head[4:]
    if sign != b"PK\x06\x06" or place + 12 + length != at or disk or disk2 or here != count:
        raise refuse("zip64")
    return count, size, offset, place


def _central(data: bytes, count: int, at: int, end: int) -> Iterator[tuple[Entry, int]]:
    for _ in range(count):
        if at + _CENTRAL.size > end:
            raise refuse("zip.short")
        head = _CENTRAL.unpack_from(data, at)
        if head[0] != b"PK\x01\x02":
            raise refuse("zip.unreadable")
        flags, method, crc, packed, size = head[3], head[4], head[7], head[8], head[9]
        name_size, extra, comment, disk, where = head[10], head[11], head[12], head[13], head[16]
        start = at + _CENTRAL.size
        name = _name(data[start : start + name_size], flags)
        _require_plain(name, flags=flags, method=method, made_by=head[1], mode=head[15] >> 16)
        more = data[start + name_size : start + name_size + extra]
        size, packed, where = _large((size, packed, where), more)
        if disk:
            raise refuse("zip64")
        if size > MAX_PART:
            raise refuse("part_too_big", part=name, limit=MAX_PART // MIB)
        yield Entry(name, method, crc, packed, size, 0, flags), where
        at = start + name_size + extra + comment
    if at != end:
        raise refuse("zip.long")


def _large(values: Sequence[int], extra: bytes) -> list[int]:
    """Each value as it is, or from the zip64 field where it says so."""
    if 0xFFFFFFFF not in values:
        return list(values)
    field = _zip64_field(extra)
    taken: list[int] = []
    for value in values:
        if value == 0xFFFFFFFF:
            if len(field) < 8:
                raise refuse("zip64")
            taken.append(int.from_bytes(field[:8], "little"))
            field = field[8:]
        else:
            taken.append(value)
    return taken


def _zip64_field(extra: bytes) -> bytes:
    while len(extra) >= 4:
        kind, size = _FIELD.unpack_from(extra)
        if kind == 1:
            return extra[4 : 4 + size]
        extra = extra[4 + size :]
    return b""


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise refuse("zip.name_bytes") from error


def _require_plain(name: str, *, flags: int, method: int, made_by: int, mode: int) -> None:
    """Refuse a name that could leave the archive, a link, a locked or an exotically packed part."""
    if flags & _ENCRYPTED:
        raise refuse("encrypted")
    if method not in (0, 8):
        raise refuse("zip.method")
    if made_by >> 8 == 3 and stat.S_ISLNK(mode):
        raise refuse("zip.link")
    if not name or len(name) > MAX_NAME or _is_hostile(name):
        raise refuse("zip.name")


def _is_hostile(name: str) -> bool:
    if name.startswith("/") or "\\" in name or ":" in name:
        return True
    if not (name.isascii() and name.isprintable()) and any(
        unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name
    ):
        return True
    steps = name.rstrip("/").split("/")
    return any(step in ("", ".", "..") for step in steps)


def _each_once(data: bytes, entries: list[Entry]) -> list[Entry]:
    """A part that is there twice, the same to the byte, counts once; else two readers differ."""
    found: dict[str, Entry] = {}
    for entry in entries:
        first = found.setdefault(entry.name.rstrip("/").casefold(), entry)
        if first is not entry and (
            first.name != entry.name or first.packed_in(data) != entry.packed_in(data)
        ):
            raise refuse("zip.twins")
    return list(found.values())


def _match_local(data: bytes, entry: Entry, where: int) -> Entry:
    """The entry with its data's place; its local header must say the same."""
    if where + _LOCAL.size > len(data):
        raise refuse("zip.outside")
    sign, _, flags, method, _, _, crc, packed, size, name_size, extra = _LOCAL.unpack_from(
        data, where
    )
    begin = where + _LOCAL.size + name_size
    start = begin + extra
    name = _name(data[where + _LOCAL.size : begin], flags)
    if sign != b"PK\x03\x04" or method != entry.method or name != entry.name:
        raise refuse("zip.headers")
    size, packed = _large((size, packed), data[begin:start])
    told = ((crc, entry.crc), (packed, entry.packed), (size, entry.size))
    blank = bool(flags & _DESCRIPTOR)
    if flags & _ENCRYPTED or not all(a == b or (blank and not a) for a, b in told):
        raise refuse("zip.headers")
    if start + entry.packed > len(data):
        raise refuse("truncated")
    flags = entry.flags | flags & _DESCRIPTOR
    return Entry(name, method, entry.crc, entry.packed, entry.size, start, flags)


def _require_contiguous(entries: list[Entry], places: list[int], end: int) -> None:
    """No byte before, between, or shared by parts; only a data descriptor may follow one."""
    position, descriptor = 0, False
    for where, entry in sorted(zip(places, entries, strict=True), key=lambda pair: pair[0]):
        _require_gap(where - position, descriptor=descriptor)
        position = entry.start + entry.packed
        descriptor = bool(entry.flags & _DESCRIPTOR)
    _require_gap(end - position, descriptor=descriptor)


def _require_gap(gap: int, *, descriptor: bool) -> None:
    if gap < 0:
        raise refuse("zip.overlap")
    if gap and not (descriptor and gap in _DESCRIPTOR_SIZES):
        raise refuse("zip.gap")
