"""The forms of a page as a browser sees them: where they go, their fields, what is filled in."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

TODAY = date(2026, 11, 24)
SAMPLE = {
    "date": TODAY.isoformat(), "datetime-local": f"{TODAY}T10:30", "number": "50",
    "email": "quelqu.un@exemple.fr", "checkbox": "y", "url": "https://exemple.fr",
}  # fmt: skip
FREE = frozenset({"text", "textarea", "search", "password", "tel"})


@dataclass
class Field:
    """One field: its kind, and a value that its page would take."""

    name: str
    kind: str
    value: str = ""

    @property
    def is_date(self) -> bool:
        """Whether it takes a day or an instant."""
        return self.kind.startswith("date")


@dataclass
class PageForm:
    """A form that posts."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    on_page: bool = True
    stage: str = ""

    def groups(self, *, dates: bool) -> list[list[str]]:
        """The fields of a kind one by one; all at once where no page shows the form."""
        names = [name for name, f in self.fields.items() if f.is_date == dates]
        return [[name] for name in names] if self.on_page else [names]

    def filled(self, words: str | bytes = "Quelques mots à propos") -> dict[str, Any]:
        """What a careful person would send; `words` goes into every free text."""
        return {f.name: self._value(f, words) for f in self.fields.values() if f.name}

    def _value(self, f: Field, words: str | bytes) -> Any:
        if f.kind == "file":
            return BytesIO(b"%PDF-1.4 une attestation %%EOF"), "piece.pdf"
        if f.kind in FREE:
            return words
        return f.value or SAMPLE.get(f.kind, "")


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[PageForm] = []
        self.open: PageForm | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = at.get("method", "get").lower() == "post"
            self.open = PageForm(at.get("action") or self.page) if posts else None
        elif self.open is not None:
            self._field(tag, at, self.open)

    def _field(self, tag: str, at: dict[str, str], form: PageForm) -> None:
        name = at.get("name", "")
        if tag in {"input", "textarea", "select", "button"} and name not in {"", "csrf_token"}:
            kind = at.get("type", "text") if tag in {"input", "button"} else tag
            kind = "number" if at.get("inputmode") in {"decimal", "numeric"} else kind
            there = form.fields.setdefault(name, Field(name, kind, at.get("value", "")))
            self.select = there if tag == "select" else None
        elif tag == "option" and self.select is not None and not self.select.value:
            self.select.value = at.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open is not None:
            self.found.append(self.open)
            self.open = None


def forms_in(html: str, page: str) -> list[PageForm]:
    """Read the forms of a page that post; those without an action post to the page itself."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.found


class Tags(HTMLParser):
    """All that a browser would take for markup: the tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))
