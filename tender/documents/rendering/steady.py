"""LibreOffice's PDF without the moment it was made: equal documents give equal bytes.

It writes the time in four places (it does not heed SOURCE_DATE_EPOCH): the properties, the XMP,
the colour profile, and through them the file's identifier and checksum. A PDF needs no date, and
PDF/A only asks that properties and XMP agree.
"""

import re

from tender.documents.rendering.objects import PlainPdf

_DATE = re.compile(rb"/(?:CreationDate|ModDate)\s*\([^)]*\)")
_XMP = re.compile(rb"<xmp:(CreateDate|ModifyDate|MetadataDate)>[^<]*</xmp:\1>")
_CHECKSUM = re.compile(rb"/DocChecksum\s*/\w+")
_PROFILE_DATE = slice(24, 36)
_SOME_DAY = bytes.fromhex("07d000010001000000000000")
"""1 January 2000, as a colour profile's header writes it; its date cannot be left out."""


def without_dates(pdf: bytes) -> bytes:
    """The same PDF without dates, or as it came if it is not of the kind we know."""
    try:
        opened = PlainPdf(pdf)
        _clean(opened)
    except (ValueError, KeyError):
        return pdf
    return opened.written()


def _clean(pdf: PlainPdf) -> None:
    info, root = pdf.reference(pdf.trailer, b"Info"), pdf.reference(pdf.trailer, b"Root")
    if info is None or root is None:
        raise ValueError("no catalogue")
    pdf.objects[info] = _DATE.sub(b"", pdf.objects[info])
    catalogue = pdf.objects[root]
    metadata = pdf.reference(catalogue, b"Metadata")
    if metadata is not None:
        # As many blanks: the stream's length stands in the object.
        blank = _XMP.sub(lambda found: b" " * len(found[0]), pdf.objects[metadata])
        pdf.objects[metadata] = blank
    _clean_profile(pdf, catalogue)
    pdf.trailer = _CHECKSUM.sub(b"", pdf.trailer)
    pdf.identify()


def _clean_profile(pdf: PlainPdf, catalogue: bytes) -> None:
    intent = pdf.reference(catalogue, b"OutputIntents")
    profile = None if intent is None else pdf.reference(pdf.objects[intent], b"DestOutputProfile")
    if profile is None:
        return
    colours = bytearray(pdf.stream(profile))
    colours[_PROFILE_DATE] = _SOME_DAY
    pdf.set_stream(profile, bytes(colours))
