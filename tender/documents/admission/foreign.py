"""Types and relationships of a foreign package: oddities that still say one thing pass."""

import posixpath
from collections.abc import Iterator

from tender.documents import trees
from tender.documents.package import CONTENT_TYPES, CT, MAX_RELS, RELS, rels_name
from tender.documents.reasons import refuse

__all__ = ["CONTENT_TYPES", "Types", "relationships"]


class Types:
    """The type of each part, in small letters; raises Refused where a part has two."""

    def __init__(self, data: bytes) -> None:
        root = trees.parse(data, CONTENT_TYPES)
        self._by_name: dict[str, str] = {}
        self._by_extension: dict[str, str] = {}
        for item in root.iter(f"{{{CT}}}Override"):
            name = item.get("PartName", "").lstrip("/").casefold()
            kind = item.get("ContentType", "").casefold()
            if self._by_name.setdefault(name, kind) != kind:
                raise refuse("types")
        for item in root.iter(f"{{{CT}}}Default"):
            extension = item.get("Extension", "").lstrip(".").casefold()
            self._by_extension[extension] = item.get("ContentType", "").casefold()

    def of(self, name: str) -> str:
        """The declared type, or nothing."""
        name = name.casefold()
        extension = posixpath.splitext(name)[1].lstrip(".")
        return self._by_name.get(name) or self._by_extension.get(extension, "")

    def speak_of(self, *words: str) -> bool:
        """Does any declared type hold one of these words?"""
        kinds = (*self._by_name.values(), *self._by_extension.values())
        return any(word in kind for kind in kinds for word in words)


def relationships(data: bytes, source: str) -> Iterator[tuple[str, str, str, bool]]:
    """Id, kind, target, external; an id that comes twice must say the same, or is refused."""
    root = trees.parse(data, rels_name(source))
    seen: dict[str, tuple[str, str, bool]] = {}
    for item in root.iter(f"{{{RELS}}}Relationship"):
        rid = item.get("Id", "")
        external = item.get("TargetMode", "").casefold() == "external"
        one = (item.get("Type", ""), item.get("Target", ""), external)
        if len(seen) >= MAX_RELS or seen.get(rid, one) != one:
            raise refuse("double_rel")
        if rid not in seen:
            seen[rid] = one
            yield rid, *one
