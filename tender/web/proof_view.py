"""The proof of an assembly as pages show it: what was found in its place, what was not."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import ngettext

from tender.assembly.models import AssemblyRun
from tender.core.text import from_stored
from tender.web.refusals import say

KINDS = ("paragraphs", "images", "charts", "objects", "footnotes", "endnotes", "comments",
         "links", "references", "numbers", "fields")  # fmt: skip


def whole(run: AssemblyRun, visible: Collection[str] | None) -> dict[str, Any] | None:
    """Give the document's proof, and of the sections that may be seen (None: all) theirs.

    None for a run of before there was a proof.
    """
    proof: Any = run.report.get("proof")
    if not proof:
        return None
    listed: Any = run.report.get("sections") or []
    return counted(proof) | {
        "holds": proof["holds"],
        "defects": [line(defect) for defect in proof.get("defects") or ()],
        "sections": [
            counted(section.get("proof") or {})
            | {"number": section["number"], "title": section["title"],
               "anchor": f"s-{section['number']}"}
            for section in listed
            if visible is None or section.get("id") in visible
        ],
    }  # fmt: skip


def counted(proof: Mapping[str, Any]) -> dict[str, Any]:
    """Say how many facts there are of each kind, and whether each was found."""
    wanted, found = proof.get("wanted") or {}, proof.get("found") or {}
    named = [(kind, int(wanted[kind])) for kind in KINDS if wanted.get(kind)]
    return {
        "said": ", ".join(_counted(kind, count) for kind, count in named),
        "wanted": sum(count for _, count in named),
        "found": sum(int(found.get(kind, 0)) for kind, _ in named),
    }


def line(failure: Mapping[str, Any]) -> str:
    """Say one fact that is not in its place."""
    told = {"place": failure["place"], "fact": failure["fact"]}
    return say(from_stored({"message": "{place} : {fact}", "params": told}))


def _counted(kind: str, count: int) -> str:
    words = {
        "paragraphs": ngettext("%(num)s paragraphe", "%(num)s paragraphes", count),
        "images": ngettext("%(num)s image", "%(num)s images", count),
        "charts": ngettext("%(num)s graphique", "%(num)s graphiques", count),
        "objects": ngettext("%(num)s objet incorporé", "%(num)s objets incorporés", count),
        "footnotes": ngettext("%(num)s note de bas de page", "%(num)s notes de bas de page", count),
        "endnotes": ngettext("%(num)s note de fin", "%(num)s notes de fin", count),
        "comments": ngettext("%(num)s commentaire", "%(num)s commentaires", count),
        "links": ngettext("%(num)s lien", "%(num)s liens", count),
        "references": ngettext("%(num)s renvoi", "%(num)s renvois", count),
        "numbers": ngettext("%(num)s numéro de liste", "%(num)s numéros de liste", count),
        "fields": ngettext("%(num)s champ", "%(num)s champs", count),
    }
    return str(words[kind])
