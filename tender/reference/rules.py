"""Who may load a list of codes, and what a list must be to be one of ours."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from tender.core.actor import Actor, ClusterSeat
from tender.core.errors import Forbidden, Invalid

CPV, NUTS = "cpv", "nuts"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,79}", re.ASCII)
_ALIASES: Mapping[str, str] = MappingProxyType({"nuts-lvl3": NUTS, "nuts-lvl": NUTS})
_CHECKED = re.compile(r"(\d{8})-\d", re.ASCII)
LONGEST_VERSION = 40


def require_may_load(actor: Actor) -> None:
    """Operators and administrators load lists: everybody reads them."""
    if not (actor.has(ClusterSeat.ADMINISTRATOR) or actor.scope == "operator"):
        raise Forbidden("Seule l’administration peut charger une liste de codes.")


def name_of(written: str | None) -> str:
    """Give a list's name as we store it; Invalid if there is none."""
    name = (written or "").strip().lower().replace("_", "-")
    name = _ALIASES.get(name, name)
    if not _NAME.fullmatch(name):
        raise Invalid("Cette liste ne dit pas son nom : indiquez-le avec « --list ».")
    return name


def version_of(written: str | None) -> str:
    """Give a version as we store it; Invalid if it is no version."""
    version = (written or "").strip()
    if not version or len(version) > LONGEST_VERSION or not version.isprintable():
        raise Invalid("Cette liste ne dit pas sa version : indiquez-la avec « --version ».")
    return version


def plain_code(code: str) -> str:
    """Give a code as lists write it: that of the CPV without its check digit."""
    found = _CHECKED.fullmatch(code.strip())
    return found.group(1) if found else code.strip()
