"""The few partner units among many members have an index of their own: they are asked for at every word said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_member_unit",
        "member",
        ["community_id"],
        sqlite_where=sa.text("unit = 1"),
        postgresql_where=sa.text("unit"),
    )


def downgrade() -> None:
    op.drop_index("ix_member_unit", "member")
