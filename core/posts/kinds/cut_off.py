"""What is the matter in a group, told to who coordinates; and how a group is greeted, by what is heard there."""

from __future__ import annotations

from core.deeds import cut_off
from core.deeds.cut_off import DEAF, MUTE, OUT, OVER, CutOff
from core.members import KnownChat
from core.messages import Message
from core.posts.kind import PostKind, Press
from core.posts.row import ANSWER, NOTICE, OFFER, Post
from core.talk.asking import look_private
from core.talk.deciding import do
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines
from core.work import Work


def cut(view: View) -> Message | None:
    """What to do about it; once it is over, that it is. Nothing where it is neither by now."""
    body = CutOff.of(view.post)
    chat = view.lookup.session.get(KnownChat, (view.lookup.here.id, body.chat))
    if chat is None or not chat.bound:
        return None
    so = {OUT: chat.closed, MUTE: chat.mute, DEAF: chat.deaf}
    over = {OVER[how]: not still for how, still in so.items()}
    if not {**so, **over}.get(body.how, False):
        return None
    kept = view.say("cut_off.kept", n=view.lookup.here.manners.keeps_people) if body.how == OUT and chat.keeps else ()
    name = chat.name or view.text("ours.nameless")
    return Message(lines(view.say(f"cut_off.{body.how}", name=name), kept))


def greeting(view: View) -> Message | None:
    """Three lines on what to type; where the bot hears no words, on what to press."""
    chat = view.lookup.chat(view.post.chat_id)
    if chat is not None and chat.deaf:
        return Message(view.say("greeting.deaf"), view.open("list", "mine", "help"))
    return Message(view.say("greeting.first"))


def ask(turn: Turn, press: Press) -> None:
    """活动, 我的, 帮助: as if it had been typed."""
    do(turn, Wish(press.verb))
    look_private(turn)


def let_go(work: Work, post: Post) -> None:
    """The bot has been out of a group for as long as its people are kept."""
    chat = work.session.get(KnownChat, (work.here.id, int(post.occasion)))
    if chat is not None:
        cut_off.let_go(work.session, chat, work.now)


CUT_OFF = PostKind("cut_off", CutOff, cut, urgency=OFFER)
GREETING = PostKind(
    "greeting", render=greeting, urgency=ANSWER, chatty=True, presses=dict.fromkeys(("list", "mine", "help"), ask)
)
LET_GO = PostKind("let_go", act=let_go, urgency=NOTICE, restored=True)
