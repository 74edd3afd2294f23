"""Who is away, from which day to which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0030"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "away",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_away_member", "away", ["community_id", "member_id"])


def downgrade() -> None:
    op.drop_index("ix_away_member", "away")
    op.drop_table("away")
