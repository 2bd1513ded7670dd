"""What a SIRET number must be."""

import re

from tender.core.errors import Invalid

FORM = re.compile(r"[0-9]{14}")
LA_POSTE = "356000000"


def siret_of(typed: str) -> str:
    """Give a SIRET as its 14 digits, however it was spaced; raise Invalid if it cannot be one."""
    digits = "".join(typed.split())
    if not is_siret(digits):
        raise Invalid(
            "« {typed} » n’est pas un numéro SIRET : 14 chiffres, dont le dernier est une clé. "
            "Recopiez-le depuis l’avis de situation.",
            field="siret",
            typed=typed.strip()[:40],
        )
    return digits


def is_siret(digits: str) -> bool:
    """Tell whether both keys hold: that of the SIREN (nine digits) and that of the whole."""
    if not FORM.fullmatch(digits) or not _luhn_holds(digits[:9]):
        return False
    if digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True  # its own rule: it has more establishments than the key allows
    return _luhn_holds(digits)


def _luhn_holds(digits: str) -> bool:
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
