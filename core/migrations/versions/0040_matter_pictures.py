"""Pictures of matters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0040"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matterpicture",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("matter_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by_member", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_matterpicture_matter", "matterpicture", ["community_id", "matter_id", "id"])
    op.add_column("web_message", sa.Column("picture", sa.String(), nullable=False, server_default=""))
    op.add_column("web_event", sa.Column("picture", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("web_event", "picture")
    op.drop_column("web_message", "picture")
    op.drop_index("ix_matterpicture_matter", "matterpicture")
    op.drop_table("matterpicture")
