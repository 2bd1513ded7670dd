"""The rules of consortium law on claims (domain.md section 2): pure, each with its article.

Where the rules of the consultation are unknown a rule says so instead of passing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from tender.bids.findings import Finding, Severity
from tender.claims.rules import FROZEN, SEAT_TAKEN, ClaimRole, ClaimState
from tender.core.text import N_, Text

ENGAGED = frozenset({ClaimRole.LEAD, ClaimRole.CO_CONTRACTOR, ClaimRole.SUBCONTRACTOR})
MEMBERS = frozenset({ClaimRole.LEAD, ClaimRole.CO_CONTRACTOR})
WHOLE = Decimal(100)


class Closeness(StrEnum):
    """How close two companies stand, for the judge (section 2.1)."""

    GROUP = "group"
    POOLED = "pooled"


@dataclass(frozen=True, slots=True)
class Position:
    """One live claim."""

    company_id: UUID
    company: str
    role: ClaimRole
    share: Decimal
    state: ClaimState = ClaimState.CONFIRMED


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot that we consider, with the live claims on it."""

    number: str
    positions: tuple[Position, ...]

    @property
    def engaged(self) -> tuple[Position, ...]:
        """Those who would do work on it."""
        return tuple(p for p in self.positions if p.role in ENGAGED)


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the buyer's rules say; None where nobody has read them yet."""

    max_lots_bid: int | None = None
    several_forbidden: bool | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is true of a company on this lot outside this consortium; no names, no counts."""

    leads: bool = False
    engaged: bool = False
    linked: Closeness | None = None


def frozen(deadline: datetime | None, now: datetime) -> Iterable[Finding]:
    """R-07: the composition changes freely until the deadline, then no more."""
    if deadline is not None and now >= deadline:
        yield Finding(
            "R-07",
            Severity.BLOCK,
            Text(FROZEN),
            "R. 2142-26",
            Text("Seul un accord de l’acheteur permet de changer de membre."),
        )


def one_seat(lot: LotFacts) -> Iterable[Finding]:
    """R-03: a lot has one lead seat; the position judged stands last."""
    leads = [p for p in lot.positions if p.role is ClaimRole.LEAD]
    if len(leads) > 1:
        yield Finding(
            "R-03",
            Severity.BLOCK,
            Text(SEAT_TAKEN, company=leads[0].company),
            "R. 2142-24",
            Text("Convenez avec elle d’un changement, ou demandez une place en réserve."),
            lot_number=lot.number,
        )


def one_lead_elsewhere(position: Position, elsewhere: Elsewhere) -> Iterable[Finding]:
    """R-04: a company leads one consortium only for a lot."""
    if position.role is ClaimRole.LEAD and elsewhere.leads:
        yield Finding(
            "R-04",
            Severity.BLOCK,
            Text(
                "{company} est déjà mandataire d’un autre groupement pour ce lot.",
                company=position.company,
            ),
            "R. 2142-23",
            Text("Choisissez une autre entreprise mandataire, ou un rôle de cotraitant."),
        )


def several_candidatures(
    position: Position, elsewhere: Elsewhere, rules: Consultation
) -> Iterable[Finding]:
    """R-06: alone and in a group, or in two groups: free unless the RC forbids it, per lot."""
    if position.role not in MEMBERS or not elsewhere.engaged:
        return
    severity = Severity.BLOCK if rules.several_forbidden else Severity.WARN
    text = {
        True: N_(
            "{company} est engagée dans une autre réponse à ce lot : le règlement l’interdit."
        ),
        False: N_(
            "{company} est engagée dans une autre réponse à ce lot ; le règlement le permet."
        ),
        None: N_(
            "{company} est engagée dans une autre réponse à ce lot, et personne n’a encore "
            "vérifié si le règlement l’interdit."
        ),
    }[rules.several_forbidden]
    yield Finding(
        "R-06",
        severity,
        Text(text, company=position.company),
        "R. 2142-21 et R. 2151-7",
        Text("Retirez l’une des deux positions, ou vérifiez le règlement de la consultation."),
    )


def linked_companies(position: Position, elsewhere: Elsewhere) -> Iterable[Finding]:
    """R-20: linked companies filing separate offers for one lot."""
    if position.role not in ENGAGED or elsewhere.linked is None:
        return
    group = elsewhere.linked is Closeness.GROUP
    text = (
        N_(
            "Une entreprise liée à {company} par son capital ou ses dirigeants répond séparément "
            "à ce lot : les deux offres seraient écartées."
        )
        if group
        else N_(
            "Une entreprise qui partage des moyens avec {company} répond séparément à ce lot : "
            "l’autonomie des deux offres devra être prouvée."
        )
    )
    yield Finding(
        "R-20",
        Severity.BLOCK if group else Severity.WARN,
        Text(text, company=position.company),
        "CE, 8 décembre 2020, n° 436532",
        Text("Renoncez à l’une des deux réponses, ou faites valider la séparation par écrit."),
    )


def shares_fit(lot: LotFacts) -> Iterable[Finding]:
    """R-10: the shares of a lot never pass 100 %."""
    total = sum((p.share for p in lot.engaged), Decimal(0))
    if total > WHOLE:
        yield Finding(
            "R-10",
            Severity.BLOCK,
            Text("Les parts du lot {number} dépasseraient 100 % ({total} %).",
                 number=lot.number, total=plain(total)),
            "R. 2142-20",
            Text("Baissez la part demandée, ou convenez d’une autre répartition."),
            lot_number=lot.number,
        )  # fmt: skip


def lots_limit(lots: Sequence[LotFacts], rules: Consultation) -> Iterable[Finding]:
    """R-12: how many lots one tenderer may bid for."""
    wanted = sum(1 for lot in lots if lot.engaged)
    if rules.max_lots_bid is None and len(lots) > 1:
        yield Finding(
            "R-12",
            Severity.WARN,
            Text("Le nombre de lots qu’un candidat peut demander n’a pas été vérifié."),
            "R. 2113-1",
            Text("Lisez le règlement de la consultation et saisissez la limite."),
            repair="rules",
        )
    elif rules.max_lots_bid is not None and wanted > rules.max_lots_bid:
        yield Finding(
            "R-12",
            Severity.BLOCK,
            Text("Le groupement viserait {wanted} lots ; le règlement en permet {limit}.",
                 wanted=wanted, limit=rules.max_lots_bid),
            "L. 2113-10 et R. 2113-1",
            Text("Renoncez à un lot avant d’en demander un autre."),
        )  # fmt: skip


def one_lead_by_lot(lots: Sequence[LotFacts], lead_company: str | None) -> Iterable[Finding]:
    """R-03: exactly one lead, in the candidature and in the offer."""
    if lead_company is None and any(lot.engaged for lot in lots):
        yield Finding(
            "R-03",
            Severity.BLOCK,
            Text("Le groupement n’a pas encore de mandataire."),
            "R. 2142-24",
            Text("Désignez l’entreprise mandataire du groupement."),
            repair="lots",
        )
    for lot in lots:
        leads = [p for p in lot.engaged if p.role is ClaimRole.LEAD]
        if lot.engaged and not leads:
            yield Finding(
                "R-03",
                Severity.BLOCK,
                Text("Le lot {number} n’a pas de mandataire.", number=lot.number),
                "R. 2142-24",
                Text("Une des entreprises du lot doit en prendre la conduite."),
                lot_number=lot.number,
                repair="lots",
            )


def whole_split(lots: Sequence[LotFacts]) -> Iterable[Finding]:
    """R-10: every share has one owner and they make 100 %; open positions are confirmed."""
    for lot in lots:
        total = sum((p.share for p in lot.engaged), Decimal(0))
        if lot.engaged and total != WHOLE:
            yield Finding(
                "R-10",
                Severity.BLOCK,
                Text("Les parts du lot {number} font {total} % au lieu de 100 %.",
                     number=lot.number, total=plain(total)),
                "R. 2142-20",
                Text("Complétez la répartition du lot."),
                lot_number=lot.number,
                repair="lots",
            )  # fmt: skip
        for position in lot.engaged:
            if position.state is not ClaimState.CONFIRMED:
                yield Finding(
                    "R-10",
                    Severity.BLOCK,
                    Text("Lot {number} : la position de {company} n’est pas confirmée.",
                         number=lot.number, company=position.company),
                    "R. 2142-20",
                    Text("Confirmez la position, ou demandez son retrait."),
                    lot_number=lot.number,
                    repair="lots",
                )  # fmt: skip


def on_claim(
    position: Position, lots: Sequence[LotFacts], rules: Consultation, elsewhere: Elsewhere
) -> list[Finding]:
    """Judge one claim, `lots` being the consortium as it would then stand."""
    findings = on_elsewhere(position, rules, elsewhere)
    for lot in lots:
        findings += [*one_seat(lot), *shares_fit(lot)]
    return findings + (list(lots_limit(lots, rules)) if position.role in ENGAGED else [])


def on_elsewhere(position: Position, rules: Consultation, elsewhere: Elsewhere) -> list[Finding]:
    """Judge one position by what its company, and those linked to it, do in other consortia."""
    return [
        *one_lead_elsewhere(position, elsewhere),
        *several_candidatures(position, elsewhere, rules),
        *linked_companies(position, elsewhere),
    ]


def on_consortium(
    lots: Sequence[LotFacts], lead_company: str | None, rules: Consultation
) -> list[Finding]:
    """Judge the consortium as it stands, before its composition freezes."""
    findings = [*one_lead_by_lot(lots, lead_company), *whole_split(lots)]
    return findings + list(lots_limit(lots, rules))


def plain(value: Decimal) -> str:
    """Write a share without needless zeros, with the French comma."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
