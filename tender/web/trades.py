"""The words for what companies are and do: tiers, statuses, CPV divisions."""

from collections.abc import Iterable

from flask_babel import gettext

from tender.core.text import N_

TIER = {
    "network": N_("Réseau"),
    "pooled": N_("Moyens mutualisés"),
    "group": N_("Groupe"),
}
STATUS = {
    "ess": N_("Économie sociale et solidaire"),
    "siae": N_("Insertion par l’activité économique"),
    "ea": N_("Entreprise adaptée"),
    "esat": N_("Établissement d’aide par le travail"),
    "esus": N_("Entreprise solidaire d’utilité sociale"),
    "sme": N_("PME"),
}
DIVISION = {
    "03": N_("Produits agricoles"),
    "09": N_("Énergie et carburants"),
    "15": N_("Alimentation"),
    "18": N_("Vêtements et accessoires"),
    "19": N_("Textiles et cuirs"),
    "22": N_("Imprimés"),
    "24": N_("Produits chimiques"),
    "30": N_("Matériel de bureau et informatique"),
    "31": N_("Matériel électrique"),
    "32": N_("Matériel de télécommunication"),
    "33": N_("Matériel médical"),
    "34": N_("Véhicules"),
    "35": N_("Matériel de sécurité"),
    "37": N_("Sport, jeux et musique"),
    "38": N_("Matériel de mesure"),
    "39": N_("Mobilier et équipement"),
    "42": N_("Machines industrielles"),
    "44": N_("Matériaux de construction"),
    "45": N_("Travaux"),
    "48": N_("Logiciels"),
    "50": N_("Réparation et entretien"),
    "51": N_("Installation de matériel"),
    "55": N_("Hôtellerie et restauration"),
    "60": N_("Transport"),
    "63": N_("Logistique et voyages"),
    "64": N_("Courrier et télécommunications"),
    "65": N_("Services publics en réseau"),
    "66": N_("Finance et assurance"),
    "70": N_("Immobilier"),
    "71": N_("Architecture et ingénierie"),
    "72": N_("Services informatiques"),
    "73": N_("Recherche et développement"),
    "75": N_("Administration publique"),
    "77": N_("Espaces verts et forêt"),
    "79": N_("Services aux entreprises"),
    "80": N_("Formation"),
    "85": N_("Santé et action sociale"),
    "90": N_("Propreté et environnement"),
    "92": N_("Culture, loisirs et sport"),
    "98": N_("Services à la personne"),
}
LINK = {
    "shareholding": N_("participation au capital"),
    "shared_director": N_("dirigeant commun"),
    "shared_staff": N_("personnel commun"),
    "shared_premises": N_("locaux communs"),
}


def statuses(codes: Iterable[str]) -> str:
    """Name the statuses of a company in one line; a code that we do not know stands as it is."""
    return ", ".join(gettext(STATUS[code]) if code in STATUS else code for code in codes)


def trades(prefixes: Iterable[str]) -> str:
    """Name what a company does, by the divisions of its CPV codes, each once."""
    divisions = dict.fromkeys(prefix[:2] for prefix in prefixes)
    return ", ".join(
        gettext(DIVISION[code]) if code in DIVISION else f"CPV {code}" for code in divisions
    )
