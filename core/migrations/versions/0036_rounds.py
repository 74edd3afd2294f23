"""What visitors on a round say of each household: sealed, for the coordinator."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0036"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visitreport",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("occurrence_id", "slot_id", "elder_id", "claim_id", "member_id")
        ),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_visitreport_occurrence", "visitreport", ["community_id", "occurrence_id"])
    op.create_index("ix_visitreport_member", "visitreport", ["community_id", "member_id", "id"])


def downgrade() -> None:
    op.drop_table("visitreport")
