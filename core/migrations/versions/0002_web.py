"""What the local web page keeps: its people, their sessions, the talk of every chat, what awaits the bot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of `adapters.web.store`."""
    op.create_table(
        "web_person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("coordinator", sa.Boolean(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("arrived", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("link"),
    )
    op.create_table(
        "web_session",
        sa.Column("cookie", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["web_person.id"]),
        sa.PrimaryKeyConstraint("cookie"),
    )
    op.create_index("ix_web_session_person", "web_session", ["person"], unique=False)
    op.create_table(
        "web_secret",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "web_read",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["web_person.id"]),
        sa.PrimaryKeyConstraint("person", "chat"),
    )
    op.create_table(
        "web_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("pinned_at", Moment(), nullable=True),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["web_person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_web_message_change", "web_message", ["change"], unique=False)
    op.create_index("ix_web_message_chat", "web_message", ["chat", "id"], unique=False)
    op.create_table(
        "web_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("happened_at", Moment(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=True),
        sa.Column("toast", sa.String(), nullable=False),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["web_person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person", "once"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_web_event_taken_at", "web_event", ["taken_at"], unique=False)


def downgrade() -> None:
    """Drop the page's tables, and with them what was said there."""
    for table in ("web_event", "web_message", "web_read", "web_secret", "web_session", "web_person"):
        op.drop_table(table)
