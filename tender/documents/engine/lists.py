"""Lists: each author's definitions get ids of their own, so numbering starts anew in each part."""

from copy import deepcopy

from tender.documents import trees
from tender.documents.engine.source import Source
from tender.documents.trees import Element, q

_SEED = 0x47520000


class ListBook:
    """The lists of the result; written back once, in the order the format wants."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.abstracts = list(root.findall(q("w:abstractNum")))
        self.nums = list(root.findall(q("w:num")))
        self._silent: str | None = None
        self._next_abstract = 1 + max(
            (_id(a, "w:abstractNumId") for a in self.abstracts), default=0
        )
        self._next_num = 1 + max((_id(n, "w:numId") for n in self.nums), default=0)
        for item in (*self.abstracts, *self.nums):
            root.remove(item)

    def close(self) -> None:
        """Put all lists back: definitions before uses."""
        first = 0
        for kid in self.root.findall(q("w:numPicBullet")):
            first = self.root.index(kid) + 1
        self.root[first:first] = [*self.abstracts, *self.nums]

    def add_abstract(self, abstract: Element) -> str:
        """Take a definition in under a new id and a fixed, unlike signature."""
        number = self._next_abstract
        self._next_abstract += 1
        abstract.set(q("w:abstractNumId"), str(number))
        _sign(abstract, number)
        self.abstracts.append(abstract)
        return str(number)

    def add_num(self, num: Element, abstract: str) -> str:
        """Take a use in under a new id."""
        number = str(self._next_num)
        self._next_num += 1
        num.set(q("w:numId"), number)
        reference = num.find(q("w:abstractNumId"))
        if reference is None:
            reference = trees.make("w:abstractNumId")
            num.insert(0, reference)
        reference.set(q("w:val"), abstract)
        self.nums.append(num)
        return number

    def silent(self) -> str:
        """The list that shows nothing, for headings whose number is written out."""
        if self._silent is None:
            abstract = trees.make("w:abstractNum")
            trees.add(abstract, "w:multiLevelType", val="multilevel")
            for level in range(9):
                _silent_level(abstract, level)
            self._silent = self.add_num(trees.make("w:num"), self.add_abstract(abstract))
        return self._silent


def _silent_level(abstract: Element, level: int) -> None:
    item = trees.add(abstract, "w:lvl", ilvl=str(level))
    trees.add(item, "w:start", val="1")
    trees.add(item, "w:numFmt", val="none")
    trees.add(item, "w:suff", val="nothing")
    trees.add(item, "w:lvlText", val="")
    hang = str(680 if level == 0 else 709 + 142 * min(level, 3))
    trees.add(trees.add(item, "w:pPr"), "w:ind", left=hang, hanging=hang)


def _id(element: Element, name: str) -> int:
    text = element.get(q(name), "0")
    return int(text) if text.lstrip("-").isdigit() else 0


def _sign(abstract: Element, number: int) -> None:
    """Word joins lists of equal signature: give each its own, always the same one."""
    nsid = abstract.find(q("w:nsid"))
    if nsid is None:
        nsid = trees.make("w:nsid")
        abstract.insert(0, nsid)
    nsid.set(q("w:val"), f"{_SEED + number:08X}")
    tmpl = abstract.find(q("w:tmpl"))
    if tmpl is not None:
        tmpl.set(q("w:val"), f"{_SEED + 0x8000 + number:08X}")


class ListMap:
    """From one author's list ids to those of the result, copied when first used."""

    def __init__(self, source: Source, book: ListBook) -> None:
        self.source = source
        self.book = book
        self._nums: dict[str, str] = {}
        self._abstracts: dict[str, str] = {}
        root = source.numbering
        self._source_nums = {} if root is None else _by(root, "w:num", "w:numId")
        self._source_abstracts = (
            {} if root is None else _by(root, "w:abstractNum", "w:abstractNumId")
        )

    def map(self, num_id: str) -> str | None:
        """The list's id in the result; "0" stays none; None where the list is not defined."""
        if num_id == "0":
            return "0"
        if num_id not in self._nums:
            num = self._source_nums.get(num_id)
            abstract = None if num is None else self._abstract(num)
            if num is None or abstract is None:
                return None
            self._nums[num_id] = self.book.add_num(_copy(num), abstract)
        return self._nums[num_id]

    def _abstract(self, num: Element) -> str | None:
        name = trees.value(num.find(q("w:abstractNumId"))) or ""
        if name not in self._abstracts:
            found = self._definition(name)
            if found is None:
                return None
            self._abstracts[name] = self.book.add_abstract(_copy(found))
        return self._abstracts[name]

    def _definition(self, name: str) -> Element | None:
        """The definition, through a list style where it only points to one."""
        found = self._source_abstracts.get(name)
        link = None if found is None else trees.value(found.find(q("w:numStyleLink")))
        if found is None or link is None:
            return found
        reference = trees.child(self.source.styles.get(link), "w:pPr", "w:numPr", "w:numId")
        num = self._source_nums.get(trees.value(reference) or "")
        real = None if num is None else trees.value(num.find(q("w:abstractNumId")))
        return self._source_abstracts.get(real or "")

    def level_of(self, num_id: str, style: str | None) -> str:
        """The level that a definition gives to a style, as Word does when the style names none."""
        num = self._source_nums.get(num_id)
        name = None if num is None else trees.value(num.find(q("w:abstractNumId")))
        found = self._definition(name or "")
        for level in [] if found is None else found.findall(q("w:lvl")):
            if style and trees.value(level.find(q("w:pStyle"))) == style:
                return level.get(q("w:ilvl"), "0")
        return "0"

    def is_bullet(self, num_id: str, level: str) -> bool:
        """Does this level show a sign instead of a number?"""
        num = self._source_nums.get(num_id)
        name = None if num is None else trees.value(num.find(q("w:abstractNumId")))
        found = self._definition(name or "")
        for item in [] if found is None else found.findall(q("w:lvl")):
            if item.get(q("w:ilvl")) == level:
                return trees.value(item.find(q("w:numFmt"))) == "bullet"
        return False


def _by(root: Element, tag: str, key: str) -> dict[str, Element]:
    return {item.get(q(key), ""): item for item in root.findall(q(tag))}


def _copy(element: Element) -> Element:
    """A copy free of links to the author's styles and picture bullets."""
    copy = deepcopy(element)
    for link in trees.each(copy, "w:pStyle", "w:styleLink", "w:numStyleLink", "w:lvlPicBulletId"):
        trees.remove(link)
    for style in trees.each(copy, "w:rStyle"):
        trees.remove(style)
    return copy
