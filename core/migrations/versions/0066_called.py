"""People whose page is closed can be called: their browsers, what they have not seen yet, and what they said to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("web_person", sa.Column("reminding", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "web_browser",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["web_person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_web_browser_person", "web_browser", ["person"])
    op.create_table(
        "web_unseen",
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message"], ["web_message.id"]),
        sa.ForeignKeyConstraint(["person"], ["web_person.id"]),
        sa.PrimaryKeyConstraint("message"),
    )
    op.create_index("ix_web_unseen_person", "web_unseen", ["person"])


def downgrade() -> None:
    op.drop_table("web_unseen")
    op.drop_table("web_browser")
    op.drop_column("web_person", "reminding")
