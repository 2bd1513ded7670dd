"""The companies' papers: small files, some of them about to expire."""

from datetime import date, datetime, timedelta

from tender.companies.models import Company
from tender.core import setup
from tender.core.transaction import reading, transaction
from tender.demo.cast import company_named, representative
from tender.demo.cluster import FIRMS
from tender.vault import service
from tender.vault.models import PaperKind
from tender.vault.rules import usual_expiry

KINDS = (PaperKind.URSSAF, PaperKind.TAX, PaperKind.KBIS, PaperKind.LIABILITY_INSURANCE)
FILES = {
    PaperKind.URSSAF: "attestation-vigilance.pdf", PaperKind.TAX: "regularite-fiscale.pdf",
    PaperKind.KBIS: "extrait-kbis.pdf", PaperKind.LIABILITY_INSURANCE: "assurance-rc.pdf",
}  # fmt: skip
AGES = (20, 60, 100, 160, 40)


def file_all(*, now: datetime) -> None:
    """Every company files its usual papers, each of its own age."""
    for place, firm in enumerate(FIRMS):
        actor = representative(firm.name)
        with reading(actor) as session:
            company = company_named(session, firm.name)
        for offset, kind in enumerate(KINDS):
            if (place + offset) % 11 == 7:
                continue  # a paper that is missing
            issued = now.date() - timedelta(days=AGES[(place + offset) % len(AGES)])
            file_one(company, kind, issued, now=now)


def file_one(company: Company, kind: PaperKind, issued: date, *, now: datetime) -> None:
    """File one paper."""
    actor = representative(company.trade_name)
    expires = usual_expiry(kind, issued)
    if kind is PaperKind.LIABILITY_INSURANCE:
        expires = issued + timedelta(days=365)
    entry = service.Entry(kind=kind, issued_on=issued, expires_on=expires)
    data = one_page(f"{company.trade_name} - {kind.value} - {issued.isoformat()}")
    with (
        service.stored(setup.storage(), company.id, kind, name=FILES[kind], data=data) as file,
        transaction(actor) as session,
    ):
        service.add_paper(session, actor, company.id, entry, file, now=now)


def one_page(text: str) -> bytes:
    """Make a PDF of one line (ISO 32000-1, section 7.5); plain ASCII is all it needs."""
    shown = text.encode("ascii", "replace").decode().replace("(", "[").replace(")", "]")
    stream = f"BT /F1 14 Tf 72 760 Td ({shown}) Tj ET"
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(bodies) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF\n"
    return out.encode("ascii")
