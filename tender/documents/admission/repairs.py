"""Ids that must fit together over a document: notes and their marks, bookmarks and their ends."""

import itertools
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from tender.documents import trees
from tender.documents.admission.findings import Findings, place_of
from tender.documents.admission.marks import Marks
from tender.documents.errors import N_
from tender.documents.package import Package
from tender.documents.trees import Element, q

_MISSING_NOTE = N_("Un appel menait à une note ou à un commentaire absents ; il a été retiré.")
_ID, _NAME, _TYPE = q("w:id"), q("w:name"), q("w:type")
_START, _FINISH = q("w:bookmarkStart"), q("w:bookmarkEnd")
_CALLS: Mapping[str, str] = MappingProxyType(
    {
        q("w:footnoteReference"): "footnotes",
        q("w:endnoteReference"): "endnotes",
        q("w:commentReference"): "comments",
    }
)
_NOTES: Mapping[str, str] = MappingProxyType(
    {"footnotes": "w:footnote", "endnotes": "w:endnote", "comments": "w:comment"}
)
_ALTERNATIVE = f"{{{trees.MC}}}AlternateContent"


def mend(package: Package, stories: Iterable[tuple[str, Marks]], findings: Findings) -> None:
    """Make every mark of a story lead to one thing; what leads nowhere goes, told."""
    notes = {kind: _notes_by_id(package, kind) for kind in _NOTES}
    for kind, marks in stories:
        _mend_calls(kind, marks["calls"], notes, findings)
        for mark in marks["ranges"]:
            if mark.get(_ID, "") not in notes["comments"]:
                trees.remove(mark)
        _mend_bookmarks(marks["bookmarks"])


def _notes_by_id(package: Package, kind: str) -> dict[str, deque[str]]:
    """The ids a call may name; a note that shares its id gets one of its own, in their order."""
    name = package.related(package.main, kind)
    root = None if name is None else package.pieces[name].tree(kind)
    items = [] if root is None else list(root.iter(q(_NOTES[kind])))
    taken = {item.get(_ID, "") for item in items}
    fresh = (str(n) for n in itertools.count(1) if str(n) not in taken)
    found: dict[str, deque[str]] = defaultdict(deque)
    for item in items:
        old = item.get(_ID, "")
        if item.get(_TYPE, "normal") != "normal":
            continue
        if found[old] or not old:
            item.set(_ID, next(fresh))
        found[old].append(item.get(_ID, ""))
    return found


def _mend_calls(
    kind: str,
    marks: Iterable[Element],
    notes: Mapping[str, dict[str, deque[str]]],
    findings: Findings,
) -> None:
    for mark in marks:
        to = _CALLS[mark.tag]
        ids = notes[to].get(mark.get(_ID, ""))
        if not ids or to == kind or (to != "comments" and kind != "officeDocument"):
            findings.at(mark, "broken", _MISSING_NOTE, place_of(kind))
            trees.remove(mark)
        else:
            mark.set(_ID, ids.popleft() if len(ids) > 1 else ids[0])


def _mend_bookmarks(marks: Sequence[Element]) -> None:
    starts = [mark for mark in marks if mark.tag == _START]
    ids = Counter((mark.tag, mark.get(_ID)) for mark in marks)
    paired = all(ids[_START, one] == ids[_FINISH, one] == 1 for _, one in ids)
    names = {mark.get(_NAME, "").casefold() for mark in starts}
    if not paired or len(names) < len(starts) or "" in names:
        _pair(marks)


def _pair(marks: Sequence[Element]) -> None:
    """Give each start and its end an id of their own; of equal names the first counts."""
    fresh = itertools.count(1)
    named = set(_first_of_each_name(marks))
    open_: dict[str, list[Element]] = defaultdict(list)
    for mark in marks:
        waiting = open_[mark.get(_ID, "")]
        if mark.tag == _START:
            waiting.append(mark)
        elif not waiting:
            trees.remove(mark)
        else:
            _close(waiting.pop(), mark, named, str(next(fresh)))
    for start in itertools.chain.from_iterable(open_.values()):
        end = trees.make("w:bookmarkEnd")
        start.addnext(end)
        _close(start, end, named, str(next(fresh)))


def _first_of_each_name(marks: Iterable[Element]) -> Iterator[Element]:
    """The starts that stay; the two branches of an alternative may share a name."""
    seen: set[str] = set()
    for mark in marks:
        name = mark.get(_NAME, "").casefold() if mark.tag == _START else ""
        copied = name in seen and next(mark.iterancestors(_ALTERNATIVE), None) is not None
        if name and (name not in seen or copied):
            seen.add(name)
            yield mark


def _close(start: Element, end: Element, named: Collection[Element], number: str) -> None:
    if start not in named:
        trees.remove(start)
        trees.remove(end)
        return
    start.set(_ID, number)
    end.set(_ID, number)
