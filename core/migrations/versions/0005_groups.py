"""Which groups are the community's, who is a coordinator by the pairing code, and which group the log speaks of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Groups in which a roster was shown stay the community's; any other is to be confirmed by somebody known."""
    op.add_column("knownchat", sa.Column("bound", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("knownchat", sa.Column("named", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("knownchat", sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("knownchat", sa.Column("brought_by", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("deed", sa.Column("chat_id", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.create_table(
        "paired",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "network", "account"),
    )
    op.create_table(
        "pairingcode",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("guesses", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("community_id"),
    )
    chat, post = (
        sa.table("knownchat", *map(sa.column, ("community_id", "id", "private", "bound"))),
        sa.table("post", *map(sa.column, ("community_id", "chat_id", "rule", "shown", "message"))),
    )
    roster = (
        sa.select(sa.literal(1))
        .where(post.c.community_id == chat.c.community_id, post.c.chat_id == chat.c.id, post.c.rule == "roster")
        .where((post.c.shown > 0) | post.c.message.is_not(None))
    )
    op.execute(chat.update().where(chat.c.private.is_(sa.false()), roster.exists()).values(bound="kept"))


def downgrade() -> None:
    """As it was: every group that the bot is in is the community's."""
    op.drop_table("pairingcode")
    op.drop_table("paired")
    op.drop_column("deed", "chat_id")
    for name in ("brought_by", "refused", "named", "bound"):
        op.drop_column("knownchat", name)
