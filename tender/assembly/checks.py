"""The checks before an assembly: pure rules over plain facts, each with its article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tender.bids.findings import Finding, Severity
from tender.core.text import N_, Text

NEAR = timedelta(hours=24)
MANY_MEMBERS = 3
SHOWN = 3


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """What is known of a section without reading it; figures are of its newest readable text."""

    number: str
    title: str
    company: str
    approved: bool
    empty: bool
    pages: float | None = None
    budget: int | None = None
    comments: int = 0
    revisions: int = 0
    hidden: int = 0
    placeholders: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How a finding calls it."""
        return f"{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class PagesFacts:
    """How long the document is: measured where `binding`, else estimated; the RC's limit."""

    pages: float | None
    limit: int | None
    binding: bool = False


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A company's papers that will not hold on the day of the deadline."""

    company: str
    expired: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()


def sections(facts: Sequence[SectionFacts]) -> Iterable[Finding]:
    """Each section is written and approved: an incomplete offer is irregular."""
    if not facts:
        yield _sections_block(Text("Le plan ne contient aucune section."),
                              Text("Ajoutez les sections du mémoire."))  # fmt: skip
    for section in facts:
        if section.empty:
            yield _sections_block(
                Text("Section {name} : rien n’est rédigé ({company}).",
                     name=section.name, company=section.company),
                Text("Relancez l’entreprise, ou confiez la section à une autre."),
            )  # fmt: skip
        elif not section.approved:
            yield _sections_block(
                Text("Section {name} : elle n’est pas validée ({company}).",
                     name=section.name, company=section.company),
                Text("Relisez la section et validez-la."),
            )  # fmt: skip
    if facts and all(s.approved and not s.empty for s in facts):
        yield _passed("R-30", Text("Toutes les sections sont rédigées et validées."), "L. 2152-2")


def _sections_block(text: Text, remedy: Text) -> Finding:
    return Finding("R-30", Severity.BLOCK, text, "L. 2152-2", remedy, repair="plan")


def traces(facts: Sequence[SectionFacts]) -> Iterable[Finding]:
    """What authors leave behind: tracked changes, comments, hidden text."""
    clean = True
    for section in facts:
        left = [
            Text(words, count=count)
            for words, count in (
                (N_("modifications suivies : {count}"), section.revisions),
                (N_("commentaires : {count}"), section.comments),
                (N_("passages masqués : {count}"), section.hidden),
            )
            if count
        ]
        if left:
            clean = False
            yield Finding(
                "R-33",
                Severity.WARN,
                Text("Section {name} : le fichier garde des traces de travail ({left}).",
                     name=section.name, left=listed(left)),
                remedy=Text("L’assemblage les retire ; vérifiez que le texte reste juste."),
                repair="plan",
            )  # fmt: skip
    if clean and facts:
        yield _passed("R-33", Text("Ni modification suivie, ni commentaire, ni texte masqué."))


def placeholders(facts: Sequence[SectionFacts]) -> Iterable[Finding]:
    """R-33: a blank that nobody filled in betrays a text made for someone else."""
    found = [s for s in facts if s.placeholders]
    for section in found:
        yield Finding(
            "R-33",
            Severity.WARN,
            Text("Section {name} : des passages restent à compléter ({examples}).",
                 name=section.name, examples=", ".join(section.placeholders[:SHOWN])),
            "TA Paris, 5 janvier 2024, n° 2328772",
            Text("Complétez ces passages, ou retirez-les."),
            repair="plan",
        )  # fmt: skip
    if facts and not found:
        yield _passed("R-33", Text("Aucun passage à compléter n’a été trouvé."))


def page_limit(facts: PagesFacts) -> Iterable[Finding]:
    """R-32: the limit stops only when the pages were measured, not when they are estimated."""
    article = "TA Orléans, 9 juillet 2025, n° 2503077"
    if facts.limit is None:
        yield Finding(
            "R-32",
            Severity.INFORM,
            Text("Aucune limite de pages n’est saisie."),
            remedy=Text("Si le règlement en fixe une, saisissez-la."),
            repair="rules",
        )
    elif facts.pages is None:
        return
    elif facts.pages <= facts.limit:
        yield _passed("R-32", Text("Le mémoire tient dans les {limit} pages autorisées.",
                                   limit=facts.limit), article)  # fmt: skip
    else:
        words = (
            N_("Le mémoire fait {pages} pages ; le règlement en autorise {limit}.")
            if facts.binding
            else N_(
                "Le mémoire ferait {pages} pages (estimation) ; le règlement en autorise {limit}."
            )
        )
        yield Finding(
            "R-32",
            Severity.BLOCK if facts.binding else Severity.WARN,
            Text(words, pages=written(facts.pages), limit=facts.limit),
            article,
            Text("Raccourcissez les sections qui dépassent leur part."),
            repair="plan",
        )


def budgets(facts: Sequence[SectionFacts]) -> Iterable[Finding]:
    """A section keeps to the pages that it was given."""
    for section in facts:
        if section.pages and section.budget and section.pages > section.budget:
            yield Finding(
                "R-32",
                Severity.WARN,
                Text("Section {name} : {pages} pages (estimation) pour {budget} prévues.",
                     name=section.name, pages=written(section.pages), budget=section.budget),
                remedy=Text("Raccourcissez-la, ou donnez-lui plus de pages dans le plan."),
                repair="plan",
            )  # fmt: skip


def papers(facts: Sequence[PaperFacts]) -> Iterable[Finding]:
    """R-26: papers are judged on the day of the deadline."""
    good = True
    for company in facts:
        for words, kinds in (
            (N_("{company} : pièces expirées à la date de remise ({kinds})."), company.expired),
            (N_("{company} : pièces manquantes ({kinds})."), company.missing),
        ):
            if kinds:
                good = False
                yield Finding(
                    "R-26",
                    Severity.WARN,
                    Text(words, company=company.company, kinds=listed(kinds)),
                    "R. 2143-6 à R. 2143-10",
                    Text("L’entreprise les remplace dans son coffre."),
                )
    if good and facts:
        yield _passed("R-26", Text("Les pièces des membres sont valides à la date de remise."))


def deadline(instant: datetime | None, now: datetime) -> Iterable[Finding]:
    """R-22: an offer that comes late is not read."""
    if instant is None:
        yield Finding(
            "R-22",
            Severity.WARN,
            Text("La date limite de remise n’est pas connue."),
            "R. 2151-5",
            Text("Lisez-la dans le règlement, et complétez l’avis."),
        )
    elif now >= instant:
        yield Finding(
            "R-22",
            Severity.BLOCK,
            Text("La date limite de remise est passée : une offre tardive est éliminée."),
            "R. 2151-5",
        )
    elif instant - now <= NEAR:
        yield Finding(
            "R-22",
            Severity.WARN,
            Text("Il reste moins de 24 heures avant la remise."),
            "R. 2151-5",
            Text("Gardez une heure au moins pour le dépôt."),
        )
    else:
        yield _passed("R-22", Text("La date limite n’est pas passée."), "R. 2151-5")


def need_for_grouping(members: int, need: str) -> Iterable[Finding]:
    """R-21: a large group says why it needs to be one."""
    if members < MANY_MEMBERS:
        return
    if need.strip():
        yield _passed("R-21", Text("La nécessité du groupement est motivée."), "L. 420-1")
        return
    yield Finding(
        "R-21",
        Severity.WARN,
        Text("Le groupement compte {members} membres, et sa nécessité n’est pas motivée.",
             members=members),
        "L. 420-1 du code de commerce",
        Text("Écrivez une phrase par membre sur ce qu’il apporte."),
    )  # fmt: skip


def _passed(rule: str, text: Text, article: str = "") -> Finding:
    return Finding(rule, Severity.OK, text, article)


def written(pages: float) -> str:
    """Write a number of pages the French way."""
    return f"{pages:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def listed(items: Sequence[Text]) -> Text:
    """Put sentences' parts side by side, still to be translated."""
    if len(items) == 1:
        return items[0]
    return Text("{first}, {others}", first=items[0], others=listed(items[1:]))
