"""What stands in for a private message that nobody can hear: a line in the group, or a call to make."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from core import members, posts
from core.activities import Occurrence
from core.deeds.reminding import gather
from core.members import Account, KnownChat
from core.posts import Post
from core.views import RULES
from core.work import Work


def fall_back(work: Work, post: Post) -> None:
    """Nobody hears this privately: the group's line, the line where they spoke, or the coordinator's list of calls.

    None of these repeats what the private message said.
    """
    rule = RULES[post.kind]
    if post.body.get("expects") == "name":
        return  # how somebody is called is not worth a line in the group; it is asked when they open their chat
    if post.body.get("overheard"):
        return  # perhaps nobody spoke to the bot at all
    accounts = members.accounts_of(work.session, post.community_id, post.member_id)
    reads = groups_of(work, post, accounts)
    if rule.fallback == "lines" and reads:
        one_more(work, post, reads[0][0])
    elif rule.fallback == "lines" or (rule.fallback == "line" and not reads and post.occurrence_id):
        call_list(work, post)
    elif rule.fallback == "line":
        one_line(work, post, reads)
    elif rule.fallback == "coordinators":
        ask_now(work, post)


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
        other.due = other.not_before = work.now
        work.session.add(other)


def groups_of(work: Work, post: Post, accounts: Sequence[Account]) -> list[tuple[KnownChat, Account]]:
    """The groups in which a member would read a line, the one they last spoke in first."""
    origin = post.body.get("origin", 0)
    found = []
    for account in accounts:
        for chat in members.groups(work.session, post.community_id):
            if chat.network != account.network:
                continue
            there = work.session.get(members.Presence, (post.community_id, chat.id, account.id))
            if there is not None and not there.left:
                found.append((chat, account))
    return sorted(found, key=lambda pair: pair[0].id != origin)


def one_more(work: Work, post: Post, chat: KnownChat) -> None:
    """The group's line of this moment is about this too: said now, or once more if it was said."""
    reminder = post.body.get("reminder", "")
    line = gather(work, chat.id, post.occurrence_id, reminder, due=post.due, expires=post.expires)
    line.state, line.pending, line.not_before = posts.OPEN, True, min(line.not_before, work.now)
    line.wanted += 1
    work.session.add(line)


def one_line(work: Work, post: Post, reads: Sequence[tuple[KnownChat, Account]]) -> None:
    """One short line in the group, which also asks, once and by day, to open a private chat."""
    if not reads:
        return
    chat, account = reads[0]
    there = work.session.get_one(members.Presence, (post.community_id, chat.id, account.id))
    quiet = work.here.manners.quiet
    ask = not there.asked and not (quiet is not None and quiet.covers(work.now, work.here.tz))
    if ask:
        there.asked = True
        work.session.add(there)
    work.owe(
        "line",
        chat_id=chat.id,
        occurrence_id=post.occurrence_id,
        occasion=str(post.id),
        body={"account": [account.network, account.id], "about": post.id, "ask": ask},
        own="origin" not in post.body,
    )


def call_list(work: Work, post: Post) -> None:
    """Onto the coordinator's list of people to call."""
    occurrence = work.session.get(Occurrence, (post.community_id, post.occurrence_id))
    if occurrence is None or not occurrence.made_by or post.kind != "remind":
        return
    work.owe(
        "call",
        urgency=posts.REMINDER,
        member_id=occurrence.made_by,
        occurrence_id=occurrence.id,
        occasion=post.occasion,
        expires=occurrence.starts_at,
    )
