"""What a demonstration call says, before it is put into the form of a published notice."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

SPACE = UUID("5b0e5f0a-6e52-4b53-9d0b-7f6d5f1c9a10")
PARIS = "Europe/Paris"
Weights = tuple[tuple[str, str, int], ...]

BALANCED: Weights = (
    ("quality", "Valeur technique, jugée sur le mémoire", 50),
    ("price", "Prix des prestations", 40),
    ("quality", "Performance sociale et environnementale", 10),
)
TECHNICAL: Weights = (
    ("quality", "Valeur technique, jugée sur le mémoire", 60),
    ("price", "Prix des prestations", 30),
    ("quality", "Insertion et développement durable", 10),
)
PRICED: Weights = (
    ("price", "Prix des prestations", 60),
    ("quality", "Organisation et moyens", 40),
)


@dataclass(frozen=True)
class Buyer:
    """An invented public buyer; `number` makes a company number that belongs to nobody."""

    name: str
    number: int
    city: str
    postcode: str
    nuts: str
    zone: str = PARIS

    @property
    def siret(self) -> str:
        """Fourteen digits with sound check digits, below all numbers ever given out."""
        siren = _checked(f"{self.number:08}")
        return _checked(f"{siren}0001")


BUYERS = {
    "ombelle": Buyer(
        "Communauté d’agglomération du Val d’Ombelle",
        101,
        "Saint-Aubin-d’Ombelle",
        "38990",
        "FRK24",
    ),
    "region": Buyer("Région des Deux-Versants", 102, "Claire-Fontaine", "69990", "FRK26"),
    "brume": Buyer("Département de la Haute-Brume", 103, "Brumeval", "15990", "FRK12"),
    "hopital": Buyer("Centre hospitalier de Roquebelle", 104, "Roquebelle", "34990", "FRJ13"),
    "universite": Buyer("Université de Sainte-Orme", 105, "Sainte-Orme", "44990", "FRG01"),
    "musee": Buyer("Musée des Terres-Claires", 106, "Terres-Claires", "75990", "FR101"),
    "ravine": Buyer(
        "Communauté intercommunale des Hauts de la Ravine",
        107,
        "La Ravine-aux-Fougères",
        "97490",
        "FRY40",
        "Indian/Reunion",
    ),
    "toit": Buyer("Office public de l’habitat Toit d’Aubrelle", 108, "Aubrelle", "67990", "FRF11"),
    "montferret": Buyer("Ville de Montferret", 109, "Montferret", "63990", "FRK14"),
    "metiers": Buyer("Chambre de métiers du pays d’Aubrelle", 110, "Aubrelle", "67990", "FRF11"),
    "pontamarin": Buyer(
        "Centre communal d’action sociale de Pontamarin", 111, "Pontamarin", "29990", "FRH02"
    ),
    "argeline": Buyer(
        "Parc naturel régional des Monts d’Argeline", 112, "Argeline", "07990", "FRK22"
    ),
    "yvrel": Buyer("Syndicat mixte du littoral d’Yvrel", 113, "Yvrel-sur-Mer", "56990", "FRH04"),
    "rus": Buyer("Communauté de communes des Trois Rus", 114, "Ferrolles", "19990", "FRI21"),
}


@dataclass(frozen=True)
class Lot:
    """One lot: an entry of a call's table."""

    cpv: str
    value: int
    title: str
    description: str
    reserved: bool = False


@dataclass(frozen=True, kw_only=True)
class Call:
    """One notice to be written; days are counted from the day of the demonstration.

    `lots` has an entry a lot, "CPV | value | title | description | réservé"; `form` is eforms,
    EFORMS (inside a bulletin's record), FNSimple, MAPA, DSP or legacy.
    """

    slug: str
    buyer: str
    due: int
    title: str
    description: str
    lots: str
    form: str = "eforms"
    at: str = "12:00"
    months: int = 24
    weights: Weights = BALANCED
    subtype: str = "16"
    procedure: str = "open"
    most: int | None = None
    skewed: bool = False
    of: str | None = None
    reason: str | None = None
    told: str | None = None

    @property
    def who(self) -> Buyer:
        """The buyer."""
        return BUYERS[self.buyer]

    @property
    def table(self) -> tuple[Lot, ...]:
        """The lots, in order."""
        return tuple(_lot(line) for line in re.split(r"\n(?=\d{8} )", self.lots.strip()) if line)

    def earlier(self) -> "Call":
        """The call that this notice changes; itself when it changes none."""
        return replace(self, slug=self.of, of=None) if self.of else self

    def id(self, what: str, today: date) -> str:
        """An identifier that stays the same for a call and a day."""
        return str(uuid5(SPACE, f"{today.isoformat()} {what} {self.slug}"))

    def deadline(self, today: date) -> datetime:
        """The last moment, on the buyer's own clock, with the offset the notice will state."""
        day = datetime.combine(today + timedelta(days=self.due), time.fromisoformat(self.at))
        offset = day.replace(tzinfo=ZoneInfo(self.who.zone)).utcoffset() or timedelta(0)
        if self.skewed:  # as some senders' software does: the other season's offset
            offset = timedelta(hours=3) - offset
        return day.replace(tzinfo=timezone(offset))

    def published(self, today: date) -> date:
        """The day of publication: weeks before the deadline, never to come."""
        lead = 12 if self.of else 35
        return today + timedelta(days=min(self.due - lead, -2))


def _lot(line: str) -> Lot:
    cpv, value, title, description, *more = (" ".join(part.split()) for part in line.split("|"))
    return Lot(cpv, int(value), title, description, reserved="réservé" in more)


def _checked(digits: str) -> str:
    """The digits with their Luhn check digit."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(digits))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{digits}{-total % 10}"
