"""Of people with a personal link where they live and when it was made; and who waits at the page's door."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("web_person", sa.Column("building", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("web_person", sa.Column("linked_at", Moment(), nullable=True))
    op.create_table(
        "web_knock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("cookie", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["web_person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cookie"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("web_knock")
    op.drop_column("web_person", "linked_at")
    op.drop_column("web_person", "building")
