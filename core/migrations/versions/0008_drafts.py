"""What was read of a posting, what stood there before a change and the copies of a chain get tables of their own."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from core.columns import Moment
from core.ids import EPOCH, new_id

revision = "0008"
down_revision = "0009"
branch_labels = None
depends_on = None


def ids(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False) for name in names]


DRAFT = sa.table("draft", *ids("community_id", "id", "occurrence_id"), sa.column("kept", sa.String()))
COPY = sa.table("chain_copy", *ids("community_id", "id", "occurrence_id"), sa.column("words", sa.String()))
OCCURRENCE = sa.table(
    "occurrence",
    *ids("community_id", "id", "draft_id"),
    sa.column("draft", sa.JSON()),
)
POST = sa.table(
    "post",
    *ids("community_id", "id", "occurrence_id"),
    sa.column("kind", sa.String()),
    sa.column("due", Moment()),
    sa.column("body", sa.JSON()),
)


def upgrade() -> None:
    op.create_table(
        "draft",
        *ids("community_id", "id", "occurrence_id"),
        sa.Column("kept", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_table(
        "chain_copy",
        *ids("community_id", "id", "occurrence_id"),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_chain_copy_occurrence", "chain_copy", ["community_id", "occurrence_id", "id"], unique=False)
    op.add_column("occurrence", sa.Column("draft_id", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    move_what_was_read()
    move_what_was_before()
    op.drop_column("occurrence", "draft")


def move_what_was_read() -> None:
    """What was read keeps the words of the version that wrote it: `core.drafts` reads them."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(OCCURRENCE)).all():
        facts = dict(row.draft or {})
        for words in facts.pop("chains", []):
            add(COPY, row.community_id, row.id, new_id(EPOCH), words=words)
        if facts:
            add(DRAFT, row.community_id, row.id, row.id, kept=json.dumps(facts, ensure_ascii=False))
            of = OCCURRENCE.update().where(OCCURRENCE.c.community_id == row.community_id, OCCURRENCE.c.id == row.id)
            connection.execute(of.values(draft_id=row.id))


def move_what_was_before() -> None:
    """What 撤销 under a change writes back stood in the body of the message; what had been read then stood in that."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(POST).where(POST.c.kind == "notice")).all():
        before = row.body.get("before")
        if not isinstance(before, dict):
            continue
        was = dict(before)
        if read := was.pop("draft", None):
            was["draft_id"] = new_id(row.due)
            read = {name: value for name, value in read.items() if name != "chains"}
            add(DRAFT, row.community_id, row.occurrence_id, was["draft_id"], kept=json.dumps(read, ensure_ascii=False))
        add(DRAFT, row.community_id, row.occurrence_id, row.id, kept=json.dumps(was, ensure_ascii=False))
        of = POST.update().where(POST.c.community_id == row.community_id, POST.c.id == row.id)
        connection.execute(of.values(body={**row.body, "before": row.id}))


def add(table: Any, community_id: int, occurrence_id: int, id: int, **facts: str) -> None:
    op.get_bind().execute(table.insert().values(community_id=community_id, occurrence_id=occurrence_id, id=id, **facts))


def downgrade() -> None:
    """As it was, but for the copies of chains and what was before a change: neither can be taken back then."""
    connection = op.get_bind()
    op.add_column("occurrence", sa.Column("draft", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    for row in connection.execute(
        sa.select(OCCURRENCE.c.community_id, OCCURRENCE.c.id, DRAFT.c.kept).join(
            DRAFT, sa.and_(DRAFT.c.community_id == OCCURRENCE.c.community_id, DRAFT.c.id == OCCURRENCE.c.draft_id)
        )
    ).all():
        facts = {name: value for name, value in json.loads(row.kept).items() if name != "version"}
        of = OCCURRENCE.update().where(OCCURRENCE.c.community_id == row.community_id, OCCURRENCE.c.id == row.id)
        connection.execute(of.values(draft=facts))
    for row in connection.execute(sa.select(POST).where(POST.c.kind == "notice")).all():
        if "before" in row.body:
            of = POST.update().where(POST.c.community_id == row.community_id, POST.c.id == row.id)
            connection.execute(of.values(body={k: v for k, v in row.body.items() if k != "before"}))
    op.drop_column("occurrence", "draft_id")
    op.drop_index("ix_chain_copy_occurrence", table_name="chain_copy")
    op.drop_table("chain_copy")
    op.drop_table("draft")
