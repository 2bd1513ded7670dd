"""Six invented companies and the habits of their Word files."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Firm:
    """How one company writes: fonts, colours, names of styles, ways of numbering."""

    name: str
    font: str
    size: float
    colour: str
    headings: Literal["english", "french", "listed", "custom"]
    numbers: str
    bullet: str
    header: str = ""
    painted: bool = False


ORVANNE = Firm("Orvanne Compétences", "Calibri", 11, "1F4E79", "english", "%1.", "•")
PASSERELLES = Firm(
    "Trois-Passerelles", "Verdana", 9.5, "9C4A1A", "listed", "%1)", "–", "Trois-Passerelles, SCOP"
)
LUMIVERT = Firm("Lumivert Éditions", "Georgia", 11.5, "2E6B3E", "french", "%1 –", "»", painted=True)
KALDERA = Firm("Kaldéra Numérique", "Segoe UI", 10, "3B3B98", "custom", "(%1)", "▪", "KALDÉRA")
BRINDILLE = Firm("Brindille Insertion", "Times New Roman", 12, "7A1F3D", "english", "%1°", "-")
VEXEL = Firm(
    "Vexel Évaluation", "Trebuchet MS", 10.5, "444444", "french", "%1.", "•",
    "Vexel Évaluation – document de travail", painted=True,
)  # fmt: skip
FIRMS = (ORVANNE, PASSERELLES, LUMIVERT, KALDERA, BRINDILLE, VEXEL)
