"""Codes by which somebody shows that two accounts are theirs, and who guessed at them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "linkcode",
        key("community_id"),
        key("member_id"),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "member_id"),
    )
    op.create_table(
        "linkguess",
        key("community_id"),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "network", "account"),
    )


def downgrade() -> None:
    op.drop_table("linkguess")
    op.drop_table("linkcode")
