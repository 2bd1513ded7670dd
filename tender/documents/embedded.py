"""The embedded PDF engine, rdocx; it can abort its whole process, so it only runs in a child."""

import rdocx


def to_pdf(data: bytes) -> bytes:
    """The document as PDF; its page count is near what Word prints, not equal."""
    return bytes(rdocx.Document.from_bytes(data).to_pdf())
