"""A section as it will look in the house's document."""

from base64 import b64encode
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tender.assembly.previewing import HousePreview, house_preview
from tender.assembly.queries import present
from tender.contributions import queries
from tender.contributions.models import Revision
from tender.core import setup
from tender.core.errors import NotFound
from tender.core.orm import Json
from tender.core.transaction import reading
from tender.web import report_view, section_view
from tender.web.refusals import say
from tender.web.sections import around, bp, place_of
from tender.web.visitor import actor


@bp.get("/maison")
def housed(ref: str, number: str) -> ResponseReturnValue:
    """The newest text that this person may read, in the house's style."""
    with reading(actor()) as session:
        place = place_of(session, ref, number)
        revisions = queries.revisions_of(session, actor(), place.standing, place.section.id)
        newest = revisions[0] if revisions else None
        facts = present(session, place.bid)
        context = around(place, newest, len(revisions))
        section_id, last = str(place.section.id), place.section.last_revision
    version = section_view.version(newest, last=last) if newest else None
    preview = _preview(facts, section_id, newest) if newest else None
    return render_template(
        "sections/housed.html", version=version, preview=preview and _shown(preview),
        words=section_view.preview(newest) if newest else None, **_measured(context, preview),
    )  # fmt: skip


def _preview(facts: Json, section_id: str, newest: Revision) -> HousePreview:
    """Read the file outside the transaction, and show it."""
    try:
        data = setup.storage().get(newest.file_key)
    except FileNotFoundError:
        raise NotFound(
            "Le fichier de cette version manque au stockage. Prévenez l’administration."
        ) from None
    return house_preview(facts, section_id, data)


def _shown(preview: HousePreview) -> dict[str, Any]:
    return report_view.part(preview.told) | {
        "pages": [f"data:image/png;base64,{b64encode(image).decode()}" for image in preview.images],
        "count": preview.pages,
        "html": Markup(preview.html),  # noqa: S704 - sanitised by documents.preview
        "refused": say(preview.refused) if preview.refused else "",
    }


def _measured(context: dict[str, Any], preview: HousePreview | None) -> dict[str, Any]:
    """Count the pages of what is shown, not of the file as it was deposited."""
    if preview is None or preview.pages is None:
        return context
    section, pages = context["section"], preview.pages
    over = section["budget"] is not None and pages > section["budget"]
    return context | {"section": section | {"pages": pages, "over": over}}
