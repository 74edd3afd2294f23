"""Links to details, each good once and for ten minutes; proofs, each taken once; and what is read by them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from core import columns, posts
from core.confiding import heard
from core.here import Here
from core.ids import long
from core.members import Account
from core.messages import Message, Person, Span, words
from core.posts import Post
from core.views.lookup import Lookup
from core.views.view import View

LIFE = timedelta(minutes=10)
BYTES = 24
"""Of a link's secret: 192 bits, which nobody guesses."""


class DetailsLink(SQLModel, table=True):
    """A link that was given out. `digest`: of its secret, which is kept only in the sealed post that shows it."""

    __tablename__ = "details_link"

    community_id: int = columns.key()
    digest: str = Field(primary_key=True)
    post_id: int = columns.ref()  # what it opens
    shown_by: int = columns.ref()  # the post that shows it
    expires: datetime = columns.moment()
    spent: bool = False


class DetailsProof(SQLModel, table=True):
    """That a proof was brought: the same is not taken twice. It says nothing of whose it was."""

    __tablename__ = "details_proof"

    digest: str = Field(primary_key=True)
    at: datetime = columns.moment()


def digest(secret: str) -> str:
    """What is kept of a secret. It is long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def keep_link(session: Session, post: Post, shown: Post, secret: str, now: datetime) -> None:
    """A link to what a post says is given out from now on, shown by another. Those that are over are dropped."""
    session.execute(delete(DetailsLink).where(col(DetailsLink.expires) <= now))
    row = DetailsLink(
        community_id=post.community_id, digest=digest(secret), post_id=post.id, shown_by=shown.id, expires=now + LIFE
    )
    session.add(row)
    session.flush()


def spend_link(session: Session, communities: Iterable[int], secret: str, now: datetime) -> Post | None:
    """What a link opens, once; None for one that is spent, over, or was never given out."""
    mine = (col(DetailsLink.community_id).in_(list(communities)), col(DetailsLink.digest) == digest(secret))
    good = (~col(DetailsLink.spent), col(DetailsLink.expires) > now)
    spent = session.execute(update(DetailsLink).where(*mine, *good).values(spent=True))
    if not spent.rowcount:  # type: ignore[attr-defined]  # an update has one
        return None
    row = session.exec(select(DetailsLink).where(*mine)).one()
    shown = session.get(Post, (row.community_id, row.shown_by))
    if shown is not None:  # it leads nowhere from here on
        shown.body = {name: value for name, value in shown.body.items() if name != "secret"}
        posts.settle(session, shown, now)
    return session.get(Post, (row.community_id, row.post_id))


def spend_proof(session: Session, once: str, now: datetime) -> bool:
    """Whether this proof comes for the first time. Those too old to be taken anyhow are dropped."""
    session.execute(delete(DetailsProof).where(col(DetailsProof.at) <= now - 2 * LIFE))
    try:
        with session.begin_nested():
            session.add(DetailsProof(digest=digest(once), at=now))
            session.flush()
    except IntegrityError:
        return False
    return True


def posted_as(session: Session, communities: Iterable[int], name: str) -> Post | None:
    """The post of this name, in one of these communities."""
    try:
        id = long(name)
    except ValueError:
        return None
    return session.exec(select(Post).where(col(Post.community_id).in_(list(communities)), Post.id == id)).first()


def reader_of(lookup: Lookup, post: Post) -> Account | None:
    """The account in whose private chat a post stands: nobody else may open what it says."""
    chat = lookup.chat(post.shown_in) if post.shown_in and post.message is not None else None
    if chat is None or not chat.private:
        return None
    return lookup.session.get(Account, (lookup.here.id, chat.network, chat.account))


def read(
    session: Session, here: Here, post: Post, now: datetime, by: Person | None = None
) -> tuple[Message, str] | None:
    """All that this post says now to the one in whose chat it stands, and the language; that they read it is kept.

    None where nothing of it may be read by them any more, or yet. `by`: who is known to ask; None: whoever has its
    link.
    """
    lookup = Lookup(session, here, now)
    account, kind = reader_of(lookup, post), here.posts.get(post.kind)
    if account is None or kind is None or kind.render is None or post.body.get("gone"):
        return None
    if by is not None and (by.network, by.id) != (account.network, account.id):
        return None
    reader = lookup.member(account.member_id)
    lang = reader.lang or here.lang
    message = kind.render(View(lookup, post, lang, private=True, reader=reader.id))
    if message is None or not message.withheld():
        return None
    heard(session, post, reader.id, (account.network, account.id), now)
    return message, lang


def lines(text: Iterable[Span]) -> tuple[str, ...]:
    """The bare words of a message, a line each."""
    return tuple(line for line in "".join(map(words, text)).split("\n") if line.strip())
