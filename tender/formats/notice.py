"""The neutral value: what a published notice says, whatever its format.

Texts go by ISO 639-3 code, the notice's own language first, "und" where the source names none.
Codes, dates, clock times and amounts are the source's own; None is what it does not say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from types import MappingProxyType

ASIDE: Mapping[str, object] = MappingProxyType({"aside": True})
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in plain decimal, as written."""

    amount: str
    currency: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a clock time and an offset as written; `utc` only when an offset is written."""

    date: str
    time: str | None
    offset: str | None
    utc: str | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which tenders, requests to participate or interest must be in."""

    kind: str
    date: str
    time: str | None
    offset: str | None
    utc: str | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """One buyer; a joint purchase has several."""

    name: Texts | None
    national_id: str | None
    country: str | None
    nuts: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """An award criterion; the weight is as written, `weight_kind` the source's code for it."""

    type: str | None
    name: Texts | None
    description: Texts | None
    weight: str | None
    weight_kind: str | None


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of DAY, WEEK, MONTH or YEAR; or no number and UNLIMITED or UNKNOWN."""

    number: int | float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Why and where a notice changes an earlier one."""

    reason: str | None
    description: Texts | None
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One lot, in document order; a contract without lots is one of its own."""

    id: str | None = None
    number: str | None = None
    title: Texts | None = None
    description: Texts | None = None
    cpv: str | None = None
    additional_cpv: tuple[str, ...] = ()
    nuts: tuple[str, ...] = ()
    estimated_value: Money | None = None
    framework_max: Money | None = None
    deadline: Deadline | None = None
    questions_deadline: Moment | None = None
    opening: Moment | None = None
    criteria: tuple[Criterion, ...] = ()
    duration: Duration | None = None
    reserved: str | None = None
    variants: str | None = None
    languages: tuple[str, ...] = ()
    documents_urls: tuple[str, ...] = ()
    submission_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One published notice."""

    format: str
    native_id: str
    version: str | None = None
    publication_id: str | None = None
    procedure_id: str | None = None
    published_on: str | None = None
    dispatched_at: str | None = None
    kind: str
    subtype: str | None = None
    change: Change | None = None
    previous: tuple[str, ...] = ()
    language: str | None = None
    buyers: tuple[Buyer, ...] = ()
    title: Texts | None = None
    description: Texts | None = None
    nature: str | None = None
    procedure_type: str | None = None
    cpv: str | None = None
    additional_cpv: tuple[str, ...] = ()
    estimated_value: Money | None = None
    framework_max: Money | None = None
    max_lots_submit: int | None = None
    max_lots_award: int | None = None
    all_lots_required: bool | None = None
    divided: bool | None = None
    lots: tuple[Lot, ...] = ()
    # For the buyer's clock alone, where no NUTS code is written; no key of the neutral value.
    departments: tuple[str, ...] = field(default=(), metadata=ASIDE)


def as_json(notice: Notice) -> dict[str, object]:
    """The notice as plain dicts and lists, in the fixed order of keys; `SCHEMA` holds for it."""
    told = (item.name for item in fields(notice) if not item.metadata)
    return {name: _plain(getattr(notice, name)) for name in told}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _or_null(schema: dict[str, object]) -> dict[str, object]:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> dict[str, object]:
    return _or_null({"$ref": f"#/$defs/{name}"})


def _list(items: dict[str, object]) -> dict[str, object]:
    return {"type": "array", "items": items}


_TEXT: dict[str, object] = {"type": "string", "minLength": 1}
_MAYBE_TEXT: dict[str, object] = {"type": ["string", "null"], "minLength": 1}
_COUNT: dict[str, object] = {"type": ["integer", "null"], "minimum": 0}
_YES_NO: dict[str, object] = {"type": ["boolean", "null"]}
_KINDS = ["planning", "competition", "result", "change", "cancellation", "modification", "other"]
_DAY: dict[str, object] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_MOMENT: dict[str, object] = {
    "date": _DAY,
    "time": {
        "type": ["string", "null"],
        "pattern": "^[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?$",
    },
    "offset": {"type": ["string", "null"], "pattern": "^[+-][0-9]{2}:[0-9]{2}$"},
    "utc": {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$"},
}
_WORDS: dict[str, object] = {"title": _ref("texts"), "description": _ref("texts")}
_CPV: dict[str, object] = {"cpv": _MAYBE_TEXT, "additional_cpv": _list(_TEXT)}
_VALUES: dict[str, object] = {"estimated_value": _ref("money"), "framework_max": _ref("money")}

_DEFS: dict[str, object] = {
    "texts": {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {"^[a-z]{3}$": _TEXT},
        "additionalProperties": False,
    },
    "money": _object(
        amount={"type": "string", "pattern": "^[0-9]+([.][0-9]+)?$"}, currency=_MAYBE_TEXT
    ),
    "moment": _object(**_MOMENT),
    "deadline": _object(kind={"enum": ["tenders", "requests", "interest"]}, **_MOMENT),
    "buyer": _object(
        name=_ref("texts"),
        national_id=_MAYBE_TEXT,
        country=_MAYBE_TEXT,
        nuts=_MAYBE_TEXT,
        city=_MAYBE_TEXT,
    ),
    "criterion": _object(
        type=_MAYBE_TEXT,
        name=_ref("texts"),
        description=_ref("texts"),
        weight=_MAYBE_TEXT,
        weight_kind=_MAYBE_TEXT,
    ),
    "duration": _object(number={"type": ["number", "null"], "minimum": 0}, unit=_MAYBE_TEXT),
    "change": _object(reason=_MAYBE_TEXT, description=_ref("texts"), sections=_list(_TEXT)),
    "lot": _object(
        id=_MAYBE_TEXT,
        number=_MAYBE_TEXT,
        **_WORDS,
        **_CPV,
        nuts=_list(_TEXT),
        **_VALUES,
        deadline=_ref("deadline"),
        questions_deadline=_ref("moment"),
        opening=_ref("moment"),
        criteria=_list({"$ref": "#/$defs/criterion"}),
        duration=_ref("duration"),
        reserved=_MAYBE_TEXT,
        variants=_MAYBE_TEXT,
        languages=_list(_TEXT),
        documents_urls=_list(_TEXT),
        submission_url=_MAYBE_TEXT,
    ),
}

SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A published procurement notice, whatever its format",
    **_object(
        format={"enum": ["eforms", "ted_xml", "boamp", "ocds", "decp"]},
        native_id=_TEXT,
        version=_MAYBE_TEXT,
        publication_id=_MAYBE_TEXT,
        procedure_id=_MAYBE_TEXT,
        published_on=_or_null(_DAY),
        dispatched_at={
            "type": ["string", "null"],
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+([+-][0-9]{2}:[0-9]{2})?)?$",
        },
        kind={"enum": _KINDS},
        subtype=_MAYBE_TEXT,
        change=_ref("change"),
        previous=_list(_TEXT),
        language=_MAYBE_TEXT,
        buyers=_list({"$ref": "#/$defs/buyer"}),
        **_WORDS,
        nature=_MAYBE_TEXT,
        procedure_type=_MAYBE_TEXT,
        **_CPV,
        **_VALUES,
        max_lots_submit=_COUNT,
        max_lots_award=_COUNT,
        all_lots_required=_YES_NO,
        divided=_YES_NO,
        lots=_list({"$ref": "#/$defs/lot"}),
    ),
    "$defs": _DEFS,
}
