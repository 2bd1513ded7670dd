"""What the assembly's choices and the house take out of an author's text before it is moved."""

from collections import Counter

from tender.documents import fields, trees
from tender.documents.engine import revisions
from tender.documents.engine.headings import fold, title_of
from tender.documents.engine.options import Options
from tender.documents.trees import Element, q

_MORE = tuple(
    q(f"w:{name}")
    for name in ("drawing", "pict", "object", "sectPr", "footnoteReference", "endnoteReference",
                 "commentReference", "ins", "del", "moveFrom", "moveTo")
)  # fmt: skip
"""What a line of words holds beside its words."""
_SHOWN = frozenset((q("w:t"), *_MORE))
_MARKS = tuple(
    q(f"w:{name}")
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")
)
"""What may stand between paragraphs as well as in them."""


def settle(story: Element, options: Options) -> Counter[str]:
    """Tracked changes, comments and hidden text as the options say; how many of each."""
    counts: Counter[str] = Counter()
    if options.revisions != "keep":
        counts["revisions"] = revisions.settle(story, accept=options.revisions == "accept")
    if options.comments == "drop":
        counts["comments_cut"] = revisions.cut_comments(story)
    if options.hidden == "drop":
        counts["hidden"] = revisions.drop_hidden(story)
    return counts


def drop_contents(body: Element) -> Counter[str]:
    """An author's own lists would show wrong pages: the result has its own. How many of each.

    `contents` counts all of them, `caption_lists` those of figures or tables.
    """
    counts: Counter[str] = Counter()
    for block in list(body.iter(q("w:sdt"))):
        gallery = trees.child(block, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
        if trees.value(gallery) == "Table of Contents":
            _leave_sections(block)
            trees.remove(block)
            counts["contents"] += 1
    for one in fields.scan(body):
        if one.keyword == "TOC" and one.end is not None and _drop_between(one.begin, one.end):
            counts["contents"] += 1
            counts["caption_lists"] += "\\c" in one.code
    return counts


def _leave_sections(block: Element) -> None:
    """Put the ends of sections before a block that goes: its pages keep their paper."""
    for section in list(block.iter(q("w:sectPr"))):
        paragraph = next(section.iterancestors(q("w:p")), None)
        if paragraph is not None:
            paragraph[1:] = []
            block.addprevious(paragraph)


def _drop_between(begin: Element, end: Element) -> bool:
    """Drop what a field holds, and the paragraphs that hold nothing else.

    False where its ends do not lie side by side.
    """
    first = next(begin.iterancestors(q("w:p")), None)
    last = next(end.iterancestors(q("w:p")), None)
    if first is None or last is None or first.getparent() is not last.getparent():
        return False
    running: Element | None = first
    while running is not None:
        following = None if running is last else running.getnext()
        inside, outside = _parted(running, begin, end, starts_inside=running is not first)
        if outside or trees.child(running, "w:pPr", "w:sectPr") is not None:
            for item in inside:
                trees.remove(item)
        else:
            trees.remove(running)
        running = following
    return True


def _parted(
    paragraph: Element, begin: Element, end: Element, *, starts_inside: bool
) -> tuple[list[Element], bool]:
    """What of a paragraph's runs lies between two marks, and whether there is something else."""
    inside: list[Element] = []
    outside, within = False, starts_inside
    for item in (kid for run in paragraph.iter(q("w:r")) for kid in run):
        within |= item is begin
        if within and item.tag != q("w:rPr"):
            inside.append(item)
        outside |= not within and item.tag in _SHOWN
        within &= item is not end
    return inside, outside


def drop_repeated_title(body: Element, title: str) -> Counter[str]:
    """A first line that only repeats the section's title goes: the heading says it. How many."""
    wanted = fold(title)
    for block in list(body):
        words = title_of(block) if block.tag == q("w:p") else "…"
        more = next(block.iter(*_MORE), None) is not None
        if words and not more and wanted and fold(words) == wanted:
            for mark in list(block.iter(*_MARKS)):
                block.addprevious(mark)
            body.remove(block)
            return Counter({"repeated_title": 1})
        if words or more:
            break
    return Counter()
