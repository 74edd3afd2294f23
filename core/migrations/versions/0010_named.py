"""By what word the settings know a community: there may be several in one database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The one that is there has no word of its own: it is the one that the settings describe without any."""
    op.add_column("community", sa.Column("named", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    op.drop_column("community", "named")
