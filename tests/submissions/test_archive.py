"""The archive proves itself: any change to it is found and named."""

import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from tender.submissions.archive import pack, verify

FILES = {
    "1-candidature/Nette-Rive/kbis.pdf": b"%PDF kbis",
    "2-offre/lot-1/Memoire.pdf": b"%PDF " + bytes(range(256)) * 4,
}
FACTS = {"ref": "VAL-2026-001", "title": "Accueil & écoute", "lots": [{"number": "1"}]}


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return pack(FILES, dict(FACTS))


def test_the_same_files_give_the_same_archive_and_it_holds(sealed: bytes) -> None:
    assert pack(dict(reversed(FILES.items())), dict(FACTS)) == sealed
    assert verify(sealed) == []


def test_its_sums_satisfy_the_usual_tool(sealed: bytes, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(sealed)).extractall(tmp_path)
    subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True,
                   capture_output=True)  # fmt: skip
    readable = (tmp_path / "MANIFESTE.txt").read_text()
    assert hashlib.sha256(FILES["2-offre/lot-1/Memoire.pdf"]).hexdigest() in readable


def test_every_flipped_bit_is_found(sealed: bytes) -> None:
    for place in range(0, len(sealed) * 8, 19):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        assert verify(bytes(changed)), f"bit {place}"


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -30])
def test_a_cut_archive_is_found(sealed: bytes, cut: int) -> None:
    assert verify(sealed[:cut])


def rewritten(sealed: bytes, change: dict[str, bytes | None]) -> bytes:
    old, out = zipfile.ZipFile(io.BytesIO(sealed)), io.BytesIO()
    files = {name: old.read(name) for name in old.namelist()} | change
    with zipfile.ZipFile(out, "w") as new:
        for name, data in files.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"2-offre/lot-1/Memoire.pdf": b"%PDF other"}, "Memoire.pdf a été modifié"),
        ({"2-offre/lot-1/Memoire.pdf": None}, "Memoire.pdf manque"),
        ({"2-offre/lot-1/Prix.pdf": b"x"}, "Prix.pdf a été ajouté"),
        ({"manifest.json": b"{}"}, "illisible"),
        ({"manifest.json": b"[" * 100_000}, "illisible"),
        ({"SHA256SUMS": None}, "SHA256SUMS manque"),
        ({"../x": b""}, "chemin"),
        ({}, "en-têtes"),
    ],
)
def test_a_change_is_named(sealed: bytes, change: dict[str, bytes | None], word: str) -> None:
    assert any(word in str(problem) for problem in verify(rewritten(sealed, change)))


def test_noise_is_no_archive() -> None:
    for noise in (b"", b"PK\x05\x06" + bytes(18), b"%PDF-1.7"):
        assert verify(noise)
