"""The first tables, and the wall around them."""

import os
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# The second wall (the first is the queries' own filter). Every table is closed to a session that
# has not said who asks; each policy opens the rows that this person, or this part of the system,
# may see. `bid_pass` shows everyone their own passes, and all room policies start from there.
APP_ROLE = os.environ.get("TENDER_APP_ROLE", "grappe_app")

FUNCTIONS = (
    "create function app_person() returns uuid stable language sql as"
    " $$ select nullif(current_setting('app.person', true), '')::uuid $$",
    "create function app_bid() returns uuid stable language sql as"
    " $$ select nullif(current_setting('app.bid', true), '')::uuid $$",
    "create function app_companies() returns uuid[] stable language sql as"
    " $$ select coalesce(nullif(current_setting('app.companies', true), ''), '{}')::uuid[] $$",
    "create function app_coordinates() returns uuid[] stable language sql as"
    " $$ select coalesce(nullif(current_setting('app.coordinates', true), ''), '{}')::uuid[] $$",
    "create function app_seat(wanted text) returns boolean stable language sql as"
    " $$ select wanted = any("
    "coalesce(nullif(current_setting('app.seats', true), ''), '{}')::text[]) $$",
    "create function app_scope() returns text stable language sql as"
    " $$ select coalesce(current_setting('app.scope', true), '') $$",
    "create function app_known() returns boolean stable language sql as"
    " $$ select app_person() is not null or app_scope() <> '' $$",
    "create function refuse_change() returns trigger language plpgsql as"
    " $$ begin raise exception 'the audit is append-only'; end $$",
)
KNOWN = "app_known()"
OPERATOR = "app_scope() = 'operator'"
ADMIN = f"(app_seat('administrator') or {OPERATOR})"
SIGN_IN = "app_scope() = 'sign_in'"
MANAGER = "app_seat('manager')"
SEPARATION = "app_scope() = 'separation'"
ALARM = "app_scope() = 'alarm'"
IMPORTER = (
    "(app_seat('coordinator') or app_seat('administrator')"
    " or app_scope() in ('import', 'operator'))"
)
NEVER = "false"
OWN_COMPANY = "company_id = any(app_companies())"
OWN_PERSON = "person_id = app_person()"


def steers(bid: str = "bid_id") -> str:
    return f"({bid} = app_bid() or {bid} = any(app_coordinates()))"


def holds(*kinds: str, bid: str = "bid_id") -> str:
    """Open to who steers the bid, or holds a pass of these kinds themselves, now.

    Whatever else a scope lets see of `bid_pass`, only one's own passes open anything; that of the
    coordinator opens nothing, as it outlives the seat.
    """
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        f"({steers(bid)} or {bid} in (select p.bid_id from bid_pass p where p.kind in ({listed})"
        " and (p.company_id = any(app_companies()) or p.person_id = app_person())))"
    )


STEERS = steers()
DOOR = holds("invited", "member", "reviewer")
ROOM = holds("member", "reviewer")
JUDGES = holds("reviewer")
BID_DOOR = holds("invited", "member", "reviewer", bid="id")
OF_MEMBERS = (
    "(kind <> 'bank_details' and company_id in (select p.company_id from bid_pass p"
    " where p.kind = 'member' and p.bid_id = any(app_coordinates())))"
)


def place(*kinds: str, company: str = "company_id") -> str:
    """Say that the row is of one's own company, which itself holds a pass of these kinds."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        f"(bid_id, {company}) in (select p.bid_id, p.company_id from bid_pass p"
        f" where p.company_id = any(app_companies()) and p.kind in ({listed}))"
    )


GUEST, MEMBER = place("invited", "member"), place("member")
OWN_SECTION = f"({JUDGES} or {place('member', company='owner_company_id')})"
WORK, MAIL = "app_scope() in ('work', 'mail')", "app_scope() = 'mail'"
CLUSTER = "'00000000-0000-0000-0000-000000000000'"
CHAIN = f"({BID_DOOR} or {ALARM} or ({KNOWN} and id = {CLUSTER}))"
BEFORE_FREEZE = "state in ('considered', 'claimed', 'confirmed')"


class Rights(NamedTuple):
    """Who may read a row, add one, change it (as it was, as it becomes), delete it."""

    read: str
    add: str
    change: tuple[str, str]
    delete: str


def rights(read: str, write: str, **but: Any) -> Rights:
    """Let the same people add, change and delete, but where something else is said."""
    return Rights(read, write, (write, write), write)._replace(**but)


POLICIES = {
    "company": rights(KNOWN, ADMIN, change=(f"({ADMIN} or id = any(app_companies()))",) * 2),
    "company_relationship": rights(KNOWN, ADMIN),
    "person": rights(KNOWN, f"({ADMIN} or {SIGN_IN} or id = app_person())"),
    "seat": rights(KNOWN, f"({ADMIN} or {SIGN_IN})"),
    "cluster_seat": rights(KNOWN, ADMIN),
    "credential": rights(*(f"({OWN_PERSON} or {SIGN_IN} or {OPERATOR})",) * 2),
    "web_session": rights(*(f"({OWN_PERSON} or {SIGN_IN})",) * 2),
    "one_time_link": rights(*(f"({OWN_COMPANY} or {SIGN_IN} or {ADMIN})",) * 2),
    "attempt": rights(SIGN_IN, SIGN_IN),
    "compliance_document": rights(f"({OWN_COMPANY} or {OF_MEMBERS})", OWN_COMPANY),
    "tender": rights(KNOWN, IMPORTER),
    "lot": rights(KNOWN, IMPORTER),
    "notice": rights(KNOWN, IMPORTER),
    "triage": rights(OWN_PERSON, OWN_PERSON),
    "bid": rights(
        f"({BID_DOOR} or (coordinator_id = app_person() and app_seat('coordinator'))"
        f" or {MANAGER} or {SEPARATION} or {ALARM} or {SIGN_IN})",
        steers("id"),
        change=(BID_DOOR, steers("id")),  # whoever works in a bid may hold its row, not change it
        delete=NEVER,
    ),
    "bid_pass": rights(
        f"({OWN_COMPANY} or {OWN_PERSON} or {STEERS} or {ALARM})",
        STEERS,
        # a company may make its own pass worse, never better
        change=(
            f"({STEERS} or {OWN_COMPANY})",
            f"({STEERS} or ({OWN_COMPANY} and kind = 'invited'))",
        ),
        delete=f"({STEERS} or {OWN_COMPANY})",
    ),
    "lot_bid": rights(
        f"({DOOR} or {MANAGER} or {SEPARATION})",
        STEERS,
        change=(DOOR, f"({STEERS} or ({DOOR} and {BEFORE_FREEZE}))"),
        delete=NEVER,
    ),
    "vote": rights(ROOM, f"({ROOM} and {OWN_PERSON})"),
    "consultation_rules": rights(DOOR, STEERS),
    "lot_claim": rights(
        f"({DOOR} or {MANAGER} or {SEPARATION})",
        f"({STEERS} or ({GUEST} and state = 'proposed'))",
        change=(f"({STEERS} or {GUEST})", f"({STEERS} or ({GUEST} and state <> 'confirmed'))"),
        delete=NEVER,
    ),
    "section": rights(ROOM, STEERS, change=(OWN_SECTION, OWN_SECTION)),
    "revision": rights(
        f"({JUDGES} or {MEMBER} or ({ROOM} and approved_at is not null))",
        f"({STEERS} or ({MEMBER} and approved_at is null))",
        change=(JUDGES, JUDGES),
        delete=NEVER,
    ),
    "remark": rights(*(f"({JUDGES} or {MEMBER})",) * 2, change=(NEVER, NEVER), delete=NEVER),
    "assembly_run": rights(ROOM, STEERS, delete=NEVER),
    "submission_package": rights(ROOM, STEERS, delete=NEVER),
    "submission": rights(ROOM, STEERS, delete=NEVER),
    "outcome": rights(f"({ROOM} or {MANAGER})", STEERS, delete=NEVER),
    "audit_chain": rights(f"({CHAIN} or app_scope() = 'audit')", CHAIN, delete=NEVER),
    "audit_entry": rights(
        f"({ROOM} or app_scope() = 'audit' or (bid_id is null and app_seat('administrator')))",
        f"(chain_id = coalesce(bid_id, {CLUSTER}) and {KNOWN}"
        f" and (bid_id is null or {DOOR} or {ALARM}))",
        change=(NEVER, NEVER),
        delete=NEVER,
    ),
    "work_item": rights(WORK, KNOWN, change=(WORK, WORK), delete=NEVER),
    "letter": rights(MAIL, KNOWN, change=(MAIL, MAIL), delete=NEVER),
}
ONLY = {"bid_pass": "kind", "lot_bid": "state"}  # the one column that ever changes


def wall() -> None:
    for function in FUNCTIONS:
        op.execute(function)
    for table, (read, add, (before, after), delete) in POLICIES.items():
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy may_read on {table} for select using ({read})")
        op.execute(f"create policy may_add on {table} for insert with check ({add})")
        op.execute(
            f"create policy may_change on {table} for update using ({before}) with check ({after})"
        )
        op.execute(f"create policy may_delete on {table} for delete using ({delete})")
    op.execute(f"grant usage on schema public to {APP_ROLE}")
    for table in POLICIES:
        op.execute(f"grant select, insert, update, delete on {table} to {APP_ROLE}")
    for table, column in ONLY.items():
        op.execute(f"revoke update on {table} from {APP_ROLE}")
        op.execute(f"grant update ({column}) on {table} to {APP_ROLE}")
    op.execute(f"grant select on alembic_version to {APP_ROLE}")
    op.execute(f"revoke update, delete on audit_entry from {APP_ROLE}")
    op.execute(f"revoke delete on audit_chain from {APP_ROLE}")
    op.execute(
        "create trigger append_only before update or delete on audit_entry"
        " for each row execute function refuse_change()"
    )


def no_wall() -> None:
    op.execute("drop trigger append_only on audit_entry")
    for table in POLICIES:
        for policy in ("may_read", "may_add", "may_change", "may_delete"):
            op.execute(f"drop policy {policy} on {table}")
    names = "app_known(), app_person(), app_bid(), app_companies(), app_coordinates()"
    op.execute(f"drop function {names}, app_seat(text), app_scope(), refuse_change()")


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_at", "attempt", ["at"], unique=False)
    op.create_index("ix_attempt_key_at", "attempt", ["key", "at"], unique=False)
    op.create_table(
        "audit_chain",
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("bid_id", sa.Uuid(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("chain_id", "seq", name=op.f("uq_audit_entry_chain_id_seq")),
    )
    op.create_index(op.f("ix_audit_entry_bid_id"), "audit_entry", ["bid_id"], unique=False)
    op.create_table(
        "company",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("trade_name", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("legal_form", sa.Text(), nullable=False),
        sa.Column("siret", sa.Text(), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "network", "pooled", "group", name="integrationtier", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("nuts", sa.Text(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("cpv_prefixes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("statuses", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("siret", name=op.f("uq_company_siret")),
        sa.UniqueConstraint("slug", name=op.f("uq_company_slug")),
    )
    op.create_table(
        "letter",
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "failed",
                name="letterstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_table(
        "person",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("letter_keys", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "tender",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("buyer_type", sa.Text(), nullable=False),
        sa.Column("procedure_id", sa.Text(), nullable=True),
        sa.Column("procedure_type", sa.Text(), nullable=True),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("cpv", sa.Text(), nullable=True),
        sa.Column("nuts", sa.Text(), nullable=True),
        sa.Column("estimated_value", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("max_lots_submit", sa.Integer(), nullable=True),
        sa.Column("max_lots_award", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender")),
    )
    op.create_index(op.f("ix_tender_deadline_at"), "tender", ["deadline_at"], unique=False)
    op.create_index(op.f("ix_tender_procedure_id"), "tender", ["procedure_id"], unique=False)
    op.create_table(
        "work_item",
        sa.Column(
            "kind",
            sa.Enum(
                "assembly.assemble",
                "messages.send",
                "health.ping",
                name="work",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("bid_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "taken", "done", "parked", name="workstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_item")),
    )
    op.create_index(
        "ix_work_item_due_at",
        "work_item",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'taken')"),
    )
    op.create_index("uq_work_item_kind_object_id", "work_item", ["kind", "object_id"], unique=True)
    op.create_table(
        "bid",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("tender_id", sa.Uuid(), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "detected",
                "qualifying",
                "go",
                "no_go",
                "forming",
                "drafting",
                "review",
                "assembled",
                "submitted",
                "decided",
                "closed",
                "cancelled_by_buyer",
                "withdrawn",
                name="stage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead_company_id", sa.Uuid(), nullable=True),
        sa.Column(
            "liability",
            sa.Enum("several", "joint", name="liabilityform", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("lead_jointly_liable", sa.Boolean(), nullable=False),
        sa.Column("grouping_need", sa.Text(), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["person.id"], name=op.f("fk_bid_coordinator_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_company_id"], ["company.id"], name=op.f("fk_bid_lead_company_id")
        ),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_bid_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid")),
        sa.UniqueConstraint("ref", name=op.f("uq_bid_ref")),
    )
    op.create_index(op.f("ix_bid_tender_id"), "bid", ["tender_id"], unique=False)
    op.create_table(
        "cluster_seat",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "administrator",
                "coordinator",
                "manager",
                name="clusterseat",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cluster_seat_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_seat")),
        sa.UniqueConstraint("person_id", "seat", name=op.f("uq_cluster_seat_person_id_seat")),
    )
    op.create_table(
        "company_relationship",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "shareholding",
                "shared_director",
                "shared_staff",
                "shared_premises",
                name="relationshipkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_relationship_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["company.id"], name=op.f("fk_company_relationship_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_relationship")),
        sa.UniqueConstraint(
            "company_id",
            "other_id",
            "kind",
            "since",
            name=op.f("uq_company_relationship_company_id_other_id_kind_since"),
        ),
    )
    op.create_table(
        "compliance_document",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "urssaf",
                "tax",
                "kbis",
                "liability_insurance",
                "bank_details",
                "signing_power",
                "qualiopi",
                name="paperkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_compliance_document_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliance_document")),
    )
    op.create_index(
        op.f("ix_compliance_document_company_id"),
        "compliance_document",
        ["company_id"],
        unique=False,
    )
    op.create_index(
        "uq_compliance_document_current",
        "compliance_document",
        ["company_id", "kind"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "credential",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credential_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("person_id", name=op.f("uq_credential_person_id")),
    )
    op.create_table(
        "lot",
        sa.Column("tender_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("cpv", sa.Text(), nullable=True),
        sa.Column("nuts", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("estimated_value", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("reserved", sa.Text(), nullable=True),
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("duration", sa.Text(), nullable=True),
        sa.Column("deadline_kind", sa.Text(), nullable=True),
        sa.Column("deadline_date", sa.Text(), nullable=True),
        sa.Column("deadline_time", sa.Text(), nullable=True),
        sa.Column("deadline_offset", sa.Text(), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_other_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_lot_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("tender_id", "position", name=op.f("uq_lot_tender_id_position")),
    )
    op.create_table(
        "notice",
        sa.Column("tender_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("raw_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("names", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("previous", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_notice_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "source",
            "native_id",
            "version",
            "sha256",
            name=op.f("uq_notice_source_native_id_version_sha256"),
        ),
    )
    op.create_index("ix_notice_native", "notice", ["source", "native_id"], unique=False)
    op.create_index("ix_notice_names", "notice", ["names"], postgresql_using="gin")
    op.create_index("ix_notice_previous", "notice", ["previous"], postgresql_using="gin")
    op.create_index(op.f("ix_notice_tender_id"), "notice", ["tender_id"], unique=False)
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("invitation", "reset", name="linkpurpose", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "representative", "contributor", name="companyrole", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("seats", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_one_time_link_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_one_time_link_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_one_time_link_invited_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
    )
    op.create_table(
        "seat",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "representative", "contributor", name="companyrole", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_seat_company_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("person_id", "company_id", name=op.f("uq_seat_person_id_company_id")),
    )
    op.create_index(op.f("ix_seat_company_id"), "seat", ["company_id"], unique=False)
    op.create_table(
        "triage",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("tender_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("kept", "discarded", "later", name="triagestate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_triage_person_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_triage_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage")),
        sa.UniqueConstraint("person_id", "tender_id", name=op.f("uq_triage_person_id_tender_id")),
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("second_factor_due", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    op.create_index(op.f("ix_web_session_person_id"), "web_session", ["person_id"], unique=False)
    op.create_table(
        "assembly_run",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("trial", "final", name="runkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("manifest", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("manifest_hash", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "succeeded",
                "failed",
                "cancelled",
                name="runstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "collect",
                "cover",
                "sections",
                "contents",
                "render",
                "check",
                "store",
                name="step",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("journal", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("files", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("pages_binding", sa.Boolean(), nullable=False),
        sa.Column("accepted", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_assembly_run_bid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_run")),
        sa.UniqueConstraint("bid_id", "number", name=op.f("uq_assembly_run_bid_id_number")),
    )
    op.create_table(
        "bid_pass",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invited",
                "member",
                "coordinator",
                "reviewer",
                name="passkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(company_id is null) <> (person_id is null)", name=op.f("ck_bid_pass_one_holder")
        ),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_pass_bid_id")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_bid_pass_company_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bid_pass_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_pass")),
    )
    op.create_index(
        "uq_bid_pass_bid_id_company_id",
        "bid_pass",
        ["bid_id", "company_id"],
        unique=True,
        postgresql_where=sa.text("company_id IS NOT NULL"),
    )
    op.create_index(
        "uq_bid_pass_bid_id_person_id",
        "bid_pass",
        ["bid_id", "person_id", "kind"],
        unique=True,
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_table(
        "consultation_rules",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("max_lots_bid", sa.Integer(), nullable=True),
        sa.Column("max_lots_awarded", sa.Integer(), nullable=True),
        sa.Column("several_candidatures_forbidden", sa.Boolean(), nullable=True),
        sa.Column("page_limit", sa.Integer(), nullable=True),
        sa.Column("platform_url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_consultation_rules_bid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_rules")),
        sa.UniqueConstraint("bid_id", name=op.f("uq_consultation_rules_bid_id")),
    )
    op.create_table(
        "lot_bid",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "considered",
                "claimed",
                "confirmed",
                "in_bid",
                "submitted",
                "awarded",
                "rejected",
                "irregular",
                "late",
                "no_award",
                "runner_up",
                "signed",
                name="lotbidstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_lot_bid_bid_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_bid_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_bid")),
        sa.UniqueConstraint("bid_id", "lot_id", name=op.f("uq_lot_bid_bid_id_lot_id")),
    )
    op.create_index(op.f("ix_lot_bid_lot_id"), "lot_bid", ["lot_id"], unique=False)
    op.create_table(
        "vote",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("scores", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_vote_bid_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_vote_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("bid_id", "person_id", name=op.f("uq_vote_bid_id_person_id")),
    )
    op.create_table(
        "lot_claim",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("lot_bid_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "co_contractor",
                "subcontractor",
                "stand_by",
                "watch",
                name="claimrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("share", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "released",
                "declined",
                name="claimstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("awaits_company", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_lot_claim_bid_id")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_lot_claim_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["lot_bid_id"], ["lot_bid.id"], name=op.f("fk_lot_claim_lot_bid_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_claim")),
    )
    op.create_index(op.f("ix_lot_claim_bid_id"), "lot_claim", ["bid_id"], unique=False)
    op.create_index(op.f("ix_lot_claim_company_id"), "lot_claim", ["company_id"], unique=False)
    op.create_index(
        "uq_lot_claim_company",
        "lot_claim",
        ["lot_bid_id", "company_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'confirmed')"),
    )
    op.create_index(
        "uq_lot_claim_lead",
        "lot_claim",
        ["lot_bid_id"],
        unique=True,
        postgresql_where=sa.text("role = 'lead' AND state IN ('proposed', 'confirmed')"),
    )
    op.create_table(
        "outcome",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("lot_bid_id", sa.Uuid(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "considered",
                "claimed",
                "confirmed",
                "in_bid",
                "submitted",
                "awarded",
                "rejected",
                "irregular",
                "late",
                "no_award",
                "runner_up",
                "signed",
                name="lotbidstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("our_amount", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("winner", sa.Text(), nullable=False),
        sa.Column("winner_amount", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("our_rank", sa.Integer(), nullable=True),
        sa.Column("offers_received", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_outcome_bid_id")),
        sa.ForeignKeyConstraint(["lot_bid_id"], ["lot_bid.id"], name=op.f("fk_outcome_lot_bid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("lot_bid_id", name=op.f("uq_outcome_lot_bid_id")),
    )
    op.create_index(op.f("ix_outcome_bid_id"), "outcome", ["bid_id"], unique=False)
    op.create_table(
        "section",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner_company_id", sa.Uuid(), nullable=False),
        sa.Column("lot_bid_id", sa.Uuid(), nullable=True),
        sa.Column("writer_id", sa.Uuid(), nullable=True),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("page_budget", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "todo",
                "drafting",
                "in_review",
                "changes_requested",
                "approved",
                "locked",
                name="sectionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("last_revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_section_bid_id")),
        sa.ForeignKeyConstraint(["lot_bid_id"], ["lot_bid.id"], name=op.f("fk_section_lot_bid_id")),
        sa.ForeignKeyConstraint(
            ["owner_company_id"], ["company.id"], name=op.f("fk_section_owner_company_id")
        ),
        sa.ForeignKeyConstraint(["writer_id"], ["person.id"], name=op.f("fk_section_writer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("bid_id", "number", name=op.f("uq_section_bid_id_number")),
    )
    op.create_table(
        "submission_package",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("manifest", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_by", sa.Text(), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "sealed",
                "submitted",
                "receipted",
                name="packagestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_submission_package_bid_id")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["assembly_run.id"], name=op.f("fk_submission_package_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_package")),
        sa.UniqueConstraint("run_id", name=op.f("uq_submission_package_run_id")),
    )
    op.create_index(
        op.f("ix_submission_package_bid_id"), "submission_package", ["bid_id"], unique=False
    )
    op.create_table(
        "remark",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "comment",
                "changes_requested",
                "approval",
                name="remarkkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_remark_bid_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_remark_company_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_remark_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_section_id"), "remark", ["section_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("docx", "text", name="revisionkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("health", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_revision_bid_id")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_revision_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_revision_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("section_id", "number", name=op.f("uq_revision_section_id_number")),
    )
    op.create_table(
        "submission",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("deposited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("receipt_number", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("receipt_name", sa.Text(), nullable=False),
        sa.Column("receipt_key", sa.Text(), nullable=False),
        sa.Column("receipt_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_submission_bid_id")),
        sa.ForeignKeyConstraint(
            ["package_id"], ["submission_package.id"], name=op.f("fk_submission_package_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_bid_id"), "submission", ["bid_id"], unique=False)
    wall()


def downgrade() -> None:
    no_wall()
    op.drop_index(op.f("ix_submission_bid_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_table("revision")
    op.drop_index(op.f("ix_remark_section_id"), table_name="remark")
    op.drop_table("remark")
    op.drop_index(op.f("ix_submission_package_bid_id"), table_name="submission_package")
    op.drop_table("submission_package")
    op.drop_table("section")
    op.drop_index(op.f("ix_outcome_bid_id"), table_name="outcome")
    op.drop_table("outcome")
    op.drop_index(
        "uq_lot_claim_lead",
        table_name="lot_claim",
        postgresql_where=sa.text("role = 'lead' AND state IN ('proposed', 'confirmed')"),
    )
    op.drop_index(
        "uq_lot_claim_company",
        table_name="lot_claim",
        postgresql_where=sa.text("state IN ('proposed', 'confirmed')"),
    )
    op.drop_index(op.f("ix_lot_claim_company_id"), table_name="lot_claim")
    op.drop_index(op.f("ix_lot_claim_bid_id"), table_name="lot_claim")
    op.drop_table("lot_claim")
    op.drop_table("vote")
    op.drop_index(op.f("ix_lot_bid_lot_id"), table_name="lot_bid")
    op.drop_table("lot_bid")
    op.drop_table("consultation_rules")
    op.drop_index(
        "uq_bid_pass_bid_id_person_id",
        table_name="bid_pass",
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.drop_index(
        "uq_bid_pass_bid_id_company_id",
        table_name="bid_pass",
        postgresql_where=sa.text("company_id IS NOT NULL"),
    )
    op.drop_table("bid_pass")
    op.drop_table("assembly_run")
    op.drop_index(op.f("ix_web_session_person_id"), table_name="web_session")
    op.drop_table("web_session")
    op.drop_table("triage")
    op.drop_index(op.f("ix_seat_company_id"), table_name="seat")
    op.drop_table("seat")
    op.drop_table("one_time_link")
    op.drop_index(op.f("ix_notice_tender_id"), table_name="notice")
    op.drop_index("ix_notice_previous", table_name="notice", postgresql_using="gin")
    op.drop_index("ix_notice_names", table_name="notice", postgresql_using="gin")
    op.drop_index("ix_notice_native", table_name="notice")
    op.drop_table("notice")
    op.drop_table("lot")
    op.drop_table("credential")
    op.drop_index(
        "uq_compliance_document_current",
        table_name="compliance_document",
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.drop_index(op.f("ix_compliance_document_company_id"), table_name="compliance_document")
    op.drop_table("compliance_document")
    op.drop_table("company_relationship")
    op.drop_table("cluster_seat")
    op.drop_index(op.f("ix_bid_tender_id"), table_name="bid")
    op.drop_table("bid")
    op.drop_index("uq_work_item_kind_object_id", table_name="work_item")
    op.drop_index(
        "ix_work_item_due_at",
        table_name="work_item",
        postgresql_where=sa.text("state IN ('waiting', 'taken')"),
    )
    op.drop_table("work_item")
    op.drop_index(op.f("ix_tender_procedure_id"), table_name="tender")
    op.drop_index(op.f("ix_tender_deadline_at"), table_name="tender")
    op.drop_table("tender")
    op.drop_table("person")
    op.drop_table("letter")
    op.drop_table("company")
    op.drop_index(op.f("ix_audit_entry_bid_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("audit_chain")
    op.drop_index("ix_attempt_key_at", table_name="attempt")
    op.drop_index("ix_attempt_at", table_name="attempt")
    op.drop_table("attempt")
