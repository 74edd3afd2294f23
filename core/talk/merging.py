"""Two members who may be one: asked of whoever put the name down, made one when they say so, parted if that was wrong.

That somebody bears a name, or says that it is theirs, gives them nothing. Until the proxy or a coordinator has said
that it is they, no promise moves and nothing confided is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from core import posts
from core.deeds import merging as deeds
from core.members import Account, Member, member
from core.posts import Body, Post, Say, Undoable
from core.rules import Refusal
from core.speaking import twinless
from core.turn import Turn
from core.way import Rows

WAITS = "asked"
"""The answer of one who says that it is they: now it is for the proxy to say."""
PARTED_WITHIN = timedelta(days=30)
"""How long coordinators can part again what was made one."""
ANSWERED_WITHIN = timedelta(days=1)
"""How long the proxy is waited for before coordinators are asked too."""

TWINS = Rows(
    Member,
    Member.community_id == bindparam("community"),
    Member.name == bindparam("name"),
    Member.id != bindparam("me"),
    col(Member.proxy_id).is_not(None),
    Member.proxy_id != bindparam("me"),
    col(Member.merged_into).is_(None),
)


@dataclass(frozen=True, slots=True)
class Same(Body):
    """是您吗? Asked of who bears the name that a proxy put down."""

    twin: int = 0
    name: str = ""
    proxy: str = ""  # their name, then
    account: str = ""  # how who says so is called on their network
    answer: bool | str = False  # yes, no, or `WAITS`


@dataclass(frozen=True, slots=True)
class Vouch(Body):
    """是她吗? Asked of the proxy `first`, of coordinators later."""

    same: int = 0  # the post in which they said so
    twin: int = 0
    name: str = ""
    proxy: str = ""
    account: str = ""
    first: bool = False
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Merged(Undoable):
    """Two became one: what moved, and which claims ended, each with whether it only waited."""

    twin: int = 0
    member: int = 0
    proxy: int = 0
    moved: tuple[int, ...] = ()
    ended: tuple[tuple[int, bool], ...] = ()
    name: str = ""
    account: str = ""
    by: int = 0


def ask_same(turn: Turn) -> None:
    """Somebody speaks whose name a proxy has put on a roster: ask once, privately, whether it is they."""
    me = turn.member
    if twinless(turn.session, me):
        return
    with turn.session.no_autoflush:  # who was put down in this very turn is not the speaker
        twins = TWINS.all(turn.session, community=turn.here.id, name=me.name, me=me.id)
    for twin in twins:
        proxy = member(turn.session, turn.here.id, twin.proxy_id or 0)
        if proxy.id == turn.member.id or has_account(turn, twin) or was_asked(turn, twin):
            continue
        turn.work.owe(
            "same",
            member_id=turn.member.id,
            occasion=str(twin.id),
            body=Same(twin=twin.id, name=twin.name, proxy=proxy.name),
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
    body = Same.of(post)
    if post.state == posts.SETTLED:
        turn.tell("same.asked" if body.answer == WAITS else "same.settled", proxy=body.proxy)
        return
    twin = apart(turn, body)
    if not yes or twin is None:
        posts.settle(turn.session, post, turn.now, replace(body, answer=False))
        turn.tell("same.no")
        return
    posts.settle(turn.session, post, turn.now, replace(body, answer=WAITS, account=turn.account.name))
    turn.work.log("says_same", member=twin.id)
    ask_others(turn, post, twin)
    turn.tell("same.asked", proxy=body.proxy)


def apart(turn: Turn, body: Same) -> Member | None:
    """The member who was put down, while it is still open who that is."""
    twin = turn.session.get(Member, (turn.here.id, body.twin))
    if twin is None or twin.merged_into is not None or twin.proxy_id is None or has_account(turn, twin):
        return None
    return twin


def ask_others(turn: Turn, post: Post, twin: Member) -> None:
    """Ask the proxy whether this is who they put down; coordinators, if no answer has come by tomorrow."""
    proxy = member(turn.session, turn.here.id, twin.proxy_id or 0)
    body = Vouch(same=post.id, twin=twin.id, name=twin.name, proxy=proxy.name, account=turn.account.name)
    for id in dict.fromkeys((proxy.id, *sorted(turn.work.coordinators - {turn.member.id}))):
        turn.work.owe(
            "vouch",
            member_id=id,
            occasion=str(post.id),
            due=turn.now if id == proxy.id else turn.now + ANSWERED_WITHIN,
            body=replace(body, first=id == proxy.id),
        )


# ------------------------------------------------------------ the answer of who must know


def vouch(turn: Turn, post: Post, *, yes: bool) -> None:
    """The proxy's, or a coordinator's, answer to whether this is who was put down."""
    asked = turn.session.get(Post, (turn.here.id, Vouch.of(post).same))
    if asked is None or Same.of(asked).answer != WAITS:
        posts.touch(turn.session, [post], turn.now)
        turn.tell("same.settled")
        return
    twin, who = apart(turn, Same.of(asked)), member(turn.session, turn.here.id, asked.member_id)
    proxy = None if twin is None else member(turn.session, turn.here.id, twin.proxy_id or 0)
    if who.id == turn.member.id or not (turn.coordinates or (proxy is not None and proxy.id == turn.member.id)):
        turn.refuse(Refusal("old_button"))
        return
    name = Same.of(asked).name
    yes = yes and twin is not None
    answered(turn, asked, yes=yes)
    if yes and twin is not None and proxy is not None:
        make_one(turn, asked, who, twin, proxy)
    if proxy is not None and proxy.id != turn.member.id:
        tell(turn, proxy.id, "vouch.told_yes" if yes else "vouch.told_no", name=name, who=turn.member.name)
    turn.tell("vouch.yes" if yes else "vouch.no", name=name)


def answered(turn: Turn, asked: Post, *, yes: bool) -> None:
    """It is settled whether somebody is the one put down: nobody need answer any more, and they are told."""
    body = Same.of(asked)
    posts.settle(turn.session, asked, turn.now, replace(body, answer=yes))
    for each in told(turn, "vouch", str(asked.id)):
        posts.settle(turn.session, each, turn.now, replace(Vouch.of(each), answer=yes))
    who = member(turn.session, turn.here.id, asked.member_id)
    if not yes:
        turn.work.log("not_same", member=body.twin)
    tell(turn, who.id, "same.yes" if yes else "same.two", name=body.name)


def tell(turn: Turn, member_id: int, key: str, **facts: str | int) -> None:
    """A private sentence to somebody else, once for this event."""
    turn.work.owe(
        "say",
        urgency=posts.OFFER,
        member_id=member_id,
        occasion=f"{turn.work.occasion}>{key}>{member_id}",
        body=Say(key=key, facts=facts),
    )


def make_one(turn: Turn, asked: Post, who: Member, twin: Member, proxy: Member) -> None:
    """What was promised for the one without an account is theirs who bears the name; coordinators can part them."""
    moved, ended = deeds.merge(turn.work, twin, who, proxy)
    for other in told(turn, "same", str(twin.id)):
        if other.id != asked.id and Same.of(other).answer == WAITS:
            answered(turn, other, yes=False)  # one person is one person
    for id in sorted(turn.work.coordinators):
        turn.work.owe(
            "merged",
            member_id=id,
            occasion=str(asked.id),
            body=Merged(
                twin=twin.id,
                member=who.id,
                proxy=proxy.id,
                moved=tuple(moved),
                ended=tuple(ended),
                name=twin.name,
                account=Same.of(asked).account,
                by=turn.member.id,
            ),
        )


# ------------------------------------------------------------ parting


def part(turn: Turn, post: Post) -> None:
    """撤销 under what coordinators were told of two who became one: they are two again, each with what was theirs."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    body = Merged.of(post)
    twin = turn.session.get(Member, (turn.here.id, body.twin))
    who = member(turn.session, turn.here.id, body.member)
    if turn.now - post.due >= PARTED_WITHIN or twin is None or twin.merged_into != body.member:
        posts.touch(turn.session, [post], turn.now)
        turn.refuse(Refusal("nothing_to_undo"))
        return
    proxy = member(turn.session, turn.here.id, body.proxy)
    deeds.part(turn.work, twin, who, proxy, body.moved, body.ended)
    for each in told(turn, "merged", post.occasion):
        posts.settle(turn.session, each, turn.now, replace(Merged.of(each), undone=True))
    tell(turn, who.id, "same.parted", name=body.name)
    if proxy.id != turn.member.id:
        tell(turn, proxy.id, "vouch.parted", name=body.name)
    turn.tell("merged.parted", name=body.name)


def told(turn: Turn, kind: str, occasion: str) -> list[Post]:
    """What all were told, or asked, about one question."""
    return list(
        turn.session.exec(
            select(Post).where(Post.community_id == turn.here.id, Post.kind == kind, Post.occasion == occasion)
        ).all()
    )
