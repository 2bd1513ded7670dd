"""Archives from strangers, such as DILA's of one day: read in memory, bounded, nothing unpacked."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tender.formats.unreadable import Unreadable
from tender.formats.xmlsafe import MAX_BYTES

MARKS = (b"PK\x03\x04", b"PK\x05\x06")
MAX_ARCHIVE = 50_000_000
MAX_TOTAL = 100_000_000
MAX_MEMBERS = 5_000
_OFFICE = "[Content_Types].xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError)


def is_archive(data: bytes) -> bool:
    """True for what begins as a zip does."""
    return data.startswith(MARKS)


def members(data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The files of an archive with their names; an archive that lies or strays is refused whole."""
    if len(data) > MAX_ARCHIVE:
        raise Unreadable("L’archive dépasse {limit} Mo.", limit=MAX_ARCHIVE // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
            _require_honest(found, len(data))
            for info in _files(found):
                yield info.filename, _content(archive, info)
    except (*_BROKEN, NotImplementedError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("L’archive est abîmée ou incomplète.") from error


def _files(found: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    files = [info for info in found if not info.is_dir()]
    if not files:
        raise Unreadable("L’archive ne contient aucun fichier.")
    return files


def _require_honest(found: list[zipfile.ZipInfo], size: int) -> None:
    if len(found) > MAX_MEMBERS:
        raise Unreadable("L’archive compte plus de {limit} fichiers.", limit=MAX_MEMBERS)
    if sum(info.file_size for info in found) > MAX_TOTAL:
        raise Unreadable(
            "Une fois décompressée, l’archive dépasserait {limit} Mo.", limit=MAX_TOTAL // 1_000_000
        )
    if sum(info.compress_size for info in found) > size:
        raise Unreadable("Les fichiers de l’archive se recouvrent.")
    names = [info.filename for info in found]
    if len(set(names)) < len(names):
        raise Unreadable("Deux fichiers de l’archive portent le même nom.")
    if _OFFICE in names:
        raise Unreadable("Ce fichier est un document de bureautique, et non une archive d’avis.")
    for info in found:
        _require_inside(info)


def _require_inside(info: zipfile.ZipInfo) -> None:
    """Names that lead out of the archive, or are links, have no place among notices."""
    name = info.orig_filename
    strays = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    if strays or not name.isprintable() or stat.S_ISLNK(info.external_attr >> 16):
        raise Unreadable("« {name} » mène hors de l’archive.", name=name)
    if info.flag_bits & 1:
        raise Unreadable("L’archive est protégée par un mot de passe.")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Unreadable:
    if info.file_size > MAX_BYTES:
        return Unreadable("Le fichier dépasse {limit} Mo.", limit=MAX_BYTES // 1_000_000)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return Unreadable("La compression de ce fichier n’est pas lue.")
    try:
        return archive.read(info)
    except (*_BROKEN, NotImplementedError):
        return Unreadable("Le fichier est abîmé dans l’archive.")
