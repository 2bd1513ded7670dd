"""The demonstration cluster: twenty invented companies in three tiers, their people and links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.accounts import passwords
from tender.accounts.models import Credential
from tender.companies.models import (
    ClusterSeatHeld,
    Company,
    CompanyRelationship,
    IntegrationTier,
    Person,
    RelationshipKind,
    Seat,
)
from tender.core.actor import ClusterSeat, CompanyRole
from tender.core.errors import Invalid

PASSWORD = "raisin-vert-demonstration"  # noqa: S105 - printed at start, for invented people only
TOTP_SECRET = "GRAPPEDEMONSTRATIONGRAPPEDEMO234"  # noqa: S105 - the same
DOMAIN = "fil-et-brique.example"
G, P, N = IntegrationTier.GROUP, IntegrationTier.POOLED, IntegrationTier.NETWORK


@dataclass(frozen=True, slots=True)
class Firm:
    """One invented company: form, tier, place, staff, trades (CPV), statuses, two people."""

    slug: str
    name: str
    form: str
    tier: IntegrationTier
    city: str
    nuts: str
    staff: int
    trades: tuple[str, ...]
    statuses: tuple[str, ...]
    people: tuple[str, str]


FIRMS = (
    Firm("orvanne-competences", "Orvanne Compétences", "SCOP SA", G, "Lille", "FRE11", 48,
         ("794", "731"), ("ess",), ("Salomé Ridel", "Tristan Lomme")),
    Firm("lumivert-editions", "Lumivert Éditions", "SCIC", G, "Roubaix", "FRE11", 31,
         ("793", "798", "922"), ("ess", "esus"), ("Karim Delattre", "Lise Wambeke")),
    Firm("trois-passerelles", "Trois-Passerelles", "Association", G, "Arras", "FRE12", 64,
         ("805", "804"), ("ess",), ("Inès Bocquet", "Rémi Carlier")),
    Firm("chiffres-et-liens", "Chiffres et Liens", "SCOP SARL", P, "Lens", "FRE12", 22,
         ("792",), ("ess",), ("Odile Vasseur", "Mehdi Taleb")),
    Firm("la-ruche-evenements", "La Ruche Événements", "SCOP SARL", P, "Tourcoing", "FRE11", 27,
         ("799", "553"), ("ess", "esus"), ("Nora Pruvost", "Jules Hennion")),
    Firm("brindille-insertion", "Brindille Insertion", "Association ACI", P, "Maubeuge",
         "FRE11", 38, ("773", "909"), ("ess", "siae"), ("Baptiste Coquelle", "Aya Merlin")),
    Firm("nette-rive", "Nette Rive", "Entreprise d’insertion", P, "Dunkerque", "FRE11", 55,
         ("909",), ("ess", "siae"), ("Claire Doutrelant", "Yanis Roger")),
    Firm("kaldera-numerique", "Kaldéra Numérique", "SCIC", P, "Béthune", "FRE12", 19,
         ("722", "724"), ("ess",), ("Hugo Vermeersch", "Lina Sauvage")),
    Firm("cuisine-des-canaux", "Cuisine des Canaux", "SCOP SARL", P, "Douai", "FRE11", 33,
         ("555", "553"), ("ess", "siae"), ("Martin Lecomble", "Sana Oufkir")),
    Firm("ateliers-du-galibot", "Ateliers du Galibot", "Entreprise adaptée", N, "Liévin",
         "FRE12", 71, ("983", "395"), ("ess", "ea"), ("Paul Wattrelos", "Emma Dhaine")),
    Firm("courtil-et-cie", "Courtil & Cie", "SCOP SA", N, "Amiens", "FRE22", 24,
         ("713", "714"), ("ess",), ("Agathe Courtil", "Simon Fiévet")),
    Firm("deule-reemploi", "Deûle Réemploi", "Association ACI", N, "Haubourdin", "FRE11", 29,
         ("905", "391"), ("ess", "siae"), ("Louis Baudry", "Fatou Diarra")),
    Firm("lin-et-lumiere", "Lin et Lumière", "Entreprise adaptée", N, "Hazebrouck", "FRE11", 36,
         ("983", "185"), ("ess", "ea"), ("Judith Maes", "Noé Plancke")),
    Firm("traverse-langues", "Traverse Langues", "SCOP SARL", N, "Lille", "FRE11", 12,
         ("795",), ("ess",), ("Elena Varga", "Thomas Bultel")),
    Firm("sillons-formation", "Sillons Formation", "Association", N, "Laon", "FRE21", 18,
         ("805",), ("ess",), ("Denis Poulain", "Ambre Collet")),
    Firm("le-fil-social", "Le Fil Social", "Association", N, "Calais", "FRE12", 41,
         ("853",), ("ess",), ("Mireille Sagot", "Ilyes Amrani")),
    Firm("oise-mediation", "Oise Médiation", "Association", N, "Beauvais", "FRE22", 15,
         ("853", "794"), ("ess",), ("Gaëlle Rohart", "Victor Denis")),
    Firm("passe-muraille", "Passe-Muraille", "SCOP SARL", N, "Valenciennes", "FRE11", 9,
         ("798", "799"), ("ess",), ("Solène Michaux", "Arthur Lenglet")),
    Firm("vexel-evaluation", "Vexel Évaluation", "SAS agréée ESUS", N, "Compiègne", "FRE22", 14,
         ("792", "794"), ("esus",), ("Raphaël Nollet", "Inès Cambier")),
    Firm("mine-de-rien", "Mine de Rien", "Association ACI", N, "Hénin-Beaumont", "FRE12", 26,
         ("501", "983"), ("ess", "siae"), ("Camille Drouart", "Loïc Stievenard")),
)  # fmt: skip

SEATS: Mapping[str, tuple[ClusterSeat, ...]] = {
    "Salomé Ridel": (ClusterSeat.COORDINATOR,),
    "Nora Pruvost": (ClusterSeat.COORDINATOR,),
    "Odile Vasseur": (ClusterSeat.MANAGER,),
    "Hugo Vermeersch": (ClusterSeat.ADMINISTRATOR,),
}
LINKS = (
    ("orvanne-competences", "lumivert-editions", RelationshipKind.SHAREHOLDING, "34"),
    ("orvanne-competences", "trois-passerelles", RelationshipKind.SHARED_DIRECTOR, None),
    ("lumivert-editions", "trois-passerelles", RelationshipKind.SHAREHOLDING, "12.5"),
    ("chiffres-et-liens", "kaldera-numerique", RelationshipKind.SHARED_PREMISES, None),
    ("la-ruche-evenements", "cuisine-des-canaux", RelationshipKind.SHARED_STAFF, None),
    ("brindille-insertion", "nette-rive", RelationshipKind.SHARED_STAFF, None),
)


def siret(place: int) -> str:
    """Give an invented SIRET that passes the check of its digits (Luhn)."""
    siren = _completed(f"9990{place:04d}")
    return _completed(f"{siren}0001")


def _completed(digits: str) -> str:
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return digits + str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def address_of(name: str) -> str:
    """Give somebody's invented address."""
    plain = name.lower().translate(str.maketrans("éèêëàâîïôöûüçñ", "eeeeaaiioouucn"))
    return f"{plain.replace(' ', '.')}@{DOMAIN}"


def build(session: Session, *, now: datetime) -> None:
    """Make the companies, their people and their links; the operator's session sees to it."""
    companies = {firm.slug: _company(session, firm, i) for i, firm in enumerate(FIRMS, 1)}
    session.flush()
    hashed = passwords.hashed(PASSWORD)  # one hash for all: this is what takes time
    for firm in FIRMS:
        for name, role in zip(firm.people, CompanyRole, strict=True):
            _person(session, name, role, companies[firm.slug], hashed)
    for one, other, kind, percent in LINKS:
        _link(session, companies[one].id, companies[other].id, kind, percent, since=now.date())


def _company(session: Session, firm: Firm, place: int) -> Company:
    company = Company(
        slug=firm.slug, trade_name=firm.name, legal_name=firm.name, legal_form=firm.form,
        siret=siret(place), tier=firm.tier, city=firm.city, nuts=firm.nuts, headcount=firm.staff,
        cpv_prefixes=list(firm.trades), statuses=list(firm.statuses),
    )  # fmt: skip
    session.add(company)
    return company


def _person(
    session: Session, name: str, role: CompanyRole, company: Company, password_hash: str
) -> None:
    seats = SEATS.get(name, ())
    strong = {ClusterSeat.COORDINATOR, ClusterSeat.ADMINISTRATOR} & set(seats)
    person = Person(email=address_of(name), name=name)
    session.add(person)
    session.flush()
    session.add(
        Credential(
            person_id=person.id,
            password_hash=password_hash,
            totp_secret=TOTP_SECRET if strong else None,
        )
    )
    session.add(Seat(person_id=person.id, company_id=company.id, role=role))
    session.add_all(ClusterSeatHeld(person_id=person.id, seat=seat) for seat in seats)


def _link(
    session: Session, one: UUID, other: UUID, kind: RelationshipKind, percent: str | None, *,
    since: date,
) -> None:  # fmt: skip
    first, second = sorted((one, other))
    session.add(
        CompanyRelationship(
            company_id=first, other_id=second, kind=kind, since=since - timedelta(days=900),
            percent=Decimal(percent) if percent else None,
        )
    )  # fmt: skip


def require_alone(session: Session) -> None:
    """Refuse a database with other companies: the demonstration's passwords are public."""
    others = select(Company.id).where(Company.slug.not_in([firm.slug for firm in FIRMS]))
    if session.scalar(others.limit(1)) is not None:
        raise Invalid(
            "Cette base contient d’autres entreprises : la démonstration, dont les mots de passe "
            "sont publics, n’y est pas chargée. Choisissez une base vide."
        )


def is_built(session: Session) -> bool:
    """Tell whether the demonstration was loaded before."""
    return session.scalar(select(Company.id).where(Company.slug == FIRMS[0].slug)) is not None
