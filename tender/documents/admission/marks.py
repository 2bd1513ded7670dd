"""The few elements of a part that the gate looks at, gathered in one pass that lxml makes in C."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from tender.documents import fields, trees
from tender.documents.trees import Element, q

_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fields": fields.MARKS,
        "simple": (q("w:fldSimple"),),
        "forms": (q("w:entryMacro"), q("w:exitMacro"), q("w:dataBinding")),
        "hidden": (q("w:vanish"),),
        "revisions": (q("w:ins"), q("w:del"), q("w:moveFrom")),
        "calls": (q("w:footnoteReference"), q("w:endnoteReference"), q("w:commentReference")),
        "ranges": (q("w:commentRangeStart"), q("w:commentRangeEnd")),
        "bookmarks": (q("w:bookmarkStart"), q("w:bookmarkEnd")),
    }
)
_INCLUDES = "http://www.w3.org/2001/XInclude"
_OF_NAMESPACE: Mapping[str, str] = MappingProxyType(
    {trees.V: "drawings", trees.O: "drawings", _INCLUDES: "includes"}
)
_OF_TAG = {tag: group for group, tags in _GROUPS.items() for tag in tags}
_TAGS = (*_OF_TAG, *(f"{{{space}}}*" for space in _OF_NAMESPACE))


class Marks:
    """The elements of each group, in the order of the text."""

    def __init__(self, root: Element) -> None:
        self._found: dict[str, list[Element]] = defaultdict(list)
        for element in root.iter(*_TAGS):
            group = _OF_TAG.get(element.tag) or _OF_NAMESPACE[element.tag[1:].split("}")[0]]
            self._found[group].append(element)

    def __getitem__(self, group: str) -> list[Element]:
        """One group: fields, simple, forms, hidden, revisions, calls, ranges, bookmarks…"""
        return self._found[group]
