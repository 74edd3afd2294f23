"""What is passed on: private words that were not understood, the same where they are read, and the answer to them."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from core import posts
from core.deeds.passing import unheard
from core.messages import Confide, Message, Span
from core.news import Passed, Puzzle
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OPEN, Post
from core.reading import Command
from core.rules import Refusal
from core.talk import passing
from core.talk.passing import Reply, is_order
from core.turn import Turn
from core.views.readback import which_and_when
from core.views.view import View, lines
from core.words.clean import tidy_text

# ------------------------------------------------------------ not understood


def puzzled(view: View) -> Message:
    """What was answered, and 转给协调人; once pressed, that it was passed on."""
    body = Puzzle.of(view.post)
    if body.passed:
        return Message(
            lines(
                view.say("passed.done" if body.reached else "passed.nobody"),
                sent(view, body.what),
                quoted(view, body.words),
            )
        )
    return Message(view.say(body.key), view.open("pass_on"))


def solve(turn: Turn, press: Press) -> None:
    if Puzzle.of(press.post).passed:
        turn.refuse(Refusal("passed"))
    else:
        passing.solve(turn, press.post)


STILL_MEANT = timedelta(days=1)
"""How long 转给协调人 alone means the last words that were not understood."""


def solve_last(turn: Turn, _intent: str) -> bool:
    """转给协调人 typed where the last message does not offer it: the last one that did is meant."""
    last = turn.session.exec(
        select(Post)
        .where(
            Post.community_id == turn.here.id,
            Post.member_id == turn.member.id,
            Post.kind == PUZZLE.name,
            Post.state == OPEN,
            Post.due > turn.now - STILL_MEANT,
        )
        .order_by(col(Post.id).desc())
    ).first()
    if last is None or not turn.chat.private:
        return False
    passing.solve(turn, last)
    return True


# ------------------------------------------------------------ read by somebody else


def passed(view: View) -> Message | None:
    """Who said what, about which activity, and how it is answered. Coordinators' business is for coordinators."""
    body = Passed.of(view.post)
    if body.key not in FOR_ANYBODY and not view.lookup.reader(view.reader).coordinates:
        return None
    who = view.lookup.name(body.whose)
    on = view.lookup.roster(view.post.occurrence_id) if view.post.occurrence_id else None
    about = (which_and_when(view, on),) if on is not None else ()
    answers = (view.say("passed.answered", who=view.lookup.name(by), words=spoken(words)) for by, words in body.answers)
    how = view.say("passed.how", who=who) if not body.answers else ()
    return Message(
        lines(
            view.say(f"passed.{body.key}", who=who),
            sent(view, body.what),
            spoken(body.words),
            about,
            view.say("passed.question", words=spoken(body.question)) if body.question else (),
            *answers,
            how,
        ),
        view.open("reply"),
    )


FOR_ANYBODY = frozenset({"answer", "partner", "help"})
"""What its member may read whoever they are: words to themselves."""


def spoken(words: str) -> tuple[Span, ...]:
    """Somebody's words as they said them. They were written to the bot, on whatever network, and are for one reader."""
    return (Confide(tidy_text(words, passing.LONGEST), anywhere=True),) if words else ()


def sent(view: View, what: str) -> tuple[Span, ...]:
    """'（一张照片）'"""
    return view.say(f"sent.{what}") if what else ()


def quoted(view: View, words: str) -> tuple[Span, ...]:
    return view.say("passed.quoted", words=spoken(words)) if words else ()


def begin(turn: Turn, press: Press) -> None:
    """回复: what is written next goes to who said it."""
    passing.begin_answer(turn, press.post)


# ------------------------------------------------------------ answered


def place(view: View) -> Message | None:
    """A place for the answer: whom it goes to."""
    about = view.lookup.session.get(Post, (view.lookup.here.id, Reply.of(view.post).about))
    if about is None:
        return None
    return Message(view.say("passed.write", who=view.lookup.name(Passed.of(about).whose)), view.open("back"))


def hear(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """The next private words are the answer, but for orders to the bot."""
    about = turn.session.get(Post, (turn.here.id, Reply.of(post).about))
    if about is None or is_order(command):
        return False
    posts.settle(turn.session, post, turn.now)
    return passing.answer_to(turn, about, words)


def back(turn: Turn, press: Press) -> None:
    """返回: nothing is said."""
    posts.settle(turn.session, press.post, turn.now)
    turn.seen_done("confirm.back")


PUZZLE = PostKind("puzzle", Puzzle, puzzled, presses={"pass_on": solve}, labels={"pass_on": solve_last}, kept="words")
PASSED = PostKind(
    "passed",
    Passed,
    passed,
    urgency=NOTICE,
    presses={"reply": begin},
    answered=passing.answer_to,
    unheard=unheard,
    kept="words",
)
REPLY = PostKind("reply", Reply, place, presses={"back": back}, hears=hear)
