"""Indexes for many posts that fall due at one moment: what is pending, in its order, and private chats by account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def pending(*columns: str, where: str) -> None:
    """The index of what the courier has still to do."""
    op.drop_index("ix_post_pending", table_name="post")
    op.create_index(
        "ix_post_pending",
        "post",
        list(columns),
        unique=False,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text("pending"),
    )


def upgrade() -> None:
    """Without the id, those of one moment had to be sorted in every round.

    SQLite uses a partial index only where a query has its very condition, and a boolean is asked for as `= 1`.
    """
    pending("urgency", "not_before", "id", where="pending = 1")
    op.create_index("ix_knownchat_account", "knownchat", ["community_id", "account"], unique=False)


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_knownchat_account", table_name="knownchat")
    pending("urgency", "not_before", where="pending")
