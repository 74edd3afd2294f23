"""Two members who may be one: asked of whoever put the name down, made one when they say so, parted if that was wrong.

That somebody bears a name, or says that it is theirs, gives them nothing. Until the proxy or a coordinator has said
that it is they, no promise moves and nothing confided is shown.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from core import posts
from core.activities import CLOSED, OPEN, Occurrence
from core.claims import CLAIMED, OFFERED, SEEKING, WAITLISTED, WITHDRAWN, Claim, Sheet, next_ordinal, sheet, take_back
from core.confiding import look_again
from core.members import Account, Member, member
from core.posts import Post
from core.reminders import schedule
from core.rules import Refusal
from core.talk.leaving import come_back, fill
from core.talk.saying import changed, notify
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
    me = {"community": turn.community.id, "name": turn.member.name, "me": turn.member.id}
    with turn.session.no_autoflush:  # who was put down in this very turn is not the speaker
        twins = turn.session.exec(TWINS, params=me).all()
    for twin in twins:
        proxy = member(turn.session, turn.community.id, twin.proxy_id or 0)
        if proxy.id == turn.member.id or has_account(turn, twin) or was_asked(turn, twin):
            continue
        posts.want(
            turn.session,
            turn.community.id,
            turn.now,
            "same",
            urgency=posts.OFFER,
            member_id=turn.member.id,
            occasion=str(twin.id),
            body={"twin": twin.id, "name": twin.name, "proxy": proxy.name},
        )


def has_account(turn: Turn, who: Member) -> bool:
    mine = select(Account.id).where(Account.community_id == turn.community.id, Account.member_id == who.id)
    return turn.session.exec(mine).first() is not None


def was_asked(turn: Turn, twin: Member) -> bool:
    return (
        turn.session.exec(
            select(Post.id).where(
                Post.community_id == turn.community.id,
                Post.member_id == turn.member.id,
                Post.rule == "same",
                Post.occasion == str(twin.id),
            )
        ).first()
        is not None
    )


def same(turn: Turn, post: Post, *, yes: bool) -> None:
    """The answer to 是您吗. Whoever says no stays another for good; whoever says yes has somebody else asked."""
    if member(turn.session, turn.community.id, post.member_id).id != turn.member.id:
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
    turn.did("says_same", member=twin.id)
    ask_others(turn, post, twin)
    turn.tell("same.asked", proxy=post.body["proxy"])


def apart(turn: Turn, post: Post) -> Member | None:
    """The member who was put down, while it is still open who that is."""
    twin = turn.session.get(Member, (turn.community.id, post.body["twin"]))
    if twin is None or twin.merged_into is not None or twin.proxy_id is None or has_account(turn, twin):
        return None
    return twin


def ask_others(turn: Turn, post: Post, twin: Member) -> None:
    """Ask the proxy whether this is who they put down; coordinators, if no answer has come by tomorrow."""
    proxy = member(turn.session, turn.community.id, twin.proxy_id or 0)
    body = {"same": post.id, "twin": twin.id, "name": twin.name, "proxy": proxy.name, "account": turn.account.name}
    for id in dict.fromkeys((proxy.id, *sorted(turn.coordinators - {turn.member.id}))):
        posts.want(
            turn.session,
            turn.community.id,
            turn.now,
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
    asked = turn.session.get(Post, (turn.community.id, post.body["same"]))
    if asked is None or asked.body.get("answer") != WAITS:
        posts.touch(turn.session, [post], turn.now)
        turn.tell("same.settled")
        return
    twin, who = apart(turn, asked), member(turn.session, turn.community.id, asked.member_id)
    proxy = None if twin is None else member(turn.session, turn.community.id, twin.proxy_id or 0)
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
    who = member(turn.session, turn.community.id, asked.member_id)
    if not yes:
        turn.did("not_same", member=asked.body["twin"])
    tell(turn, who.id, "same.yes" if yes else "same.two", name=asked.body["name"])


def tell(turn: Turn, member_id: int, key: str, **facts: str | int) -> None:
    """A private sentence to somebody else, once for this event."""
    posts.want(
        turn.session,
        turn.community.id,
        turn.now,
        "say",
        urgency=posts.OFFER,
        member_id=member_id,
        occasion=f"{turn.event}>{key}>{member_id}",
        body={"key": key, "facts": facts},
    )


def make_one(turn: Turn, asked: Post, who: Member, twin: Member, proxy: Member) -> None:
    """What was promised for the one without an account is theirs who bears the name; coordinators can part them."""
    moved, ended = move_promises(turn, twin, who)
    twin.merged_into, twin.proxy_id = who.id, None
    turn.session.add(twin)
    turn.session.flush()
    turn.did("merged", member=twin.id)
    for other in told(turn, "same", str(twin.id)):
        if other.id != asked.id and other.body.get("answer") == WAITS:
            answered(turn, other, yes=False)  # one person is one person
    for on, theirs in promises(turn, select(Claim).where(col(Claim.id).in_(moved))):
        mine = [c for c in theirs if c.promised == CLAIMED]
        if mine and on.occurrence.starts_at is not None and turn.now < on.occurrence.ends():
            known = [[c.id, c.changes] for c in mine]
            notify(turn, who.id, "readback", on.occurrence, verb="join", claims=known, by=proxy.id, waited=[])
    look_again(turn.session, turn.community.id, turn.now, members={who.id, twin.id, proxy.id})
    for id in sorted(turn.coordinators):
        posts.want(
            turn.session,
            turn.community.id,
            turn.now,
            "merged",
            urgency=posts.NOTICE,
            member_id=id,
            occasion=str(asked.id),
            body={
                "twin": twin.id, "member": who.id, "proxy": proxy.id, "moved": moved, "ended": ended,
                "name": twin.name, "account": asked.body.get("account", ""), "by": turn.member.id,
            },
        )  # fmt: skip


def move_promises(turn: Turn, twin: Member, who: Member) -> tuple[list[int], list[tuple[int, bool]]]:
    """Every claim of `twin` becomes one of `who`. The ids of those that moved, and of those that ended, for of two for
    one head the lesser ends; each with whether it only waited.
    """
    moved: list[int] = []
    ended: list[tuple[int, bool]] = []
    for on, theirs in promises(turn, select(Claim).where(Claim.member_id == twin.id)):
        freed = []
        for claim in on.of(twin.id):
            rival = next((c for c in on.of(who.id) if c.ordinal == claim.ordinal), None)
            slot = on.slot(claim.slot_id)
            if rival is None:
                continue
            if slot is not None and slot.unit != "person":
                claim.ordinal = next_ordinal(on, who.id)  # two dishes are two
                continue
            lesser = claim if BETTER.index(claim.promised) >= BETTER.index(rival.promised) else rival
            ended.append((lesser.id, lesser.promised == WAITLISTED))
            freed += take_back(turn.session, on, [lesser], WITHDRAWN)
            turn.did("merged", on.occurrence, member=lesser.member_id, claim=lesser.id)
        turn.session.flush()
        for claim in theirs:
            claim.member_id = who.id
            turn.session.add(claim)
            moved.append(claim.id)
            turn.did("moved", on.occurrence, member=who.id, claim=claim.id)
        turn.session.flush()
        if freed and on.occurrence.state in (OPEN, CLOSED):
            fill(turn, on)
        schedule(turn.session, turn.community, turn.house, on.occurrence, who.id, turn.now)
        changed(turn, on)
    return moved, ended


BETTER = (CLAIMED, SEEKING, OFFERED, WAITLISTED)
"""Of two promises for one head the one that is worth more stays."""


def promises(turn: Turn, claims: Any) -> list[tuple[Sheet, list[Claim]]]:
    """These claims, ended ones included, by their activities, whose slots are held."""
    rows: dict[int, list[Claim]] = {}
    for claim in turn.session.exec(claims.where(Claim.community_id == turn.community.id)).all():
        rows.setdefault(claim.occurrence_id, []).append(claim)
    found = []
    for id in sorted(rows):
        occurrence = turn.session.get_one(Occurrence, (turn.community.id, id))
        found.append((sheet(turn.session, occurrence, lock=True), rows[id]))
    return found


# ------------------------------------------------------------ parting


def part(turn: Turn, post: Post) -> None:
    """撤销 under what coordinators were told of two who became one: they are two again, each with what was theirs."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    body = post.body
    twin = turn.session.get(Member, (turn.community.id, body["twin"]))
    who = member(turn.session, turn.community.id, body["member"])
    if not may_part(post, turn.now) or twin is None or twin.merged_into != body["member"]:
        posts.touch(turn.session, [post], turn.now)
        turn.refuse(Refusal("nothing_to_undo"))
        return
    proxy = member(turn.session, turn.community.id, body["proxy"])
    twin.merged_into, twin.proxy_id = None, proxy.id
    turn.session.add(twin)
    turn.did("parted", member=twin.id)
    waited = [id for id, only_waited in body["ended"] if only_waited]
    ended = {id for id, _ in body["ended"]}
    touched = {*body["moved"], *ended}
    for on, theirs in promises(turn, select(Claim).where(col(Claim.id).in_(touched))):
        for claim in theirs:
            if claim.id in body["moved"] and claim.member_id == who.id:
                claim.member_id = twin.id
                turn.session.add(claim)
                turn.did("moved", on.occurrence, member=twin.id, claim=claim.id)
        turn.session.flush()
        come_back(turn, on, [claim for claim in theirs if claim.id in ended], waited)
        schedule(turn.session, turn.community, turn.house, on.occurrence, twin.id, turn.now)
        changed(turn, on)
    look_again(turn.session, turn.community.id, turn.now, members={who.id, twin.id, proxy.id})
    for each in told(turn, "merged", post.occasion):
        posts.settle(turn.session, each, turn.now, undone=True)
    tell(turn, who.id, "same.parted", name=body["name"])
    if proxy.id != turn.member.id:
        tell(turn, proxy.id, "vouch.parted", name=body["name"])
    turn.tell("merged.parted", name=body["name"])


def may_part(post: Post, now: datetime) -> bool:
    return not post.body.get("undone") and now - post.due < PARTED_WITHIN


def told(turn: Turn, rule: str, occasion: str) -> list[Post]:
    """What all were told, or asked, about one question."""
    return list(
        turn.session.exec(
            select(Post).where(Post.community_id == turn.community.id, Post.rule == rule, Post.occasion == occasion)
        ).all()
    )
