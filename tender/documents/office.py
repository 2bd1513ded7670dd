"""LibreOffice as PDF engine: no network, no files but its own, limits, a fresh profile."""

import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from tender.documents.errors import N_, Refused
from tender.documents.sandboxed import MIB, child_environment, run

MEMORY = 3_000 * MIB
_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_READ_ONLY = ("/usr", "/opt", "/etc/fonts", "/etc/libreoffice", "/var/lib/libreoffice",
              "/etc/alternatives", "/etc/ld.so.cache", "/lib", "/lib64", "/bin")  # fmt: skip


def find() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(data: bytes, *, timeout: float) -> bytes:
    """The document as PDF/A; tried twice. Raises Refused in words when nothing comes out."""
    for _ in range(2):
        pdf = _attempt(data, timeout)
        if pdf is not None:
            return pdf
    raise Refused(
        N_(
            "LibreOffice n’a pas su mettre le document en pages. Ouvrez-le dans Word,"
            " enregistrez-le de nouveau, puis relancez l’assemblage."
        ),
        code="office",
    )


def _attempt(data: bytes, timeout: float) -> bytes | None:
    with tempfile.TemporaryDirectory(prefix="grappe-") as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        (folder / "document.docx").write_bytes(data)
        (folder / "out").mkdir()
        limits = [
            sys.executable,
            "-m",
            "tender.documents.limits",
            str(MEMORY),
            str(int(timeout) * 2),
        ]
        run([*limits, *_sandbox(name), *_convert(name)], folder=name, timeout=timeout)
        # The exit code proves nothing: LibreOffice says 0 for files it could not read.
        result = folder / "out" / "document.pdf"
        pdf = result.read_bytes() if result.exists() else b""
        return pdf if pdf.startswith(b"%PDF") else None


def _convert(folder: str) -> list[str]:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [find() or "soffice", "--headless", "--norestore", "--nologo", profile]
    return [
        *command,
        "--convert-to",
        _FILTER,
        "--outdir",
        f"{folder}/out",
        f"{folder}/document.docx",
    ]


def _sandbox(folder: str) -> list[str]:
    """The best cage this machine allows."""
    kind = sandbox_kind()
    if kind == "bwrap":
        shown = [word for path in _READ_ONLY for word in ("--ro-bind-try", path, path)]
        return [
            *_bwrap(), *shown, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs",  # noqa: S108
            "/var/tmp", "--bind", folder, folder, "--chdir", folder, "--setenv", "HOME", folder,  # noqa: S108
            "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "LANG", "C.UTF-8",
        ]  # fmt: skip
    return ["unshare", "--net", "--map-root-user"] if kind == "unshare" else []


def _bwrap() -> list[str]:
    return [
        "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--uid",
        "65534", "--gid", "65534", "--cap-drop", "ALL",
    ]  # fmt: skip


@cache
def sandbox_kind() -> str:
    """`bwrap`, `unshare` (no network only) or `none`: what works here, tried once."""
    tries = {
        "bwrap": [*_bwrap(), "--ro-bind", "/", "/", "true"],
        "unshare": ["unshare", "--net", "--map-root-user", "true"],
    }
    for kind, command in tries.items():
        if shutil.which(command[0]) and _works(command):
            return kind
    return "none"


def _works(command: list[str]) -> bool:
    with tempfile.TemporaryDirectory(prefix="grappe-") as folder:
        return run(command, folder=folder, timeout=10, env=child_environment(folder)) == 0
