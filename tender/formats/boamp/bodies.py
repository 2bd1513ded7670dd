"""The bodies of national notices in the bulletin's present schema: FNSimple, MAPA, DSP."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tender.formats import moments, values
from tender.formats.notice import Buyer, Criterion, Deadline, Duration, Lot, Money
from tender.formats.spreading import spread
from tender.formats.tree import NOTHING, Element

_KIND_OF_SECTION = {
    "initial": "competition",
    "attribution": "result",
    "rectificatif": "change",
    "annulation": "cancellation",
    "modification": "modification",
}
_NATURES = {"travaux", "services", "fournitures"}
_DEADLINES = (
    ("tenders", "procedure/dateReceptionOffres"),
    ("tenders", "delais/receptionOffres"),
    ("interest", "renseignementsAdm/receptionInteret"),
)
_MONTHS = ("dureeMois", "duree/nbMois", "dureeLot/nbMois", "natureMarche/dureeMois")


@dataclass(frozen=True, slots=True)
class Body:
    """What the body of a national notice says."""

    kind: str | None = None
    title: str | None = None
    description: str | None = None
    nature: str | None = None
    procedure_type: str | None = None
    cpv: str | None = None
    additional_cpv: tuple[str, ...] = ()
    estimated_value: Money | None = None
    divided: bool | None = None
    buyers: tuple[Buyer, ...] = ()
    lots: tuple[Lot, ...] = ()
    previous: tuple[str, ...] = ()
    change: str | None = None


def read(donnees: Element) -> Body | None:
    """The body below one of the three keys; None when none of them stands there."""
    body = donnees.first("FNSimple", "MAPA", "DSP")
    if body is None:
        return None
    section = next((item for item in body.children if item.name in _KIND_OF_SECTION), NOTHING)
    # A few senders put the market beside the section instead of in it.
    market = section.first("natureMarche", "descriptionMarche") or body.first("natureMarche")
    market = market or NOTHING
    lots = [*section.every("lots/lot"), *market.every("lot")]
    whole = _whole(body, section, market)
    return Body(
        kind=_KIND_OF_SECTION.get(section.name),
        title=market.text_at("intitule", "titreMarche") or section.text_at("description/objet"),
        description=market.text_at("description")
        or section.text_at("caracteristiques/principales", "caracteristiques/quantites"),
        nature=_nature(section, market),
        procedure_type=_procedure_type(section),
        cpv=whole.cpv,
        additional_cpv=whole.additional_cpv,
        estimated_value=whole.estimated_value,
        divided=_divided(market),
        buyers=tuple(_buyer(item) for item in body.every("organisme")),
        lots=spread((_lot(lot) for lot in lots), whole, call=section.name == "initial"),
        previous=tuple(section.texts_at("avisInitial/idWeb")),
        change="\n".join(_prose(section.first("infosRectif"))) or None,
    )


def yes_no(element: Element, *paths: str) -> str | None:
    """What is answered by the name of an element: `variantes/oui`, or VARIANTES_OUI."""
    for path in paths:
        parent, _, name = path.rpartition("/")
        for holder in element.every(parent) if parent else [element]:
            for child in holder.children:
                answer = _answer(child, name)
                if answer:
                    return answer
    return None


def first_deadline(section: Element, places: Iterable[tuple[str, str]]) -> Deadline | None:
    """The first of these kinds of deadline that is written as a date; prose is no date."""
    for kind, path in places:
        due = moments.stamp(section.text_at(path), path)
        if due is not None:
            return Deadline(kind, due.date, due.time, due.offset, due.utc)
    return None


def months(element: Element, *paths: str) -> Duration | None:
    """A duration in months, when it is a number."""
    typed = element.text_at(*paths)
    return values.duration(typed, "MONTH") if typed and typed.isdecimal() else None


def prose_criterion(text: str | None) -> tuple[Criterion, ...]:
    """Criteria that stand in prose are one, unweighted."""
    return (Criterion(None, None, {"und": text}, None, None),) if text else ()


def _answer(child: Element, name: str) -> str | None:
    asked, said = name.lower(), child.name.lower()
    if said == asked:
        return next((item.name.lower() for item in child.children if item.name), None)
    for answer in ("oui", "non"):
        if said in {f"{asked}_{answer}", f"{asked}{answer}"}:
            return answer
    return None


def _whole(body: Element, section: Element, market: Element) -> Lot:
    """What holds for the whole contract, in the shape of a lot."""
    return Lot(
        title=values.undetermined(
            market.text_at("intitule", "titreMarche") or section.text_at("description/objet")
        ),
        description=values.undetermined(market.text_at("description")),
        cpv=market.text_at(*_cpv("objetPrincipal")),
        additional_cpv=tuple(market.texts_at(*_cpv("objetComplementaire"))),
        estimated_value=_value(market),
        deadline=first_deadline(section, _DEADLINES),
        criteria=tuple(_weighted(section)) or prose_criterion(_criteria_prose(section)),
        duration=months(section, *_MONTHS) or months(market, *_MONTHS),
        reserved=yes_no(market, "reservationMarche")
        or yes_no(section, "situation/marcheReserve/marcheReserve"),
        variants=yes_no(section, "procedure/variantes", "caracteristiques/variantes"),
        languages=tuple(_languages(section)),
        documents_urls=tuple(_documents(body, section)),
        submission_url=section.text_at("communication/participation/urlParticipation"),
    )


def _lot(lot: Element) -> Lot:
    words = lot.text_at("description")
    return Lot(
        number=lot.text_at("numLot"),
        title=values.undetermined(lot.text_at("intitule", "titreMarche") or words),
        description=values.undetermined(words),
        cpv=lot.text_at(*_cpv("objetPrincipal")),
        additional_cpv=tuple(lot.texts_at(*_cpv("objetComplementaire"))),
        nuts=tuple(lot.texts_at("lieuCodeNUTS/codeNUTS", "codeNUTS")),
        estimated_value=_value(lot),
        criteria=tuple(_weighted(lot)),
        duration=months(lot, *_MONTHS),
    )


def _cpv(kind: str) -> tuple[str, str]:
    return f"codeCPV/{kind}/classPrincipale", f"CPV/{kind}/classPrincipale"


def _value(element: Element) -> Money | None:
    path = "valeurEstimee/valeur"
    return values.french_money(element.first(path), path)


def _weighted(element: Element) -> Iterator[Criterion]:
    for item in element.every("criteres/criterePondere"):
        weight = item.text_at("criterePCT")
        name = values.undetermined(item.text_at("critere"))
        yield Criterion(None, name, None, weight, "per-exa" if weight else None)


def _criteria_prose(section: Element) -> str | None:
    return section.text_at("procedure/criteresAttrib", "criteres/critereLibre")


def _languages(section: Element) -> Iterator[str]:
    yield from section.texts_at("renseignementsAdm/langue/langEC")
    if section.first("conditions/langueFR"):
        yield "FR"


def _documents(body: Element, section: Element) -> list[str]:
    return [
        *section.texts_at(
            "communication/urlDocConsul",
            "communication/documentMarche/urlDocument",
            "communication/urlProfilAch",
        ),
        *body.texts_at("organisme/urlProfilAcheteur"),
    ]


def _nature(section: Element, market: Element) -> str | None:
    for holder in (market.first("natureMarche"), market, section.first("natureMarche")):
        for child in holder.children if holder else ():
            if child.name.lower() in _NATURES:
                return child.name
    return None


def _procedure_type(section: Element) -> str | None:
    children = (section.first("procedure") or NOTHING).children
    return next((item.name for item in children if item.name.startswith("procedure")), None)


def _divided(market: Element) -> bool | None:
    answer = yes_no(market, "lotsMarche", "divisibleLot")
    return None if answer is None else answer == "oui"


def _buyer(organisme: Element) -> Buyer:
    return Buyer(
        name=values.undetermined(organisme.text_at("nomOfficiel", "acheteurPublic")),
        national_id=organisme.text_at("codeIdentificationNational"),
        country=organisme.text_at("adr/pays", "pays"),
        nuts=organisme.text_at("codeNUTS"),
        city=organisme.text_at("ville", "adr/ville"),
    )


def _prose(element: Element | None) -> list[str]:
    return [item.text for item in element.walk() if item.text] if element else []
