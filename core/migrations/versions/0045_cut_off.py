"""Groups in which the bot hears nothing, may not write, or is no more, and whether their people still count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0030"
branch_labels = None
depends_on = None

NEW = ("deaf", "mute", "keeps")


def upgrade() -> None:
    for name in NEW:
        op.add_column("knownchat", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for name in NEW:
        op.drop_column("knownchat", name)
