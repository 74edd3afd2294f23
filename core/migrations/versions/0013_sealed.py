"""What is confided is sealed, and apart from what everybody may know: rows of before are rewritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from core.seals import keys_of

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

VISIT = "visit"
"""The kind that confided."""
SAYS_NOTHING = ("", "慰问", "Visit")
"""Titles of a visit that are its kind's name."""
HAN = "零〇一二两三四五六七八九十百"
BUILDING = re.compile(
    rf"(?:(?<![\da-z])[a-z]?\d{{1,3}}|(?<![{HAN}])[{HAN}]{{1,6}})\s*(?:号楼|号门|幢|栋)|"
    r"\b(?:building|block)\s*\d{1,3}\b",
    re.IGNORECASE,
)
"""What a group saw of a place, as the version before found it anew at each rendering."""
HARMLESS = frozenset(
    ("reminder", "about", "verb", "claims", "waited", "was", "origin", "overheard", "remove", "put", "unheard",
     "undone", "before", "older", "page", "account", "ask", "answer")
)  # fmt: skip
"""What bodies of then say unsealed."""
NEW = {
    "occurrence": ("title_confided", "place_confided", "bring_confided"),
    "web_message": ("confided",),
    "web_event": ("confided",),
}


def upgrade() -> None:
    op.create_table("sealed_with", sa.Column("key", sa.String(), nullable=False), sa.PrimaryKeyConstraint("key"))
    for table, names in NEW.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))
    seal_visits()
    seal_all("draft", ("community_id", "id"), "kept")
    seal_all("chain_copy", ("community_id", "id"), "words")
    seal_bodies()
    seal_pages()


def seal(words: str, column: str) -> str:
    return keys_of(op.get_bind().dialect).seal(words, column) if words else ""


def table(name: str, *columns: str, json: str = "") -> Any:
    return sa.table(name, *map(sa.column, columns), *([sa.column(json, sa.JSON())] if json else []))


def rows(of: Any, key: tuple[str, ...], condition: Any = None) -> Iterator[tuple[Any, Any]]:
    """The rows of a table, and for each the statement that changes it."""
    for row in op.get_bind().execute(sa.select(of) if condition is None else sa.select(of).where(condition)).all():
        yield row, of.update().where(*(of.c[name] == getattr(row, name) for name in key))


def seal_visits() -> None:
    """The place is split; title, things to bring and notes of a visit are for those who go."""
    parts = ("title", "place", "bring", "note", "confided")
    of = table("occurrence", "community_id", "id", "kind", *parts, *NEW["occurrence"])
    key = ("community_id", "id")
    for row, change in rows(of, key, of.c.kind == VISIT):
        found = BUILDING.search(row.place)
        known = " ".join(found[0].split()) if found else ""
        title = "" if row.title in SAYS_NOTHING else row.title
        op.get_bind().execute(
            change.values(
                title="", place=known, bring="", note="",
                title_confided=seal(title, "occurrence.title_confided"),
                place_confided=seal(row.place if row.place != known else "", "occurrence.place_confided"),
                bring_confided=seal(row.bring, "occurrence.bring_confided"),
                confided=seal("\n".join(filter(None, (row.note, row.confided))), "occurrence.confided"),
            )
        )  # fmt: skip
    of = table("slot", "community_id", "id", "label", "confided")
    for row, change in rows(of, key, of.c.confided != ""):
        whole = row.confided if row.confided != row.label else ""
        op.get_bind().execute(change.values(confided=seal(whole, "slot.confided")))


def seal_all(name: str, key: tuple[str, ...], column: str) -> None:
    of = table(name, *key, column)
    for row, change in rows(of, key):
        op.get_bind().execute(change.values({column: seal(getattr(row, column), f"{name}.{column}")}))


def seal_bodies() -> None:
    """What a message needs besides rows may be somebody's words: a question holds what it was asked about."""
    of = table("post", "community_id", "id", json="body")
    for row, change in rows(of, ("community_id", "id")):
        if row.body and not row.body.keys() <= HARMLESS:
            op.get_bind().execute(change.values(body=seal(json.dumps(row.body), "post.body")))


def seal_pages() -> None:
    """What stands in private chats of the page."""
    of = table("web_message", "id", "chat", "confided", json="text")
    for row, change in rows(of, ("id",), of.c.chat.like("private-%")):
        if row.text:
            op.get_bind().execute(change.values(text=[], confided=seal(json.dumps(row.text), "web_message.confided")))
    of = table("web_event", "id", "chat", "text", "confided")
    for row, change in rows(of, ("id",), sa.and_(of.c.chat.like("private-%"), of.c.text != "")):
        op.get_bind().execute(change.values(text="", confided=seal(row.text, "web_event.confided")))


def downgrade() -> None:
    """Opened again, as far as the keys are there."""
    key = ("community_id", "id")
    of = table("occurrence", *key, "kind", "title", "place", "bring", "confided", *NEW["occurrence"])
    for row, change in rows(of, key):
        was = {name: opened(getattr(row, name), f"occurrence.{name}") for name in (*NEW["occurrence"], "confided")}
        op.get_bind().execute(
            change.values(
                title=was["title_confided"] or row.title,
                place=was["place_confided"] or row.place,
                bring=was["bring_confided"] or row.bring,
                confided=was["confided"],
            )
        )
    for name, column in (("slot", "confided"), ("draft", "kept"), ("chain_copy", "words")):
        of = table(name, *key, column)
        for row, change in rows(of, key):
            op.get_bind().execute(change.values({column: opened(getattr(row, column), f"{name}.{column}")}))
    of = table("post", *key, json="body")
    for row, change in rows(of, key):
        if isinstance(row.body, str):
            op.get_bind().execute(change.values(body=json.loads(opened(row.body, "post.body") or "{}")))
    of = table("web_message", "id", "confided", json="text")
    for row, change in rows(of, ("id",), of.c.confided != ""):
        text = json.loads(opened(row.confided, "web_message.confided") or "[]")
        op.get_bind().execute(change.values(text=text))
    for name, names in NEW.items():
        for column in names:
            op.drop_column(name, column)
    op.drop_table("sealed_with")


def opened(stored: str, column: str) -> str:
    return keys_of(op.get_bind().dialect).open(stored, column) if stored else ""
