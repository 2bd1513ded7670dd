"""Versioned releases: every value is the list of what it has been; we read what it is now."""

from tender.formats.ocds.nodes import Node

_VERSION = {"releaseDate", "value"}


def newest(versioned: Node) -> Node:
    """The release as it stands, with the id, date and tag of the last one."""
    last = max(_versions(versioned), key=_date, default={})
    found = _now(versioned)
    own = {
        "id": last.get("releaseID"),
        "date": last.get("releaseDate"),
        "tag": last.get("releaseTag"),
    }
    return own | (found if isinstance(found, dict) else {})


def _now(value: object) -> object:
    if isinstance(value, dict):
        return {key: _now(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    versions = [item for item in value if isinstance(item, dict) and item.keys() >= _VERSION]
    if versions and len(versions) == len(value):
        return _now(max(versions, key=_date)["value"])
    return [_now(item) for item in value]


def _versions(value: object) -> list[Node]:
    """All versions of all values."""
    waiting, found = [value], []
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if item.keys() >= _VERSION:
                found.append(item)
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return found


def _date(version: Node) -> str:
    return str(version.get("releaseDate") or "")
