"""LibreOffice as PDF engine: caged, limited, a fresh profile a call, many documents a process.

PDF/A-2b, tagged, with outline, links and a named destination for each bookmark. Its page count
binds. What its process did is judged by what lies in the folder: it says 0 for files that it
could not read, and dies of a file without a word about which.
"""

import contextlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tender.documents.errors import N_, Refused
from tender.documents.rendering import named, steady
from tender.documents.rendering.cage import caged
from tender.documents.rendering.sheets import Copy, Patience, Sheets
from tender.documents.sandboxed import MIB, POLL_SECONDS, run, scratch

MEMORY = 3_000 * MIB
_ON_A_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_READER = "MS Word 2007 XML"
"""Left to guess, it makes a page of text out of any bytes."""
_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def find() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or shutil.which(_ON_A_MAC)


def convert(copies: Sequence[Copy], patience: Patience) -> list[Sheets | Refused]:
    """All of them by as few processes as will do; in the order they came.

    A document that ends the process, or of which nothing came, is tried again alone; those behind
    it go on without it.
    """
    made: dict[int, Sheets] = {}
    waiting = list(range(len(copies)))
    while waiting:
        made |= _attempt(copies, waiting, patience)
        missing = [index for index in waiting if index not in made]
        if missing:
            made |= _attempt(copies, missing[:1], patience)
        waiting = missing[1:]
    return [made.get(index) or _refused() for index in range(len(copies))]


def _refused() -> Refused:
    return Refused(
        N_(
            "LibreOffice n’a pas su mettre le document en pages. Ouvrez-le dans Word,"
            " enregistrez-le de nouveau, puis relancez l’assemblage."
        ),
        code="office",
    )


class _Stalled(Exception):
    """No document was finished for too long."""


class _Watch:
    """Hears a cancelling; notices when the document in hand takes longer than it may."""

    def __init__(self, out: Path, copies: Sequence[Copy], patience: Patience) -> None:
        self.out = out
        self.copies = copies
        self.patience = patience
        self.finished = 0
        self.waited = 0.0

    def __call__(self) -> None:
        self.patience.check()
        finished = sum(1 for _ in self.out.glob("*.pdf"))
        self.waited = self.waited + POLL_SECONDS if finished == self.finished else 0.0
        self.finished = finished
        # The file of the document in hand lies there while it is written: it gets its time again.
        running = self.copies[min(finished, len(self.copies) - 1)]
        if self.waited > self.patience.over(running):
            raise _Stalled


def _attempt(
    copies: Sequence[Copy], wanted: Sequence[int], patience: Patience
) -> dict[int, Sheets]:
    """One process for all that are wanted; what came of it by index."""
    with scratch() as name:
        folder = Path(name)
        sources = _laid_out(folder, copies, wanted)
        batch = [copies[index] for index in wanted]
        seconds = sum(patience.over(copy) for copy in batch)
        command = [*_limits(seconds), *caged(_command(name, sources), name)]
        watch = _Watch(folder / "out", batch, patience)
        with contextlib.suppress(_Stalled):
            run(command, folder=name, timeout=seconds, watch=watch)
        found = {
            index: _judged(folder / "out" / f"{index:05d}.pdf", copies[index]) for index in wanted
        }
        return {index: sheets for index, sheets in found.items() if sheets is not None}


def _laid_out(folder: Path, copies: Sequence[Copy], wanted: Sequence[int]) -> list[str]:
    """The folders of one call, with its documents and its profile; the documents' paths."""
    user = folder / "profile" / "user"
    for place in (folder / "in", folder / "out", user):
        place.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    paths = [folder / "in" / f"{index:05d}.docx" for index in wanted]
    for index, path in zip(wanted, paths, strict=True):
        path.write_bytes(copies[index].data)
    return [str(path) for path in paths]


def _limits(seconds: float) -> list[str]:
    """Twice the processor's time: it works on several threads."""
    return [sys.executable, "-m", "tender.documents.limits", str(MEMORY), str(int(seconds) * 2 + 1)]


def _command(folder: str, sources: list[str]) -> list[str]:
    return [
        find() or "soffice", "--headless", "--norestore", "--nologo",
        f"-env:UserInstallation=file://{folder}/profile", f"--infilter={_READER}",
        "--convert-to", _FILTER,
        "--outdir", f"{folder}/out", *sources,
    ]  # fmt: skip


def _judged(path: Path, copy: Copy) -> Sheets | None:
    if not path.exists():
        return None
    pdf = path.read_bytes()
    return named.sheets(steady.without_dates(pdf), copy) if pdf.startswith(b"%PDF") else None
