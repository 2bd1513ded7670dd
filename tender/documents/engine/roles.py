"""Which styles mean the same: Word's own name of a role, and what other programs call it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_HEADING = re.compile(
    r"(?:heading|titre|überschrift|título|titulo|titolo|kop|rubrik|otsikko|nadpis|nagłówek|cabeçalho)"
    r"[ _-]?([1-9])"
)
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "normal": "normal standard default défaut default_paragraph_style predeterminado",
        "body text": "corps_de_texte text_body textkörper texte cuerpo_de_texto corpo_del_testo",
        "title": "titre_principal titel título titolo document_title titre_du_document",
        "subtitle": "sous-titre untertitel subtítulo sottotitolo",
        "list paragraph": "paragraphe_de_liste listenabsatz párrafo_de_lista paragrafo_elenco",
        "list bullet": "liste_à_puces aufzählungszeichen lista_con_viñetas punto_elenco puces puce",
        "list number": "liste_à_numéros liste_numérotée listennummer lista_con_números",
        "caption": "légende beschriftung epígrafe didascalia",
        "quote": "citation zitat quotations cita block_text",
        "footnote text": "note_de_bas_de_page fußnotentext footnote texto_nota_pie",
        "endnote text": "note_de_fin endnotentext endnote",
        "table grid": "grille_du_tableau tabellenraster tabellengitternetz",
        "header": "en-tête kopfzeile encabezado",
        "footer": "pied_de_page fußzeile",
        "hyperlink": "lien_hypertexte internet_link lien_internet",
        "strong": "élevé fett strong_emphasis accentuation_forte",
        "emphasis": "accentuation hervorhebung",
    }
)
_ROLE_OF = {
    name.replace("_", " "): role for role, names in _ROLES.items() for name in names.split()
}


def role_of(name: str) -> str:
    """Word's own name, in small letters, of what a style is for: `Beschriftung` as `caption`."""
    plain = " ".join(name.split()).casefold()
    level = heading_of(plain)
    return f"heading {level}" if level else _ROLE_OF.get(plain, plain)


def heading_of(name: str) -> int | None:
    """1 to 9 where a style's name is that of a heading, in one of several languages."""
    found = _HEADING.fullmatch(name.strip().casefold())
    return int(found[1]) if found else None
