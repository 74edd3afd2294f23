"""The line in a group for those who have no private chat: one for each roster and hour, by day, and few of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from core import members, posts
from core.deeds.standing import FRESH
from core.manners import wall
from core.members import Account, KnownChat
from core.posts import Body, Copy, Post, Say
from core.reminders import stamp
from core.work import Work

IN_A_DAY = 3
"""So many lines a day answer in a group those who have no private chat, fewer where it has had the day's messages
already; what comes then joins the last of them. And no more than so many ask somebody to open one: one,
where the bot speaks to people alone, for they are asked so."""


@dataclass(frozen=True, slots=True)
class Line(Body):
    """Whose line it is, about which posts, and whether it asks to open a private chat."""

    account: tuple[str, ...] = ()  # the network, and the id there
    about: int = 0
    ask: bool = False
    more: tuple[tuple[str, str], ...] = ()  # others who are to read the same
    others: tuple[tuple[str, str, int], ...] = ()  # who came to it later, each with the post it is about

    @property
    def named(self) -> tuple[tuple[tuple[str, str], int], ...]:
        """Everybody whom it names, each with the post that could not be told them; of two, the later."""
        first = [(account, self.about) for account in (self.account, *self.more) if len(account) == 2]
        later = [((network, id), about) for network, id, about in self.others]
        found: dict[tuple[str, str], int] = {}
        for account, about in (*first, *later):
            found.pop((account[0], account[1]), None)
            found[account[0], account[1]] = about
        return tuple(found.items())


@dataclass(frozen=True, slots=True)
class Today:
    """The lines of one day in one group, the oldest first, those of the coming morning included."""

    lines: tuple[Post, ...]
    most: int  # so many may ask
    much: bool  # with what the group is still to be reminded of, it has as many messages of ours as a day should have

    @property
    def asking(self) -> list[Post]:
        return [post for post in self.lines if Line.of(post).ask]

    @property
    def answers(self) -> list[Post]:
        return [post for post in self.lines if post.occasion.startswith(ANSWERS)]

    @property
    def full(self) -> bool:
        """Whether no line more is to answer anybody: there is one that can be joined."""
        return len(self.answers) >= IN_A_DAY or (self.much and bool(self.answers))

    def asked(self, account: tuple[str, str]) -> bool:
        return any(account in dict(Line.of(post).named) for post in self.asking)

    def may_ask(self, line: Post | None) -> bool:
        """Whether this line, or None for one more, may ask."""
        return len(self.asking) < self.most or (line is not None and Line.of(line).ask)


ANSWERS, NEWS = "said@", "told@"


def one_line(work: Work, post: Post) -> None:
    """Name a member in the line of this roster and hour, and ask them, once and by day, to open a private chat.

    Who has read on the spot that it was done needs no line: such a one is only asked, while that may be. Whoever is to
    answer a question is told so each time: else they would wait for what waits for them.
    """
    reads = groups_of(work, post)
    if not reads:
        return
    chat, account = reads[0]
    who, due = (account.network, account.id), by_day(work)
    there = work.session.get_one(members.Presence, (post.community_id, chat.id, account.id))
    today = lines_of_day(work, chat.id, due)
    hour = f"{ANSWERS if Body.of(post).origin else NEWS}{stamp(hour_of(due, work.here.tz))}"
    asks = post.kind == "ask" or (not (there.asked and public(work, post)) and not today.asked(who))
    if public(work, post) and not Body.of(post).marked:
        line = line_for(post, hour, today)
        asks = asks and today.may_ask(line)
    elif asks:
        line, asks = line_to_ask(work, post, hour, today)
    if not (asks or (public(work, post) and not Body.of(post).marked)):
        return
    if line is None:
        line = work.owe(
            "line",
            chat_id=chat.id,
            occurrence_id=post.occurrence_id,
            occasion=hour,
            body=first_of(post, chat.id, who),
            own=hour.startswith(NEWS),
            due=due,
        )
    else:
        put_into(work, line, who, post)
    if asks:
        there.asked = True
        line.body = replace(Line.of(line), ask=True).stored()
        work.session.add_all((there, line))


def first_of(post: Post, chat_id: int, who: tuple[str, str]) -> Line:
    """A line in this group with one name: in the topic of the words, and under those that were said here."""
    body = Body.of(post)
    words = body.replies_to if body.origin == chat_id else ""
    return Line(account=who, about=post.id, thread=body.thread, replies_to=words)


def public(work: Work, post: Post) -> bool:
    """Whether a group may read anything of it: of sentences only a kind no."""
    kind = work.here.posts[post.kind]
    return kind.line is not None and (kind.body is not Say or Say.of(post).public)


def line_for(post: Post, hour: str, today: Today) -> Post | None:
    """The line that this is to be read in; None: one more."""
    for line in today.lines:
        if (line.occurrence_id, line.occasion) == (post.occurrence_id, hour):
            return line
    return today.answers[-1] if Body.of(post).origin and today.full else None


def line_to_ask(work: Work, post: Post, hour: str, today: Today) -> tuple[Post | None, bool]:
    """The line in which somebody is only asked, None for one more; and whether they are asked today at all."""
    for line in today.lines:
        if line.occasion == hour and today.may_ask(line):
            return line, True
    if today.may_ask(None) and not (Body.of(post).origin and today.full):
        return None, True
    if public(work, post) or not today.asking:  # it is known that it was done: another day
        return None, False
    return today.asking[-1], True


def put_into(work: Work, line: Post, who: tuple[str, str], post: Post) -> None:
    """One more name in a line. News of which somebody must know rings: unless it is fresh it stands below all anew."""
    body = Line.of(line)
    others = (*(other for other in body.others if other[:2] != who), (*who, post.id))
    put = datetime.fromisoformat(body.put) if body.put else line.due
    if line.own and line.message is not None and work.now - put >= FRESH:
        posts.put_below(line)
        put = work.now
    line.body = replace(Line.of(line), others=others, put=put.isoformat()).stored()
    posts.touch(work.session, [line], work.now)


def hour_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The full hour before, as clocks there show it."""
    return moment.astimezone(zone).replace(minute=0, second=0, microsecond=0)


def by_day(work: Work) -> datetime:
    """When a group may be spoken to: now, or in the morning."""
    quiet = work.here.manners.quiet
    return work.now if quiet is None else quiet.until(work.now, work.here.tz)


def lines_of_day(work: Work, chat_id: int, moment: datetime) -> Today:
    """The lines of the day that `moment` is in."""
    day = moment.astimezone(work.here.tz).date()
    begins, ends = (wall(day + timedelta(days=n), datetime.min.time(), work.here.tz) for n in (0, 1))
    found = work.session.exec(
        select(Post)
        .where(Post.community_id == work.here.id, Post.chat_id == chat_id, Post.kind == "line")
        .where(Post.due >= begins, Post.due < ends, Post.state != posts.ENDED)
        .order_by(col(Post.due), col(Post.id))
    ).all()
    copies = select(func.count()).select_from(Copy).where(Copy.community_id == work.here.id, Copy.chat_id == chat_id)
    said = work.session.exec(copies.where(Copy.at >= begins, Copy.at < ends)).one()
    to_one = copies.join(Post, (col(Post.community_id) == Copy.community_id) & (col(Post.id) == Copy.post_id))
    aside = work.session.exec(to_one.where(Copy.at >= begins, Copy.at < ends, Post.member_id != 0)).one()
    owed = select(func.count()).select_from(Post).where(Post.community_id == work.here.id, Post.chat_id == chat_id)
    coming = work.session.exec(owed.where(Post.kind == "lines", col(Post.pending), Post.due < ends)).one()
    return Today(tuple(found), 1 if aside else IN_A_DAY, said - aside + coming >= work.here.manners.group_budget)


def groups_of(work: Work, post: Post) -> Sequence[tuple[KnownChat, Account]]:
    """The groups in which a member would read a line, the one they last spoke in first."""
    origin = Body.of(post).origin
    found = []
    for account in members.accounts_of(work.session, post.community_id, post.member_id):
        for chat in members.groups(work.session, post.community_id):
            if chat.network != account.network:
                continue
            there = work.session.get(members.Presence, (post.community_id, chat.id, account.id))
            if there is not None and not there.left:
                found.append((chat, account))
    return sorted(found, key=lambda pair: pair[0].id != origin)
