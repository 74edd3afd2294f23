"""Matters: what neighbours bring, its steps, who shares it, and what they say of its end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0026"
down_revision = "0016"
branch_labels = None
depends_on = None


def id_of(name: str, *, key: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False if key else "auto")


def upgrade() -> None:
    followed()
    counted()


def followed() -> None:
    """Matters and their steps."""
    op.create_table(
        "matter",
        id_of("community_id"),
        id_of("id"),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("confided", sa.String(), nullable=False),
        *(id_of(name, key=False) for name in ("brought_by", "given_to", "kept_by", "perhaps", "joined_to")),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("brought_at", Moment(), nullable=False),
        sa.Column("stepped_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id"),
        sa.UniqueConstraint("community_id", "number"),
    )
    op.create_index("ix_matter_state", "matter", ["community_id", "state"])
    op.create_table(
        "matterstep",
        id_of("community_id"),
        id_of("id"),
        id_of("matter_id", key=False),
        sa.Column("at", Moment(), nullable=False),
        id_of("by_member", key=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("confided", sa.String(), nullable=False),
        id_of("about", key=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_matterstep_matter", "matterstep", ["community_id", "matter_id", "id"])


def counted() -> None:
    """Who shares them, and what they say."""
    op.create_table(
        "mattershare",
        id_of("community_id"),
        id_of("matter_id"),
        id_of("member_id"),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "matter_id", "member_id"),
    )
    op.create_table(
        "matterverdict",
        id_of("community_id"),
        id_of("matter_id"),
        id_of("member_id"),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "matter_id", "member_id"),
    )


def downgrade() -> None:
    for table in ("matterverdict", "mattershare", "matterstep", "matter"):
        op.drop_table(table)
