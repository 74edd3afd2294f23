"""Lists of people, for whom an activity is, what those answered who are invited, and minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0047"
down_revision = "0041"
branch_labels = None
depends_on = None


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "peoplelist",
        *map(number, ("community_id", "id")),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
        sa.UniqueConstraint("community_id", "name"),
    )
    op.create_table(
        "listed",
        *map(number, ("community_id", "list_id", "member_id")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "list_id", "member_id"),
    )
    op.create_table(
        "audience",
        *map(number, ("community_id", "occurrence_id", "list_id")),
        sa.PrimaryKeyConstraint("community_id", "occurrence_id", "list_id"),
    )
    op.create_table(
        "invited",
        *map(number, ("community_id", "occurrence_id", "member_id")),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "occurrence_id", "member_id"),
    )
    op.create_table(
        "minutes",
        *map(number, ("community_id", "id", "occurrence_id", "by_member")),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_minutes_occurrence", "minutes", ["community_id", "occurrence_id", "id"])
    op.add_column("occurrence", sa.Column("bidden", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    op.drop_column("occurrence", "bidden")
    for table in ("minutes", "invited", "audience", "listed", "peoplelist"):
        op.drop_table(table)
