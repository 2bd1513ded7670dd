"""How long a paper holds, what a paper may be as a file, who keeps the vault."""

import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, date, datetime, timedelta
from enum import StrEnum
from pathlib import PurePath
from uuid import UUID
from zoneinfo import ZoneInfo

from tender.core.actor import Actor
from tender.core.errors import Forbidden, Invalid


class PaperKind(StrEnum):
    """The documents of domain.md table 2.2 that every member keeps at hand."""

    URSSAF = "urssaf"
    TAX = "tax"
    KBIS = "kbis"
    LIABILITY_INSURANCE = "liability_insurance"
    BANK_DETAILS = "bank_details"
    SIGNING_POWER = "signing_power"
    QUALIOPI = "qualiopi"


WARNING = timedelta(days=30)
LARGEST = 20 * 1024 * 1024
EARLIEST = date(1990, 1, 1)
MONTHS = {PaperKind.URSSAF: 6, PaperKind.KBIS: 3, PaperKind.QUALIOPI: 36}
"""Table 2.2 of the rules: months from the day of issue (URSSAF: art. D. 8222-5)."""


class PaperState(StrEnum):
    """What a paper is worth on a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    MISSING = "missing"


class PaperType(StrEnum):
    """The kinds of file that a paper may be, by the media type they are served as."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


EXTENSIONS = {PaperType.PDF: ".pdf", PaperType.PNG: ".png", PaperType.JPEG: ".jpg"}


def today(now: datetime) -> date:
    """Give the day that papers are judged on: that of their issuers, in Paris."""
    return now.astimezone(ZoneInfo("Europe/Paris")).date()


def validity(expires_on: date | None, on: date, *, held: bool = True) -> PaperState:
    """Judge a paper on a day; it holds on its last day, and for ever without one."""
    if not held:
        return PaperState.MISSING
    if expires_on is None:
        return PaperState.VALID
    if expires_on < on:
        return PaperState.EXPIRED
    return PaperState.EXPIRING if expires_on <= on + WARNING else PaperState.VALID


def expected(kind: PaperKind, cpv_prefixes: Iterable[str]) -> bool:
    """Tell whether a company is asked for a kind of paper: Qualiopi is for trainers (CPV 80)."""
    return kind is not PaperKind.QUALIOPI or any(code.startswith("80") for code in cpv_prefixes)


def usual_expiry(kind: PaperKind, issued_on: date) -> date | None:
    """Suggest the last day of a new paper; None for those that hold until changed."""
    if kind in MONTHS:
        return _later(issued_on, MONTHS[kind]) - timedelta(days=1)
    if kind is PaperKind.TAX:
        return date(issued_on.year, 12, 31)
    if kind is PaperKind.LIABILITY_INSURANCE:
        return _later(issued_on, 12) - timedelta(days=1)
    return None


def _later(day: date, months: int) -> date:
    """Count months on; the 31st of a shorter month is its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(year, MAXYEAR)  # a mistyped year is refused afterwards, in words
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def require_dates(issued_on: date, expires_on: date | None, *, on: date) -> None:
    """A paper was issued in the past, and does not end before it begins."""
    if not EARLIEST <= issued_on <= on:
        raise Invalid(
            "La date de délivrance est à venir, ou trop ancienne. Recopiez celle de la pièce.",
            field="issued_on",
        )
    if expires_on is not None and not issued_on <= expires_on <= _later(issued_on, 50 * 12):
        raise Invalid(
            "La fin de validité doit suivre la date de délivrance. Laissez-la vide si la pièce "
            "n’expire pas.",
            field="expires_on",
        )


def type_of(data: bytes) -> PaperType:
    """Recognise a file by what is in it; raise Invalid for any other kind, empty or too large."""
    if not data:
        raise Invalid("Ce fichier est vide. Choisissez-en un autre.", field="file")
    if len(data) > LARGEST:
        raise Invalid(
            "Ce fichier dépasse 20 Mo. Réduisez-le, par exemple en numérisant en gris.",
            field="file",
        )
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return PaperType.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return PaperType.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return PaperType.JPEG
    raise Invalid(
        "Ce fichier n’est pas un PDF ni une image PNG ou JPEG entiers. "
        "Exportez la pièce en PDF, puis déposez-la.",
        field="file",
    )


def shown_name(typed: str, kind: PaperKind, found: PaperType) -> str:
    """Give the name a file is kept and served under: printable, without path, ending as it is."""
    base = typed.replace("\\", "/").rpartition("/")[2]
    stem = PurePath(unicodedata.normalize("NFC", base)).stem
    plain = "".join(sign for sign in stem if sign.isprintable() and sign not in '"<>|:*?')
    return (" ".join(plain.split()).strip(". ")[:100] or kind.value) + EXTENSIONS[found]


def require_keeps(actor: Actor, company_id: UUID) -> None:
    """Only those who may bind the company keep its papers."""
    if not actor.represents(company_id):
        raise Forbidden("Seuls les représentants de l’entreprise tiennent son coffre.")
