"""What a post is, is its kind; and what is kept for whoever opens their private chat says what it is news of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

NEWS = {"readback": "offer"}
"""Whether somebody has a place is one thing, whichever of the two says it. Every other kind is news of its own."""


def upgrade() -> None:
    """An answer to words long gone by is not kept any more."""
    op.execute(sa.text("ALTER TABLE post RENAME COLUMN rule TO kind"))
    post = sa.table(
        "post",
        *(sa.column(name, sa.BigInteger()) for name in ("community_id", "id")),
        *(sa.column(name, sa.String()) for name in ("kind", "state")),
        sa.column("body", sa.JSON()),
    )
    connection = op.get_bind()
    unheard = sa.cast(post.c.body, sa.String()).like('%"unheard"%')
    for row in connection.execute(sa.select(*post.c).where(post.c.state == "ended", unheard)).all():
        body = {name: value for name, value in row.body.items() if name != "unheard"}
        if row.kind != "say":
            body["unheard"] = NEWS.get(row.kind, row.kind)
        this = sa.and_(post.c.community_id == row.community_id, post.c.id == row.id)
        connection.execute(post.update().where(this).values(body=body))


def downgrade() -> None:
    """The word that something is kept under is as good as the mark that it is kept."""
    op.execute(sa.text("ALTER TABLE post RENAME COLUMN kind TO rule"))
