"""Everything that stands at the beginning: people, activities, claims, posts, what was seen, the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.columns import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the core."""
    op.create_table(
        "account",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("last_used", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "network", "id"),
    )
    op.create_index("ix_account_member", "account", ["community_id", "member_id"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "network", "account"),
    )
    op.create_table(
        "community",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "copy",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "chat_id", "message"),
    )
    op.create_index("ix_copy_post", "copy", ["community_id", "post_id"], unique=False)
    op.create_table(
        "deed",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("by_network", sa.String(), nullable=False),
        sa.Column("by_account", sa.String(), nullable=False),
        sa.Column("by_member", sa.BigInteger(), nullable=False),
        sa.Column("for_member", sa.BigInteger(), nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_deed_occurrence", "deed", ["community_id", "occurrence_id", "id"], unique=False)
    op.create_table(
        "knownchat",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("greeted", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
        sa.UniqueConstraint("community_id", "network", "address"),
    )
    op.create_table(
        "member",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("proxy_id", sa.BigInteger(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_member_name", "member", ["community_id", "name"], unique=False)
    op.create_table(
        "post",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("due", Moment(), nullable=False),
        sa.Column("not_before", Moment(), nullable=False),
        sa.Column("expires", Moment(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("life", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("sending", sa.Integer(), nullable=True),
        sa.Column("sending_since", Moment(), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("shown_in", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("looks", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
        sa.UniqueConstraint("community_id", "chat_id", "member_id", "occurrence_id", "claim_id", "rule", "occasion"),
    )
    op.create_index("ix_post_member", "post", ["community_id", "member_id"], unique=False)
    op.create_index("ix_post_occurrence", "post", ["community_id", "occurrence_id"], unique=False)
    op.create_index(
        "ix_post_pending",
        "post",
        ["urgency", "not_before"],
        unique=False,
        sqlite_where=sa.text("pending"),
        postgresql_where=sa.text("pending"),
    )
    op.create_table(
        "presence",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("left", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "chat_id", "account"),
    )
    op.create_table(
        "seen",
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "event"),
    )
    op.create_index("ix_seen_at", "seen", ["at"], unique=False)
    op.create_index("ix_seen_message", "seen", ["bot", "chat", "message"], unique=False)
    op.create_table(
        "series",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rrule", sa.String(), nullable=True),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("except_days", sa.JSON(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_table(
        "occurrence",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=True),
        sa.Column("ends_at", Moment(), nullable=True),
        sa.Column("report_at", Moment(), nullable=True),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("bring", sa.String(), nullable=False),
        sa.Column("confided", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("chats", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "series_id"],
            ["series.community_id", "series.id"],
        ),
        sa.PrimaryKeyConstraint("community_id", "id"),
        sa.UniqueConstraint("community_id", "number"),
        sa.UniqueConstraint("community_id", "series_id", "original"),
    )
    op.create_index("ix_occurrence_state", "occurrence", ["community_id", "state"], unique=False)
    op.create_table(
        "slot",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("confided", sa.String(), nullable=False),
        sa.Column("min", sa.Integer(), nullable=True),
        sa.Column("max", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "occurrence_id"],
            ["occurrence.community_id", "occurrence.id"],
        ),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index("ix_slot_occurrence", "slot", ["community_id", "occurrence_id", "position"], unique=False)
    op.create_table(
        "claim",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("guest_of", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("speaker_network", sa.String(), nullable=False),
        sa.Column("speaker_account", sa.String(), nullable=False),
        sa.Column("promised", sa.String(), nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("portions", sa.Integer(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "slot_id"],
            ["slot.community_id", "slot.id"],
        ),
        sa.PrimaryKeyConstraint("community_id", "id"),
    )
    op.create_index(
        "ix_claim_live",
        "claim",
        ["community_id", "slot_id", "member_id", "ordinal"],
        unique=True,
        sqlite_where=sa.text("promised IN ('waitlisted', 'offered', 'claimed', 'seeking')"),
        postgresql_where=sa.text("promised IN ('waitlisted', 'offered', 'claimed', 'seeking')"),
    )
    op.create_index("ix_claim_member", "claim", ["community_id", "member_id"], unique=False)
    op.create_index("ix_claim_occurrence", "claim", ["community_id", "occurrence_id", "position"], unique=False)


def downgrade() -> None:
    """Drop them all."""
    op.drop_index("ix_claim_occurrence", table_name="claim")
    op.drop_index("ix_claim_member", table_name="claim")
    op.drop_index(
        "ix_claim_live",
        table_name="claim",
        sqlite_where=sa.text("promised IN ('waitlisted', 'offered', 'claimed', 'seeking')"),
        postgresql_where=sa.text("promised IN ('waitlisted', 'offered', 'claimed', 'seeking')"),
    )
    op.drop_table("claim")
    op.drop_index("ix_slot_occurrence", table_name="slot")
    op.drop_table("slot")
    op.drop_index("ix_occurrence_state", table_name="occurrence")
    op.drop_table("occurrence")
    op.drop_table("series")
    op.drop_index("ix_seen_message", table_name="seen")
    op.drop_index("ix_seen_at", table_name="seen")
    op.drop_table("seen")
    op.drop_table("presence")
    op.drop_index(
        "ix_post_pending", table_name="post", sqlite_where=sa.text("pending"), postgresql_where=sa.text("pending")
    )
    op.drop_index("ix_post_occurrence", table_name="post")
    op.drop_index("ix_post_member", table_name="post")
    op.drop_table("post")
    op.drop_index("ix_member_name", table_name="member")
    op.drop_table("member")
    op.drop_table("knownchat")
    op.drop_index("ix_deed_occurrence", table_name="deed")
    op.drop_table("deed")
    op.drop_index("ix_copy_post", table_name="copy")
    op.drop_table("copy")
    op.drop_table("community")
    op.drop_table("appointment")
    op.drop_index("ix_account_member", table_name="account")
    op.drop_table("account")
