"""Fragments kept between assemblies: by content, bounded, safe to delete at any time."""

import contextlib
import hashlib
import os
import pickle
import tempfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

_SOURCES = Path(__file__).parents[1]
_SUM = 4


class Cache(Protocol):
    """Where fragments may wait to be used again; it may forget any of them."""

    def get(self, key: str) -> bytes | None:
        """What was put under a key, or None."""

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under its key, if there is room."""


class FolderCache:
    """A folder of at most `limit` bytes; what was used longest ago goes first."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._slack = limit // 16
        self._limit = limit - self._slack
        self._unseen = limit

    def get(self, key: str) -> bytes | None:
        """What was put under a key, or None."""
        path = self._folder / key
        try:
            value = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep a value; a full disk or a lost folder only means that nothing is kept."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(value)
            Path(name).replace(self._folder / key)
            self._unseen += len(value)
            if self._unseen > self._slack:  # to look at all files after each would grow squarely
                self._make_room()

    def _make_room(self) -> None:
        self._unseen = 0
        files = sorted(self._files(), key=lambda item: item[1].st_mtime_ns, reverse=True)
        total = 0
        for path, facts in files:
            total += facts.st_size
            if total > self._limit:
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._folder.iterdir():
            with contextlib.suppress(OSError):
                yield path, path.stat()


def key_of(*facts: object) -> str:
    """The name of what these facts and this very version of the engine give."""
    return hashlib.sha256(repr((_version(), *facts)).encode()).hexdigest()


@cache
def _version() -> str:
    """A digest of the engine's own text: a new version never meets an old one's fragments."""
    digest = hashlib.sha256()
    for path in sorted(_SOURCES.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def keep(cache_: Cache, key: str, value: object) -> None:
    """Keep a value of ours, with a sum by which damage shows."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    cache_.put(key, _sum(data) + data)


def recall(cache_: Cache, key: str) -> object | None:
    """A value of ours, or None where it is not there or was damaged."""
    found = cache_.get(key)
    if found is None or found[:_SUM] != _sum(found[_SUM:]):
        return None
    value: object = pickle.loads(found[_SUM:])  # noqa: S301 - written by `keep` into our own folder
    return value


def _sum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_SUM, "big")
