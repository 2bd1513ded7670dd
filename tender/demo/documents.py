"""Twelve sections by six invented companies, as real Word files."""

from dataclasses import dataclass
from pathlib import Path

from tender.demo.sections.firms import (
    BRINDILLE,
    KALDERA,
    LUMIVERT,
    ORVANNE,
    PASSERELLES,
    VEXEL,
    Firm,
)
from tender.demo.sections.writing import Writer

_TEXTS = Path(__file__).parent / "sections"
_PLAN = (
    ("01-comprehension", "Compréhension du besoin", ORVANNE),
    ("02-methodologie", "Méthodologie de formation", ORVANNE),
    ("03-ingenierie", "Ingénierie pédagogique et contenus", PASSERELLES),
    ("04-communication", "Dispositif de communication", LUMIVERT),
    ("05-equipe", "Équipe dédiée", ORVANNE),
    ("06-calendrier", "Calendrier de réalisation", KALDERA),
    ("07-plateforme", "Plateforme numérique", KALDERA),
    ("08-qualite", "Démarche qualité et évaluation", VEXEL),
    ("09-insertion", "Clause sociale d’insertion", BRINDILLE),
    ("10-environnement", "Engagements environnementaux", LUMIVERT),
    ("11-accessibilite", "Accessibilité et égalité", PASSERELLES),
    ("12-references", "Références du groupement", BRINDILLE),
)


@dataclass(frozen=True)
class DemoSection:
    """One section ready to upload: its file, its place in the plan, the company that wrote it."""

    number: str
    title: str
    company: str
    filename: str
    data: bytes
    heading_level: int = 1


def demo_sections() -> list[DemoSection]:
    """The twelve sections in their order; the same bytes each time."""
    return [
        DemoSection(str(place), title, firm.name, f"{name}.docx", _write(name, firm))
        for place, (name, title, firm) in enumerate(_PLAN, start=1)
    ]


def _write(name: str, firm: Firm) -> bytes:
    text = (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return Writer(firm).write(text)
