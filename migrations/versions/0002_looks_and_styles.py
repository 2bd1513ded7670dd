"""A look for each section, and a table of styles for each company of a bid."""

import os

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APP_ROLE = os.environ.get("TENDER_APP_ROLE", "grappe_app")
OWN = "(p.company_id = any(app_companies()) or p.person_id = app_person())"
STEERS = "(bid_id = app_bid() or bid_id = any(app_coordinates()))"
JUDGES = (
    f"({STEERS} or bid_id in"
    f" (select p.bid_id from bid_pass p where p.kind in ('reviewer') and {OWN}))"
)
MEMBER = (
    "((bid_id, company_id) in (select p.bid_id, p.company_id from bid_pass p"
    " where p.company_id = any(app_companies()) and p.kind in ('member')))"
)
POLICIES = {
    "may_read": f"for select using ({JUDGES} or {MEMBER})",
    "may_add": f"for insert with check ({STEERS})",
    "may_change": f"for update using ({STEERS}) with check ({STEERS})",
    "may_delete": "for delete using (false)",
}
LOOK = sa.Enum("house", "source", "map", name="look", native_enum=False, length=40)


def upgrade() -> None:
    op.add_column("section", sa.Column("look", LOOK, nullable=False, server_default="house"))
    op.alter_column("section", "look", server_default=None)
    op.create_table(
        "style_map",
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("styles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_style_map_bid_id")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_style_map_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_style_map")),
        sa.UniqueConstraint("bid_id", "company_id", name=op.f("uq_style_map_bid_id_company_id")),
    )
    op.execute("alter table style_map enable row level security")
    op.execute("alter table style_map force row level security")
    for name, policy in POLICIES.items():
        op.execute(f"create policy {name} on style_map {policy}")
    op.execute(f"grant select, insert, update, delete on style_map to {APP_ROLE}")


def downgrade() -> None:
    op.drop_table("style_map")
    op.drop_column("section", "look")
