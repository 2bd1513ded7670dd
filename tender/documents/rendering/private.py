"""The private copy: comments cut, tracked changes as if accepted, nothing squeezed."""

import zipfile

from lxml import etree

from tender.documents import package
from tender.documents.engine import revisions
from tender.documents.package import OFFICE, Package
from tender.documents.reasons import refuse
from tender.documents.rendering.rescued import name_links, widen_contents
from tender.documents.rendering.sheets import Copy
from tender.documents.trees import Element, q

START_SECONDS = 30.0
BYTES_A_SECOND = 20_000
"""Of the main part; LibreOffice does ten times as much on a quiet machine."""
_NOTES = ("footnotes", "endnotes")


def private_copy(data: bytes) -> Copy:
    """What goes to the engines: comments kill LibreOffice, changes are not for readers.

    Raises Refused for what is no Word document.
    """
    try:
        return _copied(package.read(data))
    except (zipfile.BadZipFile, KeyError, etree.LxmlError) as error:
        raise refuse("not_word") from error


def _copied(opened: Package) -> Copy:
    main = prepare(opened)
    marks = (mark.get(q("w:name")) for mark in main.iter(q("w:bookmarkStart")))
    seconds = START_SECONDS + len(opened.pieces[opened.main].data) / BYTES_A_SECOND
    return Copy(package.write(opened), tuple(mark for mark in marks if mark), seconds)


def prepare(opened: Package) -> Element:
    """Make an opened package the engines' own; its main part's tree."""
    names = [opened.main, *(opened.related(opened.main, kind) for kind in _NOTES)]
    stories = [_settled(opened, name) for name in names if name is not None]
    name_links(opened, stories)
    widen_contents(opened)
    _drop_comments(opened)
    return stories[0]


def _settled(opened: Package, name: str) -> Element:
    root = opened.pieces[name].tree(name)
    revisions.cut_comments(root)
    revisions.settle(root, accept=True)
    return root


def _drop_comments(opened: Package) -> None:
    rels = opened.pieces[opened.main].rels
    for rid, rel in list(rels.items()):
        if rel.kind == OFFICE + "comments":
            opened.pieces.pop(rels.pop(rid).target, None)
