"""A receipt is what its ending says, and its name harms nobody."""

import pytest

from tender.core.errors import Invalid
from tender.submissions.rules import LARGEST_RECEIPT, fitting_receipt


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("../AR.pdf", b"%PDF-1.7", "AR.pdf"),
        ("ar.JPG", b"\xff\xd8\xff\xe0", "ar.jpg"),
        ("courriel.eml", "Objet : dépôt\r\n\tok".encode(), "courriel.eml"),
        (".txt", b"ok", "accuse-de-reception.txt"),
    ],
)
def test_a_receipt_is_taken_under_a_safe_name(name: str, data: bytes, kept: str) -> None:
    assert fitting_receipt(name, data) == kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"MZ\x90"),
        ("a.exe", b"MZ\x90"),
        ("a.html", b"<script>"),
        ("a.txt", b"a\x00b"),
        ("a", b"%PDF-"),
        ("a.txt", b"x" * (LARGEST_RECEIPT + 1)),
    ],
)
def test_anything_else_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Invalid):
        fitting_receipt(name, data)
