"""Links to details that may not be written on a network, and proofs that were brought for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "details_link",
        number("community_id"),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("shown_by", sa.BigInteger(), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.Column("spent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "digest"),
    )
    op.create_table(
        "details_proof",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def downgrade() -> None:
    op.drop_table("details_proof")
    op.drop_table("details_link")
