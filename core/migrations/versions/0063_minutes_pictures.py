"""Pictures that are kept with the minutes of a meeting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minutespicture",
        *(
            sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)
            for name in ("community_id", "id", "occurrence_id")
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by_member", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_minutespicture_occurrence", "minutespicture", ["community_id", "occurrence_id", "id"])


def downgrade() -> None:
    op.drop_table("minutespicture")
