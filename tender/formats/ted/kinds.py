"""What a form of TED is: by its own type where it has several uses, else by its number."""

from collections.abc import Mapping
from types import MappingProxyType

from tender.formats.tree import NOTHING, Element

_OF_FORM: Mapping[str, str] = MappingProxyType(
    {
        "F01": "planning", "F02": "competition", "F03": "result", "F04": "planning",
        "F05": "competition", "F06": "result", "F07": "competition", "F08": "other",
        "F12": "competition", "F13": "result", "F14": "change", "F15": "other",
        "F16": "planning", "F17": "competition", "F18": "result", "F19": "competition",
        "F20": "modification", "F24": "competition", "F25": "result",
        "T01": "planning", "T02": "result",
    }
)  # fmt: skip
# F01, F04, F07 and the social services' F21 to F23 say their use in NOTICE/@TYPE.
_OF_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "PRI": "planning", "PRI_ONLY": "planning", "PRI_REDUCING_TIME_LIMITS": "planning",
        "PER_ONLY": "planning", "PER_REDUCING_TIME_LIMITS": "planning",
        "PRI_CALL_COMPETITION": "competition", "PER_CALL_COMPETITION": "competition",
        "QSU_ONLY": "competition", "QSU_CALL_COMPETITION": "competition",
        "CONTRACT": "competition", "CONCESSION": "competition",
        "AWARD_CONTRACT": "result", "CONCESSION_AWARD_CONTRACT": "result",
    }
)  # fmt: skip
_OF_DOCUMENT: Mapping[str, str] = MappingProxyType(
    {
        "0": "planning", "M": "planning", "3": "competition", "7": "result", "2": "change",
        "O": "competition", "D": "competition", "R": "result", "K": "modification",
    }
)  # fmt: skip
_INVITED = {"PRI_CALL_COMPETITION", "PER_CALL_COMPETITION"}
# In these a bidder first asks to take part: the term of IV.2.2 is that of the request.
_TWO_STAGES = {
    "PT_RESTRICTED",
    "PT_COMPETITIVE_NEGOTIATION",
    "PT_COMPETITIVE_DIALOGUE",
    "PT_INNOVATION_PARTNERSHIP",
    "PT_NEGOTIATED_WITH_PRIOR_CALL",
    "PT_ACCELERATED_RESTRICTED",
}


def kind_of(code: str, form: Element, header: Element) -> str:
    """The kind of a notice."""
    document = header.first("CODIF_DATA/TD_DOCUMENT_TYPE") or NOTHING
    told = _OF_DOCUMENT.get(document.attributes.get("CODE", ""), "other")
    return _OF_TYPE.get(_type(form), _OF_FORM.get(code, told))


def awaited(form: Element, procedure: str | None) -> str:
    """What the one term of a form is for: tenders, requests to take part, or interest."""
    if _type(form) in _INVITED:
        return "interest"
    return "requests" if procedure in _TWO_STAGES else "tenders"


def _type(form: Element) -> str:
    return (form.first("NOTICE") or NOTHING).attributes.get("TYPE", "")
