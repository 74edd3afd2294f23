"""What only a potluck asks is asked by the potluck: questions that stand are named anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0015"
branch_labels = None
depends_on = None

KEYS = {"ask.dish": "potluck.which_dish", "ask.course": "potluck.which_course"}
EXPECTS = {"dish": "thing"}


def upgrade() -> None:
    rename(KEYS, EXPECTS)


def downgrade() -> None:
    rename({new: old for old, new in KEYS.items()}, {new: old for old, new in EXPECTS.items()})


def rename(keys: dict[str, str], expects: dict[str, str]) -> None:
    """The sentence of a question, and how the next words that answer it are to be read."""
    ids = (sa.column(name, sa.BigInteger()) for name in ("community_id", "id"))
    post = sa.table("post", *ids, sa.column("body", sa.JSON()))
    connection, body = op.get_bind(), sa.cast(post.c.body, sa.Text())
    asked = sa.select(*post.c).where(sa.or_(*(body.like(f'%"{key}"%') for key in keys)))
    for row in connection.execute(asked).all():
        said = dict(row.body)
        if said.get("key") in keys:
            said["key"] = keys[said["key"]]
            if "expects" in said:
                said["expects"] = expects.get(said["expects"], said["expects"])
            this = (post.c.community_id == row.community_id, post.c.id == row.id)
            connection.execute(post.update().where(*this).values(body=said))
