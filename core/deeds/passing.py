"""Passing on: what somebody told the bot reaches the coordinators, and their answer reaches who said it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from core import posts
from core.away import away_on
from core.claims import Roster
from core.members import accounts_of, member
from core.news import Notice, Passed
from core.posts import NOTICE, OFFER, Post, Say
from core.work import Work

SOON = timedelta(hours=1)


def coordinators_of(work: Work, on: Roster | None = None) -> list[int]:
    """Who is to read it, who speaks left out: of an activity the coordinator who posted it, else all; those who can be
    told, if there are any.
    """
    others = sorted(work.coordinators - {work.by.member})
    gone = away_on(work.session, work.here, work.now)
    told = [id for id in others if reachable(work, id)]
    told = [id for id in told if id not in gone] or told
    maker = member(work.session, work.here.id, on.occurrence.made_by).id if on and on.occurrence.made_by else 0
    if maker and maker == work.by.member:
        return []
    arranges = on is not None and maker in work.who_may("arrange", on.occurrence.kind) and reachable(work, maker)
    return [maker] if maker in told or arranges else told or others


def reachable(work: Work, member_id: int) -> bool:
    """Whether a private message is expected to reach a member themselves."""
    return any(account.reachable for account in accounts_of(work.session, work.here.id, member_id))


def cried(work: Work) -> bool:
    """Whether who speaks cried for help within the last hour: that all is well is then for the coordinators."""
    told = Post.community_id == work.here.id, Post.member_id == work.by.member, Post.kind == "say"
    lately = work.session.exec(select(Post).where(*told, col(Post.due) > work.now - SOON)).all()
    return any(Say.of(post).key == "passed.emergency" for post in lately)


def pass_on(
    work: Work, words: str, key: str, whom: Collection[int], on: Roster | None = None, what: str = ""
) -> Sequence[int]:
    """Hand these words of who acts to `whom`, as what `key` says they are. Returns those whom it can reach.

    `what`: what came with the words.
    """
    body = Passed(key=key, words=words, whose=work.by.member, what=what)
    occasion = work.once()
    left = [id for id in whom if not (on is not None and key == "leave" and with_the_notice(work, on, words, id))]
    for id in left:
        work.owe(
            "passed",
            urgency=OFFER if key in ("urgent", "help") else NOTICE,
            member_id=id,
            occurrence_id=on.occurrence.id if on is not None else 0,
            occasion=occasion,
            body=body,
            fresh=True,
        )
    return [id for id in whom if reachable(work, id)]


def with_the_notice(work: Work, on: Roster, words: str, member_id: int) -> bool:
    """Whether a notice that says they left is on its way to this member: then the words stand in that one."""
    where = {"member_id": member_id, "occurrence_id": on.occurrence.id}
    occasion = f"notice.late_leave:{work.by.member}"
    post = posts.owed(work.session, work.here.id, "notice", occasion=occasion, **where)
    if post is None or post.state != posts.OPEN:
        return False
    post.body = replace(Notice.of(post), words=words).stored()
    posts.touch(work.session, [post], work.now)
    return True


def reply(work: Work, post: Post, to: int, question: str, words: str) -> bool:
    """Hand an answer to this post to who is answered. Others who had the same read what was answered, and by whom.

    Whether it is expected to arrive.
    """
    body = Passed(key="answer", words=words, whose=work.by.member, question=question)
    work.owe("passed", urgency=OFFER, member_id=to, occasion=work.once(), body=body, fresh=True)
    for same in alike(work, post):
        said = Passed.of(same)
        same.body = replace(said, answers=(*said.answers, (work.by.member, words))).stored()
        posts.touch(work.session, [same], work.now)
    return reachable(work, to)


def alike(work: Work, post: Post) -> list[Post]:
    """The posts by which the same words were passed on, this one among them."""
    where: dict[str, Any] = {"occurrence_id": post.occurrence_id, "occasion": post.occasion}
    whose = work.coordinators | {post.member_id}
    found = [posts.owed(work.session, work.here.id, "passed", member_id=id, **where) for id in whose]
    return [same for same in found if same is not None]


def unheard(work: Work, post: Post) -> None:
    """These words cannot be told: if nobody else has them either, who said them is to know it."""
    others = [same for same in alike(work, post) if same.id != post.id]
    if any(same.message is not None or reachable(work, same.member_id) for same in others):
        return
    body = Passed.of(post)
    if body.key == "answer":
        who = member(work.session, work.here.id, post.member_id).name
        said = Say(key="passed.unsent", facts={"who": who})
    elif body.key not in ("partner", "help"):
        said = Say(key="passed.nobody")
    else:
        return
    work.owe("say", member_id=body.whose, occasion=f"unheard:{post.occasion}", body=said)
