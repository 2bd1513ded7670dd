"""What a procedure is called, whatever source wrote its code."""

from flask_babel import gettext

from tender.core.text import N_

_OPEN, _RESTRICTED = N_("Appel d’offres ouvert"), N_("Appel d’offres restreint")
_ADAPTED, _NEGOTIATED = N_("Procédure adaptée"), N_("Procédure avec négociation")
_DIALOGUE = N_("Dialogue compétitif")
NAMES = {
    "open": _OPEN,
    "restricted": _RESTRICTED,
    "neg-w-call": _NEGOTIATED,
    "neg-wo-call": N_("Sans publicité préalable"),
    "comp-dial": _DIALOGUE,
    "innovation": N_("Partenariat d’innovation"),
    "oth-single": N_("Autre procédure, une étape"),
    "oth-mult": N_("Autre procédure, plusieurs étapes"),
    "OUVERT": _OPEN,
    "RESTREINT": _RESTRICTED,
    "PROCEDURE_ADAPTE": _ADAPTED,
    "procedureAdaptee": _ADAPTED,
    "procedureAdapteeO": _ADAPTED,
    "procedureAdapteeR": _ADAPTED,
    "NEGOCIE": _NEGOTIATED,
    "DIALOGUE_COMPETITIF": _DIALOGUE,
    "DSP": N_("Délégation de service public"),
    "CONCOURS_OUVERT": N_("Concours ouvert"),
    "CONCOURS_RESTREINT": N_("Concours restreint"),
    "AUTRE": N_("Autre procédure"),
}
"""The codes of eForms (BT-105), then those of the BOAMP."""


def procedure_name(code: str | None) -> str:
    """Name a procedure in the reader's language; a code without a name is shown readable."""
    if not code:
        return ""
    return str(gettext(NAMES[code])) if code in NAMES else code.replace("_", " ").capitalize()
