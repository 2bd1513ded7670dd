import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tender.demo.documents import demo_sections
from tender.documents.assemble import Assembled, assemble
from tender.documents.compose import Part, compose
from tender.documents.cover import Cover
from tender.documents.engine.options import Options
from tender.documents.errors import Cancelled, Refused
from tender.documents.house import house_template
from tender.documents.integrity import check
from tender.documents.render import Engine, render
from tender.documents.rendering import office
from tender.documents.rendering.sheets import Copy, Patience, Sheets
from tests.documents.made import docx, paragraph
from tests.documents.written import fold, simple, texts, values

COVER = Cover(
    "Formation des agents", "Ville de Valmarne", ["Lot 1"], "Orvanne", ["Lumivert"], "2 mai"
)
ENGINES = ("rdocx", pytest.param("office", marks=pytest.mark.office))


def _assembled(engine: Engine, last: int = 9) -> Assembled:
    sections = demo_sections()[5:last]
    parts = [Part(s.filename, s.data, s.number, s.title, s.company) for s in sections]
    return assemble(house_template(), parts, cover=COVER, engine=engine)


@pytest.fixture(scope="module", params=ENGINES)
def result(request: pytest.FixtureRequest) -> Assembled:
    return _assembled(request.param)


@pytest.fixture(scope="module")
def pages(result: Assembled) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(result.pdf)).pages]


def test_the_contents_show_the_pages_on_which_headings_stand(
    result: Assembled, pages: list[str]
) -> None:
    assert set(result.page_of) >= {heading.bookmark for heading in result.outline}
    lines = [text for text in texts(result.docx) if text and text[-1].isdigit()]
    shown = fold(pages[1] + pages[2])
    for heading in result.outline:
        page = result.page_of[heading.bookmark]
        assert fold(heading.title) in fold(pages[page - 1]), heading
        if heading.level <= 3:
            assert f"{heading.number}{heading.title}{page}" in lines
            assert fold(f"{heading.number}{heading.title}{page}") in shown


def test_page_x_of_y_stands_on_every_page_but_the_cover(
    result: Assembled, pages: list[str]
) -> None:
    assert len(pages) == result.pages
    assert "Page" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert fold(f"Page {number} / {len(pages)}") in fold(text)


def test_wide_pages_are_wide_in_the_pdf(result: Assembled) -> None:
    shapes = [
        page.mediabox.width > page.mediabox.height
        for page in PdfReader(io.BytesIO(result.pdf)).pages
    ]
    assert 1 <= sum(shapes) <= 2
    assert not shapes[0]


def test_comments_and_deleted_text_stay_out_of_the_pdf(result: Assembled, pages: list[str]) -> None:
    whole = fold(" ".join(pages))
    assert fold("Vérifier avec le mandataire") not in whole
    assert fold("au cas par cas") not in whole
    assert fold("vingt pour cent des participants") in whole
    assert values(result.docx, "commentReference", "id")


def test_the_filed_document_is_sound(result: Assembled) -> None:
    assert check(result.docx) == []
    assert result.binding == (result.engine == "office")


def test_the_embedded_engine_gives_the_same_bytes_twice() -> None:
    one, two = _assembled("rdocx", 6), _assembled("rdocx", 6)
    assert (one.docx, one.pdf) == (two.docx, two.pdf)


def test_a_file_that_the_engine_cannot_read_is_a_refusal_in_words() -> None:
    composed = compose(house_template(), [Part("a.docx", simple("a"))])
    with pytest.raises(Refused) as late:
        render(composed.data, engine="rdocx", timeout=0.01)
    assert "moteur intégré" in str(late.value)


def test_steps_are_told_to_the_last_rendering() -> None:
    steps: list[tuple[int, int]] = []
    parts = [Part("a.docx", simple("# A"), "1", "Un"), Part("b.docx", simple("b"), "2", "Deux")]
    assemble(
        house_template(),
        parts,
        cover=COVER,
        engine="rdocx",
        progress=lambda *step: steps.append(step),
    )
    assert steps[0] == (1, 4)
    assert steps[-1] == (4, 4)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_a_wish_to_stop_is_heard_between_renderings() -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        assemble(
            house_template(), [Part("a.docx", simple("a"))], engine="rdocx", cancelled=cancelled
        )


def test_a_draft_shows_its_mark_in_the_pdf() -> None:
    parts = [Part("a.docx", simple("a"), "1", "Un")]
    draft = Options(draft=True)
    result = assemble(house_template(), parts, cover=COVER, options=draft, engine="rdocx")
    assert "PROJET" in PdfReader(io.BytesIO(result.pdf)).pages[-1].extract_text()


@pytest.mark.office
def test_libreoffice_fetches_nothing(listener: Callable[[], tuple[str, list[str]]]) -> None:
    address, heard = listener()
    shape = (
        f'<w:p><w:r><w:drawing><a:blip r:link="r1"/></w:drawing></w:r></w:p>{paragraph("texte")}'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/image" Target="{address}" TargetMode="External"/></Relationships>'
    )
    document = docx(shape, **{"word___rels__document.xml.rels": rels})
    [made] = office.convert([Copy(document, (), 60)], Patience())
    assert isinstance(made, Sheets)
    assert heard == []


@pytest.mark.office
def test_libreoffice_is_asked_twice_then_refused_in_words() -> None:
    [refused] = office.convert([Copy(b"", (), 0.2)], Patience())
    assert isinstance(refused, Refused)
    assert refused.code == "office"
