"""Notices damaged where it hurts: values swapped, dropped, doubled, of another type or absurd."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

TEXTS = [
    "", " ", "NaN", "1e400", "-1", "0", "9" * 400, "1,5", "2026-02-30", "24:00:00", "23:59:60Z",
    "0001-01-01+14:00", "9999-12-31-14:00", "+99:99", "LOT-0001", "\u202e", "٣٤", "é" * 3_000,
    "<b>&amp;</b>", "{}", "%s{0}", "FRA", "true",
]  # fmt: skip
VALUES = [*TEXTS, None, True, 0, -1.5, 10**30, [], {}, [[["x"]]], {"a": {"b": ["c", 1]}}, [{}]]


def damaged_xml(data: bytes, choices: list[tuple[float, str, int]]) -> bytes:
    """The file with each choice (where, what, value) done to an element of it."""
    root = etree.fromstring(data)
    for where, what, value in choices:
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        node = nodes[int(where * len(nodes))]
        parent = node.getparent()
        if what == "text" or parent is None:
            node.text = TEXTS[value % len(TEXTS)]
        elif what == "attribute":
            for key in node.attrib:
                node.attrib[key] = TEXTS[value % len(TEXTS)]
        elif what == "drop":
            parent.remove(node)
        elif what == "double":
            parent.insert(0, copy.deepcopy(node))
        else:
            parent.insert(0, copy.deepcopy(nodes[value % len(nodes)]))
    return etree.tostring(root)


def damaged_json(data: bytes, choices: list[tuple[float, str, int]]) -> bytes:
    """The same for a value of a JSON file, also within BOAMP's JSON in strings."""
    value = json.loads(data)
    for name in ("donnees", "gestion"):
        if isinstance(value, dict) and isinstance(value.get(name), str):
            value[name] = json.loads(value[name])
    for where, what, other in choices:
        _damage(value, where, what, other)
    for name in ("donnees", "gestion"):
        if isinstance(value, dict) and isinstance(value.get(name), dict):
            value[name] = json.dumps(value[name])
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _damage(value: Any, where: float, what: str, other: int) -> None:
    holders = list(_holders(value))
    holder = holders[int(where * len(holders))]
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    if not keys:
        return
    key = keys[other % len(keys)]
    if what == "drop":
        del holder[key]
    elif what == "double":
        holder[key] = [holder[key], copy.deepcopy(holder[key])]
    elif what == "move":
        holder[key] = copy.deepcopy(holders[other % len(holders)])
    else:
        holder[key] = copy.deepcopy(VALUES[other % len(VALUES)])


def _holders(value: Any) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _holders(item)
