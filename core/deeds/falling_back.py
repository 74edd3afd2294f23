"""What stands in for a private message that nobody can hear: a line in the group, a question to others, a call to make.

A kind of post names one of these, or nothing. None repeats what the private message said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from core import posts
from core.activities import CANCELLED, Occurrence
from core.claims import roster_of
from core.deeds.group_line import Line, groups_of, one_line
from core.deeds.reminding import gather
from core.deeds.whole import deed
from core.members import KnownChat
from core.news import Calls, Notice
from core.posts import Body, Change, Post
from core.reminders import stamp
from core.work import Work


@deed
def fall_back(work: Work, post: Post) -> None:
    """Nobody hears this privately: what its kind has for that is done; and it is kept for later, where that helps."""
    kind = work.here.posts[post.kind]
    if kind.later:
        work.keep(post)
    else:
        posts.end(work.session, post)
    if kind.unheard is not None and not Body.of(post).overheard:
        kind.unheard(work, post)


URGENT = timedelta(days=1)
"""What begins within this is said in a group whatever has been said there today, and before the morning if it must."""


def in_one_line(work: Work, post: Post) -> None:
    """News of a change, to all who cannot be told privately in one line; whoever made it reads whom to call."""
    news = Notice.of(post)
    row = work.session.get(Occurrence, (post.community_id, post.occurrence_id))
    if row is None or not news.by:
        one_line(work, post)
        return
    occasion = f"{news.key}:{stamp(post.due)}"
    untold(work, post, news, occasion)
    reads = groups_of(work, post)
    if not reads:
        return
    chat, account = reads[0]
    urgent = row.starts_at is not None and row.starts_at - work.now <= URGENT
    quiet = work.here.manners.quiet
    morning = work.now if quiet is None else quiet.until(work.now, work.here.tz)
    due = morning if urgent and row.starts_at is not None and morning < row.starts_at else work.now
    line = work.owe("line", chat_id=chat.id, occurrence_id=row.id, occasion=occasion, own=not urgent, due=due)
    body, who = Line.of(line), (account.network, account.id)
    if not body.account:
        body = replace(body, account=who, about=post.id)
    elif who not in (body.account, *body.more):
        body = replace(body, more=(*body.more, who))
    line.body = body.stored()
    work.session.add(line)


def untold(work: Work, post: Post, news: Notice, occasion: str) -> None:
    """One more on the list of people to call, for whoever made the change."""
    row = work.session.get_one(Occurrence, (post.community_id, post.occurrence_id))
    known = {claim.member_id for claim in roster_of(work.session, row).claims}
    people = [id for id in (post.member_id, *news.whom) if id in known]
    event = post.occasion.rpartition(">")[0]
    calls = answer_to(work, post, news.by) or of_the_same(work, news.by, occasion, event)
    if calls is None:
        calls = work.owe("untold", member_id=news.by, occurrence_id=row.id, occasion=occasion)
    known_so_far = Change.of(calls)
    names = dict.fromkeys((*known_so_far.untold, *people))
    also = dict.fromkeys(id for id in (*known_so_far.also, row.id) if id != calls.occurrence_id)
    calls.body = {**calls.body, "untold": list(names), "called": False, "event": event, "also": list(also)}
    posts.touch(work.session, [calls], work.now)


def of_the_same(work: Work, by: int, occasion: str, event: str) -> Post | None:
    """The list that is there already because of one change of several activities: all are rung up from one."""
    where = (Post.community_id == work.here.id, Post.kind == "untold", Post.member_id == by, Post.occasion == occasion)
    return next((p for p in work.session.exec(select(Post).where(*where)) if Change.of(p).event == event), None)


def answer_to(work: Work, post: Post, by: int) -> Post | None:
    """What was answered to who made the change: the list of calls stands there, and not in one more message."""
    standing = posts.standing(work.session, post.community_id, post.occurrence_id, "confirm", "notice")
    theirs = [each for each in standing if each.member_id == by and each.id != post.id]
    changed = [p for p in theirs if p.state == posts.SETTLED if p.kind == "confirm" or Notice.of(p).before]
    changed += [p for p in theirs if p.state == posts.OPEN and p.kind == "notice" and Notice.of(p).before]
    return max(changed, key=lambda each: each.id, default=None)


def gathered(work: Work, post: Post) -> None:
    """The group's line for the moment of this reminder names them too; who reads no group is rung up.

    For a start that was moved since there is nothing to say: the reminders of the new one are owed.
    """
    row = work.session.get(Occurrence, (post.community_id, post.occurrence_id))
    if row is None or row.state == CANCELLED or not post.occasion.endswith(f"@{stamp(row.starts_at)}"):
        return
    reads = groups_of(work, post)
    if reads:
        line = gather(work, reads[0][0].id, row, due=post.due, expires=post.expires)
        line.not_before = min(line.not_before, work.now)
    else:
        call_list(work, post)


def call_list(work: Work, post: Post) -> None:
    """Onto the coordinator's list of people to call."""
    calls_for(work, post)


def calls_for(work: Work, post: Post) -> Post | None:
    """The list of people to call for the moment of this post; None where nobody made its activity."""
    occurrence = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if occurrence is None or not occurrence.made_by:
        return None
    calls = work.owe(
        "call",
        member_id=occurrence.made_by,
        occurrence_id=occurrence.id,
        occasion=post.occasion,
        expires=occurrence.ends() if work.kind(occurrence).rounds(occurrence) else occurrence.starts_at,
    )
    if not calls.body and calls.message is None:
        calls.body = Calls(asks=True).stored()
        work.session.add(calls)
    return calls


# ------------------------------------------------------------ what stands where nobody looks


@deed
def unread(work: Work, chat: KnownChat | None, message: str) -> None:
    """A message of this chat stands where its member looks by themselves, and they have not looked: what its kind has
    for that is done besides.
    """
    post = posts.copied(work.session, work.here.id, chat.id, message) if chat is not None else None
    kind = work.here.posts.get(post.kind) if post is not None else None
    if post is not None and kind is not None and kind.unread is not None and post.state != posts.ENDED:
        kind.unread(work, post)


def ring_up(work: Work, post: Post) -> None:
    """A reminder that was not looked at: onto the list of people to call, as long as there is something to come to."""
    row = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if row is None or row.state == CANCELLED or row.starts_at is None or row.made_by == post.member_id:
        return
    begun = row.ends() if work.kind(row).rounds(row) else row.starts_at
    other_start = "@" in post.occasion and not post.occasion.endswith(f"@{stamp(row.starts_at)}")
    if work.now >= begun or other_start:
        return
    calls = calls_for(work, post)
    if calls is not None:
        named = dict.fromkeys((*Calls.of(calls).unread, post.member_id))
        calls.body = {**calls.body, "unread": list(named)}
        posts.touch(work.session, [calls], work.now)


def told_too_late(work: Work, post: Post) -> None:
    """News that was not looked at, of what is off or soon: whoever made the change reads whom to call.

    What is still to come is said once more by its reminder.
    """
    news = Notice.of(post)
    row = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if row is None or row.starts_at is None or news.by in (0, post.member_id) or row.starts_at <= work.now:
        return
    if row.state == CANCELLED or row.starts_at - work.now <= URGENT:
        untold(work, post, news, f"{news.key}:{stamp(post.due)}")


def ask_now(work: Work, post: Post) -> None:
    """Others who are to be asked the same later, if no answer comes, are asked at once: none can come."""
    for other in work.session.exec(
        select(Post).where(
            Post.community_id == post.community_id,
            Post.kind == post.kind,
            Post.occasion == post.occasion,
            Post.state == posts.OPEN,
            col(Post.pending),
            Post.not_before > work.now,
        )
    ).all():
        posts.put_off(work.session, other, work.now)
