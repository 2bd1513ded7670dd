"""Files are there whole or not at all, in a folder and in a bucket alike."""

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto import mock_aws

from tender.core import setup
from tender.core.errors import Invalid
from tender.core.storage import LocalStorage, S3Storage, Storage, sha256

KEY = "bids/1/sections/2/a.docx"


@pytest.fixture
def folder(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "files")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Storage]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    with mock_aws():
        found = setup.bucket("grappe", endpoint="")
        where = {"LocationConstraint": "eu-west-3"}
        found.client.create_bucket(Bucket="grappe", CreateBucketConfiguration=where)
        yield found


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest) -> Storage:
    found: Storage = request.getfixturevalue(request.param)
    return found


def test_what_was_put_is_given_back_with_its_hash(storage: Storage) -> None:
    data = bytes(range(256)) * 100
    assert storage.put(KEY, data) == sha256(data)
    assert storage.get(KEY) == data


def test_what_is_not_there_is_not_found_and_can_be_deleted(storage: Storage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.get(KEY)
    storage.delete(KEY)
    storage.put(KEY, b"")
    storage.delete(KEY)
    with pytest.raises(FileNotFoundError):
        storage.get(KEY)


def test_keys_are_listed_by_what_they_start_with(storage: Storage) -> None:
    for key in ("bids/1/a", "bids/1/b/c", "bids/2/a", "vault/x"):
        storage.put(key, b"x")
    assert sorted(storage.keys("bids/1/")) == ["bids/1/a", "bids/1/b/c"]
    assert list(storage.keys("bids/3/")) == []


def test_a_bucket_that_is_away_is_told_in_words(bucket: S3Storage) -> None:
    away = S3Storage(bucket.client, "no-such-bucket", faults=bucket.faults)
    with pytest.raises(Invalid, match="n’a pas pu être enregistré"):
        away.put(KEY, b"x")
    with pytest.raises(Invalid, match="ne répond pas"):
        away.get(KEY)


@pytest.mark.parametrize("key", ["../secret", "a/../../secret", "/etc/passwd", "", "a/\0"])
def test_a_key_never_leaves_the_folder(folder: LocalStorage, key: str) -> None:
    for action in (folder.get, folder.delete, lambda k: folder.put(k, b"x")):
        with pytest.raises(ValueError, match="key"):
            action(key)


def test_a_full_disk_is_told_in_words_and_leaves_nothing(folder: LocalStorage) -> None:
    folder.put(KEY, b"as it was")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Invalid, match="disque"):
            folder.put(KEY, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert folder.get(KEY) == b"as it was"
    assert [p.name for p in folder.root.rglob("*") if p.is_file()] == ["a.docx"]


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where the folder should be")
    with pytest.raises(Invalid, match="disque"):
        LocalStorage(tmp_path / "files").put(KEY, b"x")


WRITER = """
import sys
from pathlib import Path
from tender.core.storage import LocalStorage
store = LocalStorage(Path(sys.argv[1]))
for n in range(100000):
    store.put(f"deep/{n % 7}/{n}", str(n).encode() * 400_000)
    print(n, flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_whole_files_only(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(12)]
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.readlines()
    store = LocalStorage(tmp_path)
    found = {key.rpartition("/")[2]: store.get(key) for key in store.keys("deep")}
    assert all(data == n.encode() * 400_000 for n, data in found.items())
    assert {line.strip() for line in told} <= set(found)
