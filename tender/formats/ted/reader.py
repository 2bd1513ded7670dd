"""TED XML R2.0.9: local names only, as its four namespaces all say the same."""

from tender.formats import languages, moments, values
from tender.formats.notice import Buyer, Notice
from tender.formats.spreading import spread
from tender.formats.ted import changes, defence, lots
from tender.formats.ted.header import dispatched, previous
from tender.formats.ted.kinds import kind_of
from tender.formats.ted.said import Said
from tender.formats.ted.sides import Side, Sides
from tender.formats.tree import NOTHING, Element
from tender.formats.unreadable import Unreadable

ROOT = "TED_EXPORT"


def read(root: Element) -> Notice:
    """The notice of an export of TED; forms of the earlier schemas are refused."""
    native_id = root.attributes.get("DOC_ID")
    if not native_id:
        raise Unreadable("L’avis du TED n’a pas de numéro (attribut DOC_ID).")
    header = root.first("CODED_DATA_SECTION") or NOTHING
    forms = _originals(root)
    code = _code(forms.element)
    kind = kind_of(code, forms.element, header)
    said = defence.read(forms, header, kind) if defence.is_one(code) else _said(forms, header, kind)
    return Notice(
        format="ted_xml",
        native_id=native_id,
        publication_id=native_id,
        published_on=moments.compact_day(header.text_at("REF_OJS/DATE_PUB"), "DATE_PUB"),
        kind=kind,
        subtype=code,
        language=forms.sides[0].language,
        **said,
    )


def _originals(root: Element) -> Sides:
    """The forms as the buyer wrote them; TED puts translations beside."""
    found = [form for section in root.every("FORM_SECTION") for form in section.children]
    forms = [form for form in found if {"CATEGORY", "FORM"} & form.attributes.keys()]
    own = [form for form in forms if form.attributes.get("CATEGORY") == "ORIGINAL"]
    if not forms:
        raise Unreadable("L’avis du TED ne contient aucun formulaire (FORM_SECTION).")
    sides: dict[str | None, Side] = {}
    for form in own or forms[:1]:
        language = languages.from_two_letters(form.attributes.get("LG"))
        sides.setdefault(language, Side(language, form))
    return Sides(tuple(sides.values()))


def _code(form: Element) -> str:
    """The form's number, such as F02; that of the old defence forms is written without its F."""
    written = form.attributes.get("FORM") or form.name.partition("_")[0]
    code = defence.CODES.get(form.name, written)
    if code not in lots.FORMS and not defence.is_one(code):
        raise Unreadable(
            "Le formulaire {form} du TED n’est pas lu : seuls le sont ceux du schéma R2.0.9, "
            "F01 à F25, T01 et T02.",
            form=f"{form.name} {written}",
        )
    return code


def _said(forms: Sides, header: Element, kind: str) -> Said:
    """What the form says, by the names of the notice's fields."""
    form = forms.element
    objects = forms.every("OBJECT_CONTRACT")
    subject = objects[0] if objects else Sides((Side(None, NOTHING),))
    whole = lots.whole(forms, subject, header, kind)
    division = subject.element.first("LOT_DIVISION")
    limits = division or NOTHING
    return Said(
        dispatched_at=dispatched(form.text_at("COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE"), header),
        change=changes.read(forms) if kind == "change" else None,
        previous=previous(form, header),
        buyers=tuple(_buyers(forms)),
        title=whole.title,
        description=whole.description,
        nature=(subject.element.first("TYPE_CONTRACT") or NOTHING).attributes.get("CTYPE"),
        procedure_type=lots.procedure(form),
        cpv=whole.cpv,
        estimated_value=whole.estimated_value if len(objects) == 1 else None,
        max_lots_submit=_max_lots(limits),
        max_lots_award=values.count(limits.text_at("LOT_MAX_ONE_TENDERER"), "LOT_MAX_ONE_TENDERER"),
        divided=_divided(subject.element),
        lots=spread(lots.read(objects), whole, call=kind == "competition"),
    )


def _buyers(forms: Sides) -> list[Buyer]:
    body = "CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY"
    return [_buyer(address) for address in forms.every(body, f"{body}_ADDITIONAL")]


def _buyer(address: Sides) -> Buyer:
    element = address.element
    return Buyer(
        name=address.texts("OFFICIALNAME"),
        national_id=element.text_at("NATIONALID"),
        country=(element.first("COUNTRY") or NOTHING).attributes.get("VALUE"),
        nuts=(element.first("NUTS") or NOTHING).attributes.get("CODE"),
        city=element.text_at("TOWN"),
    )


def _max_lots(division: Element) -> int | None:
    """The lots a bidder may bid for; to be free to bid for all of them is no limit."""
    if division.first("LOT_ONE_ONLY"):
        return 1
    return values.count(division.text_at("LOT_MAX_NUMBER"), "LOT_MAX_NUMBER")


def _divided(subject: Element) -> bool | None:
    if subject.first("LOT_DIVISION"):
        return True
    return False if subject.first("NO_LOT_DIVISION") else None
