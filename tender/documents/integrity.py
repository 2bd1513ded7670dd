"""An outside check of a finished document, by a tool that shares no code with our engine."""

import tempfile
from pathlib import Path

from docx_integrity import inspector
from docx_integrity.finding import Severity


def check(data: bytes) -> list[str]:
    """What Word would be likely to repair or refuse, in the tool's English; empty is good."""
    with tempfile.TemporaryDirectory(prefix="grappe-") as folder:
        path = Path(folder, "result.docx")
        path.write_bytes(data)
        findings = inspector.check(path)
    return [str(finding) for finding in findings if finding.severity is Severity.ERROR]
