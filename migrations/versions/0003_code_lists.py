"""Lists of codes with their labels, each version for ever."""

import os

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APP_ROLE = os.environ.get("TENDER_APP_ROLE", "grappe_app")
ADMIN = "(app_seat('administrator') or app_scope() = 'operator')"
POLICIES = {
    "may_read": "for select using (app_known())",
    "may_add": f"for insert with check ({ADMIN})",
    "may_change": f"for update using ({ADMIN}) with check ({ADMIN})",
    "may_delete": "for delete using (false)",
}
TABLES = ("code_list", "code_label")


def upgrade() -> None:
    op.create_table(
        "code_list",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_list")),
        sa.UniqueConstraint(
            "name", "version", "sha256", name=op.f("uq_code_list_name_version_sha256")
        ),
    )
    op.create_index(
        "uq_code_list_in_force", "code_list", ["name"], unique=True,
        postgresql_where=sa.text("in_force"),
    )  # fmt: skip
    op.create_table(
        "code_label",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("fr", sa.Text(), nullable=True),
        sa.Column("en", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["code_list.id"], name=op.f("fk_code_label_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_label")),
        sa.UniqueConstraint("list_id", "code", name=op.f("uq_code_label_list_id_code")),
    )
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        for name, policy in POLICIES.items():
            op.execute(f"create policy {name} on {table} {policy}")
        op.execute(f"grant select, insert, update, delete on {table} to {APP_ROLE}")


def downgrade() -> None:
    op.drop_table("code_label")
    op.drop_table("code_list")
