"""One release: what its tag makes of it, who buys, and what the tender says as a whole."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from tender.formats import languages, moments, values
from tender.formats.notice import Buyer, Change, Notice
from tender.formats.ocds import lots
from tender.formats.ocds.nodes import Node, node, nodes, text, texts
from tender.formats.spreading import spread
from tender.formats.unreadable import Unreadable

# The first of these that a release bears is what it is.
_KIND_OF_TAG: Mapping[str, str] = MappingProxyType(
    {
        "tenderCancellation": "cancellation", "contractAmendment": "modification",
        "award": "result", "awardUpdate": "result", "awardCancellation": "result",
        "contract": "result", "contractUpdate": "result",
        "tenderAmendment": "change", "tenderUpdate": "change", "tender": "competition",
        "planning": "planning", "planningUpdate": "planning",
    }
)  # fmt: skip
_KIND_OF_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "cancelled": "cancellation", "withdrawn": "cancellation", "unsuccessful": "result",
        "planning": "planning", "planned": "planning",
    }
)  # fmt: skip
_ENDED = {"cancelled", "withdrawn", "unsuccessful"}
_ROLES = ("buyer", "procuringEntity")


def read(value: Node) -> Notice:
    """The notice that a release is."""
    language = languages.from_two_letters(text(value, "language"))
    tender, words = node(value, "tender"), language or languages.UNDETERMINED
    head = _head(value, tender, language, words)
    whole = lots.whole(tender, words)
    found = spread(lots.read(tender, words), whole, call=head.kind == "competition")
    return replace(
        head,
        title=whole.title,
        description=whole.description,
        nature=text(tender, "mainProcurementCategory"),
        procedure_type=text(tender, "procurementMethod"),
        cpv=whole.cpv,
        additional_cpv=whole.additional_cpv,
        estimated_value=whole.estimated_value,
        framework_max=whole.framework_max,
        max_lots_submit=_limit(tender, "maximumLotsBidPerSupplier"),
        max_lots_award=_limit(tender, "maximumLotsAwardedPerSupplier"),
        divided=len(found) > 1 if nodes(tender, "lots") else None,
        lots=found,
    )


def _head(value: Node, tender: Node, language: str | None, words: str) -> Notice:
    """The release itself: its ids, dates, kind, language and buyers."""
    native_id = text(value, "id")
    if native_id is None:
        raise Unreadable("La publication OCDS n’a pas d’identifiant (id).")
    kind = _kind(value)
    return Notice(
        format="ocds",
        native_id=native_id,
        procedure_id=text(value, "ocid"),
        published_on=moments.day(text(value, "date"), "date"),
        dispatched_at=moments.written(text(value, "date"), "date"),
        kind=kind,
        subtype=",".join(texts(value, "tag")) or None,
        change=_change(tender, words) if kind in {"change", "cancellation"} else None,
        previous=_previous(tender),
        language=language,
        buyers=tuple(_buyers(value, words)),
    )


def _kind(value: Node) -> str:
    tags, status = texts(value, "tag"), text(value, "tender", "status") or ""
    kind = next((kind for tag, kind in _KIND_OF_TAG.items() if tag in tags), None)
    if kind is None and "compiled" in tags:
        kind = _kind_by_content(value, status)
    if kind in {"planning", "competition", "change"} and status in _ENDED:
        return _KIND_OF_STATUS[status]
    return kind or "other"


def _kind_by_content(value: Node, status: str) -> str:
    """A compiled release says how far the process has come, by what there is of it."""
    if status in _ENDED:
        return _KIND_OF_STATUS[status]
    if nodes(value, "awards") or nodes(value, "contracts"):
        return "result"
    return _KIND_OF_STATUS.get(status, "competition" if node(value, "tender") else "planning")


def _limit(tender: Node, name: str) -> int | None:
    return values.count(text(tender, "lotDetails", name), f"lotDetails/{name}")


def _change(tender: Node, language: str) -> Change | None:
    """Why the tender changed: the last of its amendments."""
    amendments = nodes(tender, "amendments") or nodes(tender, "amendment")
    if not amendments:
        return Change(None, None, ())
    last = max(amendments, key=lambda item: text(item, "date") or "")
    words = [text(last, key) for key in ("rationale", "description")]
    told = "\n".join(item for item in words if item)
    return Change(None, {language: told} if told else None, ())


def _previous(tender: Node) -> tuple[str, ...]:
    named = (text(item, "amendsReleaseID") for item in nodes(tender, "amendments"))
    return tuple(dict.fromkeys(item for item in named if item))


def _buyers(value: Node, language: str) -> list[Buyer]:
    """The buyer and the procuring entity, once where they are the same party."""
    parties = {text(item, "id"): item for item in nodes(value, "parties") if text(item, "id")}
    named = [node(value, "buyer"), node(value, "tender", "procuringEntity")]
    wanted = [item for item in named if item] or [
        item for role in _ROLES for item in parties.values() if role in texts(item, "roles")
    ]
    found = [_buyer(item, parties.get(text(item, "id"), {}), language) for item in wanted]
    return list({(str(buyer.name), buyer.national_id): buyer for buyer in found}.values())


def _buyer(named: Node, party: Node, language: str) -> Buyer:
    address = node(party, "address") or node(named, "address")
    name = text(party, "name") or text(named, "name")
    return Buyer(
        name={language: name} if name else None,
        national_id=text(party, "identifier", "id") or text(named, "identifier", "id"),
        country=text(address, "country") or text(address, "countryName"),
        nuts=None,
        city=text(address, "locality"),
    )
