"""Consents, a row for each purpose; whoever is on the register agreed to both of theirs by the one sentence so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment
from core.ids import new_id

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    made = op.create_table(
        "consent",
        *map(number, ("community_id", "id")),
        sa.Column("purpose", sa.String(), nullable=False),
        *map(number, ("member_id", "elder_id")),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        number("taken_by"),
        sa.Column("ended_at", Moment(), nullable=True),
        number("ended_by"),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_consent_member", "consent", ["community_id", "member_id"])
    op.create_index("ix_consent_elder", "consent", ["community_id", "elder_id"])
    elder = sa.table(
        "elder",
        *(sa.column(name, sa.BigInteger()) for name in ("community_id", "id", "consent_by")),
        sa.column("consent_at", Moment()),
        sa.column("consent_text", sa.String()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(elder)).all():
        for purpose in ("register", "visitors"):
            connection.execute(
                made.insert().values(
                    community_id=row.community_id,
                    id=new_id(row.consent_at),
                    purpose=purpose,
                    member_id=0,
                    elder_id=row.id,
                    text=row.consent_text,
                    at=row.consent_at,
                    taken_by=row.consent_by,
                    ended_by=0,
                )
            )


def downgrade() -> None:
    op.drop_table("consent")
