"""What to put on screen now: due posts become calls, each rendered for the chat that it goes to."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

from bot.aside import aside, with_asking
from bot.due import by_community, due_posts
from bot.ready import addressed, make_ready
from core.fit import Fitted
from core.heres import Heres
from core.manners import wall
from core.members import Account, KnownChat
from core.messages import Message, Person
from core.network import Network
from core.posts import Copy, Post, PostKind
from core.served import elsewhere
from core.views.behind import behind
from core.views.lookup import Lookup
from core.views.view import View

log = logging.getLogger("xiaobandeng.courier")

BATCH = 500
"""The most posts looked at in one round."""
FEW = 8
"""The fewest whose people are looked up together."""
UNCERTAIN_AFTER = timedelta(hours=23)
"""Networks that recognise a repeated key remember it for about a day (Synapse: 24 h)."""


class Target(NamedTuple):
    """Where a post goes: a chat that is known, or a person whose private chat is still to be opened."""

    network: str
    lane: str  # whose pace it keeps: the chat's address
    group: bool
    chat: KnownChat | None
    person: Person | None = None
    reader: int = 0  # the member who will read it, 0 for a group
    alone: Person | None = None  # who alone is to see it, in this group


class Call(NamedTuple):
    """One call to a network: a post's version, rendered and lowered, and what it says may be pressed."""

    post: Post
    kind: PostKind
    target: Target
    version: int
    fitted: Fitted
    actions: tuple[tuple[str, str, str], ...]  # as `Post.actions` has them
    looks: str
    pin: bool = False
    confides: bool = False
    instead_of: Target | None = None  # where it would have gone, did it not confide something

    @property
    def edits(self) -> bool:
        return self.post.message is not None


@dataclass(slots=True)
class Gate:
    """What may leave now: how many calls into each network, and the chats of each that must wait.

    Whoever cannot leave is not rendered: when their turn comes it would be out of date.
    """

    room: dict[str, int]
    waiting: Mapping[str, Collection[str]] = field(default_factory=dict)

    def shut(self) -> bool:
        return not any(self.room.values())

    def lets(self, target: Target) -> bool:
        return self.room[target.network] > 0 and target.lane not in self.waiting.get(target.network, ())


@dataclass(slots=True)
class Plan:
    """What one round found: calls to make, and posts for which there is nothing to call."""

    calls: list[Call] = field(default_factory=list)
    waiting: list[tuple[Post, Target]] = field(default_factory=list)  # their lanes let nothing through now
    shut: bool = False  # there may be more to do when any network has room
    full: bool = False  # there may be more that is due than was looked at
    settled: list[tuple[Post, int]] = field(default_factory=list)  # shown already as they are: the version
    ended: list[Post] = field(default_factory=list)  # nothing to say any more
    unheard: list[Post] = field(default_factory=list)  # nobody can be reached privately
    postponed: list[tuple[Post, datetime]] = field(default_factory=list)
    left: list[Post] = field(default_factory=list)  # another process speaks for their network
    renewed: list[Post] = field(default_factory=list)  # uncertain: to be put there anew under a new key
    work: list[Post] = field(default_factory=list)  # rows to be written at this time, nothing to show
    next_due: datetime | None = None

    @property
    def writes(self) -> bool:
        return bool(self.settled or self.ended or self.unheard or self.postponed or self.renewed or self.work)

    @property
    def whole(self) -> bool:
        """Whether its calls are all there is to do now."""
        return not (self.writes or self.waiting or self.shut or self.full)


class Round(NamedTuple):
    """One look at what is due: the plan that it makes, and by what."""

    plan: Plan
    lookup: Lookup
    networks: Mapping[str, Network]
    gate: Gate
    heres: Heres
    known: frozenset[str]  # networks that this process or another of this database speaks for


DEFECT = timedelta(minutes=10)
"""How long a post that could not be rendered is left alone."""


def make_plan(
    session: Session,
    heres: Heres,
    networks: Mapping[str, Network],
    now: datetime,
    gate: Gate,
    busy: Collection[int] = frozenset(),
    most: int = BATCH,
    shared: bool = False,
) -> Plan:
    """Read what is due and render what may leave, most urgent first. Reads only.

    `shared`: other processes may speak for other networks of these communities; what is for those is left to them.
    """
    plan = Plan()
    known = frozenset(networks) | (elsewhere(session, networks, now) if shared else frozenset())
    rounds: dict[int, Round] = {}
    due, plan.next_due = due_posts(session, heres.ids, now, busy, most)
    plan.full = len(due) >= most
    while due:
        plan.shut = gate.shut()
        few = len(due) if plan.shut else min(max(FEW, sum(gate.room.values())), len(due))
        some, due = due[:few], due[few:]
        for id, theirs in by_community(some).items():
            if id not in rounds:
                lookup = Lookup(session, heres[id], now, known)
                rounds[id] = Round(plan, lookup, networks, gate, heres, known)
            if not plan.shut:
                expect(theirs, rounds[id].lookup)
        for post in some:
            kind = heres[post.community_id].posts.get(post.kind)
            if kind is None:
                plan.ended.append(post)
            elif kind.act is not None:
                plan.work.append(post)
            elif not plan.shut:
                consider(post, kind, rounds[post.community_id])
    return plan


def expect(posts: Sequence[Post], lookup: Lookup) -> None:
    """Look up together what these posts of one community will show."""
    activities = {post.occurrence_id for post in posts} - {0}
    lookup.expect_rosters(activities)
    lookup.expect({post.member_id for post in posts})
    lookup.expect_names(lookup.people(activities))


def consider(post: Post, kind: PostKind, now: Round) -> None:
    """Decide what becomes of one due post."""
    plan, moment = now.plan, now.lookup.now
    if post.expires is not None and post.expires <= moment and post.message is None:
        plan.ended.append(post)
        return
    target = find_target(post, kind, now.lookup, now.known)
    if target is None and post.member_id and (found := aside(post, kind, now.lookup, now.networks)) is not None:
        chat, person = found
        target = Target(chat.network, chat.address, group=True, chat=chat, reader=post.member_id, alone=person)
    if target is None:
        (plan.unheard if post.member_id else plan.ended).append(post)
    elif target.network not in now.networks:
        plan.left.append(post)
    elif may_leave(post, kind, target, now):
        show(post, kind, target, now)


def may_leave(post: Post, kind: PostKind, target: Target, now: Round) -> bool:
    """Whether a post is to be rendered and sent now; where not, the plan says what becomes of it instead."""
    plan, network = now.plan, now.networks[target.network]
    if kind.leaves and not network.can.leaves:
        plan.ended.append(post)
    elif post.sending is not None and post.message is None and uncertain(post, network, now.lookup.now):
        (plan.ended if kind.chatty else plan.renewed).append(post)
    elif post.message is not None and not network.can.edits:
        plan.settled.append((post, post.wanted))
    elif not now.gate.lets(target):
        plan.waiting.append((post, target))
    elif post.own and post.message is None and (wait := held_back(post, target, now.lookup, plan)) is not None:
        plan.postponed.append((post, wait))
    else:
        return True
    return False


def show(post: Post, kind: PostKind, target: Target, now: Round, instead_of: Target | None = None) -> None:
    """Render a post, and make a call of it unless it looks so already.

    What confides something goes to an account of the same person on a network that may carry it, if there is one.
    """
    plan, lookup, can = now.plan, now.lookup, now.networks[target.network].can
    view = View(lookup, post, language(target, lookup), private=not target.group, reader=target.reader)
    try:
        message = rendered(view, kind)
    except DBAPIError:
        raise
    except Exception:  # a defect of ours in one post must not silence all the others
        log.exception("cannot be rendered", extra={"post": post.id, "kind": post.kind})
        plan.postponed.append((post, lookup.now + DEFECT))
        return
    if message is not None and message.withheld() and not can.confides and (other := fit_to_confide(post, target, now)):
        if may_leave(post, kind, other, now):
            show(post, kind, other, now, target)
    elif message is None and post.message is not None:
        plan.settled.append((post, post.wanted))
    elif message is None:
        plan.ended.append(post)
    elif target.alone is not None and message.confides():
        plan.unheard.append(post)
    elif target.group and message.confides():
        log.error("confided words were about to leave a private chat", extra={"post": post.id, "kind": post.kind})
        plan.ended.append(post)
    else:
        message = behind(message, view, can)
        if not target.group and now.heres.several:
            message = signed(message, target, lookup, now.heres)
        if target.alone is not None and target.chat is not None:
            message = with_asking(message, view, target.chat, target.alone)
        # One message may be shared by many alike posts, as reminders of one activity are: it is made ready once.
        ready = lookup.once(("ready", id(message), target.network), lambda: make_ready(message, can))
        if post.message is not None and post.looks == ready.looks and post.sending is None:
            plan.settled.append((post, post.wanted))
            return
        now.gate.room[target.network] -= 1
        pin = kind.pins and not post.body.get("beneath") and can.pins and target.group
        fitted = addressed(ready.fitted, post, group=target.group)
        seen = (ready.actions, ready.looks, pin, ready.confides)
        plan.calls.append(Call(post, kind, target, post.wanted, fitted, *seen, instead_of))


def fit_to_confide(post: Post, target: Target, now: Round) -> Target | None:
    """Where else the reader can be told what this network may not carry; None where it stands already, or nowhere."""
    if target.group or post.message is not None:
        return None
    for account in now.lookup.accounts(target.reader):
        if account.reachable and account.network in now.networks and now.networks[account.network].can.confides:
            return private_target(account, now.lookup)
    return None


def rendered(view: View, kind: PostKind) -> Message | None:
    """What is to be seen now; None for nothing any more. What was confided must not stay where it stands."""
    body = view.post.body
    if body.get("lost"):
        return Message(view.say("confided.lost"))  # what it says was sealed with a key that is gone
    if view.post.body.get("gone"):
        return Message(view.say("confided.old"))
    message = kind.render(view) if kind.render is not None else None
    if view.private and body.get("greets"):
        message = greeting(view, message)
    if message is None and view.post.confides and view.post.message is not None:
        return Message(view.say("confided.gone"))
    return message


def greeting(view: View, message: Message | None) -> Message:
    """A word of welcome, and below it the first that somebody is told, if it is still to be said."""
    hello = view.say("private.hello")
    whole = Message(hello) if message is None else replace(message, text=(*hello, "\n\n", *message.text))
    return replace(whole, standing=view.keys())


def signed(message: Message, target: Target, lookup: Lookup, heres: Heres) -> Message:
    """A private message to somebody who is in several communities: `[NAME]` of its own stands first."""
    account = target.chat.account if target.chat is not None else target.person.id if target.person else ""
    person = Person(target.network, account)
    if len(lookup.once(("communities", person), lambda: heres.of_person(lookup.session, person))) < 2:
        return message
    name = lookup.here.community.name
    return lookup.once(
        ("signed", id(message)), lambda: (message, replace(message, text=(f"[{name}] ", *message.text)))
    )[1]


def uncertain(post: Post, network: Network, now: datetime) -> bool:
    """Whether a call that was under way may have arrived, and repeating it would show twice."""
    if not network.can.tells:
        return True
    return post.sending_since is not None and now - post.sending_since > UNCERTAIN_AFTER


def language(target: Target, lookup: Lookup) -> str:
    if target.reader:
        own = lookup.member(target.reader).lang
        if own:
            return own
    return (target.chat.lang if target.chat else None) or lookup.here.lang


# ------------------------------------------------------------ where it goes


def find_target(post: Post, kind: PostKind, lookup: Lookup, networks: Collection[str]) -> Target | None:
    """The chat of a post now: where it stands if it is shown, else its group, else the one who hears for the member.

    None where it can go nowhere: into a group that is not the community's only very few posts may.
    """
    shown_in = post.shown_in if post.message is not None else 0
    if shown_in or post.chat_id:
        chat = lookup.chat(shown_in or post.chat_id)
        if chat is None or chat.closed or chat.network not in networks:
            return None
        if not (chat.private or chat.bound or kind.anywhere):
            return None
        reader = reader_of(post, chat, lookup) if shown_in else 0
        return Target(chat.network, chat.address, not chat.private, chat, reader=reader)
    account = lookup.recipient(post.member_id)
    return None if account is None else private_target(account, lookup)


def private_target(account: Account, lookup: Lookup) -> Target:
    chat, reader = lookup.private_chat(account), lookup.member(account.member_id).id
    if chat is not None:
        return Target(account.network, chat.address, group=False, chat=chat, reader=reader)
    person = Person(account.network, account.id, account.name)
    return Target(account.network, f"@{account.id}", group=False, chat=None, person=person, reader=reader)


def reader_of(post: Post, chat: KnownChat, lookup: Lookup) -> int:
    if not chat.private:
        return 0
    account = lookup.session.get(Account, (chat.community_id, chat.network, chat.account))
    return lookup.member(account.member_id).id if account is not None else post.member_id


# ------------------------------------------------------------ manners


def held_back(post: Post, target: Target, lookup: Lookup, plan: Plan) -> datetime | None:
    """Until when a message of the bot's own accord must wait: quiet hours, or the group's budget for today.

    What is about to be said there counts like what was said: many may fall due at one moment.
    """
    manners, tz = lookup.here.manners, lookup.here.tz
    if not target.group or target.chat is None:
        return None
    if manners.quiet is not None and manners.quiet.covers(lookup.now, tz):
        return manners.quiet.until(lookup.now, tz)
    today = wall(lookup.now.astimezone(tz).date(), datetime.min.time(), tz)
    said = lookup.session.exec(
        select(func.count())
        .select_from(Copy)
        .join(Post, (col(Post.community_id) == Copy.community_id) & (col(Post.id) == Copy.post_id))
        .where(Copy.community_id == post.community_id, Copy.chat_id == target.chat.id, Copy.at >= today, col(Post.own))
    ).one()
    under_way = lookup.session.exec(
        select(func.count())
        .select_from(Post)
        .where(
            Post.community_id == post.community_id,
            Post.chat_id == target.chat.id,
            col(Post.own),
            col(Post.pending),
            col(Post.sending).is_not(None),
            col(Post.message).is_(None),
            Post.id != post.id,
        )
    ).one()
    about_to = {call.post.id for call in plan.calls if call.post.own and not call.edits and call.target == target}
    if said + under_way + len(about_to) < manners.group_budget:
        return None
    tomorrow = wall(lookup.now.astimezone(tz).date() + timedelta(days=1), datetime.min.time(), tz)
    return manners.quiet.until(tomorrow, tz) if manners.quiet is not None else tomorrow
