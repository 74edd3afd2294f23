"""What was said of a household, and stands on the next visitor's card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0051"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visitreport", sa.Column("handed_at", Moment(), nullable=True))
    op.add_column("visitreport", sa.Column("handed_by", sa.BigInteger(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    op.drop_column("visitreport", "handed_by")
    op.drop_column("visitreport", "handed_at")
