"""How far each source of notices was read, and how it is doing."""

import os

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APP_ROLE = os.environ.get("TENDER_APP_ROLE", "grappe_app")
POLLS = "app_scope() in ('import', 'operator')"
WATCHES = f"({POLLS} or app_seat('administrator') or app_seat('coordinator'))"
POLICIES = {
    "may_read": f"for select using ({WATCHES})",
    "may_add": f"for insert with check ({POLLS})",
    "may_change": f"for update using ({POLLS}) with check ({POLLS})",
    "may_delete": "for delete using (false)",
}


def upgrade() -> None:
    op.create_table(
        "notice_source",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("taken_in", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("refusals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_source")),
        sa.UniqueConstraint("name", name=op.f("uq_notice_source_name")),
    )
    op.execute("alter table notice_source enable row level security")
    op.execute("alter table notice_source force row level security")
    for name, policy in POLICIES.items():
        op.execute(f"create policy {name} on notice_source {policy}")
    op.execute(f"grant select, insert, update, delete on notice_source to {APP_ROLE}")


def downgrade() -> None:
    op.drop_table("notice_source")
