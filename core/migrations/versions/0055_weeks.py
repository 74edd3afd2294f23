"""A week of what repeats may stand in one message: in whose roster an occurrence is shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

SOME = sa.text("shown_with != 0")


def upgrade() -> None:
    op.add_column("occurrence", sa.Column("shown_with", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.create_index(
        "ix_occurrence_shown_with",
        "occurrence",
        ["community_id", "shown_with"],
        sqlite_where=SOME,
        postgresql_where=SOME,
    )


def downgrade() -> None:
    op.drop_index("ix_occurrence_shown_with", "occurrence")
    op.drop_column("occurrence", "shown_with")
