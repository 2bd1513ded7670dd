"""Which styles an author's text really uses: how often, for which words."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from textwrap import shorten

from tender.documents import trees
from tender.documents.engine.headings import title_of
from tender.documents.engine.source import Source
from tender.documents.engine.styles import heading_level
from tender.documents.trees import Element, q

MOST = 60
LONGEST_NAME = 255
LONGEST_SAMPLE = 80


@dataclass(frozen=True)
class StyleUse:
    """A style of this name is used by so many paragraphs or tables; `level` where it is a heading.

    `kind` is paragraph or table; `sample` is the beginning of the first text in it.
    """

    name: str
    kind: str
    paragraphs: int
    sample: str
    level: int | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return asdict(self)


def used_styles(source: Source) -> tuple[StyleUse, ...]:
    """List the styles of the body's paragraphs and tables, the most used first."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, style, text in _uses(source):
        found.setdefault((kind, style), []).append(text)
    listed = [
        StyleUse(_name(source, style), kind, len(texts),
                 shorten(texts[0], LONGEST_SAMPLE, placeholder="…"),
                 heading_level(source, style) if kind == "paragraph" else None)
        for (kind, style), texts in found.items()
    ]  # fmt: skip
    named = [use for use in listed if 0 < len(use.name) <= LONGEST_NAME]
    return tuple(sorted(named, key=lambda use: (-use.paragraphs, use.name))[:MOST])


def _uses(source: Source) -> Iterable[tuple[str, str, str]]:
    """Kind, style id and words of each paragraph that has words, and of each styled table."""
    for block in source.body.iter(q("w:p"), q("w:tbl")):
        table = block.tag == q("w:tbl")
        style = _style_of(source, block, table=table)
        words = _first_words(block) if table else title_of(block)
        if style is not None and (words or table):
            yield "table" if table else "paragraph", style, words


def _style_of(source: Source, block: Element, *, table: bool) -> str | None:
    path = ("w:tblPr", "w:tblStyle") if table else ("w:pPr", "w:pStyle")
    style = trees.value(trees.child(block, *path))
    if style in source.styles:
        return style
    return None if table else source.default_style("paragraph")


def _first_words(table: Element) -> str:
    return next(filter(None, map(title_of, table.iter(q("w:p")))), "")


def _name(source: Source, style: str) -> str:
    return (trees.value(source.styles[style].find(q("w:name"))) or style).strip()
