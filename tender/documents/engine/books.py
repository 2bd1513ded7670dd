"""The result's shared parts, one book each: styles, lists, notes, bookmarks. They only grow."""

from collections.abc import Sequence

from lxml import etree

from tender.documents import trees
from tender.documents.engine.blanks import Blanks, Values
from tender.documents.engine.fragment import NewStyle
from tender.documents.engine.house import shown_name
from tender.documents.engine.namespaces import inner, outer, root_tag
from tender.documents.engine.notes import SINGULAR
from tender.documents.engine.writing import value
from tender.documents.trees import Element, q

MAX_NAME = 40
_SEED = 0x47520000


class NameBook:
    """The bookmarks of the result: no name twice, whatever its capitals."""

    def __init__(self, document: Element) -> None:
        starts = list(document.iter(q("w:bookmarkStart")))
        self._taken = {start.get(q("w:name"), "").casefold() for start in starts}
        self._last: dict[str, int] = {}
        self.next_id = 1 + _highest(starts, q("w:id"))

    def free(self, name: str) -> str:
        """The name itself, or a near one that is free; it is taken from now on."""
        new = name[:MAX_NAME]
        stem = name[: MAX_NAME - 6]
        while new.casefold() in self._taken:
            count = self._last[stem] = self._last.get(stem, 1) + 1
            new = f"{stem}_{count}"
        self._taken.add(new.casefold())
        return new

    def ids(self, count: int) -> list[bytes]:
        """Ids no bookmark has yet."""
        first = self.next_id
        self.next_id += count
        return [b"%d" % number for number in range(first, first + count)]


class StyleBook:
    """The styles of the result: those of the house, then those that parts bring."""

    def __init__(self, root: Element | None) -> None:
        self._own = b"" if root is None else inner(root)
        items = [] if root is None else root.findall(q("w:style"))
        self._ids = {item.get(q("w:styleId"), "") for item in items}
        self._names = {(item.get(q("w:type"), "paragraph"), shown_name(item)) for item in items}
        self._last: dict[tuple[str, str], int] = {}
        self._new: list[bytes] = []

    def add(self, new: NewStyle) -> None:
        """Take a style in, unless another part of the same author has brought it."""
        if new.id in self._ids:
            return
        self._ids.add(new.id)
        shown, key = new.name, (new.kind, new.name.lower())
        while (new.kind, shown.lower()) in self._names:
            count = self._last[key] = self._last.get(key, 1) + 1
            shown = f"{new.name} ({count})"
        self._names.add((new.kind, shown.lower()))
        self._new += new.xml.filled({"y": [value(shown)[1:-1]]})

    def data(self) -> bytes:
        """The part's bytes."""
        return b"".join([root_tag("styles"), self._own, *self._new, b"</w:styles>"])


class ListBook:
    """The lists of the result; definitions stand before uses, as the format wants."""

    def __init__(self, root: Element | None) -> None:
        kids = [] if root is None else list(root)
        bullets = [kid for kid in kids if kid.tag == q("w:numPicBullet")]
        self._next_bullet = 1 + _highest(bullets, q("w:numPicBulletId"))
        self._bullets = [outer(bullets)]
        abstracts = [kid for kid in kids if kid.tag == q("w:abstractNum")]
        nums = [kid for kid in kids if kid.tag == q("w:num")]
        self._next_definition = 1 + _highest(abstracts, q("w:abstractNumId"))
        self._next = 1 + _highest(nums, q("w:numId"))
        self._definitions, self._uses = [outer(abstracts)], [outer(nums)]
        self._silent: bytes | None = None

    def add(
        self,
        definitions: Sequence[Blanks],
        uses: Sequence[tuple[int, Blanks]],
        bullets: Sequence[Blanks],
        links: Sequence[bytes],
    ) -> list[bytes]:
        """Take one part's lists and drawn bullets in; the ids of its uses."""
        first = self._next_bullet
        self._next_bullet += len(bullets)
        values = {"i": [b"%d" % (first + place) for place in range(len(bullets))], "r": links}
        for bullet in bullets:
            self._bullets += bullet.filled(values)
        base = self._next_definition
        for definition in definitions:
            self._define(b"".join(definition.filled(values)))
        return [self._use(base + place, b"".join(use.filled(values))) for place, use in uses]

    def _define(self, inside: bytes) -> int:
        """Word joins lists of equal signature: each gets its own, always the same one."""
        number = self._next_definition
        self._next_definition += 1
        signature = b'<w:nsid w:val="%08X"/>' % (_SEED + number)
        self._definitions.append(
            b'<w:abstractNum w:abstractNumId="%d">%b%b</w:abstractNum>'
            % (number, signature, inside)
        )
        return number

    def _use(self, definition: int, inside: bytes) -> bytes:
        number = self._next
        self._next += 1
        self._uses.append(
            b'<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%b</w:num>'
            % (number, definition, inside)
        )
        return b"%d" % number

    def silent(self) -> bytes:
        """The list that shows nothing, for headings whose number is written out."""
        if self._silent is None:
            levels = b"".join(_silent_level(level) for level in range(9))
            kind = b'<w:multiLevelType w:val="multilevel"/>'
            self._silent = self._use(self._define(kind + levels), b"")
        return self._silent

    def data(self) -> bytes:
        """The part's bytes."""
        root = root_tag("numbering")
        shown = [*self._bullets, *self._definitions, *self._uses]
        return b"".join([root, *shown, b"</w:numbering>"])


def _silent_level(level: int) -> bytes:
    hang = 680 if level == 0 else 709 + 142 * min(level, 3)
    return (
        b'<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="nothing"/>'
        b'<w:lvlText w:val=""/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="%d"/>'
        b"</w:pPr></w:lvl>" % (level, hang, hang)
    )


class NoteBook:
    """The foot- or endnotes or comments of the result."""

    def __init__(self, kind: str, root: Element | None) -> None:
        self.kind = kind
        self._tag = SINGULAR[kind].encode()
        own = [] if root is None else list(root)
        self._notes: list[bytes] = [outer(own)] if own else []
        self._separators = b"" if own or kind == "comments" else _separators(self._tag)
        self._next = 1 + _highest(own, q("w:id"))
        self._shown = 1 + sum(1 for note in own if note.get(q("w:type")) is None)

    def __bool__(self) -> bool:
        return bool(self._notes)

    def ids(self, count: int) -> list[bytes]:
        """Ids for a part's notes, to be added next."""
        first = self._next
        self._next += count
        return [b"%d" % number for number in range(first, first + count)]

    def shown(self, count: int) -> list[bytes]:
        """The numbers that readers see of these notes."""
        first = self._shown
        self._shown += count
        return [b"%d" % number for number in range(first, first + count)]

    def add(self, notes: Blanks, values: Values) -> None:
        """Take a part's notes in, their ids among the values."""
        self._notes += notes.filled(values)

    def data(self) -> bytes:
        """The part's bytes."""
        pieces = [root_tag(self.kind), self._separators, *self._notes]
        return b"".join([*pieces, b"</w:%b>" % self.kind.encode()])


def threads(found: Sequence[tuple[bytes, bytes, bool]]) -> bytes:
    """Who answers whom among the comments (MS-DOCX 2.5.3.2): paragraph, its parent, done."""
    entries = [
        b'<w15:commentEx w15:paraId="%b"%b w15:done="%d"/>'
        % (one, b' w15:paraIdParent="%b"' % other if other else b"", done)
        for one, other, done in found
    ]
    root = root_tag("commentsEx").replace(b"<w:", b"<w15:", 1)
    return b"".join([root, *entries, b"</w15:commentsEx>"])


class FontBook:
    """The fonts that the house knows, and those that parts bring embedded."""

    def __init__(self, root: Element | None) -> None:
        self._own = b"" if root is None else inner(root)
        kids = [] if root is None else list(root)
        self._names = {kid.get(q("w:name"), "").casefold() for kid in kids}
        self._new: list[bytes] = []

    def __bool__(self) -> bool:
        return bool(self._new)

    def add(self, name: str, entry: Blanks, values: Values) -> None:
        """Take a font in, unless one of its name is there."""
        if name.casefold() not in self._names:
            self._names.add(name.casefold())
            self._new += entry.filled(values)

    def data(self) -> bytes:
        """The part's bytes."""
        return b"".join([root_tag("fonts"), self._own, *self._new, b"</w:fonts>"])


def _separators(tag: bytes) -> bytes:
    """Word wants the two lines above notes to be there (ECMA-376 part 1, 17.11.23)."""
    kinds = ((b"separator", -1), (b"continuationSeparator", 0))
    return b"".join(
        b'<%b w:type="%b" w:id="%d"><w:p><w:r><w:%b/></w:r></w:p></%b>'
        % (tag, kind, number, kind, tag)
        for kind, number in kinds
    )


def _highest(elements: Sequence[Element], name: str) -> int:
    texts = (element.get(name, "") for element in elements)
    return max((int(text) for text in texts if text.isdecimal()), default=0)


def empty(kind: str) -> Element:
    """The root of a part that the template lacks."""
    return etree.Element(q(f"w:{kind}"), nsmap={"w": trees.W})
