"""What grows for years is found by indexes: what is over, what is under way, what stood last in a chat, who spoke."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0036"
branch_labels = None
depends_on = None

UNDER_WAY = "pending{} AND sending IS NOT NULL AND message IS NULL"
POSTED = sa.text("state IN ('open', 'closed')")
NEW = (
    ("ix_claim_speaker", "claim", ["community_id", "speaker_network", "speaker_account"]),
    ("ix_copy_newest", "copy", ["community_id", "chat_id", "at", "post_id"]),
    ("ix_post_chat", "post", ["community_id", "chat_id", "kind", "due"]),
    ("ix_member_proxy", "member", ["community_id", "proxy_id"]),
)
LONGER = (
    ("ix_claim_occurrence", "claim", ["community_id", "occurrence_id", "position"], "id"),
    ("ix_post_member", "post", ["community_id", "member_id"], "due"),
)


def upgrade() -> None:
    for name, table, columns in NEW:
        op.create_index(name, table, columns)
    for name, table, columns, more in LONGER:
        op.drop_index(name, table)
        op.create_index(name, table, [*columns, more])
    over = sa.text("coalesce(ends_at, starts_at)")
    op.create_index(
        "ix_occurrence_coming", "occurrence", ["community_id", over], sqlite_where=POSTED, postgresql_where=POSTED
    )
    op.create_index(
        "ix_post_under_way",
        "post",
        ["community_id"],
        sqlite_where=sa.text(UNDER_WAY.format(" = 1")),
        postgresql_where=sa.text(UNDER_WAY.format("")),
    )
    op.create_index(
        "ix_presence_administrator",
        "presence",
        ["community_id"],
        sqlite_where=sa.text("administrator = 1"),
        postgresql_where=sa.text("administrator"),
    )


def downgrade() -> None:
    op.drop_index("ix_presence_administrator", "presence")
    op.drop_index("ix_post_under_way", "post")
    op.drop_index("ix_occurrence_coming", "occurrence")
    for name, table, columns, _ in LONGER:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    for name, table, _ in NEW:
        op.drop_index(name, table)
