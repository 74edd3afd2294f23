"""Things of an activity, and who brings, has and gave back how many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "thing",
        *map(number, ("community_id", "id", "occurrence_id")),
        sa.Column("name", sa.String(), nullable=False),
        count("wanted"),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_table(
        "thingheld",
        *map(number, ("community_id", "thing_id", "member_id")),
        *map(count, ("promised", "taken", "returned")),
        sa.PrimaryKeyConstraint("community_id", "thing_id", "member_id"),
    )


def downgrade() -> None:
    op.drop_table("thingheld")
    op.drop_table("thing")
