"""Several communities: how each wants to be served, of which somebody speaks, and whose a group or a person is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0015"
down_revision = "0010"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_knownchat_address": ("knownchat", ["network", "address"]),
    "ix_presence_account": ("presence", ["account"]),
    "ix_appointment_account": ("appointment", ["network", "account"]),
    "ix_paired_account": ("paired", ["network", "account"]),
}


def upgrade() -> None:
    """The settings are written at the next start, from the configuration."""
    op.create_table(
        "settings",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("community_id"),
    )
    op.create_table(
        "spokenof",
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("network", "account"),
    )
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
    op.drop_table("spokenof")
    op.drop_table("settings")
