"""What the report tells one by one, with the place."""

import io
import zipfile

from docx.document import Document as DocumentObject
from docx.shared import Cm
from PIL import Image

from tender.documents.compose import Part, compose
from tender.documents.engine.options import Options
from tender.documents.house import house_template
from tender.documents.report import PartReport
from tests.documents.made import docx, paragraph
from tests.documents.written import written


def reported(data: bytes, **choices: str) -> PartReport:
    part = Part("methode.docx", data, "1", "Méthode", "Orvanne")
    options = Options(**choices)  # type: ignore[arg-type] # the choices of a test
    (report,) = compose(house_template(), [part], options=options).report.parts
    return report


def told(report: PartReport) -> list[tuple[object, object]]:
    return [(note.as_json()["text"], note.as_json()["place"]) for note in report.details]


def test_each_tracked_change_is_told_with_its_author_and_place() -> None:
    change = (
        '<w:p><w:ins w:id="1" w:author="Ana"><w:r><w:t>en plus</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="Luc"><w:r><w:delText>en trop</w:delText></w:r></w:del></w:p>'
    )
    for choice in ("keep", "accept", "reject"):
        report = reported(docx(paragraph("Avant.") + change), revisions=choice)
        assert told(report) == [
            ("Ajout de Ana : « en plus ».", "paragraphe 2"),
            ("Suppression de Luc : « en trop ».", "paragraphe 2"),
        ]


def test_what_was_too_wide_is_told_under_its_heading() -> None:
    def fill(document: DocumentObject) -> None:
        document.add_heading("Moyens", 1)
        document.add_table(1, 2)
        for cell in document.add_table(1, 2).rows[0].cells:
            cell.width = Cm(20)

    places = [place for _, place in told(reported(written(fill)))]
    assert places == ["sous «\u00a0Moyens\u00a0», tableau 2"]


def test_headers_that_give_way_are_told_in_their_words() -> None:
    def fill(document: DocumentObject) -> None:
        document.add_paragraph("Texte.")
        document.sections[0].header.paragraphs[0].text = "Orvanne — confidentiel"

    (said,) = [text for text, _ in told(reported(written(fill)))]
    assert said == (
        "En-tête ou pied de page remplacé par celui de la maison : « Orvanne — confidentiel »."
    )


def test_dropped_comments_are_listed() -> None:
    def fill(document: DocumentObject) -> None:
        run = document.add_paragraph("Texte.").runs[0]
        document.add_comment(run, text="À revoir", author="Ana")

    data = written(fill)
    assert told(reported(data, comments="keep")) == []
    (listed,) = told(reported(data, comments="drop"))
    assert listed == ("Commentaire de Ana, retiré : « À revoir ».", "paragraphe 1")


def test_pictures_come_down_to_the_chosen_resolution_and_are_told() -> None:
    def fill(document: DocumentObject) -> None:
        picture = io.BytesIO(noise(600, 400))
        document.add_picture(picture, width=Cm(5.08))

    part = Part("photo.docx", written(fill))
    whole, light = (
        compose(house_template(), [part], options=Options(image_dpi=dpi)) for dpi in (None, 100)
    )
    assert media(whole.data)[0].size == (600, 400)
    assert media(light.data)[0].size == (201, 134)
    assert "Images ramenées à la résolution choisie : 1." in [
        str(note) for note in light.report.parts[0].changes
    ]


def noise(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 80).save(out, "PNG")
    return out.getvalue()


def media(data: bytes) -> list[Image.Image]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if "/media/" in name]
        return [Image.open(io.BytesIO(archive.read(name))) for name in names]
