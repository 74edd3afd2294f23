"""Balconies as places that outlive an activity, and what happened there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "balcony",
        *map(number, ("community_id", "id", "carer_id", "planted_by")),
        *map(words, ("name", "state", "grows")),
        sa.Column("watered_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_table(
        "balconystep",
        *map(number, ("community_id", "id", "balcony_id", "by_member")),
        sa.Column("at", Moment(), nullable=False),
        *map(words, ("sort", "words", "picture")),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_balconystep_balcony", "balconystep", ["community_id", "balcony_id", "id"])


def downgrade() -> None:
    op.drop_table("balconystep")
    op.drop_table("balcony")
