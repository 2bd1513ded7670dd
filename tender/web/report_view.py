"""What a run kept, changed and refused, section by section, as pages show it."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import url_for
from flask_babel import ngettext

from tender.core.orm import Json
from tender.core.text import Text
from tender.web import proof_view
from tender.web.refusals import say

KINDS = ("words", "paragraphs", "tables", "images", "footnotes", "endnotes", "comments")
SEVERITY = {"clean": "inform", "warn": "warn", "refuse": "block"}


def sections(
    report: Json, ref: str, numbers: Mapping[str, str], visible: Collection[str] | None
) -> list[dict[str, Any]]:
    """Give each section that may be seen (None: all); `numbers` says by id where it now stands."""
    listed: Any = report.get("sections") or []
    return [
        _section(section, ref, numbers)
        for section in listed
        if visible is None or section.get("id") in visible
    ]


def _section(section: Json, ref: str, numbers: Mapping[str, str]) -> dict[str, Any]:
    told = part(section | {"kept": _with_words(section)})
    number = numbers.get(str(section.get("id")))
    written = bool(section.get("written", True))
    remarks = len(told["findings"]) + bool(told["refused"]) + bool(section["over"]) + (not written)
    remarks += bool(told["unproven"])
    return told | {
        "anchor": f"s-{section['number']}",
        "number": section["number"],
        "title": section["title"],
        "company": section["company"],
        "policy": section.get("policy") or "house",
        "pages": section["pages"],
        "budget": section["budget"],
        "over": section["over"],
        "first": section["first"],
        "written": written,
        "remarks": remarks,
        "missing": bool(told["refused"]) or not written,
        "url": number and url_for("sections.show", ref=ref, number=number),
    }


def _with_words(section: Json) -> Json:
    kept: Any = section.get("kept") or {}
    return {"words": section.get("words") or 0, **kept}


def part(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the engine tells of one text, in the reader's language.

    What the gate cleaned out is a change; what it warns of stays a finding.
    """
    found = told.get("findings") or ()
    cleaned = [f for f in found if f.get("severity") == "clean"]
    return {
        "kept": _kept(told.get("kept") or {}),
        "changes": [
            *(_said(change) for change in told.get("changes") or ()),
            *map(_placed, cleaned),
        ],
        "details": [_detail(detail) for detail in told.get("details") or ()],
        "findings": [_finding(f) for f in found if f not in cleaned],
        "refused": _said(told["refused"]) if told.get("refused") else "",
        "proof": proof_view.counted(told.get("proof") or {}),
        "unproven": [proof_view.line(failure) for failure in told.get("unproven") or ()],
    }


def _said(sentence: Mapping[str, Any]) -> str:
    return say(Text(str(sentence["message"]), **sentence.get("params", {})))


def _finding(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "severity": SEVERITY.get(str(found.get("severity")), "inform"), "title": _said(found),
        "explanation": "", "source": _place(found), "who": "", "url": None, "action": None,
    }  # fmt: skip


def _detail(told: Mapping[str, Any]) -> dict[str, str]:
    place = told.get("place")
    return {"text": _said(told), "place": _said(place) if place else ""}


def _place(found: Mapping[str, Any]) -> str:
    """Say where in the text; no words where the whole is meant."""
    place = str(found.get("place") or "")
    return say(Text(place, **found.get("params", {}))) if place else ""


def _placed(found: Mapping[str, Any]) -> str:
    place = _place(found)
    return f"{_said(found)} ({place})" if place else _said(found)


def _kept(counts: Mapping[str, int]) -> list[str]:
    """Say how many of each kind were kept, in an order that people expect."""
    named = [(name, counts[name]) for name in KINDS if counts.get(name)]
    return [_counted(name, count) for name, count in named]


def _counted(name: str, count: int) -> str:
    words = {
        "words": ngettext("%(num)s mot", "%(num)s mots", count),
        "paragraphs": ngettext("%(num)s paragraphe", "%(num)s paragraphes", count),
        "tables": ngettext("%(num)s tableau", "%(num)s tableaux", count),
        "images": ngettext("%(num)s image", "%(num)s images", count),
        "footnotes": ngettext("%(num)s note de bas de page", "%(num)s notes de bas de page", count),
        "endnotes": ngettext("%(num)s note de fin", "%(num)s notes de fin", count),
        "comments": ngettext("%(num)s commentaire", "%(num)s commentaires", count),
    }
    return str(words[name])
