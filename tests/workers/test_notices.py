"""The watched folder, by the task that looks at it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tender.core import clock, setup
from tender.notices.folder import WatchedFolder
from tender.notices.models import Notice
from tests.notices.published import eforms

Put = Callable[..., Path]


@pytest.fixture
def folder(session: Session) -> Path:
    path = setup.settings().watch_dir
    path.mkdir(parents=True, exist_ok=True)
    for left in sorted(path.rglob("*"), reverse=True):
        left.rmdir() if left.is_dir() and not left.is_symlink() else left.unlink()
    return path


@pytest.fixture
def put(folder: Path) -> Put:
    def put(name: str, data: bytes, *, age: float = 60) -> Path:
        path = folder / name
        path.write_bytes(data)
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))
        return path

    return put


def look() -> None:
    from workers.notices import look as task  # noqa: PLC0415 - the worker joins the servers on import

    task()


def kept(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Notice)) or 0


def test_a_file_is_imported_once_and_moved_to_done(
    session: Session, folder: Path, put: Put
) -> None:
    put("avis.xml", eforms())
    look()
    look()
    assert kept(session) == 1
    assert [path.name for path in (folder / "done").iterdir()] == ["avis.xml"]
    assert not (folder / "avis.xml").exists()


def test_after_a_crash_before_the_move_the_file_is_only_moved(
    session: Session, folder: Path, put: Put
) -> None:
    put("avis.xml", eforms())
    look()
    (folder / "done" / "avis.xml").rename(folder / "avis.xml")
    look()
    assert kept(session) == 1
    assert (folder / "done" / "avis.xml").exists()


def test_the_same_name_again_overwrites_nothing(folder: Path, put: Put) -> None:
    for title in ("Un", "Deux"):
        put("avis.xml", eforms(title))
        look()
    assert sorted(path.name for path in (folder / "done").iterdir()) == ["avis-2.xml", "avis.xml"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "vide"),
        (b"bonjour", "ni du XML ni du JSON"),
        (b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "DOCTYPE"),
        (b'{"idweb": NaN, "donnees": {}}', "NaN"),
        (b"<" * 10_000_001, "10 Mo"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason_beside_it(
    session: Session, folder: Path, put: Put, data: bytes, why: str
) -> None:
    put("avis.xml", data)
    look()
    assert why in (folder / "refused" / "avis.xml.txt").read_text(encoding="utf-8")
    assert (folder / "refused" / "avis.xml").read_bytes() == data
    assert kept(session) == 0


def test_a_file_still_being_written_waits(session: Session, folder: Path, put: Put) -> None:
    put("avis.xml", eforms(), age=0)
    put("autre.xml.part", eforms())
    put(".cache.xml", eforms())
    look()
    assert kept(session) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        ".cache.xml",
        "autre.xml.part",
        "avis.xml",
    ]


def test_a_file_that_changes_under_our_eyes_waits(folder: Path, put: Put) -> None:
    watched = WatchedFolder(folder)
    path = put("avis.xml", eforms())
    seen = next(iter(watched.ready(now=clock.now())))
    path.write_bytes(eforms() + b"\n")
    assert watched.content(seen) is None
    path.unlink()
    assert watched.content(seen) is None
    path.symlink_to("/etc/hostname")
    assert watched.content(seen) is None


def test_links_pipes_and_folders_are_none_of_ours(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_bytes(eforms())
    os.utime(outside, (0, 0))
    (folder / "link.xml").symlink_to(outside)
    os.mkfifo(folder / "pipe.xml")
    (folder / "folder.xml").mkdir()
    look()
    assert kept(session) == 0
    assert outside.exists()


def test_files_are_not_moved_through_a_link(
    session: Session, folder: Path, put: Put, tmp_path: Path
) -> None:
    (folder / "done").symlink_to(tmp_path)
    put("avis.xml", eforms())
    look()
    assert list(tmp_path.iterdir()) == []
    assert (folder / "avis.xml").exists()


def test_a_name_made_to_hurt_is_only_a_name(folder: Path, put: Put) -> None:
    name = "x" * 200 + "\n\u202egpj.xml"
    put(name, b"rien")
    look()
    assert len(list((folder / "refused").iterdir())) == 2
