"""DECP, France's award data (formats 1.x and 2.x, JSON and XML): who bought, what, for how much.

There is no call in it. Its amount is the contract's, fixed or an estimated maximum; the currency
is that of the decree and not of the file.
"""

from tender.formats import moments, values
from tender.formats.notice import Buyer, Money, Notice
from tender.formats.tree import NOTHING, Element, from_json
from tender.formats.unreadable import Unreadable

NAMES = ("marche", "contrat-concession")
ROOTS = frozenset({"marches", *NAMES})
_PUBLISHED = ("datePublicationDonnees", "datePublication")


def of_xml(root: Element) -> list[Element]:
    """The contracts of a file, or the one it is."""
    return (
        [item for item in root.children if item.name in NAMES] if root.name == "marches" else [root]
    )


def of_json(value: object) -> list[tuple[str, dict[str, object]]]:
    """The contracts with the name each goes by: in lists of their own (2.x), or in one (1.x)."""
    marches = value.get("marches") if isinstance(value, dict) else None
    lists = marches if isinstance(marches, dict) else {"marche": marches}
    return [
        (name, item) for name in NAMES for item in _list(lists.get(name)) if isinstance(item, dict)
    ]


def read_json(name: str, value: dict[str, object]) -> Notice:
    """The award that an object tells."""
    return read(from_json(name, value, place=name))


def read(contract: Element) -> Notice:
    """The award that an element tells."""
    buyer = contract.first("acheteur", "autoriteConcedante") or NOTHING
    title = contract.text_at("objet")
    return Notice(
        format="decp",
        native_id=_native_id(contract, buyer),
        published_on=moments.day(contract.text_at(*_PUBLISHED), "datePublicationDonnees"),
        kind="result",
        subtype=contract.text_at("_type") or contract.name,
        buyers=(_buyer(buyer),) if buyer.children else (),
        title=values.undetermined(title),
        nature=contract.text_at("nature"),
        procedure_type=contract.text_at("procedure"),
        cpv=contract.text_at("codeCPV"),
        estimated_value=_amount(contract),
    )


def _native_id(contract: Element, buyer: Element) -> str:
    """The number is the buyer's own: only with the buyer's id before it is it unique."""
    own = contract.text_at("id")
    if own is None:
        raise Unreadable("La donnée essentielle n’a pas d’identifiant (id).")
    return contract.text_at("uid") or (buyer.text_at("id") or "") + own


def _buyer(buyer: Element) -> Buyer:
    return Buyer(
        name=values.undetermined(buyer.text_at("nom")),
        national_id=buyer.text_at("id"),
        country=None,
        nuts=None,
        city=None,
    )


def _amount(contract: Element) -> Money | None:
    amount = contract.text_at("montant", "valeurGlobale")
    if amount is None or not values.is_number(amount):
        return None
    return Money(values.plain(amount, "montant"), None)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
