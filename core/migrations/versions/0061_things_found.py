"""The things of an activity, and what somebody has to do with things, are looked for at every word: by an index."""

from __future__ import annotations

from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_thing_occurrence", "thing", ["community_id", "occurrence_id"])
    op.create_index("ix_thingheld_member", "thingheld", ["community_id", "member_id"])


def downgrade() -> None:
    op.drop_index("ix_thingheld_member", "thingheld")
    op.drop_index("ix_thing_occurrence", "thing")
