"""Names for the codes of a notice: French départements and regions, the divisions of the CPV."""

from collections.abc import Mapping
from types import MappingProxyType

REGIONS: Mapping[str, str] = MappingProxyType(
    {
        "FR1": "Île-de-France", "FRB": "Centre-Val de Loire", "FRC": "Bourgogne-Franche-Comté",
        "FRD": "Normandie", "FRE": "Hauts-de-France", "FRF": "Grand Est",
        "FRG": "Pays de la Loire", "FRH": "Bretagne", "FRI": "Nouvelle-Aquitaine",
        "FRJ": "Occitanie", "FRK": "Auvergne-Rhône-Alpes", "FRL": "Provence-Alpes-Côte d’Azur",
        "FRM": "Corse", "FRY": "Outre-mer",
    }
)  # fmt: skip

DEPARTEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "FR101": "Paris", "FR102": "Seine-et-Marne", "FR103": "Yvelines", "FR104": "Essonne",
        "FR105": "Hauts-de-Seine", "FR106": "Seine-Saint-Denis", "FR107": "Val-de-Marne",
        "FR108": "Val-d’Oise", "FRB01": "Cher", "FRB02": "Eure-et-Loir", "FRB03": "Indre",
        "FRB04": "Indre-et-Loire", "FRB05": "Loir-et-Cher", "FRB06": "Loiret",
        "FRC11": "Côte-d’Or", "FRC12": "Nièvre", "FRC13": "Saône-et-Loire", "FRC14": "Yonne",
        "FRC21": "Doubs", "FRC22": "Jura", "FRC23": "Haute-Saône",
        "FRC24": "Territoire de Belfort", "FRD11": "Calvados", "FRD12": "Manche", "FRD13": "Orne",
        "FRD21": "Eure", "FRD22": "Seine-Maritime", "FRE11": "Nord", "FRE12": "Pas-de-Calais",
        "FRE21": "Aisne", "FRE22": "Oise", "FRE23": "Somme", "FRF11": "Bas-Rhin",
        "FRF12": "Haut-Rhin", "FRF21": "Ardennes", "FRF22": "Aube", "FRF23": "Marne",
        "FRF24": "Haute-Marne", "FRF31": "Meurthe-et-Moselle", "FRF32": "Meuse",
        "FRF33": "Moselle", "FRF34": "Vosges", "FRG01": "Loire-Atlantique",
        "FRG02": "Maine-et-Loire", "FRG03": "Mayenne", "FRG04": "Sarthe", "FRG05": "Vendée",
        "FRH01": "Côtes-d’Armor", "FRH02": "Finistère", "FRH03": "Ille-et-Vilaine",
        "FRH04": "Morbihan", "FRI11": "Dordogne", "FRI12": "Gironde", "FRI13": "Landes",
        "FRI14": "Lot-et-Garonne", "FRI15": "Pyrénées-Atlantiques", "FRI21": "Corrèze",
        "FRI22": "Creuse", "FRI23": "Haute-Vienne", "FRI31": "Charente",
        "FRI32": "Charente-Maritime", "FRI33": "Deux-Sèvres", "FRI34": "Vienne", "FRJ11": "Aude",
        "FRJ12": "Gard", "FRJ13": "Hérault", "FRJ14": "Lozère", "FRJ15": "Pyrénées-Orientales",
        "FRJ21": "Ariège", "FRJ22": "Aveyron", "FRJ23": "Haute-Garonne", "FRJ24": "Gers",
        "FRJ25": "Lot", "FRJ26": "Hautes-Pyrénées", "FRJ27": "Tarn", "FRJ28": "Tarn-et-Garonne",
        "FRK11": "Allier", "FRK12": "Cantal", "FRK13": "Haute-Loire", "FRK14": "Puy-de-Dôme",
        "FRK21": "Ain", "FRK22": "Ardèche", "FRK23": "Drôme", "FRK24": "Isère", "FRK25": "Loire",
        "FRK26": "Rhône", "FRK27": "Savoie", "FRK28": "Haute-Savoie",
        "FRL01": "Alpes-de-Haute-Provence", "FRL02": "Hautes-Alpes", "FRL03": "Alpes-Maritimes",
        "FRL04": "Bouches-du-Rhône", "FRL05": "Var", "FRL06": "Vaucluse", "FRM01": "Corse-du-Sud",
        "FRM02": "Haute-Corse", "FRY10": "Guadeloupe", "FRY20": "Martinique", "FRY30": "Guyane",
        "FRY40": "La Réunion", "FRY50": "Mayotte",
    }
)  # fmt: skip

_LANGUAGES = ("fr", "en")

CPV_DIVISIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "03": ("Agriculture, pêche et forêt", "Agriculture, fishing and forestry"),
        "09": ("Énergie et combustibles", "Energy and fuels"),
        "14": ("Mines et métaux", "Mining and metals"),
        "15": ("Alimentation et boissons", "Food and beverages"),
        "16": ("Machines agricoles", "Agricultural machinery"),
        "18": ("Vêtements et bagages", "Clothing and luggage"),
        "19": ("Cuir, textiles, plastique et caoutchouc", "Leather, textiles, plastic and rubber"),
        "22": ("Imprimés", "Printed matter"),
        "24": ("Produits chimiques", "Chemical products"),
        "30": ("Matériel informatique et de bureau", "Computing and office equipment"),
        "31": ("Matériel électrique et éclairage", "Electrical equipment and lighting"),
        "32": (
            "Radio, télévision et télécommunications",
            "Radio, television and telecommunications",
        ),
        "33": ("Matériel médical et pharmacie", "Medical equipment and pharmaceuticals"),
        "34": ("Véhicules et transport", "Vehicles and transport equipment"),
        "35": ("Sécurité, incendie et défense", "Security, fire-fighting and defence equipment"),
        "37": ("Musique, sport, jeux et loisirs créatifs", "Music, sports, games and crafts"),
        "38": ("Laboratoire, optique et mesure", "Laboratory, optical and precision equipment"),
        "39": ("Mobilier et produits d’entretien", "Furniture and cleaning products"),
        "41": ("Eau", "Water"),
        "42": ("Machines industrielles", "Industrial machinery"),
        "43": ("Engins de mine et de chantier", "Mining and construction machinery"),
        "44": ("Matériaux de construction", "Construction materials"),
        "45": ("Travaux de construction", "Construction work"),
        "48": ("Logiciels", "Software packages"),
        "50": ("Réparation et entretien", "Repair and maintenance services"),
        "51": ("Installation", "Installation services"),
        "55": ("Hôtellerie, restauration et commerce", "Hotel, restaurant and retail services"),
        "60": ("Transport", "Transport services"),
        "63": (
            "Services annexes au transport et voyages",
            "Supporting transport and travel services",
        ),
        "64": ("Poste et télécommunications", "Postal and telecommunications services"),
        "65": ("Distribution d’eau et d’énergie", "Public utilities"),
        "66": ("Finance et assurance", "Financial and insurance services"),
        "70": ("Immobilier", "Real estate services"),
        "71": ("Architecture et ingénierie", "Architectural and engineering services"),
        "72": ("Services informatiques", "IT services"),
        "73": ("Recherche et développement", "Research and development"),
        "75": ("Administration et sécurité sociale", "Administration and social security"),
        "76": ("Services pétroliers et gaziers", "Oil and gas services"),
        "77": (
            "Espaces verts, agriculture et forêt",
            "Green spaces, farming and forestry services",
        ),
        "79": ("Services aux entreprises", "Business services"),
        "80": ("Enseignement et formation", "Education and training"),
        "85": ("Santé et action sociale", "Health and social work"),
        "90": ("Propreté, déchets et environnement", "Cleaning, waste and environmental services"),
        "92": ("Culture, sport et loisirs", "Culture, sport and recreation"),
        "98": ("Autres services à la personne", "Other community and personal services"),
    }
)
"""The two first digits of a code, with our own short names in French and in English."""


def place_name(nuts: str | None) -> str:
    """Name a French place by its NUTS code, its region's name at the least; else the code itself.

    Names of places are the same in both languages.
    """
    code = (nuts or "").upper()
    name = DEPARTEMENTS.get(code) or DEPARTEMENTS.get(f"{code}0") or REGIONS.get(code[:3])
    return name or ("France" if code == "FR" else code)


def division_name(cpv: str | None, locale: str) -> str:
    """Name the division of a CPV code ("90911200" or "90"); nothing for a code we do not know."""
    names = CPV_DIVISIONS.get((cpv or "")[:2])
    return names[_LANGUAGES.index(locale) if locale in _LANGUAGES else 0] if names else ""


def name_of(listed: str, code: str, locale: str) -> str:
    """Name a code of the two lists that are built in in part; nothing for what they lack."""
    if listed == "cpv":
        return division_name(code, locale)
    name = place_name(code) if listed == "nuts" else ""
    return "" if name == code.upper() else name
