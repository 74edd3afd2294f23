"""What is kept about somebody, for themselves; and whether they want to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core import consents, posts
from core.deeds import rights as deeds
from core.deeds.consenting import take_back
from core.deeds.group_line import one_line
from core.members import Member
from core.messages import Action, File, Message
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OPEN
from core.rules import Refusal
from core.talk.rights import MyData
from core.turn import Turn
from core.views.held import agreed, held, page
from core.views.view import View, lines
from core.words import text


def my_data(view: View) -> Message | None:
    """What is held about its reader, told in words."""
    if not view.reader:
        return None
    who = view.lookup.member(view.reader)
    told = held(view, who, whole=not MyData.of(view.post).file)
    return Message(lines(view.say("my_data.head"), *told, view.say("my_data.how")), stops(view, who))


def my_data_file(view: View) -> Message | None:
    """All of it as a page to keep: made when it is sent, of the rows as they are then."""
    if not view.reader:
        return None
    title = view.text("my_data.file_title")
    name = f"{title}-{view.lookup.now.astimezone(view.lookup.here.tz):%Y-%m-%d}.html"
    made = page(title, view.lang, held(view, view.lookup.member(view.reader), whole=True))
    return Message(view.say("my_data.file", name=name), file=File(name, "text/html", made))


def stops(view: View, who: Member) -> tuple[Action, ...]:
    """One press takes one of them back."""
    if view.post.state != OPEN:
        return ()
    rows = consents.given(view.lookup.session, view.lookup.here.id, member=who.id)
    live = dict.fromkeys(r.purpose for r in rows if r.ended_at is None and r.purpose in view.lookup.here.purposes)
    return tuple(view.action("take_back", name, view.text(f"consent.stop.{name}")) for name in live)


def consented(view: View) -> Message | None:
    """我同意过什么: as it stands in 我的资料, alone."""
    if not view.reader:
        return None
    who = view.lookup.member(view.reader)
    found = agreed(view, who)
    if not found:
        return Message(view.say("my_data.agreed_nothing"))
    return Message(lines(view.say("my_data.agreed_head"), *found), stops(view, who))


def taken_back(turn: Turn, press: Press) -> None:
    """不记忌口, 不报平安, 不写名字: at once."""
    purpose = turn.here.purposes.get(press.arg)
    if purpose is None or not consents.holds(turn.session, turn.here.id, purpose.name, member=turn.member.id):
        turn.refuse(Refusal("answered"))
        return
    take_back(turn.work, purpose, turn.member.id)
    posts.touch(turn.session, [press.post], turn.now)
    turn.seen_done("my_data.stopped", what=text(turn.lang, f"consent.what.{purpose.name}"))


# ------------------------------------------------------------ forget me


@dataclass(frozen=True, slots=True)
class Forget(Body):
    done: str = ""


def forget_me(view: View) -> Message:
    """What would happen, named before it does."""
    body = Forget.of(view.post)
    if body.done:
        return Message(view.say(f"forget_me.{body.done}"))
    return Message(view.say("forget_me.ask"), view.open("confirm", "back"))


def forgotten(turn: Turn, press: Press) -> None:
    """确认."""
    if press.post.state != OPEN or turn.member.id != press.post.member_id:
        turn.refuse(Refusal("answered"))
        return
    deeds.forget(turn.work, turn.member, text(turn.here.lang, "forget_me.called"))
    posts.settle(turn.session, press.post, turn.now, replace(Forget.of(press.post), done="done"))
    turn.seen_done("forget_me.done")


def kept(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(Forget.of(press.post), done="back"))
    turn.seen_done("forget_me.back")


STOPS = {"take_back": taken_back}
MY_DATA = PostKind("my_data", MyData, render=my_data, presses=STOPS, unheard=one_line, later=False, kept="words")
MY_DATA_FILE = PostKind("my_data_file", render=my_data_file, chatty=True, later=False)
CONSENTS = PostKind("consents", render=consented, presses=STOPS, unheard=one_line, later=False, kept="words")
FORGET_ME = PostKind(
    "forget_me", Forget, forget_me, presses={"confirm": forgotten, "back": kept}, unheard=one_line, later=False
)
ERASE = PostKind("erase", act=deeds.at_its_time, urgency=NOTICE, restored=True)
