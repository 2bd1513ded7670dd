"""A demonstration call as a record of the French bulletin's API."""

import json
from datetime import date, datetime

from lxml import etree

from tender.demo.calls import eforms
from tender.demo.calls.spec import Call, Lot

_FAMILIES = {"MAPA": "MAPA", "DSP": "DSP", "EFORMS": "JOUE"}
_PROFILE = "https://marches.demo.example"
Tree = dict[str, object]


def record(call: Call, today: date) -> bytes:
    """The record: flat fields, and the notice and its management data as JSON inside strings."""
    idweb, published = number(call, today), call.published(today).isoformat()
    status = "RECTIFICATIF" if call.of else "INITIAL"
    nature = "RECTIFICATIF" if call.of else "APPEL_OFFRE"
    family = _FAMILIES.get(call.form, "FNS")
    scope = {"EFORMS": "DIRECTIVE-24", "legacy": "FNSimple"}.get(call.form, call.form)
    value: Tree = {
        "idweb": idweb,
        "id": idweb.replace("-", "_"),
        "objet": call.title,
        "nomacheteur": call.who.name,
        "dateparution": published,
        "famille": family,
        "perimetre": scope,
        "nature": nature,
        "etat": status,
        "code_departement": [call.who.postcode[:2]],
        "type_marche": ["SERVICES"],
        "source_schema": "3.2.5",
        "gestion": _text(_management(call, today, (family, scope, nature, status))),
        "donnees": _text(_body(call, today)),
        "url_avis": f"https://bulletin.demo.example/avis/{idweb}",
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def number(call: Call, today: date) -> str:
    """The bulletin's number: the year and up to six digits."""
    year = call.published(today).year % 100
    return f"{year:02}-{int(call.id('idweb', today)[:5], 16) % 900_000 + 100_000}"


def _management(call: Call, today: date, codes: tuple[str, str, str, str]) -> Tree:
    family, scope, nature, status = codes
    reference: Tree = {
        "IDWEB": number(call, today),
        "TYPE_AVIS": {
            "FAMILLE": {family: ""},
            "PERIMETRE": {scope: ""},
            "NATURE": {nature: ""},
            "STATUT": {status: ""},
        },
    }
    if call.of:
        reference["ANNONCE_ANTERIEUR"] = {"IDWEB": number(call.earlier(), today)}
    procedure = {"MAPA": "PROCEDURE_ADAPTE", "DSP": "DSP"}.get(call.form, "OUVERT")
    index: Tree = {
        "SCHEMA": "3.2.5",
        "NOMORGANISME": call.who.name,
        "TYPE_PROCEDURE": {procedure: ""},
        "DATE_PUBLICATION": call.published(today).isoformat(),
        "NATURE_MARCHE": {"SERVICES": ""},
        "DEP_PUBLICATION": call.who.postcode[:2],
        "RESUME_OBJET": call.title,
    }
    return {"REFERENCE": reference, "INDEXATION": index}


def _body(call: Call, today: date) -> Tree:
    builders = {"FNSimple": _fnsimple, "MAPA": _mapa, "DSP": _dsp, "legacy": _legacy}
    if call.form == "EFORMS":
        return {"EFORMS": {"ContractNotice": _converted(eforms.tree(call, today))}}
    return builders[call.form](call, call.deadline(today))


def _fnsimple(call: Call, due: datetime) -> Tree:
    who = call.who
    buyer = {
        "nomOfficiel": who.name,
        "typeIdentificationNational": {"siret": ""},
        "codeIdentificationNational": who.siret,
        "ville": who.city,
        "cp": who.postcode,
        "grpCommandes": {"non": ""},
    }
    section = {
        "communication": {
            "identifiantInterne": call.slug.upper(),
            "urlDocConsul": f"{_PROFILE}/dce/{call.slug}",
            "urlProfilAch": _PROFILE,
        },
        "procedure": {
            "procedureAdapteeO": "",
            "dateReceptionOffres": f"{due:%Y-%m-%dT%H:%M:%S}.000",
            "variantes": {"non": ""},
            "criteresAttrib": "; ".join(f"{name} : {share} %" for _, name, share in call.weights),
        },
        "natureMarche": _market(call),
        "lots": {"lot": [_simple_lot(call, lot, at) for at, lot in enumerate(call.table, 1)]},
    }
    return {"FNSimple": {"organisme": buyer, "initial": section}}


def _market(call: Call) -> Tree:
    return {
        "intitule": call.title,
        "description": call.description,
        "codeCPV": _cpv(call.table[0]),
        "natureMarche": {"services": ""},
        "lieuExecution": call.who.city,
        "dureeMois": str(call.months),
        "valeurEstimee": {"valeur": str(sum(lot.value for lot in call.table))},
        "reservationMarche": {"non": ""},
        "lotsMarche": {"oui": ""},
    }


def _simple_lot(call: Call, lot: Lot, at: int) -> Tree:
    return {
        "description": f"{at} : {lot.title}. {lot.description}",
        "codeCPV": _cpv(lot),
        "lieuExecutionLivraison": call.who.city,
    }


def _mapa(call: Call, due: datetime) -> Tree:
    buyer = {
        "acheteurPublic": call.who.name,
        "adr": {"cp": call.who.postcode, "ville": call.who.city},
        "urlProfilAcheteur": _PROFILE,
    }
    if call.of:
        change = {
            "description": {"objet": call.title},
            "procedure": {"procedureAdaptee": ""},
            "infosRectif": {"ajouter": call.told},
        }
        return {"MAPA": {"organisme": buyer, "rectificatif": change}}
    return {"MAPA": {"organisme": buyer, "initial": _adapted(call, due)}}


def _adapted(call: Call, due: datetime) -> Tree:
    criteria = [{"critere": name, "criterePCT": str(share)} for _, name, share in call.weights]
    return {
        "natureMarche": {"services": ""},
        "description": {"objet": call.title},
        "caracteristiques": {"principales": call.description, "variantes": {"non": ""}},
        "duree": {"nbMois": str(call.months)},
        "criteres": {"criterePondere": criteria},
        "procedure": {"procedureAdaptee": ""},
        "delais": {"receptionOffres": f"{due:%Y-%m-%dT%H:%M:%S}"},
        "renseignements": {"idMarche": call.slug.upper()},
    }


def _dsp(call: Call, due: datetime) -> Tree:
    (lot,) = call.table
    market = {
        "titreMarche": call.title,
        "numeroReference": call.slug.upper(),
        "CPV": {"objetPrincipal": {"classPrincipale": lot.cpv}},
        "natureMarche": {"services": ""},
        "description": call.description,
        "divisibleLotNon": "",
        "lot": {
            "lieuCodeNUTS": {"codeNUTS": call.who.nuts},
            "description": lot.description,
            "dureeLot": {"nbMois": str(call.months)},
        },
    }
    buyer = {
        "acheteurPublic": call.who.name,
        "adr": {"cp": call.who.postcode, "ville": call.who.city},
        "urlProfilAcheteur": _PROFILE,
        "codeNUTS": call.who.nuts,
    }
    section = {
        "descriptionMarche": market,
        "renseignementsAdm": {"receptionInteret": f"{due:%Y-%m-%dT%H:%M:%S}"},
    }
    return {"DSP": {"organisme": buyer, "initial": section}}


def _legacy(call: Call, due: datetime) -> Tree:
    criteria = [{"@POIDS": str(share), "#text": name} for _, name, share in call.weights]
    return {
        "IDENTITE": {
            "DENOMINATION": call.who.name,
            "CODE_IDENT_NATIONAL": call.who.siret,
            "CP": call.who.postcode,
            "VILLE": call.who.city,
            "URL_PROFIL_ACHETEUR": _PROFILE,
        },
        "OBJET": _subject(call),
        "PROCEDURE": {
            "TYPE_PROCEDURE": {"OUVERT": ""},
            "CRITERES_ATTRIBUTION": {"CRITERES_PONDERES": {"CRITERE": criteria}},
        },
        "CONDITION_DELAI": {"RECEPT_OFFRES": due.isoformat()},
    }


def _subject(call: Call) -> Tree:
    lots = [
        {
            "DESCRIPTION": f"{lot.title}. {lot.description}",
            "CPV": {"PRINCIPAL": lot.cpv},
            "VALEUR": {"@DEVISE": "EUR", "#text": str(lot.value)},
        }
        for lot in call.table
    ]
    return {
        "TITRE_MARCHE": call.title,
        "TYPE_MARCHE": {"SERVICE": ""},
        "OBJET_COMPLET": call.description,
        "DUREE_DELAI": {"DUREE_MOIS": str(call.months)},
        "DIV_EN_LOTS": {"OUI" if lots else "NON": ""},
        **({"LOTS": {"LOT": lots}} if lots else {}),
    }


def _cpv(lot: Lot) -> Tree:
    return {"objetPrincipal": {"classPrincipale": lot.cpv}}


def _text(value: Tree) -> str:
    return json.dumps(value, ensure_ascii=False)


def _converted(element: etree._Element) -> object:
    """An element by the API's convention: "@attr", "#text", a list where a name repeats."""
    found: dict[str, object] = {
        f"@{etree.QName(key).localname}": value for key, value in element.attrib.items()
    }
    groups: dict[str, list[object]] = {}
    for child in element:
        name = etree.QName(child)
        prefix = next(key for key, uri in eforms.NAMESPACES.items() if uri == name.namespace)
        groups.setdefault(f"{prefix}:{name.localname}", []).append(_converted(child))
    found |= {key: items[0] if len(items) == 1 else items for key, items in groups.items()}
    if not found:
        return element.text or ""
    return found | ({"#text": element.text} if element.text else {})
