"""The manifest of a run: all that goes into the document, as plain values with their hashes.

Two manifests are the same facts when they differ in nothing but what was asked of the run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tender.assembly.rules import Choices
from tender.bids.models import Bid
from tender.claims.law import ENGAGED, LotFacts, plain
from tender.contributions.models import Revision, Section
from tender.contributions.outline import depth_of
from tender.contributions.rules import DONE, Look
from tender.core.orm import Json
from tender.core.storage import sha256
from tender.core.text import Text
from tender.documents.house import house_template

VERSION = 2
NOT_FACTS = ("dated", "kind", "settings")
NOT_EVERYBODYS = frozenset({"revision_id", "sha256", "key", "text_of", "words", "styles"})
"""What a version's number stands for, as versions never change; the table of styles is apart."""
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one run: its kind, its choices, the date on its cover."""

    kind: str = ""
    dated: str = ""
    choices: Choices = field(default_factory=Choices)


@dataclass(frozen=True, slots=True)
class FrozenText:
    """A section, its newest text, how many words that has, its company's table of styles."""

    section: Section
    revision: Revision | None
    words: int | None
    styles: Mapping[str, object]


def manifest(
    bid: Bid,
    lots: Sequence[LotFacts],
    sections: Sequence[FrozenText],
    *,
    page_limit: int | None,
    asked: Asked,
) -> Json:
    """Shape the present facts of a bid; sections come in their order."""
    return {
        "version": VERSION,
        "kind": asked.kind,
        "dated": asked.dated,
        "bid": _bid(bid, lots),
        "template": {"name": "maison", "sha256": sha256(house_template())},
        "settings": asked.choices.as_settings(),
        "page_limit": page_limit,
        "sections": [_section(s) | _text(s) for s in sections],
    }


def _bid(bid: Bid, lots: Sequence[LotFacts]) -> Json:
    lead = bid.lead_company.trade_name if bid.lead_company else ""
    engaged = [p.company for lot in lots for p in lot.positions if p.role in ENGAGED]
    titles = {lb.lot.number: lb.lot.title for lb in bid.lot_bids}
    held = [lot for lot in lots if lot.engaged]
    return {
        "ref": bid.ref,
        "title": bid.tender.title,
        "buyer": bid.tender.buyer,
        "lead": lead,
        "members": sorted(set(engaged) - {lead}),
        "cancelled": bid.tender.cancelled_at is not None,
        "withdrawn": [lb.lot.number for lb in bid.lot_bids if lb.lot.withdrawn_at is not None],
        "lots": [{"number": lot.number, "title": titles[lot.number]} for lot in held],
        "positions": [
            f"{lot.number} {p.company} {p.role.value} {plain(p.share)} {p.state.value}"
            for lot in held
            for p in sorted(lot.engaged, key=lambda p: p.company)
        ],
    }


def _section(frozen: FrozenText) -> Json:
    """Give what the plan says of a section."""
    section = frozen.section
    return {
        "id": str(section.id),
        "number": section.number,
        "title": section.title,
        "level": depth_of(section.number),
        "company": section.owner_company.trade_name,
        "company_id": str(section.owner_company_id),
        "lot": section.lot_bid.lot.number if section.lot_bid else None,
        "policy": section.look.value,
        "styles": dict(frozen.styles) if section.look is Look.MAP else {},
        "budget": section.page_budget,
        "approved": section.state in DONE,
        "revision": section.last_revision or None,
    }


def _text(frozen: FrozenText) -> Json:
    """Give what its text is, as far as the asker may see it."""
    revision = frozen.revision
    return {
        "words": frozen.words,
        "revision_id": None if revision is None else str(revision.id),
        "sha256": None if revision is None else revision.sha256,
        "key": None if revision is None else revision.file_key,
        "text_of": None if revision is None else str(revision.company_id),
    }


def french_date(instant: datetime, zone: str) -> str:
    """Write a day for the cover: « 24 novembre 2026 »."""
    day = instant.astimezone(ZoneInfo(zone))
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def french_instant(instant: datetime, zone: str) -> str:
    """Write an instant where the buyer is: « 15 décembre 2026 à 12 h 00 (Europe/Paris) »."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{french_date(instant, zone)} à {local.hour} h {local:%M} ({zone})"


def same_facts(then: Json, now: Json) -> bool:
    """Tell whether a run's facts still hold."""
    plain = [k for k in {*then, *now} if k not in {*NOT_FACTS, "sections"}]
    before, after = _sections(then), _sections(now)
    return (
        len(before) == len(after)
        and not any(_differ(one, other) for one, other in zip(before, after, strict=True))
        and all(then.get(k) == now.get(k) for k in plain)
    )


def _differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return _known(before) != _known(after) or _other_styles(before, after)


def _known(section: Mapping[str, Any]) -> Json:
    """Give what anybody inside the room knows of a section."""
    return {k: v for k, v in section.items() if k not in NOT_EVERYBODYS}


def _other_styles(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Compare tables of styles; one that the asker may not see is empty now, and no change."""
    return bool(after["styles"]) and after["styles"] != before.get("styles")


def changes(then: Json, now: Json) -> list[Text]:
    """Say what changed between a run's facts and the present ones, in words."""
    found: list[Text] = []
    before, after = ({s["id"]: s for s in _sections(m)} for m in (then, now))
    for key, section in after.items():
        if key not in before:
            found.append(Text("La section {name} a été ajoutée au plan.", name=_name(section)))
        elif _differ(before[key], section):
            found.append(_changed(before[key], section))
    found += [
        Text("La section {name} a quitté le plan.", name=_name(section))
        for key, section in before.items()
        if key not in after
    ]
    if then.get("bid") != now.get("bid"):
        found.append(Text("Le groupement, ses lots ou l’avis ont changé."))
    if any(then.get(k) != now.get(k) for k in ("template", "page_limit", "version")):
        found.append(Text("Le gabarit ou les règles d’assemblage ont changé."))
    return found


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Text:
    if before["revision"] != after["revision"]:
        return Text("La section {name} a une nouvelle version.", name=_name(after))
    if before["approved"] != after["approved"]:
        return Text("La validation de la section {name} a changé.", name=_name(after))
    if before.get("policy") != after["policy"]:
        return Text("La mise en forme de la section {name} a changé.", name=_name(after))
    if _other_styles(before, after):
        return Text("La correspondance des styles de la section {name} a changé.",
                    name=_name(after))  # fmt: skip
    return Text("La section {name} a été modifiée dans le plan.", name=_name(after))


def _name(section: Mapping[str, Any]) -> str:
    return f"{section['number']} {section['title']}"


def _sections(manifest_: Json) -> list[Mapping[str, Any]]:
    listed: Any = manifest_.get("sections")
    return listed if isinstance(listed, list) else []


def all_approved(manifest_: Json) -> bool:
    """Tell whether every text in it was approved, so that the whole consortium may read it."""
    return all(s["approved"] for s in _sections(manifest_))
