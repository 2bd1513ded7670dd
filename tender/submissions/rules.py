"""What may be sealed, when, and what a deposit must say."""

import unicodedata
from collections.abc import Mapping, Set
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from tender.assembly.rules import RunKind, RunState
from tender.bids.rules import Stage
from tender.contributions.names import safe_name
from tender.core.errors import Invalid
from tender.vault.models import PaperKind

WAY_TO_SEALED: Mapping[Stage, tuple[Stage, ...]] = MappingProxyType(
    {
        Stage.FORMING: (Stage.DRAFTING, Stage.ASSEMBLED),
        Stage.DRAFTING: (Stage.ASSEMBLED,),
        Stage.REVIEW: (Stage.ASSEMBLED,),
        Stage.ASSEMBLED: (),
    }
)
SATURDAY = 5
LONGEST = 200
PAPER_NAMES: Mapping[PaperKind, str] = {
    PaperKind.URSSAF: "Attestation-de-vigilance",
    PaperKind.TAX: "Attestation-fiscale",
    PaperKind.KBIS: "Extrait-Kbis",
    PaperKind.LIABILITY_INSURANCE: "Assurance-responsabilite-civile",
    PaperKind.SIGNING_POWER: "Pouvoir-de-signature",
    PaperKind.QUALIOPI: "Certificat-Qualiopi",
}
LARGEST_RECEIPT = 10 * 1024 * 1024
MAGIC: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",), ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}  # fmt: skip
PLAIN: Set[str] = frozenset({".eml", ".txt"})


def require_final(kind: RunKind, state: RunState) -> None:
    """Only a final run that succeeded is sealed."""
    if kind is not RunKind.FINAL or state is not RunState.SUCCEEDED:
        raise Invalid("Seul un dossier final terminé peut être scellé.")


def require_sealable(stage: Stage) -> None:
    """A bid is sealed while it is at work, or again before its deposit."""
    if stage not in WAY_TO_SEALED:
        raise Invalid("À cette étape, l’affaire ne peut pas être scellée.")


def require_alive(cancelled_at: datetime | None) -> None:
    """Nothing is sealed for a call that the buyer took back."""
    if cancelled_at is not None:
        raise Invalid("L’acheteur a annulé cette consultation : il n’y a plus rien à remettre.")


def require_in_time(deadline: datetime | None, instant: datetime) -> datetime:
    """Nothing is sealed from the deadline on; `instant` is the database's. Gives the deadline."""
    if deadline is None:
        raise Invalid("La date limite de remise n’est pas connue. Complétez l’avis, puis scellez.")
    if instant >= deadline:
        raise Invalid(
            "La date limite de remise est passée : une offre tardive est éliminée.",
            article="R. 2151-5",
        )
    return deadline


def advised(deadline: datetime, zone: str) -> datetime:
    """Give our own target: 17:00 on the working day before."""
    day = deadline.astimezone(ZoneInfo(zone)) - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return day.replace(hour=17, minute=0, second=0, microsecond=0)


def require_deposit(
    deposited_at: datetime, platform: str, number: str, *, sealed_at: datetime, now: datetime
) -> None:
    """A deposit is in the past, after the sealing, on a platform that gave a number."""
    if deposited_at > now:
        raise Invalid("La date du dépôt est dans le futur.", field="deposited_at")
    if deposited_at < sealed_at - timedelta(minutes=1):
        raise Invalid("Le dépôt ne peut pas précéder le scellement du pli.", field="deposited_at")
    if not 0 < len(platform.strip()) <= LONGEST:
        raise Invalid("Dites sur quelle plateforme le pli est déposé.", field="platform")
    if not 0 < len(number.strip()) <= LONGEST:
        raise Invalid("Recopiez le numéro de l’accusé de réception.", field="receipt_number")


def fitting_receipt(name: str, data: bytes) -> str:
    """Give the safe name of a receipt that is what its ending says; raise Invalid if not."""
    ending = "." + name.rpartition(".")[2].lower()
    if len(data) > LARGEST_RECEIPT:
        raise Invalid("L’accusé de réception dépasse 10 Mo.", field="receipt")
    if not data or not (_starts(ending, data) or _reads(ending, data)):
        raise Invalid(
            "L’accusé de réception est un PDF, une image PNG ou JPEG, ou un courriel (.eml, .txt).",
            field="receipt",
        )
    return safe_name(name, suffix=ending, otherwise="accuse-de-reception")


def _starts(ending: str, data: bytes) -> bool:
    return data.startswith(MAGIC.get(ending, (b"\0never",)))


def _reads(ending: str, data: bytes) -> bool:
    if ending not in PLAIN:
        return False
    text = data.decode("utf-8", "replace")
    return not any(unicodedata.category(c) == "Cc" and c not in "\t\r\n\f" for c in text)
