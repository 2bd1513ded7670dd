"""The words of the interface: one code, one French label, one tone and one icon for each state."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tender.core.text import N_


class Word(NamedTuple):
    """How one code is shown: a French message id, a tone of the style sheet, an icon."""

    label: str
    tone: str
    icon: str


_ASSEMBLY = Word(N_("Assemblage"), "prim", "box-seam")
_LOST = Word(N_("Perdue"), "bad", "x-circle")
_DROPPED = Word(N_("Abandonnée"), "", "slash-circle")

STAGE = {
    "detected": Word(N_("Repérée"), "", "binoculars"),
    "qualifying": Word(N_("À décider"), "warn", "signpost-split"),
    "go": Word(N_("On répond"), "info", "people"),
    "no_go": _DROPPED,
    "forming": Word(N_("Montage"), "info", "people"),
    "drafting": Word(N_("Rédaction"), "info", "pencil"),
    "review": Word(N_("Relecture"), "teal", "eye"),
    "assembled": _ASSEMBLY,
    "submitted": Word(N_("Déposée"), "ok", "send-check"),
    "decided": Word(N_("Jugée"), "teal", "hammer"),
    "closed": Word(N_("Classée"), "", "archive"),
    "cancelled_by_buyer": Word(N_("Annulée par l’acheteur"), "", "slash-circle"),
    "withdrawn": _DROPPED,
    "won": Word(N_("Gagnée"), "ok", "trophy"),
    "lost": _LOST,
}

LANES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("detected", N_("Repérées"), ("detected",)),
    ("qualifying", N_("À décider"), ("qualifying",)),
    ("forming", N_("Montage"), ("go", "forming")),
    ("drafting", N_("Rédaction"), ("drafting",)),
    ("review", N_("Finalisation"), ("review", "assembled")),
    ("submitted", N_("Déposées"), ("submitted",)),
)
"""The lanes of the board: stage that a drop asks for, title, stages shown."""

DECISION = {
    "pending": Word(N_("À décider"), "warn", "signpost-split"),
    "go": Word(N_("On répond"), "ok", "check-circle-fill"),
    "no_go": Word(N_("On ne répond pas"), "", "slash-circle"),
}

SECTION = {
    "todo": Word(N_("À rédiger"), "", "circle"),
    "drafting": Word(N_("En rédaction"), "info", "pencil"),
    "in_review": Word(N_("À relire"), "teal", "eye"),
    "changes_requested": Word(N_("À corriger"), "warn", "arrow-return-left"),
    "approved": Word(N_("Validée"), "ok", "check-circle-fill"),
    "locked": Word(N_("Figée"), "ok", "lock"),
}

CLAIM = {
    "interested": Word(N_("Intéressée"), "", "hand-index"),
    "proposed": Word(N_("Proposée"), "info", "hourglass-split"),
    "confirmed": Word(N_("Confirmée"), "ok", "check-circle-fill"),
    "released": Word(N_("Retirée"), "", "dash-circle"),
    "declined": Word(N_("Écartée"), "", "x-circle"),
    "conflict": Word(N_("En conflit"), "bad", "exclamation-octagon-fill"),
}

ROLE = {
    "lead": Word(N_("Mandataire"), "prim", "person-badge"),
    "co_contractor": Word(N_("Cotraitant"), "ok", "people"),
    "subcontractor": Word(N_("Sous-traitant"), "", "diagram-2"),
    "stand_by": Word(N_("En réserve"), "", "pause-circle"),
    "watch": Word(N_("Intéressée"), "", "hand-index"),
}

COVERAGE = {
    "covered": Word(N_("Couvert"), "ok", "check-circle-fill"),
    "to_confirm": Word(N_("À confirmer"), "warn", "circle-half"),
    "open": Word(N_("Ouvert"), "", "circle"),
    "conflict": Word(N_("En conflit"), "bad", "exclamation-octagon-fill"),
    "off": Word(N_("Non visé"), "", "slash"),
}

PAPER = {
    "valid": Word(N_("Valide"), "ok", "check-circle-fill"),
    "expiring": Word(N_("Expire bientôt"), "warn", "clock-history"),
    "expired": Word(N_("Expirée"), "bad", "x-octagon-fill"),
    "missing": Word(N_("Manquante"), "bad", "dash-circle"),
}

SEVERITY = {
    "block": Word(N_("Bloquant"), "bad", "exclamation-octagon-fill"),
    "warn": Word(N_("Avertissement"), "warn", "exclamation-triangle-fill"),
    "inform": Word(N_("Information"), "info", "info-circle-fill"),
    "ok": Word(N_("Conforme"), "ok", "check-circle-fill"),
}

RUN = {
    "queued": Word(N_("En attente"), "", "hourglass-split"),
    "running": Word(N_("En cours"), "info", "arrow-repeat"),
    "succeeded": Word(N_("Terminé"), "ok", "check-circle-fill"),
    "failed": Word(N_("Échec"), "bad", "x-octagon-fill"),
    "cancelled": Word(N_("Annulé"), "", "slash-circle"),
    "outdated": Word(N_("Obsolète"), "warn", "clock-history"),
}

RUN_KIND = {
    "trial": Word(N_("Essai"), "", "clipboard-check"),
    "final": Word(N_("Dossier final"), "prim", "box-seam"),
}

STEP_NAME = {
    "collect": Word(N_("Réunir les pièces"), "", "collection"),
    "cover": Word(N_("Composer la couverture"), "", "file-earmark"),
    "sections": Word(N_("Insérer les sections"), "", "file-earmark-word"),
    "contents": Word(N_("Numéroter et dresser le sommaire"), "", "list-ol"),
    "render": Word(N_("Produire le PDF"), "", "file-earmark-pdf"),
    "check": Word(N_("Vérifier le résultat"), "", "clipboard-check"),
    "store": Word(N_("Ranger les fichiers"), "", "archive"),
}

LIABILITY = {
    "several": Word(N_("Groupement conjoint"), "", "people"),
    "joint": Word(N_("Groupement solidaire"), "", "people-fill"),
}

STEP = {
    "todo": Word(N_("À venir"), "", "circle"),
    "running": Word(N_("En cours"), "info", "arrow-repeat"),
    "done": Word(N_("Fait"), "ok", "check-circle-fill"),
    "failed": Word(N_("Échec"), "bad", "x-octagon-fill"),
}

OUTCOME = {
    "considered": Word(N_("Envisagé"), "", "binoculars"),
    "claimed": Word(N_("Pris"), "info", "hourglass-split"),
    "confirmed": Word(N_("Confirmé"), "info", "check-circle"),
    "in_bid": Word(N_("Dans la réponse"), "info", "pencil"),
    "submitted": Word(N_("En attente de résultat"), "teal", "hourglass-split"),
    "awarded": Word(N_("Gagné"), "ok", "trophy"),
    "signed": Word(N_("Signé"), "ok", "pen"),
    "rejected": Word(N_("Perdu"), "bad", "x-circle"),
    "runner_up": Word(N_("Perdu, deuxième"), "bad", "2-circle"),
    "irregular": Word(N_("Offre irrégulière"), "bad", "x-octagon-fill"),
    "late": Word(N_("Hors délai"), "bad", "alarm"),
    "no_award": Word(N_("Sans suite"), "", "slash-circle"),
}

LOOK = {
    "house": Word(N_("Maison"), "", "house"),
    "source": Word(N_("D’origine"), "", "file-earmark-word"),
    "map": Word(N_("Par correspondance"), "", "arrow-left-right"),
}

STYLE_KIND = {
    "paragraph": Word(N_("paragraphe"), "", "text-paragraph"),
    "table": Word(N_("tableau"), "", "table"),
}

TRIAGE = {
    "new": Word(N_("À trier"), "info", "inbox"),
    "kept": Word(N_("Retenu"), "ok", "check-circle-fill"),
    "discarded": Word(N_("Écarté"), "", "x-circle"),
    "later": Word(N_("Plus tard"), "", "clock"),
}

SEAT = {
    "administrator": Word(N_("Administrateur du cluster"), "", "gear"),
    "coordinator": Word(N_("Coordinateur"), "prim", "diagram-3"),
    "manager": Word(N_("Gestionnaire des résultats"), "", "bar-chart-line"),
    "representative": Word(N_("Représentant de l’entreprise"), "info", "person-badge"),
    "contributor": Word(N_("Contributeur"), "", "pencil"),
    "reviewer": Word(N_("Relecteur"), "teal", "eye"),
    "guest": Word(N_("Invité"), "", "person"),
}

WORDS: Mapping[str, Mapping[str, Word]] = MappingProxyType(
    {
        "stage": STAGE,
        "decision": DECISION,
        "section": SECTION,
        "claim": CLAIM,
        "role": ROLE,
        "coverage": COVERAGE,
        "paper": PAPER,
        "severity": SEVERITY,
        "run": RUN,
        "run_kind": RUN_KIND,
        "step_name": STEP_NAME,
        "liability": LIABILITY,
        "step": STEP,
        "outcome": OUTCOME,
        "look": LOOK,
        "style_kind": STYLE_KIND,
        "triage": TRIAGE,
        "seat": SEAT,
    }
)


def word(kind: str, code: str) -> Word:
    """Give the word of a code; an unknown one is a fault of ours, so it raises KeyError."""
    return WORDS[kind][code]
