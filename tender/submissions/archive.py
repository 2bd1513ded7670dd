"""The sealed archive: the same files always give the same bytes, and it proves itself.

`manifest.json` names every file with its SHA-256, `MANIFESTE.txt` says the same to people,
`SHA256SUMS` is for `sha256sum -c`. All is stored, nothing compressed, every date is fixed.
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from tender.core.errors import Invalid
from tender.core.orm import Json
from tender.core.storage import sha256
from tender.core.text import Text

MANIFEST, READABLE, SUMS = "manifest.json", "MANIFESTE.txt", "SHA256SUMS"
OURS = frozenset({MANIFEST, READABLE, SUMS})
EPOCH = (1980, 1, 1, 0, 0, 0)
SAFE = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
LARGEST = 1024**3


def pack(files: Mapping[str, bytes], facts: Json) -> bytes:
    """Put files, by path, and their manifest into an archive; `facts` is what else it says."""
    manifest = _json(facts | {"files": listed(files)})
    own = {MANIFEST: manifest, READABLE: _readable(facts, files)}
    own[SUMS] = _sums(dict(files) | own)
    return _zip(dict(files) | own)


def listed(files: Mapping[str, bytes]) -> list[Json]:
    """Name every file with its size and SHA-256, by path."""
    return [
        {"path": path, "size": len(data), "sha256": sha256(data)}
        for path, data in sorted(files.items())
    ]


def _json(value: Json) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2)
    return text.encode() + b"\n"


def _readable(facts: Json, files: Mapping[str, bytes]) -> bytes:
    lines = [
        f"Pli {facts.get('ref', '')}",
        f"Objet : {facts.get('title', '')}",
        f"Acheteur : {facts.get('buyer', '')}",
        f"Mandataire : {facts.get('lead', '')}",
        f"Date limite de remise : {facts.get('deadline_text', '')}",
        "",
        "Fichiers (empreinte SHA-256, taille en octets, chemin) :",
        *(f"{sha256(data)}  {len(data):>10}  {path}" for path, data in sorted(files.items())),
        "",
        "Pour vérifier : sha256sum -c SHA256SUMS",
    ]
    return ("\n".join(lines) + "\n").encode()


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(data)}  {path}\n" for path, data in sorted(files.items())).encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def verify(archive: bytes) -> list[Text]:
    """Tell what is wrong with a sealed archive, in words; nothing is wrong with an empty list."""
    try:
        files = _read(archive)
    except Invalid as refusal:
        return [Text("Ce n’est pas un pli scellé entier : {reason}", reason=refusal.text)]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return [Text("Ce n’est pas un pli scellé entier : l’archive est illisible.")]
    missing = [Text("{path} manque.", path=name) for name in sorted(OURS - set(files))]
    if missing:
        return missing
    found = [*_against_manifest(files), *_against_sums(files)]
    if not found and _zip(files) != archive:
        found.append(
            Text("L’archive a été modifiée hors de ses fichiers (en-têtes, dates ou ajouts).")
        )
    return found


def _read(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        entries = opened.infolist()
        names = [entry.filename for entry in entries]
        if len(set(names)) < len(names):
            raise Invalid("un chemin y figure deux fois")
        for entry in entries:
            if not SAFE.fullmatch(entry.filename) or ".." in entry.filename.split("/"):
                raise Invalid("un chemin n’est pas admis")
            if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > LARGEST:
                raise Invalid("un fichier est compressé ou trop lourd")
        return {name: opened.read(name) for name in names}


def _against_manifest(files: Mapping[str, bytes]) -> list[Text]:
    try:
        manifest: Any = json.loads(files[MANIFEST])
        listed = {str(f["path"]): (int(f["size"]), str(f["sha256"])) for f in manifest["files"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return [Text("{path} est illisible.", path=MANIFEST)]
    sealed = {path: data for path, data in files.items() if path not in OURS}
    found = [Text("{path} manque.", path=path) for path in sorted(listed.keys() - sealed.keys())]
    found += [
        Text("{path} a été ajouté après coup.", path=path)
        for path in sorted(sealed.keys() - listed.keys())
    ]
    found += [
        Text("{path} a été modifié après coup.", path=path)
        for path, data in sorted(sealed.items())
        if path in listed and listed[path] != (len(data), sha256(data))
    ]
    return found


def _against_sums(files: Mapping[str, bytes]) -> list[Text]:
    rest = {path: data for path, data in files.items() if path != SUMS}
    if files[SUMS] == _sums(rest):
        return []
    return [Text("{path} ne correspond pas aux fichiers.", path=SUMS)]
