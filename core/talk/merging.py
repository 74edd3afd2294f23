"""Two members who may be one: asked of whoever put the name down, made one when they say so, parted if that was wrong.

That somebody bears a name, or says that it is theirs, gives them nothing. Until the proxy or a coordinator has said
that it is they, no promise moves and nothing confided is shown.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from core import posts
from core.deeds import merging as deeds
from core.members import Account, Member, member
from core.posts import Post
from core.rules import Refusal
from core.turn import Turn
from core.views.sameness import PARTED_WITHIN, WAITS

ANSWERED_WITHIN = timedelta(days=1)
"""How long the proxy is waited for before coordinators are asked too."""

TWINS = select(Member).where(
    Member.community_id == bindparam("community"),
    Member.name == bindparam("name"),
    Member.id != bindparam("me"),
    col(Member.proxy_id).is_not(None),
    Member.proxy_id != bindparam("me"),
    col(Member.merged_into).is_(None),
)


def ask_same(turn: Turn) -> None:
    """Somebody speaks whose name a proxy has put on a roster: ask once, privately, whether it is they."""
    me = {"community": turn.here.id, "name": turn.member.name, "me": turn.member.id}
    with turn.session.no_autoflush:  # who was put down in this very turn is not the speaker
        twins = turn.session.exec(TWINS, params=me).all()
    for twin in twins:
        proxy = member(turn.session, turn.here.id, twin.proxy_id or 0)
        if proxy.id == turn.member.id or has_account(turn, twin) or was_asked(turn, twin):
            continue
        turn.work.owe(
            "same",
            urgency=posts.OFFER,
            member_id=turn.member.id,
            occasion=str(twin.id),
            body={"twin": twin.id, "name": twin.name, "proxy": proxy.name},
        )


def has_account(turn: Turn, who: Member) -> bool:
    mine = select(Account.id).where(Account.community_id == turn.here.id, Account.member_id == who.id)
    return turn.session.exec(mine).first() is not None


def was_asked(turn: Turn, twin: Member) -> bool:
    return (
        turn.session.exec(
            select(Post.id).where(
                Post.community_id == turn.here.id,
                Post.member_id == turn.member.id,
                Post.kind == "same",
                Post.occasion == str(twin.id),
            )
        ).first()
        is not None
    )


def same(turn: Turn, post: Post, *, yes: bool) -> None:
    """The answer to 是您吗. Whoever says no stays another for good; whoever says yes has somebody else asked."""
    if member(turn.session, turn.here.id, post.member_id).id != turn.member.id:
        turn.refuse(Refusal("old_button"))
        return
    if post.state == posts.SETTLED:
        turn.tell("same.asked" if post.body.get("answer") == WAITS else "same.settled", proxy=post.body["proxy"])
        return
    twin = apart(turn, post)
    if not yes or twin is None:
        posts.settle(turn.session, post, turn.now, answer=False)
        turn.tell("same.no")
        return
    posts.settle(turn.session, post, turn.now, answer=WAITS)
    turn.work.log("says_same", member=twin.id)
    ask_others(turn, post, twin)
    turn.tell("same.asked", proxy=post.body["proxy"])


def apart(turn: Turn, post: Post) -> Member | None:
    """The member who was put down, while it is still open who that is."""
    twin = turn.session.get(Member, (turn.here.id, post.body["twin"]))
    if twin is None or twin.merged_into is not None or twin.proxy_id is None or has_account(turn, twin):
        return None
    return twin


def ask_others(turn: Turn, post: Post, twin: Member) -> None:
    """Ask the proxy whether this is who they put down; coordinators, if no answer has come by tomorrow."""
    proxy = member(turn.session, turn.here.id, twin.proxy_id or 0)
    body = {"same": post.id, "twin": twin.id, "name": twin.name, "proxy": proxy.name, "account": turn.account.name}
    for id in dict.fromkeys((proxy.id, *sorted(turn.work.coordinators - {turn.member.id}))):
        turn.work.owe(
            "vouch",
            urgency=posts.OFFER,
            member_id=id,
            occasion=str(post.id),
            due=turn.now if id == proxy.id else turn.now + ANSWERED_WITHIN,
            body={**body, "first": id == proxy.id},
        )


# ------------------------------------------------------------ the answer of who must know


def vouch(turn: Turn, post: Post, *, yes: bool) -> None:
    """The proxy's, or a coordinator's, answer to whether this is who was put down."""
    asked = turn.session.get(Post, (turn.here.id, post.body["same"]))
    if asked is None or asked.body.get("answer") != WAITS:
        posts.touch(turn.session, [post], turn.now)
        turn.tell("same.settled")
        return
    twin, who = apart(turn, asked), member(turn.session, turn.here.id, asked.member_id)
    proxy = None if twin is None else member(turn.session, turn.here.id, twin.proxy_id or 0)
    if who.id == turn.member.id or not (turn.coordinates or (proxy is not None and proxy.id == turn.member.id)):
        turn.refuse(Refusal("old_button"))
        return
    name = asked.body["name"]
    yes = yes and twin is not None
    answered(turn, asked, yes=yes)
    if yes and twin is not None and proxy is not None:
        make_one(turn, asked, who, twin, proxy)
    if proxy is not None and proxy.id != turn.member.id:
        tell(turn, proxy.id, "vouch.told_yes" if yes else "vouch.told_no", name=name, who=turn.member.name)
    turn.tell("vouch.yes" if yes else "vouch.no", name=name)


def answered(turn: Turn, asked: Post, *, yes: bool) -> None:
    """It is settled whether somebody is the one put down: nobody need answer any more, and they are told."""
    posts.settle(turn.session, asked, turn.now, answer=yes)
    for each in told(turn, "vouch", str(asked.id)):
        posts.settle(turn.session, each, turn.now, answer=yes)
    who = member(turn.session, turn.here.id, asked.member_id)
    if not yes:
        turn.work.log("not_same", member=asked.body["twin"])
    tell(turn, who.id, "same.yes" if yes else "same.two", name=asked.body["name"])


def tell(turn: Turn, member_id: int, key: str, **facts: str | int) -> None:
    """A private sentence to somebody else, once for this event."""
    turn.work.owe(
        "say",
        urgency=posts.OFFER,
        member_id=member_id,
        occasion=f"{turn.work.occasion}>{key}>{member_id}",
        body={"key": key, "facts": facts},
    )


def make_one(turn: Turn, asked: Post, who: Member, twin: Member, proxy: Member) -> None:
    """What was promised for the one without an account is theirs who bears the name; coordinators can part them."""
    moved, ended = deeds.merge(turn.work, twin, who, proxy)
    for other in told(turn, "same", str(twin.id)):
        if other.id != asked.id and other.body.get("answer") == WAITS:
            answered(turn, other, yes=False)  # one person is one person
    for id in sorted(turn.work.coordinators):
        turn.work.owe(
            "merged",
            urgency=posts.NOTICE,
            member_id=id,
            occasion=str(asked.id),
            body={
                "twin": twin.id, "member": who.id, "proxy": proxy.id, "moved": moved, "ended": ended,
                "name": twin.name, "account": asked.body.get("account", ""), "by": turn.member.id,
            },
        )  # fmt: skip


# ------------------------------------------------------------ parting


def part(turn: Turn, post: Post) -> None:
    """撤销 under what coordinators were told of two who became one: they are two again, each with what was theirs."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    body = post.body
    twin = turn.session.get(Member, (turn.here.id, body["twin"]))
    who = member(turn.session, turn.here.id, body["member"])
    if not may_part(post, turn.now) or twin is None or twin.merged_into != body["member"]:
        posts.touch(turn.session, [post], turn.now)
        turn.refuse(Refusal("nothing_to_undo"))
        return
    proxy = member(turn.session, turn.here.id, body["proxy"])
    ended = [(int(id), bool(only_waited)) for id, only_waited in body["ended"]]
    deeds.part(turn.work, twin, who, proxy, body["moved"], ended)
    for each in told(turn, "merged", post.occasion):
        posts.settle(turn.session, each, turn.now, undone=True)
    tell(turn, who.id, "same.parted", name=body["name"])
    if proxy.id != turn.member.id:
        tell(turn, proxy.id, "vouch.parted", name=body["name"])
    turn.tell("merged.parted", name=body["name"])


def may_part(post: Post, now: datetime) -> bool:
    return not post.body.get("undone") and now - post.due < PARTED_WITHIN


def told(turn: Turn, kind: str, occasion: str) -> list[Post]:
    """What all were told, or asked, about one question."""
    return list(
        turn.session.exec(
            select(Post).where(Post.community_id == turn.here.id, Post.kind == kind, Post.occasion == occasion)
        ).all()
    )
