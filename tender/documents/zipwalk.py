"""Our own walk over a zip: every reader must see the same parts, at a known cost."""

import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tender.documents.errors import Refused

MIB = 1024 * 1024
MAX_FILE = 50 * MIB
MAX_PARTS = 2_000
MAX_TOTAL = 200 * MIB
MAX_PART = 64 * MIB
MAX_RATIO = 50
RATIO_FROM = 64 * MIB
MAX_NAME = 255

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_COMPARED_FLAGS = _ENCRYPTED | _DESCRIPTOR | _UTF8
_DESCRIPTOR_SIZES = (12, 16, 20, 24)

_ASK_WORD = (
    " Ouvrez-le dans Word, enregistrez-le sous un autre nom au format .docx, puis redéposez-le."
)
_ODD_ZIP = "L’archive du fichier est mal formée ({detail})." + _ASK_WORD


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


def unpack(data: bytes) -> dict[str, bytes]:
    """All parts by name, folders left out; raises Refused long before memory is at risk."""
    _require_zip(data)
    entries = _entries(data)
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


def _require_zip(data: bytes) -> None:
    if not data:
        raise Refused("Le fichier est vide. Choisissez le fichier .docx enregistré.", code="empty")
    if len(data) > MAX_FILE:
        raise Refused(
            "Le fichier dépasse {limit} Mio. Compressez ses images dans Word, puis redéposez-le.",
            code="too_big",
            limit=MAX_FILE // MIB,
        )
    if data[:4] != b"PK\x03\x04":
        raise _other_kind(data)


def _other_kind(data: bytes) -> Refused:
    """Name what the file is instead of a .docx."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_or_locked(data)
    known = (
        (b"%PDF", "C’est un PDF. Déposez le fichier Word (.docx) dont il est issu.", "pdf"),
        (b"{\\rtf", "C’est un fichier RTF. Enregistrez-le au format .docx dans Word.", "rtf"),
        (
            b"PK",
            "L’archive ne commence pas par une pièce : le fichier est abîmé." + _ASK_WORD,
            "zip",
        ),
    )
    for start, words, code in known:
        if data.startswith(start):
            return Refused(words, code=code)
    if b"PK\x03\x04" in data:
        words = "Des données précèdent le document dans le fichier." + _ASK_WORD
        return Refused(words, code="prefix")
    return Refused("Ce n’est pas un document Word. Déposez un fichier .docx.", code="not_word")


def _old_or_locked(data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused(
            "Le document est protégé par un mot de passe. Retirez-le dans Word"
            " (Fichier, Informations, Protéger le document), puis redéposez-le.",
            code="password",
        )
    return Refused(
        "C’est un ancien format (.doc). Enregistrez-le au format .docx dans Word.", code="old_word"
    )


def _odd(detail: str) -> Refused:
    return Refused(_ODD_ZIP, code="zip", detail=detail)


def _entries(data: bytes) -> list[Entry]:
    """The central directory, each entry held against its local header."""
    count, size, offset = _end_record(data)
    central = list(_central(data, count, offset, offset + size))
    _require_unique([entry.name for entry, _ in central])
    entries = [_match_local(data, entry, where) for entry, where in central]
    _require_contiguous(entries, [where for _, where in central], offset)
    return entries


def _end_record(data: bytes) -> tuple[int, int, int]:
    position = data.rfind(b"PK\x05\x06")
    if position < 0 or position + _END.size > len(data):
        raise Refused("Le fichier est tronqué : sa fin manque. Redéposez-le.", code="truncated")
    _, disk, disk2, here, count, size, offset, comment = _END.unpack_from(data, position)
    if 0xFFFF in (here, count) or 0xFFFFFFFF in (size, offset):
        raise Refused("Le fichier annonce une taille démesurée (zip64)." + _ASK_WORD, code="zip64")
    if comment or position + _END.size != len(data):
        raise Refused("Des données suivent le document dans le fichier." + _ASK_WORD, code="tail")
    if disk or disk2 or here != count:
        raise _odd("archive en plusieurs volumes")
    if count > MAX_PARTS:
        raise Refused(
            "Le fichier contient {count} pièces, la limite est {limit}." + _ASK_WORD,
            code="parts",
            count=count,
            limit=MAX_PARTS,
        )
    if offset + size != position:
        raise _odd("le répertoire n’est pas à sa place")
    return count, size, offset


def _central(data: bytes, count: int, at: int, end: int) -> Iterator[tuple[Entry, int]]:
    for _ in range(count):
        if at + _CENTRAL.size > end:
            raise _odd("répertoire incomplet")
        head = _CENTRAL.unpack_from(data, at)
        if head[0] != b"PK\x01\x02":
            raise _odd("répertoire illisible")
        flags, method, crc, packed, size = head[3], head[4], head[7], head[8], head[9]
        name_size, extra, comment, disk, where = head[10], head[11], head[12], head[13], head[16]
        raw = data[at + _CENTRAL.size : at + _CENTRAL.size + name_size]
        name = _name(raw, flags)
        _require_plain(name, flags=flags, method=method, made_by=head[1], mode=head[15] >> 16)
        if 0xFFFFFFFF in (packed, size, where) or disk:
            raise Refused(
                "Le fichier annonce une taille démesurée (zip64)." + _ASK_WORD, code="zip64"
            )
        yield Entry(name, method, crc, packed, size, 0, flags), where
        at += _CENTRAL.size + name_size + extra + comment
    if at != end:
        raise _odd("répertoire plus long qu’annoncé")


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise _odd("nom de pièce illisible") from error


def _require_plain(name: str, *, flags: int, method: int, made_by: int, mode: int) -> None:
    """Refuse a name that could leave the archive, a link, a locked or an exotically packed part."""
    if flags & _ENCRYPTED:
        raise Refused(
            "L’archive est chiffrée. Enregistrez le document sans mot de passe, puis redéposez-le.",
            code="encrypted",
        )
    if method not in (0, 8):
        raise _odd("méthode de compression inconnue")
    if made_by >> 8 == 3 and stat.S_ISLNK(mode):
        raise _odd("lien symbolique")
    if not name or len(name) > MAX_NAME or _is_hostile(name):
        raise _odd("nom de pièce interdit")


def _is_hostile(name: str) -> bool:
    if name.startswith("/") or "\\" in name or ":" in name:
        return True
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name):
        return True
    steps = name.rstrip("/").split("/")
    return any(step in ("", ".", "..") for step in steps)


def _require_unique(names: list[str]) -> None:
    if len({name.rstrip("/").casefold() for name in names}) != len(names):
        raise _odd("deux pièces portent le même nom")


def _match_local(data: bytes, entry: Entry, where: int) -> Entry:
    """The entry with its data's place; its local header must say the same."""
    if where + _LOCAL.size > len(data):
        raise _odd("pièce hors du fichier")
    sign, _, flags, method, _, _, crc, packed, size, name_size, extra = _LOCAL.unpack_from(
        data, where
    )
    start = where + _LOCAL.size + name_size + extra
    raw = data[where + _LOCAL.size : where + _LOCAL.size + name_size]
    same = sign == b"PK\x03\x04" and method == entry.method
    same = same and (flags ^ entry.flags) & _COMPARED_FLAGS == 0
    same = same and _name(raw, entry.flags) == entry.name
    local, central = (crc, packed, size), (entry.crc, entry.packed, entry.size)
    blank = bool(flags & _DESCRIPTOR) and local == (0, 0, 0)
    if not same or (local != central and not blank):
        raise _odd("les deux en-têtes d’une pièce se contredisent")
    if start + entry.packed > len(data):
        raise Refused("Le fichier est tronqué : sa fin manque. Redéposez-le.", code="truncated")
    return Entry(entry.name, method, entry.crc, entry.packed, entry.size, start, flags)


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
        raise _odd("des pièces se chevauchent")
    if gap and not (descriptor and gap in _DESCRIPTOR_SIZES):
        raise _odd("des données sont cachées entre les pièces")


def _require_ratio(entries: list[Entry]) -> None:
    """Judge what is announced first: it costs nothing."""
    for entry in entries:
        if entry.size > MAX_PART:
            raise _part_too_big(entry.name)
    if sum(entry.size for entry in entries) > MAX_TOTAL:
        raise _all_too_big()


def _part_too_big(name: str) -> Refused:
    return Refused(
        "La pièce {part} dépasse {limit} Mio une fois décompressée."
        " Allégez le document (images, objets), puis redéposez-le.",
        code="part_too_big",
        part=name,
        limit=MAX_PART // MIB,
    )


def _all_too_big() -> Refused:
    return Refused(
        "Le document dépasse {limit} Mio une fois décompressé."
        " Partagez-le en plusieurs sections, puis redéposez-les.",
        code="all_too_big",
        limit=MAX_TOTAL // MIB,
    )


def _inflate(data: bytes, entry: Entry, *, room: int) -> bytes:
    """The part's bytes: exactly as many as announced, and with the right checksum."""
    packed = memoryview(data)[entry.start : entry.start + entry.packed]
    if entry.method == 0:
        body = bytes(packed)
    else:
        body = _inflated(packed, entry, limit=min(MAX_PART, room))
    if len(body) != entry.size:
        raise _odd("une pièce n’a pas la taille annoncée")
    if len(body) > room:
        raise _all_too_big()
    if zlib.crc32(body) != entry.crc:
        raise Refused(
            "La pièce {part} est abîmée. Redéposez le fichier.", code="crc", part=entry.name
        )
    return body


def _inflated(packed: memoryview, entry: Entry, *, limit: int) -> bytes:
    machine = zlib.decompressobj(-15)
    try:
        body = machine.decompress(packed, min(limit, entry.size) + 1)
    except zlib.error as error:
        raise Refused(
            "La pièce {part} est abîmée. Redéposez le fichier.", code="crc", part=entry.name
        ) from error
    if not machine.eof or machine.unused_data:
        raise _odd("une pièce n’a pas la taille annoncée")
    return body


def _require_honest_total(total: int, packed: int) -> None:
    if total > RATIO_FROM and total > MAX_RATIO * packed:
        raise Refused(
            "Le fichier se décompresse plus de {limit} fois : il ressemble à une bombe."
            " Enregistrez-le de nouveau dans Word, puis redéposez-le.",
            code="ratio",
            limit=MAX_RATIO,
        )
