"""The bulletin's upper-case bodies: its files before 2024, and API records of early 2024."""

from collections.abc import Iterator
from dataclasses import replace

from tender.formats import moments, values
from tender.formats.boamp.bodies import (
    Body,
    first_deadline,
    months,
    prose_criterion,
    yes_no,
)
from tender.formats.notice import Buyer, Criterion, Duration, Lot, Money
from tender.formats.spreading import spread
from tender.formats.tree import NOTHING, Element

_DEADLINES = (
    ("tenders", "CONDITION_DELAI/RECEPT_OFFRES"),
    ("requests", "CONDITION_DELAI/RECEPT_CANDIDAT"),
)
_TYPES = {"CRITERES_PRIX": "price", "CRITERES_COUT": "cost", "CRITERES_QUALITE": "quality"}


def read(donnees: Element) -> Body | None:
    """The upper-case body; None when it is not one."""
    subject = donnees.first("OBJET")
    if subject is None and donnees.first("IDENTITE") is None:
        return None
    subject = subject or NOTHING
    awarded = donnees.first("ATTRIBUTION") is not None
    whole = _whole(donnees, subject)
    lots = [_lot(lot, whole) for lot in subject.every("LOTS/LOT")]
    return Body(
        kind="result" if awarded else None,
        title=subject.text_at("TITRE_MARCHE", "OBJET_COMPLET"),
        description=subject.text_at("OBJET_COMPLET"),
        nature=_name(subject.first("TYPE_MARCHE")),
        procedure_type=_name(donnees.first("PROCEDURE/TYPE_PROCEDURE")),
        cpv=whole.cpv,
        additional_cpv=whole.additional_cpv,
        estimated_value=whole.estimated_value,
        divided=_divided(subject),
        buyers=tuple(_buyer(item) for item in donnees.every("IDENTITE")),
        lots=spread(lots, replace(whole, criteria=()) if lots else whole, call=not awarded),
        change="\n".join(_changes(donnees)) or None,
    )


def _whole(donnees: Element, subject: Element) -> Lot:
    """What holds for the whole contract, in the shape of a lot."""
    return Lot(
        title=values.undetermined(subject.text_at("TITRE_MARCHE", "OBJET_COMPLET")),
        description=values.undetermined(subject.text_at("OBJET_COMPLET")),
        cpv=subject.text_at("CPV/PRINCIPAL"),
        additional_cpv=tuple(subject.texts_at("CPV/SUPPLEMENTAIRE", "CPV/COMPLEMENTAIRE")),
        nuts=tuple(subject.texts_at("LIEU_EXEC_LIVR/CODE_NUTS")),
        estimated_value=_value(
            subject, "CARACTERISTIQUES/VALEUR_TOTALE", "CARACTERISTIQUES/VALEUR"
        ),
        deadline=first_deadline(donnees, _DEADLINES),
        opening=moments.stamp(
            donnees.text_at("CONDITION_ADMINISTRATIVE/DATE_OUVERTURE_OFFRES"),
            "DATE_OUVERTURE_OFFRES",
        ),
        criteria=_criteria(donnees.first("PROCEDURE/CRITERES_ATTRIBUTION")),
        duration=_duration(subject.first("DUREE_DELAI")),
        reserved=yes_no(subject, "MARCHE_RESERVE")
        or yes_no(donnees, "CONDITION_PARTICIPATION/MARCHE_RESERVE"),
        variants=yes_no(donnees, "PROCEDURE/VARIANTES"),
        languages=tuple(donnees.texts_at("CONDITION_RELATIVE_MARCHE/LANGUES/LANGUE")),
        documents_urls=tuple(
            donnees.texts_at("IDENTITE/URL_DOCUMENT", "IDENTITE/URL_PROFIL_ACHETEUR")
        ),
        submission_url=donnees.text_at("IDENTITE/URL_PARTICIPATION"),
    )


def _lot(lot: Element, whole: Lot) -> Lot:
    """A lot; one that says where its criteria stand does not have those of the whole."""
    words, criteria = lot.text_at("DESCRIPTION"), lot.first("CRITERES_ATTRIBUTION")
    return Lot(
        number=lot.text_at("NUM"),
        title=values.undetermined(lot.text_at("INTITULE") or words),
        description=values.undetermined(words),
        cpv=lot.text_at("CPV/PRINCIPAL"),
        additional_cpv=tuple(lot.texts_at("CPV/SUPPLEMENTAIRE", "CPV/COMPLEMENTAIRE")),
        nuts=tuple(lot.texts_at("CODE_NUTS")),
        estimated_value=_value(lot, "VALEUR"),
        criteria=_criteria(criteria) if criteria else whole.criteria,
        duration=_duration(lot),
        variants=yes_no(lot, "VARIANTES"),
    )


def _criteria(element: Element | None) -> tuple[Criterion, ...]:
    """The criteria: listed with or without weights, the price alone, or prose."""
    if element is None:
        return ()
    return tuple(_listed(element)) or prose_criterion(element.text_at("CRITERES_LIBRE"))


def _listed(element: Element) -> Iterator[Criterion]:
    for group in element.children:
        kind, items = _TYPES.get(group.name), group.every("CRITERE")
        if kind == "price" and not items:
            yield Criterion(kind, None, None, group.attributes.get("POIDS") or None, None)
        for item in items:
            weight = item.attributes.get("POIDS") or None
            yield Criterion(kind, values.undetermined(item.text), None, weight, None)


def _duration(element: Element | None) -> Duration | None:
    return months(element, "DUREE_MOIS") if element else None


def _value(element: Element, *paths: str) -> Money | None:
    return values.french_money(element.first(*paths), paths[0])


def _divided(subject: Element) -> bool | None:
    answer = yes_no(subject, "DIV_EN_LOTS")
    return None if answer is None else answer == "oui"


def _name(element: Element | None) -> str | None:
    return next((child.name for child in element.children), None) if element else None


def _changes(donnees: Element) -> list[str]:
    return [
        item.text for found in donnees.every("MODIFICATION") for item in found.walk() if item.text
    ]


def _buyer(identity: Element) -> Buyer:
    return Buyer(
        name=values.undetermined(identity.text_at("DENOMINATION")),
        national_id=identity.text_at("CODE_IDENT_NATIONAL"),
        country=identity.text_at("PAYS"),
        nuts=identity.text_at("ADJUDICATEUR_NUTS", "CODE_NUTS"),
        city=identity.text_at("VILLE"),
    )
