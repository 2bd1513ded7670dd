"""Packages, records and bare releases: which releases a file holds, each a notice."""

from collections.abc import Iterator

from tender.formats.notice import Notice
from tender.formats.ocds import release
from tender.formats.ocds.nodes import Node, nodes
from tender.formats.ocds.versions import newest
from tender.formats.unreadable import Unreadable

_LINK = {"url", "tag", "date"}


def holds(value: object) -> bool:
    """True for a package, a record or a release, whatever the file around it is called."""
    if not isinstance(value, dict):
        return False
    if "ocid" in value:
        return True
    lists = (value.get("releases"), value.get("records"))
    return any(
        isinstance(items, list) and any(isinstance(item, dict) and "ocid" in item for item in items)
        for items in lists
    )


def entries(value: object) -> list[Node]:
    """The releases and records of a file, in its order."""
    if not isinstance(value, dict):
        return []
    if "ocid" in value:
        return [value]
    return [*nodes(value, "releases"), *nodes(value, "records")]


def read(entry: Node) -> list[Notice]:
    """The notice of a release; of a record the compiled one, else each of its releases."""
    return [release.read(item) for item in _releases(entry)]


def _releases(entry: Node) -> Iterator[Node]:
    if not entry.keys() & {"compiledRelease", "releases", "versionedRelease"}:
        yield entry
        return
    compiled = entry.get("compiledRelease")
    embedded = [item for item in nodes(entry, "releases") if item.keys() - _LINK]
    versioned = entry.get("versionedRelease")
    if isinstance(compiled, dict):
        yield compiled
    elif embedded:
        yield from embedded
    elif isinstance(versioned, dict):
        yield newest(versioned)
    else:
        raise Unreadable(
            "L’enregistrement OCDS ne contient que des liens : fournissez les publications."
        )
