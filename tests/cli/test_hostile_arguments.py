import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tender.demo.documents import demo_sections
from tender.documents.house import house_template
from tests.cli.conftest import Run

type_of = Callable[[Path], Path]


def missing(folder: Path) -> Path:
    return folder / "absent.docx"


def a_folder(folder: Path) -> Path:
    return folder


def under_a_file(folder: Path) -> Path:
    (folder / "plain").write_text("texte")
    return folder / "plain" / "x.docx"


def file_of(data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "entrée.docx"
        path.write_bytes(data)
        return path

    return write


NOISE = bytes((i * i * 31 + i * 7) % 256 for i in range(5000))
SECTION = demo_sections()[0].data
BAD = {
    "missing": missing,
    "a folder": a_folder,
    "under a file": under_a_file,
    "empty": file_of(b""),
    "noise": file_of(NOISE),
    "binary": file_of(b"\x7fELF" + bytes(200)),
    "truncated": file_of(SECTION[: len(SECTION) // 2]),
    "encrypted": file_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "plain text": file_of(b"Bonjour"),
    "deep JSON": file_of(b'{"a":' * 5000 + b"1" + b"}" * 5000),
    "JSON with NaN": file_of(b'[{"idweb": NaN}]'),
    "JSON with a double key": file_of(b'{"idweb": "1", "idweb": "2"}'),
    "JSON with a NUL": file_of(b'{"idweb": "1\\u0000"}'),
    "JSON with half a sign": file_of(b'{"idweb": "\\ud800"}'),
    "JSON with an endless number": file_of(b'{"idweb": ' + b"9" * 100_000 + b"}"),
    "JSON with an infinite number": file_of(b'{"idweb": 1e999}'),
    "XML with entities": file_of(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
}
COMMANDS = {
    "notices read": ("notices", "read"),
    "notices read --json": ("notices", "read", "--json"),
    "documents inspect": ("documents", "inspect"),
    "verify": ("verify",),
    "restore": ("restore",),
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_cannot_be_used_is_refused_by_name_in_one_line(
    tender: Run, tmp_path: Path, bad: str, command: str
) -> None:
    path = BAD[bad](tmp_path)
    done = tender(*COMMANDS[command], path)
    assert done.refused, done
    assert str(path) in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("bad", BAD)
def test_a_section_that_cannot_be_used_is_named_and_never_left_out_silently(
    tender: Run, tmp_path: Path, bad: str
) -> None:
    path, out = BAD[bad](tmp_path), tmp_path / "out.docx"
    template = tmp_path / "modèle.docx"
    template.write_bytes(house_template())
    done = tender("documents", "compose", "--template", template, "--out", out, path)
    assert done.refused, done
    assert path.name in done.err


@pytest.mark.parametrize("bad", BAD)
def test_a_template_that_cannot_be_used_leaves_nothing_behind(
    tender: Run, tmp_path: Path, bad: str
) -> None:
    section, out = tmp_path / "section.docx", tmp_path / "out.docx"
    section.write_bytes(SECTION)
    path = BAD[bad](tmp_path)
    done = tender("documents", "compose", "--template", path, "--out", out, section)
    assert done.refused, done
    assert str(path) in done.err
    assert not out.exists()


@pytest.mark.parametrize("target", ["absent/out.docx", ".", "plain/out.docx", "x" * 300])
def test_a_target_that_cannot_be_written_is_named(tender: Run, tmp_path: Path, target: str) -> None:
    section = tmp_path / "section.docx"
    section.write_bytes(SECTION)
    (tmp_path / "plain").write_text("texte")
    (tmp_path / "m.docx").write_bytes(house_template())
    out = tmp_path / target
    done = tender("documents", "compose", "--template", tmp_path / "m.docx", "--out", out, section)
    assert done.refused, done
    assert str(out) in done.err
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".new")] == []


def test_one_bad_notice_does_not_hide_the_good_ones(tender: Run, tmp_path: Path) -> None:
    bad = file_of(NOISE)(tmp_path)
    done = tender("notices", "read", "--json", NOTICE, bad, NOTICE)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert [("error" in line, line["file"]) for line in lines] == [
        (False, str(NOTICE)), (True, str(bad)), (False, str(NOTICE)),
    ]  # fmt: skip


NOTICE = Path(__file__).parent.parent / "formats" / "files" / "eforms_three_lots.xml"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing-like-it"],
        ["notices", "read"],
        ["documents", "compose", "--out", "x.docx", "y.docx"],
        ["documents", "compose", "--template", "t", "--out", "x", "--policy", "mine", "y"],
        ["documents", "inspect"],
        ["worker", "--concurrency", "0"],
        ["user", "add", "a@exemple.fr", "--name", "A", "--seat", "king", "--password", "x"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(tender: Run, arguments: list[str]) -> None:
    done = tender(*arguments)
    assert done.code == 2
    assert "Usage" in done.err
