"""A package for the proof: bytes of parts and relationships, read straight from the zip."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from html import unescape
from urllib.parse import unquote

from isal import isal_zlib
from isal.igzip_lib import IsalError

MAX_PART = 128 * 1024 * 1024
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LOCAL_HEADER = 30


class Unreadable(ValueError):
    """A file that the proof cannot read."""


class Rel:
    """One relationship: `part` inside the package, or `address` outside it."""

    __slots__ = ("address", "kind", "part")

    def __init__(self, kind: str, part: str, address: str) -> None:
        self.kind = kind
        self.part = part
        self.address = address


class Archive:
    """A zip opened for reading; names as they are written."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                listed = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(str(error)) from error
        self._infos = {info.filename: info for info in listed}
        self.twins = [name for name, n in Counter(i.filename for i in listed).items() if n > 1]
        self._rels: dict[str, dict[bytes, Rel]] = {}
        self._last = ("", b"")

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> list[str]:
        """All parts, without folders."""
        return [name for name in self._infos if not name.endswith("/")]

    def checksum(self, name: str) -> tuple[int, int]:
        """CRC-32 and size of a part as the directory tells them; `read` compares them."""
        info = self._infos[name]
        return info.CRC, info.file_size

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable where there are none, or not the ones told."""
        if self._last[0] != name:
            self._last = (name, self._read(name))
        return self._last[1]

    def _read(self, name: str) -> bytes:
        info = self._infos.get(name)
        if info is None or info.file_size > MAX_PART or info.flag_bits & 1:
            raise Unreadable(name)
        start = info.header_offset + _LOCAL_HEADER
        sizes = self._data[start - 4 : start]
        start += int.from_bytes(sizes[:2], "little") + int.from_bytes(sizes[2:], "little")
        packed = self._data[start : start + info.compress_size]
        plain = packed if info.compress_type == 0 else _inflated(packed, info.file_size)
        if len(plain) != info.file_size or isal_zlib.crc32(plain) != info.CRC:
            raise Unreadable(name)
        return plain

    def rels(self, part: str) -> dict[bytes, Rel]:
        """What a part points to, by id; empty for the root's name where it has none."""
        if part not in self._rels:
            self._rels[part] = self._read_rels(part)
        return self._rels[part]

    def _read_rels(self, part: str) -> dict[bytes, Rel]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", base + ".rels")
        if name not in self._infos:
            return {}
        found: dict[bytes, Rel] = {}
        for raw in _RELATIONSHIP.findall(self.read(name)):
            told = attributes(raw)
            kind = text_of(told.get(b"Type", b"")).rsplit("/", 1)[-1]
            target = text_of(told.get(b"Target", b""))
            outside = told.get(b"TargetMode", b"").lower() == b"external"
            rel = Rel(kind, "", target) if outside else Rel(kind, _resolved(folder, target), "")
            found.setdefault(told.get(b"Id", b""), rel)
        return found

    def related(self, part: str, kind: str) -> str:
        """The first part of this kind that a part points to, "" without one."""
        for rel in self.rels(part).values():
            if rel.kind == kind and rel.part in self._infos:
                return rel.part
        return ""

    def main(self) -> str:
        """The main part's name."""
        return self.related("", "officeDocument") or "word/document.xml"


def attributes(raw: bytes) -> dict[bytes, bytes]:
    """A tag's attributes from what stands between its name and its end."""
    return {name: one or two for name, one, two in _ATTRIBUTE.findall(raw)}


def text_of(raw: bytes) -> str:
    """Words out of the bytes of XML."""
    return unescape(raw.decode("utf-8", "replace"))


def _inflated(packed: bytes, size: int) -> bytes:
    machine = isal_zlib.decompressobj(-15)
    try:
        return machine.decompress(packed, size + 1)
    except (IsalError, ValueError) as error:  # type: ignore[misc]  # the stub forgets its base
        raise Unreadable(str(error)) from error


def _resolved(folder: str, target: str) -> str:
    path = unquote(target.split("#", 1)[0]).replace("\\", "/")
    joined = path if path.startswith("/") else f"/{folder}/{path}"
    return posixpath.normpath(joined).lstrip("/")
