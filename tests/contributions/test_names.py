"""Hostile file names come out harmless (family U14)."""

import pytest

from tender.contributions.names import ascii_name, safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Méthode d’accueil.docx", "Méthode d’accueil.docx"),
        ("a\r\nSet-Cookie: x=1.docx", "aSet-Cookie x=1.docx"),
        ("../../etc/passwd.docx", "passwd.docx"),
        ("C:\\Users\\awa\\offre.DOCX", "offre.docx"),
        ("facture\u202excod.exe", "facturexcod.exe.docx"),
        ("CON.docx", "section.docx"),
        ("nul", "section.docx"),
        ("=HYPERLINK(1).docx", "HYPERLINK(1).docx"),
        (".docx", "section.docx"),
        ("", "section.docx"),
        ("\x00.docx", "section.docx"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_a_name_is_one_line_without_path_or_trick(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_platform_takes_a_name_of_plain_letters() -> None:
    assert ascii_name("Lot n° 1 : Accueil & écoute") == "Lot-n-1-Accueil-ecoute"
    assert ascii_name("…") == "document"
