"""What LibreOffice's PDF would leave out: links without a style, page numbers of contents.

It drops each link whose text has no style, and what a tab carries beyond the right indent of a
line of the contents, where Word puts page numbers.
"""

from collections.abc import Iterator

from tender.documents import fields, trees
from tender.documents.fields import Field
from tender.documents.package import Package
from tender.documents.trees import Element, q

STYLE = "GrappeLien"


def name_links(opened: Package, stories: list[Element]) -> None:
    """Give the runs of links that have none a style without any property."""
    name = opened.related(opened.main, "styles")
    bare = [run for story in stories for run in _bare_runs(story)]
    if name is None or not bare:
        return
    style = trees.add(opened.pieces[name].tree(name), "w:style", type="character", styleId=STYLE)
    style.set(q("w:customStyle"), "1")
    trees.add(style, "w:name", val=STYLE)
    for run in bare:
        _name(run)


def widen_contents(opened: Package) -> None:
    """Take the right indent from the styles of contents."""
    name = opened.related(opened.main, "styles")
    if name is None:
        return
    for style in opened.pieces[name].tree(name).findall(q("w:style")):
        shown = trees.value(style.find(q("w:name"))) or ""
        indent = trees.child(style, "w:pPr", "w:ind")
        if indent is not None and shown.casefold().startswith("toc "):
            for side in ("w:right", "w:end"):
                indent.attrib.pop(q(side), "")


def _bare_runs(story: Element) -> Iterator[Element]:
    linked = [run for link in story.iter(q("w:hyperlink")) for run in link.iter(q("w:r"))]
    for one in fields.scan(story):
        if one.keyword == "HYPERLINK":
            linked += result_of(one)
    for run in linked:
        if run.tag == q("w:r") and trees.child(run, "w:rPr", "w:rStyle") is None:
            yield run


def result_of(one: Field) -> list[Element]:
    """What stands between a field's separator and its end, where both lie in one paragraph."""
    first = None if one.separate is None else one.separate.getparent()
    last = None if one.end is None else one.end.getparent()
    if first is None or last is None or first.getparent() is not last.getparent():
        return []
    shown: list[Element] = []
    for item in first.itersiblings():
        if item is last:
            break
        shown.append(item)
    return shown


def _name(run: Element) -> None:
    properties = run.find(q("w:rPr"))
    if properties is None:
        properties = trees.make("w:rPr")
        run.insert(0, properties)
    properties.insert(0, trees.make("w:rStyle", val=STYLE))
