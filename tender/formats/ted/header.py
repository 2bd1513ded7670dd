"""What the forms leave to the header of TED, and what the header puts right."""

from tender.formats import moments
from tender.formats.notice import Deadline, Moment
from tender.formats.tree import Element
from tender.formats.unreadable import Unreadable


def dispatched(written: str | None, header: Element) -> str | None:
    """The day of dispatch, from the form or else the header."""
    if written:
        return moments.day(written, "DATE_DISPATCH_NOTICE")
    return moments.compact_day(header.text_at("CODIF_DATA/DS_DATE_DISPATCH"), "DS_DATE_DISPATCH")


def previous(form: Element, header: Element) -> tuple[str, ...]:
    """The earlier notices of the procedure, such as "2021/S 076-193375"."""
    written = form.texts_at("PROCEDURE/NOTICE_NUMBER_OJ", "COMPLEMENTARY_INFO/NOTICE_NUMBER_OJ")
    told = header.texts_at("NOTICE_DATA/REF_NOTICE/NO_DOC_OJS", "REF_NOTICE/NO_DOC_OJS")
    return tuple(dict.fromkeys([*written, *told]))


def due(header: Element, day: str | None, clock: str | None) -> Moment | None:
    """The term in force: a later correction moves it in the header and leaves the form as it was.

    Of one day the form may tell the hour where the header does not.
    """
    own = moments.moment(day, clock, "DATE_RECEIPT_TENDERS, TIME_RECEIPT_TENDERS")
    now = _in_force(header, own)
    if now is None or (own is not None and now.date == own.date and now.time is None):
        return own
    return now


def _in_force(header: Element, own: Moment | None) -> Moment | None:
    """The header's term; one that names no moment counts only if the form tells no other."""
    try:
        return moments.compact(header.text_at("CODIF_DATA/DT_DATE_FOR_SUBMISSION"))
    except Unreadable:
        if own is None:
            raise
        return None


def deadline(moment: Moment | None, kind: str) -> Deadline | None:
    """The moment as the term for something."""
    if moment is None:
        return None
    return Deadline(kind, moment.date, moment.time, moment.offset, moment.utc)


def codes(element: Element, path: str, attribute: str = "CODE") -> tuple[str, ...]:
    """What stands in the attributes of elements, each once."""
    found = (item.attributes.get(attribute) for item in element.every(path))
    return tuple(dict.fromkeys(code for code in found if code))
