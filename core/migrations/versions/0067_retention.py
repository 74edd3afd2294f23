"""What is too old is dropped by the core, whatever features there are: so the night that is owed is called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

POST = sa.table("post", sa.column("kind", sa.String()))


def upgrade() -> None:
    op.execute(POST.update().where(POST.c.kind == "visit.retention").values(kind="retention"))


def downgrade() -> None:
    op.execute(POST.update().where(POST.c.kind == "retention").values(kind="visit.retention"))
