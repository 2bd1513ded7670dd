"""Corrigenda (F14): a list of changes, each with its place, the old and the new value."""

from tender.formats.notice import Change
from tender.formats.ted.sides import Side, Sides, text_at, text_of
from tender.formats.tree import Element

_REASONS = ("MODIFICATION_ORIGINAL", "PUBLICATION_TED")


def read(forms: Sides) -> Change:
    """What a corrigendum changes, in the words of its form; sections as they are written."""
    form = forms.element
    sections = form.texts_at("CHANGES/CHANGE/WHERE/SECTION")
    return Change(
        reason=next((name for name in _REASONS if form.first(f"CHANGES/{name}")), None),
        description={side.language or "und": told for side in forms.sides if (told := _told(side))}
        or None,
        sections=tuple(sections),
    )


def _told(side: Side) -> str:
    lines = [_line(change) for change in side.element.every("CHANGES/CHANGE")]
    more = text_at(side.element, "CHANGES/INFO_ADD")
    return "\n".join(line for line in [*lines, more] if line)


def _line(change: Element) -> str:
    where = " ".join(
        text
        for name in ("SECTION", "LABEL", "LOT_NO")
        if (text := text_at(change, f"WHERE/{name}"))
    )
    old, new = _value(change.first("OLD_VALUE")), _value(change.first("NEW_VALUE"))
    values = " → ".join(text for text in (old, new) if text)
    return f"{where} : {values}" if where and values else where or values


def _value(element: Element | None) -> str:
    """A value that may be a text, a date with its time, or codes."""
    if element is None:
        return ""
    codes = [item.attributes.get("CODE", "") for item in element.walk() if item.name == "CPV_CODE"]
    return " ".join(text for text in [*map(text_of, element.children), *codes] if text)
