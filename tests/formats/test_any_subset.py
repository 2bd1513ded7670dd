"""Whatever lots, languages and fields a notice has, it is read as just that, in its order."""

from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, as_json
from tender.formats.reading import read

VALID = Draft202012Validator(SCHEMA)
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
LETTERS = st.characters(categories=["L", "N", "P", "S", "Zs"])
WORDS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
TEXTS = st.dictionaries(st.sampled_from(["FRA", "ENG", "NLD", "DEU"]), WORDS, max_size=4)
LOT = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "cpv": st.from_regex(r"[0-9]{8}", fullmatch=True),
        "amount": st.decimals(0, 10**9, places=2).map(str),
        "due": st.dates().map(lambda day: day.isoformat()),
        "weights": st.lists(st.integers(0, 100).map(str), max_size=3),
    },
)
LOTS = st.dictionaries(st.integers(1, 9_999).map(lambda n: f"LOT-{n:04}"), LOT, max_size=5)


def eforms(lots, own):
    """A call with these lots; what a lot does not have is not there."""
    return (
        f'<n:ContractNotice xmlns:n="{UBL}ContractNotice-2"><ID schemeName="notice-id">x</ID>'
        f"<NoticeLanguageCode>{own}</NoticeLanguageCode>"
        + "".join(_lot(name, lot) for name, lot in lots.items())
        + "</n:ContractNotice>"
    ).encode()


def _lot(name, lot):
    names = "".join(
        f'<Name languageID="{code}">{escape(text)}</Name>'
        for code, text in lot.get("title", {}).items()
    )
    cpv = f"<ItemClassificationCode>{lot['cpv']}</ItemClassificationCode>" if "cpv" in lot else ""
    amount = (
        "<RequestedTenderTotal><EstimatedOverallContractAmount>"
        f"{lot['amount']}</EstimatedOverallContractAmount></RequestedTenderTotal>"
        if "amount" in lot
        else ""
    )
    due = (
        f"<TenderSubmissionDeadlinePeriod><EndDate>{lot['due']}</EndDate>"
        "</TenderSubmissionDeadlinePeriod>"
        if "due" in lot
        else ""
    )
    criteria = "".join(
        "<SubordinateAwardingCriterion><UBLExtensions><UBLExtension><ExtensionContent>"
        "<EformsExtension><AwardCriterionParameter>"
        f"<ParameterNumeric>{weight}</ParameterNumeric></AwardCriterionParameter>"
        "</EformsExtension></ExtensionContent></UBLExtension></UBLExtensions>"
        "</SubordinateAwardingCriterion>"
        for weight in lot.get("weights", [])
    )
    return (
        f'<ProcurementProjectLot><ID schemeName="Lot">{name}</ID><ProcurementProject>{names}'
        f"<MainCommodityClassification>{cpv}</MainCommodityClassification>{amount}"
        f"</ProcurementProject><TenderingProcess>{due}</TenderingProcess><TenderingTerms>"
        f"<AwardingTerms><AwardingCriterion>{criteria}</AwardingCriterion></AwardingTerms>"
        "</TenderingTerms></ProcurementProjectLot>"
    )


@given(LOTS, st.sampled_from(["FRA", "DEU"]))
@settings(max_examples=60, deadline=None)
def test_the_lots_are_those_written_with_what_is_written_of_them(lots, own):
    (notice,) = read(eforms(lots, own))
    VALID.validate(as_json(notice))
    assert [lot.id for lot in notice.lots] == list(lots)
    for lot, wrote in zip(notice.lots, lots.values(), strict=True):
        wanted = {code.lower(): text for code, text in wrote.get("title", {}).items()}
        assert (lot.title or {}) == wanted
        assert not wanted or own.lower() not in wanted or next(iter(lot.title)) == own.lower()
        assert lot.cpv == wrote.get("cpv")
        assert (lot.estimated_value and lot.estimated_value.amount) == wrote.get("amount")
        assert (lot.deadline and lot.deadline.date) == wrote.get("due")
        assert [item.weight for item in lot.criteria] == wrote.get("weights", [])


@given(
    st.lists(st.tuples(WORDS, WORDS), max_size=5),
    st.lists(st.sampled_from(["FR", "NL", "DE"]), min_size=1, max_size=3, unique=True),
)
@settings(max_examples=60, deadline=None)
def test_any_lots_in_any_original_languages_are_paired(lots, languages):
    forms = "".join(
        f'<F02_2014 CATEGORY="ORIGINAL" FORM="F02" LG="{code}"><OBJECT_CONTRACT><LOT_DIVISION/>'
        + "".join(
            f"<OBJECT_DESCR><TITLE><P>{escape(title)} {code}</P></TITLE>"
            f"<LOT_NO>{escape(number)}</LOT_NO></OBJECT_DESCR>"
            for number, title in lots
        )
        + "</OBJECT_CONTRACT></F02_2014>"
        for code in languages
    )
    (notice,) = read(
        f'<TED_EXPORT DOC_ID="1-2022"><FORM_SECTION>{forms}</FORM_SECTION></TED_EXPORT>'.encode()
    )
    VALID.validate(as_json(notice))
    if lots:
        assert [lot.number for lot in notice.lots] == [number for number, _ in lots]
        assert [list(lot.title.values()) for lot in notice.lots] == [
            [f"{title} {code}" for code in languages] for _, title in lots
        ]
