"""Archives: each file told apart, and the whole refused when it lies or strays (rows U1, U2)."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from tender.formats.reading import Unreadable, read, read_each, recognise

FILES = Path(__file__).parent / "files"
CALL = (FILES / "eforms_three_lots.xml").read_bytes()
PAGE = (FILES / "boamp_mapa.json").read_bytes()


def archive(*members, link=False):
    """A zip of names and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o120777 if link else 0o100644) << 16
            made.writestr(info, content)
    return out.getvalue()


def refused(data):
    started = time.perf_counter()
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert time.perf_counter() - started < 2
    return str(refusal.value)


def test_each_file_is_named_and_what_is_refused_leaves_the_rest_alone():
    data = archive(("2026/", b""), ("2026/a.xml", CALL), ("2026/b.pdf", b"%PDF"), ("c.txt", PAGE))
    found = list(read_each(data))
    assert [name for name, _ in found] == ["2026/a.xml", "2026/b.pdf", "c.txt"]
    first, refusal, last = (item for _, item in found)
    assert [first.format, last.format] == ["eforms", "boamp"]
    assert "ni du XML ni du JSON" in str(refusal)
    assert refused(data) == "2026/b.pdf : Ce fichier n’est ni du XML ni du JSON."
    assert recognise(data) is None


@pytest.mark.parametrize(
    "name", ["../a.xml", "/a.xml", "a/../../b.xml", "C:a.xml", "a\\b.xml", "a\nb.xml", "a\u202eb"]
)
def test_a_path_that_strays_refuses_the_archive(name):
    assert "mène hors de l’archive" in refused(archive(("ok.xml", CALL), (name, CALL)))


def test_links_and_office_files_are_no_archives_of_notices():
    assert "mène hors de l’archive" in refused(archive(("a.xml", b"/etc/hostname"), link=True))
    assert "bureautique" in refused(archive(("[Content_Types].xml", b"<Types/>")))


def test_an_archive_within_an_archive_is_not_opened():
    (_, refusal), = read_each(archive(("inner.zip", archive(("a.xml", CALL)))))  # fmt: skip
    assert "ni du XML ni du JSON" in str(refusal)


def test_bombs_are_refused_unopened():
    zeros = archive(*((f"{n}.xml", b"\0" * 9_000_000) for n in range(12)))
    assert "décompressée" in refused(zeros)
    (_, refusal), = read_each(archive(("a.xml", b" " * 11_000_000)))  # fmt: skip
    assert "dépasse 10 Mo" in str(refusal)
    assert "plus de 5000" in refused(archive(*((f"{n}.xml", b"") for n in range(5_001))))
    assert "dépasse 50 Mo" in refused(b"PK\x03\x04" + b"\0" * 50_000_001)


def test_sizes_that_lie_and_data_that_is_cut_are_refused():
    data = archive(("a.xml", CALL))
    at = data.rindex(b"PK\x01\x02")
    lying = data[: at + 24] + struct.pack("<I", 10) + data[at + 28 :]
    assert "abîmé" in refused(lying)
    huge = data[: at + 24] + struct.pack("<I", 2**32 - 2) + data[at + 28 :]
    assert "décompressée" in refused(huge)
    wide = data[: at + 20] + struct.pack("<I", 2**31) + data[at + 24 :]
    assert "recouvrent" in refused(wide)
    locked = data[: at + 8] + b"\x01" + data[at + 9 :]
    assert "mot de passe" in refused(locked)
    assert "abîmée" in refused(data[:-30])
    assert "abîmée" in refused(data[:100])
    assert "aucun fichier" in refused(archive(("vide/", b"")))


def test_twins_and_strange_compressions_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("a.xml", CALL)
    assert "compression" in refused(out.getvalue())
    twins = archive(("a.xml", CALL), ("b.xml", CALL)).replace(b"b.xml", b"a.xml")
    assert "même nom" in refused(twins)
