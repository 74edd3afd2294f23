"""Which messages show something confided, who has read such a message, and when it goes from all screens."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from core.columns import Moment
from core.ids import new_id

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ON_SQLITE, ON_POSTGRESQL = sa.text("confides = 1"), sa.text("confides")


def upgrade() -> None:
    """What stands on screens of a visit may confide something; whether it does was not kept so far.

    So it is looked at again, at the latest a day after the end. That sends nothing where nothing is to change.
    """
    op.add_column("post", sa.Column("confides", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_post_confides",
        "post",
        ["community_id", "member_id"],
        unique=False,
        sqlite_where=ON_SQLITE,
        postgresql_where=ON_POSTGRESQL,
    )
    op.create_table(
        "heard",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_heard_occurrence", "heard", ["community_id", "occurrence_id", "id"], unique=False)
    look_again_at_visits()


def look_again_at_visits() -> None:
    """Mark what may confide, and owe each visit the moment at which that goes."""
    post, visit = (
        sa.table(
            "post",
            *(sa.column(name, sa.BigInteger()) for name in ("community_id", "id", "chat_id", "member_id")),
            *(sa.column(name, sa.BigInteger()) for name in ("occurrence_id", "claim_id", "shown_in")),
            *(sa.column(name, sa.Integer()) for name in ("urgency", "life", "wanted", "shown", "attempts")),
            *(sa.column(name, sa.String()) for name in ("rule", "occasion", "state", "message", "looks")),
            *(sa.column(name, Moment()) for name in ("due", "not_before")),
            *(sa.column(name, sa.Boolean()) for name in ("pending", "own", "confides")),
            *(sa.column(name, sa.JSON()) for name in ("body", "actions", "offered")),
        ),
        sa.table(
            "occurrence",
            *(sa.column(name, sa.BigInteger()) for name in ("community_id", "id")),
            *(sa.column(name, sa.String()) for name in ("kind", "state")),
            *(sa.column(name, Moment()) for name in ("starts_at", "ends_at")),
            sa.column("all_day", sa.Boolean()),
        ),
    )
    of_a_visit = sa.exists().where(
        visit.c.community_id == post.c.community_id, visit.c.id == post.c.occurrence_id, visit.c.kind == "visit"
    )
    on_screen = sa.and_(post.c.message.is_not(None), post.c.member_id != 0, sa.or_(of_a_visit, post.c.rule == "mine"))
    op.execute(post.update().where(on_screen).values(confides=True))
    posted = sa.select(*visit.c).where(
        visit.c.kind == "visit", visit.c.starts_at.is_not(None), visit.c.state.in_(("open", "closed", "cancelled"))
    )
    connection = op.get_bind()
    for row in connection.execute(posted).all():
        usual = timedelta(days=1) if row.all_day else timedelta(hours=2)
        due = (row.ends_at or row.starts_at + usual) + timedelta(days=1)
        connection.execute(
            post.insert().values(
                community_id=row.community_id, id=new_id(row.starts_at), chat_id=0, member_id=0, occurrence_id=row.id,
                claim_id=0, shown_in=0, urgency=4, life=1, wanted=1, shown=0, attempts=0, rule="fade", occasion="fade",
                state="open", looks="", due=due, not_before=due, pending=True, own=False, confides=False, body={},
                actions=[], offered=[],
            )
        )  # fmt: skip


def downgrade() -> None:
    """As it was: what was said stays said."""
    op.execute(sa.text("DELETE FROM post WHERE rule = 'fade'"))
    op.drop_index("ix_heard_occurrence", table_name="heard")
    op.drop_table("heard")
    op.drop_index("ix_post_confides", table_name="post", sqlite_where=ON_SQLITE, postgresql_where=ON_POSTGRESQL)
    op.drop_column("post", "confides")
