"""Sentences for people, kept untranslated until the edge knows the reader's language."""

from collections.abc import Callable, Mapping


class Text:
    """A French message (a `str.format` template, which is its gettext id) and its values."""

    __slots__ = ("message", "params")

    def __init__(self, message: str, /, **params: object) -> None:
        self.message = message
        self.params: Mapping[str, object] = params

    def render(self, translate: Callable[[str], str]) -> str:
        """Say it in the language of `translate`; a value that is itself a Text is said too."""
        values = {
            k: v.render(translate) if isinstance(v, Text) else v for k, v in self.params.items()
        }
        return translate(self.message).format(**values)

    def __str__(self) -> str:
        return self.render(str)

    def __repr__(self) -> str:
        return f"Text({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.message, self.params) == (
            other.message,
            other.params,
        )

    def __hash__(self) -> int:
        return hash((self.message, repr(self.params)))


def as_stored(text: Text) -> dict[str, object]:
    """Shape a sentence for a JSON column; values become strings unless numbers or texts."""
    return {"message": text.message, "params": {k: _plain(v) for k, v in text.params.items()}}


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return as_stored(value)
    return value if isinstance(value, str | int) else str(value)


def from_stored(value: Mapping[str, object]) -> Text:
    """Read back what `as_stored` shaped."""
    params = value.get("params")
    if not isinstance(params, Mapping):
        params = {}
    revived = {k: from_stored(v) if isinstance(v, Mapping) else v for k, v in params.items()}
    return Text(str(value["message"]), **revived)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a constant for the catalogue without translating it."""
    return message
