"""From when to when somebody was there, who recorded it, and who confirmed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0031"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("came_at", Moment(), nullable=True),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("by_member", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment(), nullable=True),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "claim_id"),
    )


def downgrade() -> None:
    op.drop_table("attendance")
