"""Roles talked of by a coordinator, privately: 王阿姨当副手. What it means is named, and asked, before it is so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from core import posts
from core.deeds.appointing import appoint
from core.features.roles.said import read_role
from core.members import member
from core.messages import Bold, Message, Span
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OPEN
from core.roles import Given
from core.rules import Refusal
from core.talk import people
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines


@dataclass(frozen=True, slots=True)
class Giving(Body):
    """Who is to have which role, '' for none any more; and what was answered."""

    who: int = 0
    role: str = ""
    done: str = ""  # yes, no


def given(role: str) -> Given | None:
    """A role as it was written down; None for none."""
    return next((each for each in get_args(Given) if each == role), None)


# ------------------------------------------------------------ said


def hears(turn: Turn, _about: int, words: str) -> bool:
    """Whether private words are about roles, and were acted upon."""
    if not turn.chat.private:
        return False
    said = read_role(words)
    if said is None or not turn.may("arrange"):
        return False  # who arranges nothing may say 王阿姨负责巡逻 of anything
    if said.what == "asked":
        turn.privately("roles.list")
    elif not turn.may("roles"):
        turn.refuse(Refusal("roles_only"))
    elif said.name == turn.member.name:
        turn.tell("roles.coordinates", name=turn.member.name)
    else:
        answered(turn, Wish("roles", names=(said.name,), myself=False, thing=said.what), "")
    return True


def answered(turn: Turn, wish: Wish, _words: str) -> None:
    """Who was meant is known, or is asked; then what it means is."""
    if not turn.may("roles"):
        turn.refuse(Refusal("roles_only"))
        return
    found = people.resolve(turn, wish, make=False)
    if found is None:
        return
    if not found.people:
        turn.refuse(Refusal("nobody_called", {"name": (found.strangers or ("",))[0]}))
        return
    who = member(turn.session, turn.here.id, found.people[0])
    role, has = given(wish.thing), turn.work.roles.get(who.id)
    if has == "coordinator":
        turn.tell("roles.coordinates", name=who.name)
    elif has == role:
        turn.tell(f"roles.has_{role or 'none'}", name=who.name)
    elif not turn.lookup().accounts(who.id):
        turn.tell("roles.no_account", name=who.name)
    else:
        turn.privately("roles.ask", body=Giving(who=who.id, role=role or ""))


# ------------------------------------------------------------ shown


def ask(view: View) -> Message | None:
    """What they may do from now on, before it is so."""
    body = Giving.of(view.post)
    name, what = view.lookup.name(body.who), given(body.role) or "none"
    if body.done:
        return Message(view.say(f"roles.done_{what}" if body.done == "yes" else "roles.back", name=name))
    return Message(view.say(f"roles.ask_{what}", name=name), view.open("confirm", "back"))


def told(view: View) -> Message | None:
    """To themselves."""
    return Message(view.say(f"roles.told_{given(Giving.of(view.post).role) or 'none'}"))


def everybody(view: View) -> Message | None:
    """Who has which role; to those who have one."""
    if not view.lookup.reader(view.reader).may("arrange"):
        return None
    comma, out = view.text("list.comma"), [(Bold(view.text("roles.head")),)]
    shown: list[tuple[Span, ...]] = [*out]
    for role in ("coordinator", *get_args(Given)):
        names = [view.lookup.name(id) for id, has in view.lookup.roles().items() if has == role]
        if names:
            shown.append(view.say(f"roles.line_{role}", names=comma.join(sorted(names))))
    return Message(lines(*shown, view.say("roles.how")))


def confirm(turn: Turn, press: Press) -> None:
    """确认."""
    body = Giving.of(press.post)
    who = member(turn.session, turn.here.id, body.who)
    if press.post.state != OPEN or body.done:
        turn.refuse(Refusal("answered"))
        return
    if (refusal := appoint(turn.work, who, given(body.role))) is not None:
        turn.refuse(refusal)
        return
    posts.settle(turn.session, press.post, turn.now, replace(body, done="yes"))
    turn.work.owe("roles.told", member_id=who.id, occasion=turn.work.once(), body=Giving(who=who.id, role=body.role))
    turn.seen_done(f"roles.done_{given(body.role) or 'none'}", name=who.name)


def back(turn: Turn, press: Press) -> None:
    """返回."""
    if press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return
    posts.settle(turn.session, press.post, turn.now, replace(Giving.of(press.post), done="no"))
    turn.seen_done("roles.back")


ASK = PostKind("roles.ask", Giving, ask, presses={"confirm": confirm, "back": back}, later=False)
TOLD = PostKind("roles.told", Giving, told, urgency=NOTICE)
LIST = PostKind("roles.list", render=everybody, later=False)
