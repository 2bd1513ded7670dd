"""What a procedure is called, whatever source wrote its code."""

from flask_babel import gettext

from tender.core.text import N_

_OPEN, _RESTRICTED = N_("Appel d’offres ouvert"), N_("Appel d’offres restreint")
_ADAPTED, _NEGOTIATED = N_("Procédure adaptée"), N_("Procédure avec négociation")
_DIALOGUE, _INNOVATION = N_("Dialogue compétitif"), N_("Partenariat d’innovation")
_DIRECT = N_("Sans publicité préalable")
NAMES = {
    "open": _OPEN,
    "restricted": _RESTRICTED,
    "neg-w-call": _NEGOTIATED,
    "neg-wo-call": _DIRECT,
    "comp-dial": _DIALOGUE,
    "innovation": _INNOVATION,
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
    "PT_OPEN": _OPEN,
    "PT_RESTRICTED": _RESTRICTED,
    "PT_COMPETITIVE_NEGOTIATION": _NEGOTIATED,
    "PT_NEGOTIATED_WITH_PRIOR_CALL": _NEGOTIATED,
    "PT_INVOLVING_NEGOTIATION": _NEGOTIATED,
    "PT_COMPETITIVE_DIALOGUE": _DIALOGUE,
    "PT_INNOVATION_PARTNERSHIP": _INNOVATION,
    "PT_AWARD_CONTRACT_WITHOUT_CALL": _DIRECT,
    "selective": _RESTRICTED,
    "limited": _DIRECT,
    "direct": _DIRECT,
}
"""The codes of eForms (BT-105), then those of the BOAMP, of the former TED and of OCDS."""


def procedure_name(code: str | None) -> str:
    """Name a procedure in the reader's language; a code without a name is shown readable."""
    if not code:
        return ""
    return str(gettext(NAMES[code])) if code in NAMES else code.replace("_", " ").capitalize()
