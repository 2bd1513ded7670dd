"""The watched folder: files that another program puts there, taken one by one.

A file is left alone until it has been still for a while. It is moved only once its notices are
committed, and bringing them in twice does nothing: a crash at any instant loses no file and
doubles no notice. Links, pipes and folders are none of ours.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tender.core.errors import Invalid
from tender.formats.xmlsafe import MAX_BYTES

STILL_FOR = 2.0
AT_ONCE = 200
LONGEST_NAME = 200
REMEDY = "Corrigez le fichier, puis déposez-le à nouveau dans le dossier surveillé."
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


@dataclass(frozen=True, slots=True)
class Still:
    """A file that nobody has written to for a while."""

    name: str
    size: int
    changed: float


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """The folder, with `done` and `refused` in it."""

    path: Path

    def ready(self, *, now: datetime) -> list[Still]:
        """List the files to take, oldest first; none if the folder is not there."""
        if not self.path.is_dir():
            return []
        found = sorted(self._still(now.timestamp()), key=lambda file: (file.changed, file.name))
        return found[:AT_ONCE]

    def _still(self, now: float) -> Iterator[Still]:
        with os.scandir(self.path) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower().endswith(UNFINISHED):
                    continue
                seen = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(seen.st_mode) and abs(now - seen.st_mtime) > STILL_FOR:
                    yield Still(entry.name, seen.st_size, seen.st_mtime)

    def content(self, file: Still) -> bytes | None:
        """Read a file that is still the one seen; None if it went, grew or became something else.

        Invalid if it is too large to be a notice.
        """
        if file.size > MAX_BYTES:
            raise Invalid("Le fichier dépasse {limit} Mo.", limit=MAX_BYTES // 1_000_000)
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            handle = os.open(self.path / file.name, flags)
        except OSError:
            return None
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            data = opened.read(MAX_BYTES + 1)
            after = os.fstat(handle)
        same = (after.st_size, after.st_mtime) == (file.size, file.changed)
        return data if same and len(data) == file.size else None

    def accept(self, file: Still) -> None:
        """Put a file away as done."""
        self._move(file, self._free("done", file.name))

    def refuse(self, file: Still, why: str) -> None:
        """Put a file away with a text beside it that says why."""
        target = self._free("refused", file.name)
        reason = target.with_name(f"{target.name}.txt")
        reason.write_text(f"{file.name}\n{why}\n{REMEDY}\n", encoding="utf-8", errors="replace")
        if not self._move(file, target):
            reason.unlink(missing_ok=True)

    def _move(self, file: Still, target: Path) -> bool:
        try:
            (self.path / file.name).rename(target)
        except FileNotFoundError:  # another worker was quicker
            return False
        return True

    def _free(self, where: str, name: str) -> Path:
        folder = self.path / where
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise NotADirectoryError(f"{folder} is a link: files are not moved through it")
        short = os.fsdecode(os.fsencode(name)[:LONGEST_NAME])
        stem, dot, ending = short.partition(".")
        tries = (short, *(f"{stem}-{n}{dot}{ending}" for n in range(2, 10_000)))
        return next(folder / t for t in tries if not os.path.lexists(folder / t))
