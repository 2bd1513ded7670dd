"""Ways into JSON from strangers: what is missing, or of another type than promised, is not said."""

from tender.formats.languages import from_two_letters
from tender.formats.notice import Texts
from tender.formats.tree import clean, require_few

Node = dict[str, object]


def node(value: object, *path: str) -> Node:
    """The object at a path; an empty one where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def nodes(value: object, *path: str) -> list[Node]:
    """The objects in the list at a path; one that stands there alone counts as a list of one."""
    found = node(value, *path[:-1]).get(path[-1])
    items = found if isinstance(found, list) else [found]
    require_few(len(items), path[-1])
    return [item for item in items if isinstance(item, dict)]


def text(value: object, *path: str) -> str | None:
    """The text or number at a path."""
    found = node(value, *path[:-1]).get(path[-1])
    return (clean(found) or None) if isinstance(found, str) else None


def texts(value: object, *path: str) -> tuple[str, ...]:
    """The texts in the list at a path, each once."""
    found = node(value, *path[:-1]).get(path[-1])
    items = found if isinstance(found, list) else [found]
    kept = (clean(item) for item in items if isinstance(item, str))
    return tuple(dict.fromkeys(item for item in kept if item))


def said(value: Node, key: str, language: str) -> Texts | None:
    """A text in the release's language, and its translations ("title_es") in theirs."""
    found = {language: text(value, key)}
    for name in value:
        start, _, code = name.rpartition("_")
        if start == key:
            found.setdefault(from_two_letters(code) or language, text(value, name))
    return {code: words for code, words in found.items() if words} or None
