"""Win rates as the results page shows them: figures, breakdowns, and what is left out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext, ngettext

from tender.bids.rules import LotBidState
from tender.companies.models import Company
from tender.core.text import N_
from tender.outcomes import rules
from tender.outcomes.rules import Judged, Rate
from tender.reference.builtin import division_name
from tender.web import display
from tender.web.vocabulary import OUTCOME, STAGE

MOST_ROWS = 10
WHY = {
    LotBidState.SUBMITTED: N_("L’acheteur n’a pas encore décidé."),
    LotBidState.RUNNER_UP: N_("Classée deuxième : encore possible jusqu’à la notification."),
    LotBidState.NO_AWARD: N_("Déclaré sans suite ou infructueux : personne n’a gagné."),
}


def figures(rows: Sequence[Judged], overall: Rate, company: Company | None) -> list[dict[str, str]]:
    """Give the four figures on top; a rate always stands beside its number of lots."""
    own = rules.share_rate(rows, company.id) if company else None
    few = gettext("effectif faible") if overall.few else ""
    held = sum(1 for r in rows if company and r.result in rules.DECIDED and company.id in r.members)
    return [
        {
            "label": gettext("Taux en nombre de lots"),
            "value": display.percent(overall.rate, 1),
            "note": gettext(
                "%(won)s sur %(decided)s, intervalle à 95 %% : %(interval)s %(few)s",
                won=overall.won, decided=overall.decided,
                interval=display.interval(overall.low, overall.high, 1), few=few,
            ),
        },
        {
            "label": gettext("Taux en valeur"),
            "value": display.percent(rules.value_rate(rows), 1),
            "note": ngettext("Montants HT gagnés sur jugés, %(num)s lot.",
                             "Montants HT gagnés sur jugés, %(num)s lots.", overall.decided),
        },
        {
            "label": gettext("Taux selon la part de l’entreprise"),
            "value": display.percent(own, 1),
            "note": ngettext("%(company)s, %(num)s lot.", "%(company)s, %(num)s lots.", held,
                             company=company.trade_name)
            if company
            else gettext("Votre compte n’est rattaché à aucune entreprise."),
        },
        {
            "label": gettext("En attente, pondéré"),
            "value": display.money_short(rules.pipeline(rows, overall)),
            "note": gettext("Montants déposés × taux lissé (%(won)s + 1) / (%(decided)s + 2).",
                            won=overall.won, decided=overall.decided),
        },
    ]  # fmt: skip


def breakdowns(rows: Sequence[Judged]) -> list[dict[str, Any]]:
    """Give the rate by buyer, trade, lead, size and number of members."""
    cuts: tuple[tuple[str, str, str, Callable[[Judged], str]], ...] = (
        ("buyer", gettext("Par acheteur"), gettext("Acheteur"), lambda r: r.buyer),
        ("cpv", gettext("Par famille CPV"), gettext("Famille"), _family),
        ("lead", gettext("Par mandataire"), gettext("Mandataire"), lambda r: r.lead or "–"),
        ("size", gettext("Par taille"), gettext("Montant HT"), lambda r: rules.band(r.amount)),
        ("members", gettext("Par nombre de membres"), gettext("Membres"),
         lambda r: str(len(r.members) or "–")),
    )  # fmt: skip
    return [
        {"code": code, "title": title, "column": column, **_cut(rows, key)}
        for code, title, column, key in cuts
    ]


def _family(row: Judged) -> str:
    return division_name(row.cpv, str(get_locale())) or "–"


def _cut(rows: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Any]:
    groups: dict[str, list[Judged]] = {}
    for row in rows:
        if row.result in rules.DECIDED:
            groups.setdefault(key(row), []).append(row)
    rates = {name: rules.count_rate(held) for name, held in groups.items()}
    shown = sorted(rates.items(), key=lambda item: (-item[1].decided, item[0]))[:MOST_ROWS]
    if all(name.isdigit() for name, _ in shown):
        shown.sort(key=lambda item: int(item[0]))
    apart = rules.differ([rate for _, rate in shown])
    note = (
        gettext("Au moins deux lignes se distinguent : leurs intervalles ne se touchent pas.")
        if apart
        else gettext("Les intervalles se recouvrent : aucune différence n’est établie.")
    )
    return {"rows": [_line(name, rate) for name, rate in shown], "note": note if shown[1:] else ""}


def _line(name: str, rate: Rate) -> dict[str, Any]:
    return {
        "name": name, "won": rate.won, "decided": rate.decided, "rate": rate.rate or 0.0,
        "low": rate.low, "high": rate.high, "few": rate.few,
    }  # fmt: skip


def by_member(rows: Sequence[Judged], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Weigh each company's lots by its own share, the largest experience first."""
    lines = []
    for company_id, name in names.items():
        own = rules.count_rate(r for r in rows if company_id in r.members)
        lines.append(_line(name, own) | {"share": rules.share_rate(rows, company_id)})
    return sorted(lines, key=lambda line: (-line["decided"], line["name"]))


def exclusions(rows: Iterable[Judged], given_up: int) -> list[dict[str, Any]]:
    """Count what the rates leave out, and say why; `given_up` lots were never deposited."""
    apart = [
        {"label": gettext(OUTCOME[state.value].label), "count": count, "why": gettext(WHY[state])}
        for state, count in rules.apart(rows).items()
    ]
    why = gettext("Nous avons renoncé avant la remise : l’acheteur n’a rien jugé.")
    left = {"label": gettext(STAGE["withdrawn"].label), "count": given_up, "why": why}
    return [*apart, left] if given_up else apart
