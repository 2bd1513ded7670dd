"""BOAMP, the French bulletin: the API's JSON (record, page, list) and DILA's XML files.

What the notice is goes by the body's own key, never by the record's `perimetre`; the API's
`datelimitereponse` is never read: it is the clock time moved to UTC.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tender.formats import jsonsafe, moments, values
from tender.formats.boamp import bodies, legacy, places
from tender.formats.boamp.bodies import Body
from tender.formats.eforms import reader as eforms
from tender.formats.notice import Buyer, Change, Notice
from tender.formats.tree import NOTHING, Element, from_json
from tender.formats.unreadable import Unreadable

ROOTS = frozenset({"ann", "ANNONCE"})
_IDWEB = re.compile(r"\d{2}-\d{1,6}", re.ASCII)
_KIND_OF_NATURE = {
    "APPEL_OFFRE": "competition",
    "QUALIFICATION": "competition",
    "PERIODIQUE": "planning",
    "PRE-INFORMATION": "planning",
    "ATTRIBUTION": "result",
    "RECTIFICATIF": "change",
    "ANNULATION": "cancellation",
    "MODIFICATION": "modification",
}
_RECORD = {"idweb", "donnees"}
_CANCELLED = {"ANNULATION", "AVIS_ANNULE", "ANNULE"}


@dataclass(frozen=True, slots=True)
class Record:
    """A notice as the bulletin hands it out: its body, its management data, its flat fields."""

    body: Element
    management: Element
    flat: Element

    def told(self, flat: str, managed: str) -> str | None:
        """What the management data says, else the API's flat field."""
        return self.management.text_at(managed) or self.flat.text_at(flat)

    def code(self, flat: str, managed: str) -> str | None:
        """The same for what the management data says by the name of an element."""
        found = self.management.first(managed) or NOTHING
        return next((child.name for child in found.children), None) or self.flat.text_at(flat)


def records(value: object) -> list[dict[str, object]]:
    """The records of a JSON value: one, a page of results or a list; [] for anything else."""
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        value = value["results"]
    items = value if isinstance(value, list) else [value]
    found = [item for item in items if isinstance(item, dict) and item.keys() >= _RECORD]
    return found if len(found) == len(items) else []


def read_json(record: dict[str, object]) -> Notice:
    """The notice of a record of the API."""
    return _read(_of_json(record))


def read_xml(root: Element) -> Notice:
    """The notice of one of DILA's files."""
    body, management = root.first("DONNEES"), root.first("GESTION")
    return _read(Record(body or NOTHING, management or NOTHING, NOTHING))


def _of_json(value: dict[str, object]) -> Record:
    flat = {key: item for key, item in value.items() if key not in {"donnees", "gestion"}}
    return Record(
        _inner(value, "donnees"),
        _inner(value, "gestion"),
        from_json("record", flat, place="avis"),
    )


def _inner(value: dict[str, object], key: str) -> Element:
    """The JSON that the API keeps inside a string."""
    inner = value.get(key)
    if isinstance(inner, str) and inner.strip():
        inner = jsonsafe.parse_text(inner, place=key)
    return from_json(key, inner, place=key) if isinstance(inner, dict) else NOTHING


def _read(record: Record) -> Notice:
    native_id = record.told("idweb", "REFERENCE/IDWEB")
    if native_id is None:
        raise Unreadable("L’avis du BOAMP n’a pas d’identifiant (idweb).")
    embedded = _embedded(record.body)
    return _eforms(record, embedded, native_id) if embedded else _national(record, native_id)


def _embedded(body: Element) -> Element | None:
    form = body.first("EFORMS") or NOTHING
    return next((item for item in form.children if item.name in eforms.ROOTS), None)


def _eforms(record: Record, root: Element, native_id: str) -> Notice:
    notice = eforms.read(root, native_id=native_id)
    return replace(
        notice,
        format="boamp",
        published_on=_published_on(record),
        kind=_kind(record, notice.kind),
        previous=tuple(dict.fromkeys([*notice.previous, *_previous(record)])),
    )


def _national(record: Record, native_id: str) -> Notice:
    body = bodies.read(record.body) or legacy.read(record.body) or Body()
    title = record.told("objet", "INDEXATION/RESUME_OBJET")
    kind = _kind(record, body.kind or "other")
    return Notice(
        format="boamp",
        native_id=native_id,
        procedure_id=record.flat.text_at("contractfolderid"),
        published_on=_published_on(record),
        kind=kind,
        subtype=record.code("perimetre", "REFERENCE/TYPE_AVIS/PERIMETRE"),
        change=_change(kind, body),
        previous=tuple(dict.fromkeys([*_previous(record), *body.previous])),
        buyers=body.buyers or tuple(_buyer(record)),
        title=values.undetermined(body.title or title),
        description=values.undetermined(body.description),
        nature=body.nature,
        procedure_type=record.code("type_procedure", "INDEXATION/TYPE_PROCEDURE")
        or body.procedure_type,
        cpv=body.cpv,
        additional_cpv=body.additional_cpv,
        estimated_value=body.estimated_value,
        divided=body.divided,
        lots=body.lots,
        departments=places.departments(record.body, _told_departments(record)),
    )


def _told_departments(record: Record) -> list[str]:
    """Where the bulletin files the notice: older renderings join several by commas."""
    managed = record.management.texts_at("INDEXATION/DEP_PUBLICATION")
    flat = record.flat.texts_at("code_departement")
    return [part.strip() for text in managed or flat for part in text.split(",") if part.strip()]


def _change(kind: str, body: Body) -> Change | None:
    if kind not in {"change", "cancellation"}:
        return None
    return Change(None, values.undetermined(body.change), ())


def _kind(record: Record, own: str) -> str:
    """The body's own kind, unless the bulletin has since withdrawn or corrected it."""
    status = record.code("etat", "REFERENCE/TYPE_AVIS/STATUT")
    nature = record.code("nature", "REFERENCE/TYPE_AVIS/NATURE")
    said = {nature, status, record.flat.text_at("etat"), record.flat.text_at("nature")}
    if said & _CANCELLED or own == "cancellation":
        return "cancellation"
    if "RECTIFICATIF" in said or own == "change":
        return "change"
    return _KIND_OF_NATURE.get(nature or "", own) if own in {"other", "competition"} else own


def _published_on(record: Record) -> str | None:
    place = "DATE_PUBLICATION"
    return moments.day(record.told("dateparution", f"INDEXATION/{place}"), place)


def _previous(record: Record) -> tuple[str, ...]:
    """Earlier notices of the procedure: `annonces_anterieures` is left alone, it holds dates."""
    earlier = [item for item in record.management.walk() if item.name == "ANNONCE_ANTERIEUR"]
    ids = [item.text for found in earlier for item in found.walk() if item.name == "IDWEB"]
    linked = [part for text in record.flat.texts_at("annonce_lie") for part in text.split(",")]
    found = (text.strip() for text in ids or linked)
    return tuple(dict.fromkeys(text for text in found if _IDWEB.fullmatch(text)))


def _buyer(record: Record) -> Iterator[Buyer]:
    name = record.told("nomacheteur", "INDEXATION/NOMORGANISME")
    if name is not None:
        yield Buyer(values.undetermined(name), None, None, None, None)
