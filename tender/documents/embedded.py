"""The embedded PDF engine, rdocx; it can abort its whole process, so it only runs in a child."""

import rdocx

_UNKNOWN, _FRENCH = b"/Lang (und)", b"/Lang (fr) "


def to_pdf(data: bytes) -> bytes:
    """The document as PDF/A-2b, or as plain PDF where that fails; the same bytes each time."""
    document = rdocx.Document.from_bytes(data)
    try:
        pdf = bytes(document.to_pdfa_deterministic())
    except rdocx.RdocxError:
        pdf = bytes(document.to_pdf())
    # It writes no language, whatever the styles say; same length, so every offset holds.
    return pdf.replace(_UNKNOWN, _FRENCH)
