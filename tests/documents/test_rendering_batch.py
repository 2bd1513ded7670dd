"""Batches, what an engine dies of, and calling it off."""

import subprocess
from pathlib import Path

import pytest

from tender.documents.errors import Cancelled, Refused
from tender.documents.render import Engine, Rendered, render, render_many
from tender.documents.rendering import embedded, office
from tender.documents.rendering.sheets import Copy, Patience, Sheets
from tender.documents.sandboxed import in_child, run
from tests.documents.made import W, docx, paragraph, rels, types

ENGINES = ("rdocx", pytest.param("office", marks=pytest.mark.office))
STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _pages(count: int) -> bytes:
    return docx(BREAK * (count - 1) + paragraph("fin"))


def _killer() -> bytes:
    """Two styles, each based on the other: LibreOffice falls into it and dies."""
    pair = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{other}"/></w:style>'
        for name, other in ("AB", "BA")
    )
    return docx(
        paragraph("x", '<w:pStyle w:val="A"/>'),
        **{
            "word___rels__document.xml.rels": rels(("r1", "styles", "styles.xml")),
            "word__styles.xml": f'<w:styles xmlns:w="{W}">{pair}</w:styles>',
            "[Content_Types].xml": types(**{"word__styles.xml": STYLES}),
        },
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_batch_comes_back_in_its_order_with_reasons_in_the_gaps(engine: Engine) -> None:
    one, no_word_file, two = render_many([_pages(3), b"PK", _pages(1)], engine=engine)
    assert isinstance(no_word_file, Refused)
    assert isinstance(one, Rendered)
    assert isinstance(two, Rendered)
    assert (one.pages, two.pages) == (3, 1)
    assert one.binding == (engine == "office")


@pytest.mark.office
def test_a_document_that_kills_the_process_costs_no_other_its_pdf() -> None:
    batch = [Copy(data, (), 60) for data in (_pages(2), _killer(), _pages(3))]
    made = office.convert(batch, Patience())
    assert [getattr(one, "count", None) for one in made] == [2, None, 3]
    assert {one.code for one in made if isinstance(one, Refused)} == {"office"}


@pytest.mark.office
def test_a_document_that_takes_too_long_is_left_and_the_next_one_taken() -> None:
    too_short = Copy(_pages(1), (), 0.2)
    first, second = office.convert([too_short, Copy(_pages(1), (), 60)], Patience())
    assert isinstance(first, Refused)
    assert isinstance(second, Sheets)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rendering_is_called_off_while_it_runs(engine: Engine) -> None:
    with pytest.raises(Cancelled):
        render(_pages(2), engine=engine, cancelled=lambda: True)


def test_what_the_watch_raises_ends_the_whole_process_group(tmp_path: Path) -> None:
    noted = tmp_path / "pid"

    def watch() -> None:
        if noted.exists() and noted.read_text().strip():
            raise Cancelled

    command = ["sh", "-c", f"sleep 300 & echo $! > {noted}; wait"]
    with pytest.raises(Cancelled):
        run(command, folder=str(tmp_path), timeout=60, watch=watch)
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", noted.read_text().strip()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert state.stdout.strip()[:1] in ("", "Z")


def test_an_abort_of_the_embedded_engine_is_words() -> None:
    [refused] = embedded.convert([Copy(b"noise", (), 30)], Patience())
    assert isinstance(refused, Refused)
    assert "moteur intégré" in str(refused)
    with pytest.raises(Refused) as died:
        in_child("rdocx", _pages(300), timeout=30, memory=64 * 1024 * 1024)
    assert died.value.code in ("died", "memory")


def test_no_documents_need_no_engine() -> None:
    assert render_many([]) == []
