"""What an author left behind is told, and never reaches the bid (families U13 and Z8)."""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from docx import Document
from lxml import etree

from tender.assembly import checks
from tender.assembly.building import Bench, build
from tender.assembly.rules import Choices, RunKind
from tender.contributions import intake
from tender.core.storage import LocalStorage, sha256
from tender.documents.house import house_template

SECRET = "MARK-prix-rival"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def left_behind() -> bytes:
    """A document with a tracked deletion, hidden text, a comment and telling properties."""
    document = Document()
    document.core_properties.author = document.core_properties.comments = SECRET
    paragraph = document.add_paragraph("Notre prix reste confidentiel.")
    hidden = paragraph.add_run(f"{SECRET}-masque")
    hidden.font.hidden = True
    deleted = (
        f'<w:del xmlns:w="{W}" w:id="7" w:author="{SECRET}" w:date="2026-11-24T09:00:00Z">'
        f"<w:r><w:delText>{SECRET}-supprime</w:delText></w:r></w:del>"
    )
    paragraph._p.append(etree.fromstring(deleted))
    document.add_comment(paragraph.runs[0], text=f"{SECRET}-commentaire", author=SECRET)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[LocalStorage, intake.Intake]:
    store = LocalStorage(tmp_path_factory.mktemp("store"))
    return store, intake.take_in_file(store, uuid4(), uuid4(), name="prix.docx", data=left_behind())


def test_the_author_is_told(taken: tuple[LocalStorage, intake.Intake]) -> None:
    health = taken[1].health
    assert (health["comments"], health["revisions"], health["hidden"]) == (1, 1, 1)
    facts = checks.SectionFacts(
        "1", "Prix", "Nette Rive", approved=True, empty=False, comments=1, revisions=1, hidden=1
    )
    (found,) = checks.traces([facts])
    assert found.severity.value == "warn"


def test_none_of_it_is_in_the_bid(
    taken: tuple[LocalStorage, intake.Intake], tmp_path: Path
) -> None:
    store, found = taken
    section = {
        "id": "1", "number": "1", "title": "Prix", "level": 1, "company": "Nette Rive",
        "budget": None, "approved": True, "revision": 1, "sha256": found.sha256,
        "key": found.file_key,
    }  # fmt: skip
    bid = {"ref": "VAL-1", "title": "T", "buyer": "B", "lead": "L", "members": [], "lots": []}
    frozen = {
        "kind": RunKind.FINAL.value, "dated": "24 novembre 2026", "bid": bid, "page_limit": None,
        "template": {"name": "maison", "sha256": sha256(house_template())},
        "settings": Choices().as_settings(), "sections": [section],
    }  # fmt: skip
    made = build(frozen, Bench(store, "out", "rdocx", lambda *_: None, lambda: False))
    archive = zipfile.ZipFile(io.BytesIO(store.get(str(made.files[0]["key"]))))
    text = b"".join(archive.read(name) for name in archive.namelist())
    assert b"reste confidentiel" in text
    assert SECRET.encode() not in text
