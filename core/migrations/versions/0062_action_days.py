"""Action days, and which activities are part of one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "actionday",
        *map(number, ("community_id", "id", "made_by")),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("posted", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_table(
        "actionpart",
        *map(number, ("community_id", "day_id", "occurrence_id")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "day_id", "occurrence_id"),
    )
    op.create_index("ix_actionpart_occurrence", "actionpart", ["community_id", "occurrence_id"])


def downgrade() -> None:
    op.drop_table("actionpart")
    op.drop_table("actionday")
