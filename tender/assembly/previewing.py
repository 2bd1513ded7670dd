"""One section as the house will show it, before any assembly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tender.assembly.parts import part_of
from tender.assembly.reporting import told
from tender.assembly.rules import Choices
from tender.core.orm import Json
from tender.core.text import Text
from tender.documents import sandboxed
from tender.documents.compose import Part, compose
from tender.documents.engine.options import Options
from tender.documents.errors import Refused
from tender.documents.house import house_template
from tender.documents.inspect import inspect
from tender.documents.rendering.section import preview_section

MOST_PAGES = 6


@dataclass(frozen=True, slots=True)
class HousePreview:
    """The first pages as PNG pictures, or else safe HTML; an estimate of pages, what was changed.

    `refused` says why there is neither.
    """

    images: tuple[bytes, ...] = ()
    html: str = ""
    pages: float | None = None
    told: Json = field(default_factory=dict)
    refused: Text | None = None


def house_preview(manifest: Mapping[str, Any], section_id: str, data: bytes) -> HousePreview:
    """Show a section's text as the final document will, by the present facts of its bid."""
    section = next(s for s in manifest["sections"] if s["id"] == section_id)
    part = part_of(manifest["bid"], section, data)
    options = Options(**Choices().as_settings())  # type: ignore[arg-type] # named as the engine's
    try:
        return _drawn(part, options)
    except Refused:
        return _as_text(part, options)  # a text that cannot be drawn here may still be inserted


def _drawn(part: Part, options: Options) -> HousePreview:
    made = preview_section(house_template(), part, options, most=MOST_PAGES)
    return HousePreview(images=made.images, pages=made.pages, told=told(made.report))


def _as_text(part: Part, options: Options) -> HousePreview:
    try:
        composed = compose(house_template(), [part], options=options)
        refused = composed.report.parts[0].refused
        if refused is not None:
            raise refused
        html = sandboxed.preview_in_child(composed.data)
        pages = inspect(composed.data).pages
    except Refused as refusal:
        return HousePreview(refused=Text(refusal.message, **refusal.params))
    return HousePreview(html=html, pages=pages, told=told(composed.report.parts[0]))
