"""What the assembly's choices and the house take out of an author's text before it is moved."""

from collections import Counter

from tender.documents import fields, trees
from tender.documents.engine import revisions
from tender.documents.engine.headings import fold, title_of
from tender.documents.engine.options import Options
from tender.documents.trees import Element, q


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
            trees.remove(block)
            counts["contents"] += 1
    for one in fields.scan(body):
        if one.keyword == "TOC" and one.end is not None and _drop_between(one.begin, one.end):
            counts["contents"] += 1
            counts["caption_lists"] += "\\c" in one.code
    return counts


def _drop_between(begin: Element, end: Element) -> bool:
    """Drop a field's paragraphs; False where its ends do not lie side by side."""
    first = next(begin.iterancestors(q("w:p")), None)
    last = next(end.iterancestors(q("w:p")), None)
    if first is None or last is None or first.getparent() is not last.getparent():
        return False
    running: Element | None = first
    while running is not None:
        following = None if running is last else running.getnext()
        if trees.child(running, "w:pPr", "w:sectPr") is None:
            trees.remove(running)
        running = following
    return True


def drop_repeated_title(body: Element, title: str) -> None:
    """A first line that only repeats the section's title goes: the heading says it."""
    for block in list(body):
        words = title_of(block) if block.tag == q("w:p") else "…"
        more = next(block.iter(q("w:drawing"), q("w:pict"), q("w:sectPr")), None) is not None
        if words and not more and fold(words) == fold(title):
            body.remove(block)
        if words or more:
            return
