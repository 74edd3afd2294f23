"""The register: people who are visited, sealed; and whom of them a household of an activity is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0035"
down_revision = "0045"
branch_labels = None
depends_on = None

SEALED = ("name", "building", "flat", "phone", "door", "mind", "times", "close", "born")


def upgrade() -> None:
    op.create_table(
        "elder",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in SEALED),
        sa.Column("consent_by", sa.BigInteger(), nullable=False),
        sa.Column("consent_at", Moment(), nullable=False),
        sa.Column("consent_text", sa.String(), nullable=False),
        sa.Column("kept_by", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.add_column("slot", sa.Column("elder_id", sa.BigInteger(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    op.drop_column("slot", "elder_id")
    op.drop_table("elder")
