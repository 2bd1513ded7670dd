"""Where things lie: the project, its data, logs and sockets."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embedded.say import Refused

PROJECT = Path(__file__).resolve().parent.parent
LONGEST = 80  # a socket's whole path may take 104 bytes on macOS


def data_folder() -> Path:
    """`TENDER_DATA_DIR`, or `.data` in the project."""
    return Path(os.environ.get("TENDER_DATA_DIR") or PROJECT / ".data").expanduser().resolve()


def socket_folder(data: Path) -> Path:
    """A short private folder for the sockets of these data; made when missing."""
    name = f"grappe-{os.getuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:10]}"
    base = Path(tempfile.gettempdir())
    folder = (base if len(os.fsencode(base)) < LONGEST - len(name) else Path("/tmp")) / name  # noqa: S108 - private by mode and owner
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    ours = status.st_uid == os.getuid() or os.getuid() == 0
    if folder.is_symlink() or not ours or status.st_mode & 0o077:
        raise Refused(
            f"Le dossier {folder} n’est pas à vous seul. Tapez : sudo rm -r {folder}",
            f"The folder {folder} is not yours alone. Type: sudo rm -r {folder}",
        )
    return folder


@dataclass(frozen=True)
class Layout:
    """The folders of one set of data."""

    data: Path

    @property
    def logs(self) -> Path:
        """One file for each process."""
        return self.data / "logs"

    @property
    def run(self) -> Path:
        """Lock, pid records and what a running instance says of itself."""
        return self.data / "run"

    @property
    def sockets(self) -> Path:
        """Where the servers listen."""
        return socket_folder(self.data)

    def make(self) -> "Layout":
        """Create what is missing, readable by the owner only."""
        for folder in (self.data, self.logs, self.run):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, all at once."""
    draft = file.with_name(file.name + ".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text, "utf-8")
    draft.replace(file)
