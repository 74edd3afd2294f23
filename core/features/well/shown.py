"""报平安 as it is read: what was arranged, the morning's question, and from whom no answer came."""

from __future__ import annotations

from dataclasses import replace

from core import morning, posts, when
from core.deeds import morning as deeds
from core.deeds.ladders import Climb
from core.features.well import talk
from core.manners import wall
from core.messages import Message, Span
from core.morning import Arranged, Arrangement, Morning, arrangement
from core.posts.kind import PostKind, Press
from core.posts.row import ANSWER, NOTICE, OFFER, REMINDER, Post
from core.reading import Command
from core.rules import Refusal
from core.said.wellbeing import ABSENT, SEEN, WELL, wellbeing
from core.turn import Turn
from core.views.view import View, lines
from core.words import text

# ------------------------------------------------------------ arranged


def arranged(view: View) -> Message | None:
    """Who is asked, at what time, whom it goes to after that; and how it ends."""
    lookup, body = view.lookup, Arrangement.of(view.post)
    day = arrangement(lookup.session, lookup.here.id, body.whose)
    if day is None:
        return Message(view.say("well.stopped" if body.whose == view.reader else "well.ended"))
    row = Arranged.of(day)
    first = wall(lookup.now.astimezone(lookup.here.tz).date(), row.hour, lookup.here.tz)
    at = when.clock(first, lookup.here.tz, view.lang)
    key = "by" if body.by else "me" if body.whose == view.reader else "for"
    facts = {"name": lookup.name(body.whose), "at": at, "who": lookup.name(body.by) if body.by else ""}
    near = view.say("well.then", name=lookup.name(row.neighbour)) if row.neighbour else view.say("well.who")
    how = view.say("well.how_stop" if key != "for" else "well.how_stop_for", name=lookup.name(body.whose))
    return Message(lines(view.say(f"well.{key}", **facts), near, how), view.open("no_thanks") if body.by else ())


def no_thanks(turn: Turn, press: Press) -> None:
    """不用了."""
    day = arrangement(turn.session, turn.here.id, Arrangement.of(press.post).whose)
    if day is None:
        turn.refuse(Refusal("answered"))
        return
    came = deeds.stop(turn.work, day)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    posts.settle(turn.session, press.post, turn.now)
    turn.seen_done("well.stopped")


def hears(turn: Turn, post: Post, words: str, command: Command) -> bool:
    return command.intent is None and talk.name_neighbour(turn, post, words)


# ------------------------------------------------------------ each morning


def ask(view: View) -> Message:
    """Are you well? Once more after an hour of silence."""
    body = Morning.of(view.post)
    name = view.lookup.name(view.post.member_id)
    said = view.say("well.again" if body.again else "well.ask", name=name)
    if body.answer:
        return Message(lines(said, view.say("well.thanks")))
    return Message(said, view.open("i_am_well", "need_help"))


def i_am_well(turn: Turn, press: Press) -> None:
    """我很好."""
    if Morning.of(press.post).answer in ("well", "unwell"):
        turn.tell("well.thanks")
        return
    deeds.answer(turn.work, press.post, "well")
    turn.seen_done("well.thanks")


def need_help(turn: Turn, press: Press) -> None:
    talk.not_well(turn, press.post, text(turn.here.lang, "action.need_help"))


# ------------------------------------------------------------ no answer


def silent(view: View) -> Message | None:
    """To the neighbour, then to the coordinators: nothing is known of them today; or what became known."""
    lookup, body = view.lookup, Morning.of(view.post)
    asked = lookup.session.get(Post, (lookup.here.id, view.post.claim_id))
    if asked is None:
        return None
    who = lookup.name(asked.member_id)
    answer = Morning.of(asked)
    if answer.answer and view.post.message is None and view.post.sending is None:
        return None
    sort = "neighbour" if view.post.occasion.startswith("neighbour") else "coordinator"
    near = view.say("well.asked_too", name=lookup.name(body.by)) if sort == "coordinator" and body.by else ()
    first = view.say(f"well.silent_{sort}", name=who)
    if answer.answer:
        by = lookup.name(answer.by) if answer.by else who
        return Message(lines(first, view.say(f"well.is_{known(answer)}", name=who, by=by)))
    noted: tuple[Span, ...] = view.say(f"well.noted_{body.answer}", name=who) if body.answer in NOTED else ()
    press = view.open("is_well", "not_in") if sort == "neighbour" else view.open("is_well", "called", "no_answer")
    return Message(lines(first, near, noted), press)


NOTED = {"not_in", "called", "no_answer"}


def known(answer: Morning) -> str:
    return answer.answer if answer.answer in ("well", "unwell", "seen") else "spoke"


def question_of(turn: Turn, press: Press) -> Post | None:
    asked = turn.session.get(Post, (turn.here.id, press.post.claim_id))
    if asked is None or Morning.of(asked).answer:
        turn.refuse(Refusal("answered"))
        return None
    return asked


def is_well(turn: Turn, press: Press) -> None:
    """人很好: whoever looked in says so."""
    asked = question_of(turn, press)
    if asked is not None:
        deeds.answer(turn.work, asked, "seen")
        turn.seen_done("well.thanks_for", name=turn.lookup().name(asked.member_id))


def noted(turn: Turn, press: Press) -> None:
    """没碰上, 打过了, 没接. Where the neighbour did not meet them, the coordinator is told now."""
    asked = question_of(turn, press)
    if asked is None:
        return
    press.post.body = replace(Morning.of(press.post), answer=press.verb).stored()
    posts.touch(turn.session, [press.post], turn.now)
    if press.verb == "not_in":
        deeds.sooner(turn.work, asked)
    turn.seen_done(f"well.noted_{press.verb}", name=turn.lookup().name(asked.member_id))


def looked_in(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """看到了，很好; 没看到."""
    said = wellbeing(words)
    if command.intent in ("list", "mine", "help", "join", "leave") or said not in (SEEN, WELL, ABSENT):
        return False
    if said == ABSENT:
        noted(turn, Press(post, "not_in"))
    else:
        is_well(turn, Press(post, "is_well"))
    return True


DAY = PostKind(morning.DAY, Arranged, act=deeds.each_day, urgency=NOTICE, restored=True)
WAITS = PostKind(deeds.WELL.kind, Climb, act=deeds.WELL.climb, urgency=OFFER)
ASK = PostKind(
    morning.ASKED,
    Morning,
    ask,
    urgency=REMINDER,
    presses={"i_am_well": i_am_well, "need_help": need_help},
    later=False,
    kept="wellbeing",
)
SILENT = PostKind(
    "well.silent",
    Morning,
    silent,
    urgency=OFFER,
    presses={"is_well": is_well, **dict.fromkeys(("not_in", "called", "no_answer"), noted)},
    hears=looked_in,
    later=False,
    kept="wellbeing",
)
SET = PostKind(
    "well.set",
    Arrangement,
    arranged,
    urgency=ANSWER,
    presses={"no_thanks": no_thanks},
    hears=hears,
    unheard=deeds.not_reached,
    later=False,
)
