"""From the sections of a frozen manifest to the parts that the engine assembles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tender.assembly.rules import Step
from tender.core.storage import Storage, sha256
from tender.core.text import Text
from tender.documents.compose import Part
from tender.documents.text import docx_from_text

NOTHING = "Cette section n’est pas encore rédigée."
MOST_NAMED = 4
Tell = Callable[[Step, int, int, str], None]


class Unusable(Exception):
    """The run cannot succeed, however often it is tried: `text` says why, in words."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def collected(manifest: Mapping[str, Any], storage: Storage, tell: Tell) -> list[Part]:
    """Read every section and compare it with its fingerprint; raises Unusable."""
    wanted = manifest["sections"]
    parts = []
    for i, section in enumerate(wanted):
        tell(Step.COLLECT, i, len(wanted), "")
        part = part_of(manifest["bid"], section, _text_of(section, storage))
        parts.append(replace(part, divider=_divider(manifest, i)))
    return parts


def _divider(manifest: Mapping[str, Any], place: int) -> str:
    """Give the words of the page before a lot's first section: its number, its title."""
    sections = manifest["sections"]
    own = sections[place].get("lot")
    before = sections[place - 1].get("lot") if place else None
    titles = {lot["number"]: lot["title"] for lot in manifest["bid"]["lots"]}
    return f"Lot {own}\n{titles.get(own, '')}".strip() if own and own != before else ""


def part_of(bid: Mapping[str, Any], section: Mapping[str, Any], data: bytes) -> Part:
    """Give a section's text its place, its look and the words of its headers."""
    name = f"{section['number']} {section['title']}"
    return Part(
        name, data, section["number"], section["title"], section["company"], section["level"],
        policy=section.get("policy"),
        styles=section.get("styles") or {},
        variables={
            "acheteur": bid["buyer"],
            "lot": _lots(section.get("lot"), [lot["number"] for lot in bid["lots"]]),
            "section": name,
            "entreprise": section["company"],
            "titre": bid["title"],
        },
    )  # fmt: skip


def _lots(own: str | None, all_lots: Sequence[str]) -> str:
    """Say which lots a section is for, in few words: « Lot 2 », « Lots 1, 3 », « 6 lots »."""
    numbers = [own] if own else list(all_lots)
    if len(numbers) > MOST_NAMED:
        return f"{len(numbers)} lots"
    return f"{'Lot' if len(numbers) == 1 else 'Lots'} {', '.join(numbers)}" if numbers else ""


def _text_of(section: Mapping[str, Any], storage: Storage) -> bytes:
    if section["key"] is None:
        return docx_from_text(NOTHING)
    data = storage.get(section["key"])
    if sha256(data) != section["sha256"]:
        raise Unusable(
            Text(
                "Le fichier de la section {number} a changé sur le disque depuis son dépôt. "
                "Déposez-le de nouveau, puis relancez.",
                number=section["number"],
            )
        )
    return data
