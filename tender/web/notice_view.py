"""How a call and its notices look on a page: plain values and sentences."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import get_locale, gettext, ngettext

from tender.core.orm import Json
from tender.core.text import N_
from tender.notices.changes import ChangeKind
from tender.notices.deadlines import Doubt, binding
from tender.notices.models import Lot, Notice, Tender
from tender.reference.builtin import division_name, place_name
from tender.web import display
from tender.web.procedures import procedure_name

SOURCES = {
    "eforms": N_("Avis européen"), "boamp": N_("BOAMP"), "ted_xml": N_("TED"),
    "ocds": N_("OCDS"), "decp": N_("Données essentielles"),
}  # fmt: skip
KINDS = {
    "planning": N_("pré-information"),
    "competition": N_("appel à concurrence"),
    "change": N_("avis rectificatif"),
    "cancellation": N_("annulation"),
    "result": N_("attribution"),
    "modification": N_("modification de marché"),
    "other": N_("autre avis"),
}
NATURES = {"works": N_("Travaux"), "supplies": N_("Fournitures"), "services": N_("Services")}
SHELTERED = {"res-ws", "RESTRICTED_SHELTERED_WORKSHOP", "shelteredWorkshop"}
_OTHER_NATURES = {
    "travaux": "works", "fournitures": "supplies", "fourniture": "supplies", "goods": "supplies",
    "service": "services",
}  # fmt: skip
UNITS = {
    "DAY": N_("%(number)s jours"),
    "WEEK": N_("%(number)s semaines"),
    "MONTH": N_("%(number)s mois"),
    "YEAR": N_("%(number)s ans"),
    "UNLIMITED": N_("durée illimitée"),
    "UNKNOWN": N_("durée inconnue"),
}
DOUBTS = {
    Doubt.OFFSET: N_(
        "Le décalage horaire écrit n’est pas l’heure légale de l’acheteur ce jour-là : l’instant "
        "le plus tôt est retenu. Autre lecture : %(other)s."
    ),
    Doubt.CLOCK_CHANGE: N_(
        "Cette heure tombe dans la nuit du changement d’heure : l’instant le plus tôt est retenu. "
        "Autre lecture : %(other)s."
    ),
    Doubt.NO_TIME: N_(
        "L’avis donne un jour sans heure : le début de ce jour est retenu, faute de mieux. "
        "Vérifiez l’heure dans le règlement de la consultation."
    ),
    Doubt.MIDNIGHT: N_("L’avis écrit minuit : c’est le début de ce jour, et non sa fin."),
}
FIELDS = {
    "title": N_("intitulé"), "description": N_("description"), "cpv": N_("code CPV"),
    "nuts": N_("lieu"), "estimated_value": N_("montant estimé"), "reserved": N_("réservation"),
    "criteria": N_("critères"), "duration": N_("durée"), "buyer": N_("acheteur"),
    "procedure_type": N_("procédure"), "nature": N_("nature"), "zone": N_("fuseau horaire"),
    "max_lots_submit": N_("nombre de lots par candidat"),
    "max_lots_award": N_("nombre de lots par attributaire"),
}  # fmt: skip


def source(notices: Sequence[Notice]) -> str:
    """Name the first publication of a call."""
    return named(notices[0]) if notices else gettext("Saisi par la coordination")


def named(notice: Notice) -> str:
    """Name a publication: « BOAMP n° 26-118342 »."""
    known = notice.value.get("publication_id")
    where = gettext(SOURCES.get(notice.source, notice.source))
    return str(gettext("%(where)s n° %(number)s", where=where, number=known or notice.native_id))


def publications(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """List the publications with the address of their bytes."""
    return [
        {
            "text": f"{named(notice)} : {gettext(KINDS.get(notice.kind, KINDS['other']))}",
            "at": notice.issued_at or notice.received_at,
            "url": url_for(
                "notices.original", notice_id=notice.tender_id, publication_id=notice.id
            ),
        }
        for notice in notices
    ]


def changes(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Say what changed since the first publication, the latest first."""
    said = [
        {"text": text, "at": notice.issued_at or notice.received_at}
        for notice in notices
        for text in map(change, notice.changes)
    ]
    return said[::-1]


def change(told: Json) -> str:
    """Say one change."""
    kind = told.get("kind")
    if kind == ChangeKind.DEADLINE:
        before, after = (_instant(told.get(key)) for key in ("before", "after"))
        words = N_("Remise des offres : %(after)s, et non plus %(before)s (%(lots)s).")
        return str(gettext(words, before=before, after=after, lots=_lots(told)))
    named_fields = ", ".join(gettext(FIELDS[f]) for f in _listed(told.get("fields")) if f in FIELDS)
    words = {
        ChangeKind.LOTS_ADDED: N_("Ajoutés par l’acheteur : %(lots)s."),
        ChangeKind.LOTS_WITHDRAWN: N_("Retirés par l’acheteur : %(lots)s."),
        ChangeKind.LOTS_CHANGED: N_("Modifié : %(fields)s (%(lots)s)."),
        ChangeKind.TENDER_CHANGED: N_("Modifié : %(fields)s."),
        ChangeKind.CANCELLED: N_("L’acheteur a annulé la consultation."),
        ChangeKind.TO_READ: N_(
            "Rectificatif en toutes lettres, que nul n’a lu : ouvrez l’original."
        ),
        ChangeKind.NO_EFFECT: N_("Avis sans effet : un plus récent est connu, ou tout est annulé."),
    }[ChangeKind(str(kind))]
    return str(gettext(words, lots=_lots(told), fields=named_fields or gettext("détails")))


def deadline_notes(tender: Tender, lots: Iterable[Lot]) -> list[str]:
    """Say how deadlines are written, where that leaves a doubt or is not the clock of Paris."""
    found: dict[str, None] = {}
    for lot in lots:
        if lot.deadline_date and lot.deadline_at:
            read = binding(lot.deadline_date, lot.deadline_time, lot.deadline_offset, tender.zone)
            if read.doubt is None and tender.zone == "Europe/Paris":
                continue
            written = " ".join(
                filter(None, (lot.deadline_date, lot.deadline_time, lot.deadline_offset))
            )
            words = gettext(
                "Écrit dans l’avis : %(written)s (%(zone)s).", written=written, zone=tender.zone
            )
            found[f"{words} {_doubt(read.doubt, read.other)}".strip()] = None
    return list(found)


def _doubt(doubt: Doubt | None, other: datetime | None) -> str:
    if doubt is None:
        return ""
    return str(gettext(DOUBTS[doubt], other=display.deadline_long(other) if other else ""))


def duration(written: str | None) -> str:
    """Say a duration stored as "48 MONTH"."""
    number, _, unit = (written or "").rpartition(" ")
    return str(gettext(UNITS[unit], number=number.replace(".", ","))) if unit in UNITS else ""


def facts(tender: Tender, lot: Lot | None) -> list[tuple[str, str]]:
    """Give the further facts of a call, with their labels."""
    locale = str(get_locale() or "fr")
    told = [
        (gettext("Procédure"), procedure_name(tender.procedure_type)),
        (gettext("Nature"), nature(tender.nature)),
        (gettext("Domaine"), division_name(tender.cpv, locale)),
        (gettext("Lieu"), place_name(tender.nuts)),
        (gettext("Critères"), _criteria(lot.criteria if lot else ())),
        (gettext("Lots par candidat"), str(tender.max_lots_submit or "")),
        (gettext("Lots par attributaire"), str(tender.max_lots_award or "")),
        (gettext("Procédure n°"), tender.procedure_id or ""),
    ]
    return [(label, value) for label, value in told if value]


def nature(code: str | None) -> str:
    """Name the nature of a contract, whatever source wrote its code."""
    plain = (code or "").lower()
    plain = _OTHER_NATURES.get(plain, plain)
    return str(gettext(NATURES[plain])) if plain in NATURES else code or ""


def reserved(code: str | None) -> str:
    """Say that a lot is reserved."""
    if code is None:
        return ""
    words = N_("réservé : ateliers protégés, insertion")
    return str(gettext(words if code in SHELTERED else N_("réservé")))


def buyer_profile(notices: Iterable[Notice]) -> str:
    """Give the address of the consultation's files in the latest notice that has a safe one."""
    for notice in reversed(list(notices)):
        for lot in _listed(notice.value.get("lots")):
            if isinstance(lot, Mapping):
                for url in (*_listed(lot.get("documents_urls")), lot.get("submission_url")):
                    if isinstance(url, str) and _is_safe(url):
                        return url
    return ""


def day(published: Any) -> datetime | None:
    """Give a day as an instant within it, for the filters that show dates."""
    return datetime.combine(published, time(12), display.PARIS) if published else None


def lots_in_words(count: int) -> str:
    """Count lots in words."""
    return str(ngettext("%(num)s lot", "%(num)s lots", count))


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _word(words: Mapping[str, str], code: str | None) -> str:
    return str(gettext(words[code])) if code and code in words else code or ""


def _criteria(criteria: Iterable[Json]) -> str:
    types = {"price": N_("prix"), "cost": N_("coût"), "quality": N_("qualité")}
    said = []
    for item in criteria:
        kind = str(item.get("type") or "")
        name = str(item.get("name") or item.get("description") or _word(types, kind))
        name = name if len(name) <= 120 else name[:119] + "…"
        said.append(f"{name}{_weight(item)}")
    return ", ".join(filter(None, said))


def _weight(criterion: Json) -> str:
    """Say a weight as it is written; that it is a percentage only where the source says so."""
    weight = criterion.get("weight")
    if not weight:
        return ""
    return f" {weight} %" if criterion.get("weight_kind") == "per-exa" else f" ({weight})"


def _instant(written: object) -> str:
    if not isinstance(written, str):
        return str(gettext("aucune date"))
    return display.deadline_short(datetime.fromisoformat(written))


def _lots(told: Json) -> str:
    numbers = [str(number) for number in _listed(told.get("lots"))]
    if len(numbers) > 8:
        return lots_in_words(len(numbers))
    words = ngettext(
        "lot %(numbers)s", "lots %(numbers)s", len(numbers), numbers=", ".join(numbers)
    )
    return str(words)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
