"""One person, several accounts: 绑定 and its code; and two records of one person that a coordinator joins."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlmodel import select

from core import linking, posts
from core.deeds import linking as deeds
from core.deeds.linking import Linked
from core.members import Member, member, members
from core.posts import Body, Post, Say, Undoable
from core.rules import Refusal
from core.said.linking import read_linking
from core.talk import people
from core.turn import Turn

security = logging.getLogger("xiaobandeng.security")
PARTED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LinkShown(Body):
    """Two records that may be one person: what is to become whose, named before it does."""

    twin: int = 0
    who: int = 0
    by_code: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class LinkedShown(Undoable):
    """They are one, since this post's moment, and can be parted for thirty days."""

    twin: int = 0
    who: int = 0
    by: int = 0
    came: Mapping[str, Any] = field(default_factory=dict)  # what became another's, as `Linked` keeps it


def hears(turn: Turn, words: str) -> bool:
    """Whether private words are about accounts of one person, and were acted upon."""
    if not turn.chat.private:
        return False
    said = read_linking(words)
    if said is None:
        return False
    if said.people:
        return join(turn, *said.people, sure=said.sure)
    if said.code:
        typed(turn, said.code)
    else:
        code = linking.new_code(turn.session, turn.here.id, turn.member.id, turn.now)
        turn.work.log("link_code", member=turn.member.id)
        turn.tell("link.two" if said.two else "link.code", code=code)
    return True


def typed(turn: Turn, code: str) -> None:
    """绑定 123456: whose code it is is asked once more before the two become one."""
    account = (turn.account.network, turn.account.id)
    verdict, whose = "wrong", 0
    if len(code) == linking.DIGITS:
        verdict, whose = linking.try_code(turn.session, turn.here.id, account, code, turn.now)
    if verdict != "right":
        facts = {"network": account[0], "chat": turn.chat.id, "why": verdict}
        security.warning("link code refused", extra=facts)
        turn.tell(f"link.{verdict}")
        return
    who = member(turn.session, turn.here.id, whose)
    if who.id == turn.member.id:
        turn.tell("link.same")
        return
    turn.privately("link", body=LinkShown(twin=turn.member.id, who=who.id, by_code=True))


def join(turn: Turn, one: str, other: str, *, sure: bool) -> bool:
    """合并 A B, by a coordinator: said back first. False: neighbours may say it of anything, unless it is `sure`."""
    if not turn.may("link"):
        return False
    found = [everybody(turn, name) for name in (one, other)]
    if one == other and len(found[0]) == 2:
        pair = found[0]
    elif all(len(each) == 1 for each in found) and found[0][0].id != found[1][0].id:
        pair = [found[0][0], found[1][0]]
    elif not sure:
        return False
    else:
        missing = one if len(found[0]) != 1 else other
        turn.tell("link.which" if any(found) else "link.nobody", name=missing)
        return True
    pair.sort(key=lambda who: (not people_accounts(turn, who), who.id))
    who, twin = pair
    turn.privately("link", body=LinkShown(twin=twin.id, who=who.id))
    return True


def everybody(turn: Turn, name: str) -> list[Member]:
    """All whom a name means, namesakes too."""
    ids = {who.id for who in members(turn.session, turn.here.id)}
    found = people.find(turn, name, ids)
    return [found] if isinstance(found, Member) else list(found.people) if found is not None else []


def people_accounts(turn: Turn, who: Member) -> int:
    return len(turn.lookup().accounts(who.id))


def confirm(turn: Turn, post: Post) -> None:
    """确认: they are one from now on."""
    body = LinkShown.of(post)
    twin, who = (turn.session.get(Member, (turn.here.id, id)) for id in (body.twin, body.who))
    apart = twin is not None and who is not None and twin.merged_into is None and who.merged_into is None
    if not (body.by_code or turn.may("link")):
        turn.refuse(Refusal("coordinators_only"))
        return
    stale = body.by_code and turn.now > post.due + linking.LIFE
    if body.answer or not apart or stale or twin is None or who is None:
        turn.refuse(Refusal("answered" if body.answer else "old_button"))
        return
    came = deeds.link(turn.work, twin, who)
    posts.settle(turn.session, post, turn.now, replace(body, answer="done"))
    shown = LinkedShown(twin=twin.id, who=who.id, by=turn.member.id, came=came.stored())
    for id in dict.fromkeys((who.id, *sorted(turn.work.coordinators))):
        turn.work.owe("linked", member_id=id, occasion=str(post.id), body=shown)
    turn.seen_done("link.done", name=who.name)


def part(turn: Turn, post: Post) -> None:
    """撤销: they are two again. Whoever linked their own accounts may, and coordinators."""
    body = LinkedShown.of(post)
    twin = turn.session.get(Member, (turn.here.id, body.twin))
    if turn.member.id != member(turn.session, turn.here.id, body.who).id and not turn.may("link"):
        turn.refuse(Refusal("coordinators_only"))
        return
    if twin is None or twin.merged_into != body.who or turn.now - post.due >= PARTED_WITHIN:
        turn.refuse(Refusal("nothing_to_undo"))
        return
    who = member(turn.session, turn.here.id, body.who)
    deeds.unlink(turn.work, twin, who, Linked.read(body.came))
    for each in told(turn, post):
        posts.settle(turn.session, each, turn.now, replace(LinkedShown.of(each), undone=True))
    turn.work.owe(
        "say", member_id=twin.id, occasion=turn.work.once(), body=Say(key="link.parted", facts={"name": who.name})
    )
    turn.seen_done("link.parted", name=twin.name)


def told(turn: Turn, post: Post) -> list[Post]:
    """All who were told that they are one."""
    same = select(Post).where(Post.community_id == turn.here.id, Post.kind == post.kind, Post.occasion == post.occasion)
    return list(turn.session.exec(same).all())
