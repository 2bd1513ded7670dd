"""Which strings of a Python file are texts for people: those that stand in a marking call."""

import ast
from collections.abc import Iterator, Sequence
from typing import IO

SINGLE = frozenset(
    {"_", "N_", "gettext", "lazy_gettext", "Text", "BadSetting", "Unreadable", "Refused"}
    | {"Refusal", "NotFound", "Forbidden", "Invalid", "Conflict", "TooMany"}
)
PLURAL = frozenset({"ngettext", "lazy_ngettext"})
Found = tuple[int, str | None, str | tuple[str, str], list[str]]


def messages(
    file: IO[bytes], keywords: object, comment_tags: Sequence[str], options: object
) -> Iterator[Found]:
    """Babel's extraction method for our Python: (line, function, message or forms, comments)."""
    del keywords, comment_tags, options  # Babel passes them; ours are the two sets above
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            yield from in_call(node)


def in_call(call: ast.Call) -> Iterator[Found]:
    """What one call marks; either branch of a condition counts."""
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
    if name in SINGLE and call.args:
        yield from ((call.lineno, None, text, []) for text in literals(call.args[0]))
    if name in PLURAL and len(call.args) > 1:
        for forms in zip(*map(literals, call.args[:2]), strict=True):
            yield call.lineno, "ngettext", forms, []


def literals(value: ast.expr) -> list[str]:
    """The strings that an argument may be; none if it is worked out elsewhere."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.IfExp):
        return literals(value.body) + literals(value.orelse)
    return []
