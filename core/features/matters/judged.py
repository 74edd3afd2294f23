"""计分器: those who asked are asked whether it is solved, and how well; what they say is counted and has no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from core import matters, posts
from core.confided import Confided
from core.deeds import verdicts as deeds
from core.deeds.group_line import one_line
from core.deeds.matters import responsible
from core.features.matters.said import read_answer
from core.features.matters.shown import bold_line, called, dated, the_matter, whole
from core.matters import GRADES, LOOK, NOT_YET, SAID_SOLVED, SOLVED, YES, Matter, MatterVerdict, Said
from core.matters import OPEN as STILL_OPEN
from core.messages import Confide, Message
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import ANSWER, NOTICE, OPEN, Post
from core.reading import Command
from core.reading.parts import GONE, openly
from core.rules import Refusal
from core.turn import Turn
from core.views.view import View, lines

HEARD_WITHIN = timedelta(days=3)
"""How long after 还没有 the next private words say what is missing."""


@dataclass(frozen=True, slots=True)
class Score(Body):
    closed: int = 0
    solved: int = 0
    not_yet: int = 0
    good: int = 0
    fair: int = 0
    poor: int = 0


@dataclass(frozen=True, slots=True)
class Missing(Body):
    """What somebody, nobody knows who, says is missing: as everybody may read it, and the whole."""

    words: str = ""
    whole: str = ""


# ------------------------------------------------------------ is it solved?


def verdict_for(view: View, row: Matter) -> MatterVerdict | None:
    who = view.lookup.member(view.post.member_id).id
    found = matters.verdicts(view.lookup.session, view.lookup.here.id, [row.id])
    return next((each for each in found if view.lookup.member(each.member_id).id == who), None)


def look(view: View) -> Message | None:
    """解决了, 还没有; then 满意, 一般, 不满意."""
    row = the_matter(view)
    verdict = None if row is None else verdict_for(view, row)
    if row is None or verdict is None:
        return None
    found = matters.steps_of(view.lookup.session, view.lookup.here.id, row.id)
    steps = [each for each in found if each.sort == SAID_SOLVED]
    last = dated(view, row, steps[-1]) if steps else ()
    head = lines(bold_line(view, row), last)
    if view.post.occasion != str(verdict.asked):
        return Message(lines(head, view.say("matters.asked_anew")))
    if verdict.answered != verdict.asked:
        return Message(lines(head, view.say("matters.look")), view.open("solved", "not_yet"))
    if verdict.said == NOT_YET:
        return Message(lines(head, view.say("matters.not_yet.noted")))
    if not verdict.grade:
        return Message(lines(head, view.say("matters.how_well")), view.open(*GRADES))
    return Message(lines(head, view.say("matters.thanks")))


def asked(turn: Turn, post: Post) -> tuple[Matter, MatterVerdict] | None:
    """The matter, and what the speaker was asked of it; None where that is over, which was said."""
    row = matters.matter(turn.session, turn.here.id, post.occurrence_id, lock=True)
    verdict = None if row is None else deeds.verdict_of(turn.work, row, post.member_id)
    if (
        row is None
        or verdict is None
        or post.occasion != str(verdict.asked)
        or row.state not in (LOOK, SOLVED, STILL_OPEN)
    ):
        turn.refuse(Refusal("old_button"))
        return None
    return row, verdict


def say(turn: Turn, post: Post, said: Said) -> None:
    """What somebody says of its end, once for each time that it was said to be solved."""
    found = asked(turn, post)
    if found is None:
        return
    row, verdict = found
    if verdict.answered == verdict.asked:
        turn.refuse(Refusal("answered"))
        return
    deeds.answer(turn.work, row, verdict, said)
    if not turn.pressed and said == YES and post.message is not None:
        posts.put_below(post)  # what is asked next stands under the words
    posts.touch(turn.session, [post], turn.now)
    if said == YES:
        if turn.pressed:
            turn.seen_done("matters.how_well")
        return
    if turn.pressed and turn.can.toasts:
        turn.tell("matters.not_yet.toast")
    turn.privately("matters.why", occurrence_id=row.id)


def pressed_solved(turn: Turn, press: Press) -> None:
    say(turn, press.post, YES)


def pressed_not_yet(turn: Turn, press: Press) -> None:
    say(turn, press.post, NOT_YET)


def pressed_grade(turn: Turn, press: Press) -> None:
    """满意, 一般, 不满意."""
    found = asked(turn, press.post)
    if found is None:
        return
    row, verdict = found
    if verdict.said != YES or verdict.grade or verdict.answered != verdict.asked:
        turn.refuse(Refusal("answered"))
        return
    deeds.grade(turn.work, row, verdict, press.verb)
    posts.settle(turn.session, press.post, turn.now)
    turn.seen_done("matters.thanks")


def hear_answer(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """还没有，灯又坏了: an answer, with what is missing behind it."""
    found = read_answer(words) if command.intent in (None, "yes", "no", "matter") else None
    if found is None:
        return False
    row = matters.matter(turn.session, turn.here.id, post.occurrence_id)
    verdict = None if row is None else deeds.verdict_of(turn.work, row, post.member_id)
    if verdict is None or post.occasion != str(verdict.asked):
        return False
    if verdict.answered != verdict.asked and found.verdict:
        say(turn, post, found.verdict)
        if found.rest and found.verdict == NOT_YET:
            for asked_why in posts.standing(turn.session, turn.here.id, post.occurrence_id, "matters.why"):
                if asked_why.member_id == turn.member.id and asked_why.state == OPEN:
                    hear_why(turn, asked_why, found.rest, command)
        return True
    if verdict.answered == verdict.asked and verdict.said == YES and not verdict.grade and found.grade:
        pressed_grade(turn, Press(post, found.grade))
        return True
    return False


# ------------------------------------------------------------ what is missing?


def why(view: View) -> Message | None:
    """还差什么？"""
    row = the_matter(view)
    if row is None:
        return None
    return Message(view.say("matters.why.ask", which=called(view, row)))


def hear_why(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """The next private words go to the coordinator, without a name."""
    row = matters.matter(turn.session, turn.here.id, post.occurrence_id)
    if command.intent is not None or row is None or turn.now - post.due > HEARD_WITHIN:
        return False
    nameless = words.replace(turn.member.name, GONE) if len(turn.member.name) > 1 else words
    found = openly(nameless)
    body = Missing(words=found.words, whole=nameless if found.left_out else "")
    for id in responsible(turn.work, row):
        turn.work.owe(
            "matters.missing", member_id=id, occurrence_id=row.id, occasion=turn.work.once(), body=body, fresh=True
        )
    posts.settle(turn.session, post, turn.now)
    turn.tell("matters.why.passed_on")
    return True


def missing(view: View) -> Message | None:
    """To the coordinator: what is missing still, in the words of somebody who has no name here."""
    row, body = the_matter(view), Missing.of(view.post)
    if row is None:
        return None
    return Message(
        lines(
            view.say("matters.missing", which=called(view, row)),
            (Confide(body.words, anywhere=True),),
            whole(view, Confided(body.whole)),
        )
    )


def not_yet(view: View) -> Message | None:
    """To the coordinator: so many say 还没有, and it is open again."""
    row = the_matter(view)
    if row is None:
        return None
    n = matters.count(matters.verdicts(view.lookup.session, view.lookup.here.id, [row.id]))[NOT_YET]
    said = view.text("matters.said.not_yet", n=n)
    return Message(lines(bold_line(view, row), view.say("matters.not_yet.open_again", said=said)))


# ------------------------------------------------------------ the counter


def score(view: View) -> Message | None:
    """办结n, 解决n 还没有n, 满意n 一般n 不满意n."""
    body = Score.of(view.post)
    said = [(word, getattr(body, word)) for word in (YES, NOT_YET)]
    graded = [(word, getattr(body, word)) for word in GRADES]
    rows = [" ".join(view.text(f"matters.said.{w}", n=n) for w, n in part if n) for part in (said, graded)]
    return Message(
        lines(
            view.say("matters.score"), view.say("matters.said.closed", n=body.closed), *((row,) for row in rows if row)
        )
    )


LOOK_AT_IT = PostKind(
    "matters.look",
    render=look,
    urgency=NOTICE,
    presses={"solved": pressed_solved, "not_yet": pressed_not_yet, **dict.fromkeys(GRADES, pressed_grade)},
    hears=hear_answer,
)
WHY = PostKind("matters.why", render=why, urgency=ANSWER, hears=hear_why, later=False)
MISSING = PostKind("matters.missing", Missing, missing, urgency=NOTICE)
NOT_YET_TOLD = PostKind("matters.not_yet", render=not_yet, urgency=NOTICE)
CLOSE = PostKind("matters.close", act=deeds.settle, urgency=NOTICE, restored=True)
SCORE = PostKind("matters.score", Score, score, urgency=ANSWER, unheard=one_line, later=False)
