"""The journal's words: what was done, and to what."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from tender.core.text import N_
from tender.history.models import AuditEntry
from tender.web.vocabulary import WORDS

ACTIONS: Mapping[str, tuple[str, str, str]] = {
    "bids.opened": (N_("a retenu l’avis et ouvert l’affaire"), "briefcase", "info"),
    "bids.invited": (N_("a invité une entreprise"), "envelope", "info"),
    "bids.declined": (N_("a décliné l’invitation"), "x-circle", ""),
    "bids.voted": (N_("a donné sa note"), "bullseye", ""),
    "bids.decided": (N_("a décidé"), "signpost-split", "ok"),
    "bids.reviewer_appointed": (N_("a confié la relecture"), "eye", "teal"),
    "bids.reviewer_dismissed": (N_("a retiré la relecture"), "eye-slash", ""),
    "bids.moved": (N_("a changé l’étape"), "arrow-right-circle", "info"),
    "bids.rules_entered": (N_("a saisi les règles de la consultation"), "journal-check", ""),
    "bids.form_set": (N_("a choisi la forme du groupement"), "people", ""),
    "bids.lead_chosen": (N_("a désigné le mandataire"), "person-badge", "prim"),
    "claims.claimed": (N_("a positionné une entreprise sur un lot"), "people", "info"),
    "bids.deadline_changed": (N_("a importé un avis : la remise change"), "clock", "warn"),
    "bids.call_cancelled": (N_("a importé l’annulation de la consultation"), "slash-circle", "bad"),
    "bids.correction_to_read": (N_("a importé un rectificatif à lire"), "exclamation", "warn"),
    "claims.changed": (N_("a modifié une position"), "pencil", "info"),
    "claims.confirmed": (N_("a confirmé une position"), "check-circle", "ok"),
    "claims.released": (N_("a retiré une position"), "dash-circle", "warn"),
    "claims.declined": (N_("a écarté une position proposée"), "x-circle", "warn"),
    "claims.overridden": (N_("a passé outre une règle bloquante"), "exclamation-octagon", "bad"),
    "sections.planned": (N_("a inscrit une section au plan"), "list-ol", ""),
    "sections.changed": (N_("a modifié une section du plan"), "list-ol", ""),
    "sections.written": (N_("a déposé une version"), "file-earmark-arrow-up", "info"),
    "sections.submitted": (N_("a envoyé une section en relecture"), "send", "teal"),
    "sections.approved": (N_("a validé une section"), "check-circle-fill", "ok"),
    "sections.returned": (N_("a demandé des corrections"), "arrow-return-left", "warn"),
    "sections.downloaded": (N_("a téléchargé une version"), "download", ""),
    "assembly.asked": (N_("a lancé un assemblage"), "box-seam", "info"),
    "assembly.finished": (N_("a terminé un assemblage"), "box-seam", "ok"),
    "assembly.cancelled": (N_("a annulé un assemblage"), "slash-circle", ""),
    "assembly.downloaded": (N_("a téléchargé un fichier assemblé"), "download", ""),
    "submissions.sealed": (N_("a scellé le dossier"), "lock", "prim"),
    "submissions.deposited": (N_("a enregistré le dépôt"), "send-check", "ok"),
    "outcomes.recorded": (N_("a enregistré un résultat"), "trophy", "info"),
    "bids.lead_left": (N_("a retiré le mandataire du groupement"), "person-badge", "warn"),
    "sections.moved": (N_("a changé l’ordre du plan"), "list-ol", ""),
    "sections.removed": (N_("a retiré une section du plan"), "list-ol", "warn"),
    "sections.commented": (N_("a commenté une section"), "chat-left-text", ""),
    "sections.restyled": (N_("a changé la mise en forme d’une section"), "palette", ""),
    "assembly.styles_mapped": (N_("a réglé la correspondance des styles"), "palette", ""),
    "assembly.failed": (N_("n’a pas pu terminer un assemblage"), "x-octagon", "bad"),
    "submissions.downloaded": (N_("a téléchargé le pli scellé"), "download", ""),
}
FORMS = {
    "lot": N_("lot %(value)s"),
    "version": N_("version %(value)s"),
    "rule": N_("règle %(value)s"),
    "reason": N_("« %(value)s »"),
}
NAMED = {"role": "role", "kind": "run_kind", "decision": "decision", "after": "stage"}
ORDER = ("company", "kind", "number", "role", "decision", "after", "file", *FORMS)


def line(entry: AuditEntry) -> dict[str, Any]:
    """Give one entry as the page shows it."""
    words, icon, tone = ACTIONS.get(entry.action, (entry.action, "dot", ""))
    said = [_detail(entry.action, key, entry.details) for key in ORDER if entry.details.get(key)]
    return {
        "icon": icon,
        "tone": tone,
        "who": entry.actor_name if entry.actor_id else "Grappe",
        "text": gettext(words),
        "detail": ", ".join(filter(None, said)),
        "at": entry.at,
        "url": None,
    }


def _detail(action: str, key: str, told: Mapping[str, object]) -> str:
    """Say one thing that the entry is about."""
    value = str(told[key])
    if key in FORMS:
        return str(gettext(FORMS[key], value=value))
    if key in NAMED:
        kind = "outcome" if action.startswith("outcomes.") else NAMED[key]
        return str(gettext(WORDS[kind][value].label)) if value in WORDS[kind] else ""
    return _numbered(action, value, told) if key == "number" else value


def _numbered(action: str, number: str, told: Mapping[str, object]) -> str:
    if action.startswith("sections."):
        return f"{number} {told.get('title') or ''}".strip()
    if action == "submissions.deposited":  # the number of the receipt
        return number
    return str(gettext("n° %(number)s", number=number))
