"""What is said of a company: its SIRET number, its names, its trades; who may say it."""

import re
from collections.abc import Iterable

from tender.core.actor import Actor, ClusterSeat
from tender.core.errors import Invalid, NotFound

FORM = re.compile(r"[0-9]{14}")
LA_POSTE = "356000000"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{1,3}")
TRADE = re.compile(r"[0-9]{2,8}")
STATUSES = ("ess", "siae", "ea", "esat", "esus", "sme")
LONGEST, LONGEST_SLUG, MOST_PEOPLE = 120, 60, 1_000_000


def require_may_add(actor: Actor) -> None:
    """Administrators and the operator take companies in; for others there is nothing there."""
    if not (actor.has(ClusterSeat.ADMINISTRATOR) or actor.scope == "operator"):
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")


def slug_of(typed: str) -> str:
    """Give the name that stands in addresses; raise Invalid if it cannot."""
    slug = typed.strip()
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Invalid(
            "L’identifiant est en minuscules sans accent, chiffres et tirets, {most} caractères au "
            "plus : par exemple nette-rive.",
            field="slug",
            most=LONGEST_SLUG,
        )
    return slug


def line_of(typed: str, *, field: str) -> str:
    """Give a name or place on one line; raise Invalid if it is empty or endless."""
    line = " ".join(typed.split())
    if not 0 < len(line) <= LONGEST or not line.isprintable():
        raise Invalid(
            "Donnez un texte d’une ligne, de {most} caractères au plus.", field=field, most=LONGEST
        )
    return line


def nuts_of(typed: str) -> str:
    """Give a NUTS code; raise Invalid for anything else."""
    code = typed.strip().upper()
    if not NUTS.fullmatch(code):
        raise Invalid(
            "« {typed} » n’est pas un code NUTS, par exemple FRE11 pour le Nord.",
            field="nuts",
            typed=typed.strip()[:40],
        )
    return code


def headcount_of(typed: str) -> int:
    """Give how many people work there; raise Invalid for anything but a number of people."""
    plain = "".join(typed.split())
    known = plain.isascii() and plain.isdecimal() and len(plain) < 9
    if not known or int(plain) > MOST_PEOPLE:
        raise Invalid("L’effectif est un nombre de personnes, en chiffres.", field="headcount")
    return int(plain)


def trades_of(typed: Iterable[str]) -> list[str]:
    """Give CPV codes or their beginnings, each once; raise Invalid for anything else."""
    codes = [code for code in (t.strip() for t in typed) if code]
    for code in codes:
        if not TRADE.fullmatch(code):
            raise Invalid(
                "« {code} » n’est pas le début d’un code CPV : deux à huit chiffres.",
                field="trades",
                code=code[:40],
            )
    return list(dict.fromkeys(codes))


def statuses_of(typed: Iterable[str]) -> list[str]:
    """Give the statuses, each once; raise Invalid for an unknown one."""
    found = list(dict.fromkeys(typed))
    for status in found:
        if status not in STATUSES:
            raise Invalid(
                "« {status} » n’est pas un statut connu : {known}.",
                field="statuses",
                status=status[:40],
                known=", ".join(STATUSES),
            )
    return found


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
