"""How it is known in which language somebody is spoken to, and what their network last said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever is there goes on as before: nobody is spoken to in another language until they say or write so."""
    op.add_column("member", sa.Column("lang_by", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("account", sa.Column("told_lang", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    op.drop_column("account", "told_lang")
    op.drop_column("member", "lang_by")
