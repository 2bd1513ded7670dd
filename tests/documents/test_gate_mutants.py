"""Whatever stands in a file inside the file: admitted or taken out, never an error."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.documents import images
from tender.documents.admission import enclosed, metadata, objects
from tender.documents.errors import Refused
from tests.documents.compounds import biff, compound
from tests.documents.made import docx
from tests.documents.test_gate_objects import workbook
from tests.documents.test_gate_pictures import EMF, SVG, drawn, photo_of

STREAMS = {"Workbook": biff((0x85, b"\0" * 8), (10, b"")), "\x01Ole": b"\0" * 20, "x": b"y" * 5_000}
FILES = {
    "compound": compound(STREAMS),
    "holding a package": compound({"Package": workbook()}),
    "workbook": workbook(),
    "text": docx(),
}
PICTURES = {
    "jpeg": photo_of(gps=True),
    "png": drawn("PNG"),
    "gif": drawn("GIF"),
    "tiff": drawn("TIFF"),
    "svg": SVG % b'<g id="a"/>',
    "emz": gzip.compress(EMF),
}


def _mutant(data: st.DataObject, whole: bytes) -> bytes:
    mutant = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(mutant) - 1))
        mutant[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    return bytes(mutant[: data.draw(st.integers(1, len(mutant)))])


@pytest.mark.parametrize("whole", FILES.values(), ids=FILES)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_mutated_object_stays_or_goes(whole: bytes, data: st.DataObject) -> None:
    assert _verdict(_mutant(data, whole)) in {"bin", "xlsx", "docx", *objects.REASONS}


def _verdict(data: bytes) -> str:
    """The extension under which it stays, or why it goes."""
    try:
        return objects.judge(data, "Excel.Sheet.8", enclosed.Budget())[0]
    except enclosed.Harmful as harmful:
        return str(harmful)


@pytest.mark.parametrize("whole", PICTURES.values(), ids=PICTURES)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_mutated_picture_stays_or_goes(whole: bytes, data: st.DataObject) -> None:
    mutant = _mutant(data, whole)
    assert _named(mutant) in (*PICTURES, "pixels", None)
    left = metadata.placeless(mutant)
    assert left is None or metadata.placeless(left) is None
    made = images.lighter(mutant, width_emu=9_144, height_emu=9_144, dpi=100)
    assert made is None or len(made) < len(mutant)


def _named(data: bytes) -> str | None:
    try:
        kind = images.recognise(data, "x")
    except Refused as refused:
        return refused.code
    return None if kind is None else kind[0]
