"""Looking after who is on duty: 到了吗, 平安吗, asked of them and of who is with them; and from whom no word came."""

from __future__ import annotations

from core.activities import CANCELLED
from core.claims import ON_THE_WAY, UNKNOWN, Roster
from core.deeds.looking_after import About, AnyWord, NoWord, not_seen, said_well, silent
from core.deeds.undoing import roster_by_id
from core.messages import Message
from core.posts.kind import PostKind, Press
from core.posts.kinds.calls import answered as rang
from core.posts.kinds.calls import rung_up
from core.posts.row import OFFER, OPEN, Post
from core.reading import Command
from core.rules import Refusal
from core.said.wellbeing import ABSENT, ON_MY_WAY, SEEN, WELL, gone_home, wellbeing
from core.talk import attending, helping, leaving
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import headline, names
from core.views.view import View, lines

PRESSED = {"arrived": "here", "back": "done"}
"""What says so of somebody."""


def any_word(view: View) -> Message | None:
    """Whether they are there, or back; once that is known there is nothing to press."""
    on, body = view.lookup.roster(view.post.occurrence_id), AnyWord.of(view.post)
    if on is None or on.occurrence.state == CANCELLED or not on.of(body.whose):
        return None
    known = body.whose not in silent(on, about_of(body))
    if known and view.post.message is None and view.post.sending is None:
        return None
    title = headline(view.lookup, on, view.lang)
    name = names(view.lookup, [body.whose], view.lang, on)
    who = "self" if body.whose == view.reader else "for" if body.whose == view.post.member_id else "partner"
    text = view.say(f"duty.{body.about}.{who}", title=title, name=name)
    if known or view.post.state != OPEN:
        said = "duty.known" if known else "duty.heard" if body.said else "duty.passed"
        return Message(lines(text, view.say(said)))
    return Message(text, view.open(*verbs(on, body, who)))


def about_of(body: AnyWord | NoWord) -> About:
    return "back" if body.about == "back" else "arrived"


def verbs(on: Roster, body: AnyWord, who: str) -> tuple[str, ...]:
    """What there is to press."""
    says = PRESSED.get(body.about, "here")
    if who == "partner":
        return says, "not_seen"
    if says == "done":
        return says, "need_help"
    way = any(c.happened == UNKNOWN for c in on.of(body.whose))
    return (says, *(("on_the_way",) if way else ()), "leave", "need_help")


def no_word(view: View) -> Message | None:
    """To the coordinator: from whom no word came, to be rung up; who has come since is said."""
    on, body = view.lookup.roster(view.post.occurrence_id), NoWord.of(view.post)
    if on is None or on.occurrence.state == CANCELLED:
        return None
    still = [id for id in body.whom if id in silent(on, about_of(body))]
    came = [id for id in body.whom if id not in still]
    if not still and view.post.message is None and view.post.sending is None:
        return None
    told, press = rung_up(view, on, body, still) if still else ([], ())
    since = view.say(f"duty.{body.about}.since", names=names(view.lookup, came, view.lang, on)) if came else ()
    return Message(
        lines(
            view.say(f"duty.{body.about}.coordinator", names=names(view.lookup, body.whom, view.lang, on)),
            (headline(view.lookup, on, view.lang),),
            (view.lookup.when(on, view.lang),),
            since,
            *told,
        ),
        press,
    )


# ------------------------------------------------------------ pressed and typed


def attend(turn: Turn, press: Press) -> None:
    """到了, 平安结束, 我出发了: of whom it was asked. Typed by who is not there yet either, it is of themselves."""
    body, typed = AnyWord.of(press.post), not turn.pressed
    o = press.post.occurrence_id
    on = roster_by_id(turn.work, o)
    own = typed and on is not None and turn.member.id in silent(on, about_of(body))
    if own or body.whose == turn.member.id:
        attending.attend(turn, Wish(press.verb, occurrence=o, typed=typed))
    else:
        attending.attend(turn, Wish(press.verb, occurrence=o, people=(body.whose,), myself=False, typed=typed))


def leave(turn: Turn, press: Press) -> None:
    """来不了了, after all."""
    whose = AnyWord.of(press.post).whose
    mine = whose == turn.member.id
    wish = Wish("leave", occurrence=press.post.occurrence_id, people=() if mine else (whose,), myself=mine)
    leaving.leave(turn, wish)


def need_help(turn: Turn, press: Press) -> None:
    on = roster_by_id(turn.work, press.post.occurrence_id)
    if on is not None:
        helping.need_help(turn, on)


def unseen(turn: Turn, press: Press) -> None:
    """没看到: the coordinator is told now."""
    if press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return
    not_seen(turn.work, press.post)
    turn.seen_done("duty.passed")


def hears(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """没事, 我在路上了, 看到了: private words right below the question."""
    said, body = wellbeing(words), AnyWord.of(post)
    if post.state != OPEN or command.intent in ("here", "done", "leave", "on_the_way"):
        return False
    partner = body.whose not in (turn.member.id, post.member_id)
    verb = PRESSED.get(body.about, "here")
    if verb == "here" and gone_home(words):
        return False  # it answers another question than whether somebody came
    if said == ABSENT and partner:
        unseen(turn, Press(post, "not_seen"))
    elif (said in (SEEN, WELL) and partner) or (said == WELL and verb == "done") or said == SEEN:
        attend(turn, Press(post, verb))
    elif said == ON_MY_WAY and not partner and verb == "here":
        attend(turn, Press(post, ON_THE_WAY))
    elif said == WELL:
        said_well(turn.work, post)
        turn.tell("duty.heard")
    else:
        return False
    return True


ANY_WORD = PostKind(
    "any_word",
    AnyWord,
    any_word,
    urgency=OFFER,
    follows="always",
    means_activity=True,
    presses={
        **dict.fromkeys(("here", "done", "on_the_way"), attend),
        "leave": leave,
        "need_help": need_help,
        "not_seen": unseen,
    },
    hears=hears,
    later=False,
)
NO_WORD = PostKind(
    "no_word",
    NoWord,
    no_word,
    urgency=OFFER,
    follows="always",
    means_activity=True,
    presses=dict.fromkeys(("called", "no_answer"), rang),
)
