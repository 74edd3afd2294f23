"""周六上午 is kept as it was said, where no hour was; and since when the bot is out of a group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0021"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("occurrence", sa.Column("daypart", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("knownchat", sa.Column("closed_at", Moment(), nullable=True))


def downgrade() -> None:
    for table, name in (("knownchat", "closed_at"), ("occurrence", "daypart")):
        op.drop_column(table, name)
