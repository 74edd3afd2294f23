"""Which matter an activity was made of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matterplan",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("matter_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "occurrence_id"),
    )


def downgrade() -> None:
    op.drop_table("matterplan")
