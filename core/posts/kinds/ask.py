"""A question: what is asked, and one action for each answer, ten at a time; or the next words are the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core import posts
from core.activities import DRAFT, Occurrence
from core.deeds.group_line import one_line
from core.messages import Action, Message, Span
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN, SETTLED, Post
from core.reading import Command, choose, read_command
from core.rules import Refusal
from core.said.plaints import plaint
from core.talk import people
from core.talk.asking import Ask, chosen
from core.talk.choosing import option
from core.talk.deciding import do
from core.talk.drafting import changed_to, draft
from core.talk.wishes import restored
from core.turn import Turn
from core.views.view import View, lines
from core.words import text
from core.work import Work

PAGE = 10
"""The most actions a question shows at once; 更多 turns the page."""
ANSWER_WITHIN = timedelta(days=1)

# ------------------------------------------------------------ shown


def question(view: View) -> Message | None:
    """A question as asked; once answered, the same with the answer and nothing to press."""
    body = Ask.of(view.post)
    asked = view.say(body.key, **body.facts)
    if view.post.state == SETTLED:
        return Message(lines(asked, view.say("ask.chosen", answer=body.chosen) if body.chosen else ()))
    return Message(asked, answers(view, body))


def answers(view: View, body: Ask) -> tuple[Action, ...]:
    if not body.options:
        return view.open("back") if body.expects else ()
    options = [(n, label) for n, (label, wish) in enumerate(body.options) if not view.off(restored(wish).occurrence)]
    if len(options) <= PAGE:
        return tuple(view.action("pick", str(n), label) for n, label in options)
    size = PAGE - 1  # the tenth is 更多
    first = body.page * size
    shown = [view.action("pick", str(n), label) for n, label in options[first : first + size]]
    return (*shown, view.action("more"))


def pages(options: int) -> int:
    """How many pages so many options take."""
    return 1 if options <= PAGE else -(-options // (PAGE - 1))


# ------------------------------------------------------------ pressed


def pick(turn: Turn, press: Press) -> None:
    """One of the answers: what it wishes for is done."""
    if press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return
    found = chosen(turn, press.post, int(press.arg) if press.arg.isdecimal() else -1)
    if found is None:
        turn.refuse(Refusal("old_button"))
        return
    turn.pressed = False  # what follows is said back as after words: with 撤销, where it stays
    do(turn, found)


def more(turn: Turn, press: Press) -> None:
    """更多: the next answers, and after the last the first again."""
    body = Ask.of(press.post)
    press.post.body = replace(body, page=(body.page + 1) % pages(len(body.options))).stored()
    posts.touch(turn.session, [press.post], turn.now)


def back(turn: Turn, press: Press) -> None:
    """返回 instead of words: nothing was done."""
    answered = replace(Ask.of(press.post), chosen=text(turn.lang, "action.back"))
    posts.settle(turn.session, press.post, turn.now, answered)
    turn.seen_done("confirm.back")


# ------------------------------------------------------------ answered in words


def hear(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """Take private words as the answer. Words of the table keep their meaning wherever they are typed."""
    body = Ask.of(post)
    if post.state != OPEN or turn.now - post.due > ANSWER_WITHIN:
        return False
    if body.options:
        return chosen_in_words(turn, post, body, words, command.intent)
    if not body.expects:
        return False
    if command.intent is not None and not may_answer(body.expects, command):
        return False
    if body.expects == "thing" and hesitates(turn, words):
        return False  # 周五啊，好像有事 is nothing that is brought
    posts.settle(turn.session, post, turn.now, replace(body, chosen=""))
    match body.expects:
        case "change":
            changed(turn, post, words, command)
        case "edit":
            do(turn, restored(body.wish), words)
        case "name":
            people.call_me(turn, command.rest if command.intent == "name" else words)
        case "thing":
            said = read_command(words, context="reply", kinds=turn.kinds, lang=turn.lang)
            thing = said.thing or words.strip()
            do(turn, replace(restored(body.wish), thing=thing, portions=said.portions, typed=True))
        case _:
            return False
    return True


def hesitates(turn: Turn, words: str) -> bool:
    """An excuse, a doubt or a sigh, which is no answer to what was asked."""
    if plaint(words):
        return True
    said = read_command(words, context="private", kinds=turn.kinds, lang=turn.lang)
    return said.intent in ("regret", "undecided")


YES_OR_NO = {"yes": 0, "no": 1}
"""Where it is asked whether to do something."""


def chosen_in_words(turn: Turn, post: Post, body: Ask, words: str, intent: str | None) -> bool:
    """第一个, 周五的, 两个都报: read against what was asked. What says anything else is heard as usual."""
    wishes = [restored(stored) for _, stored in body.options]
    options = [option(turn, label, wish.occurrence) for (label, _), wish in zip(body.options, wishes, strict=True)]
    picks = choose(words, options, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    if len(wishes) == 2 and wishes[1].verb == "nothing" and (said := YES_OR_NO.get(intent or "")) is not None:
        picks = (said,)
    if not picks or (len(picks) > 1 and len({wishes[at].occurrence for at in picks}) < len(picks)):
        return False  # of people, places and yes or no only one can be meant
    comma = text(turn.lang, "list.comma")
    posts.settle(turn.session, post, turn.now, replace(body, chosen=comma.join(options[at].names[0] for at in picks)))
    for at in picks:
        do(turn, replace(wishes[at], typed=True))
    return True


def may_answer(expects: str, command: Command) -> bool:
    """Whether a command can also be the answer that is waited for."""
    match expects:
        case "change":
            return True  # 修改 asked what is wrong: whatever follows says so
        case "thing":
            return command.intent == "join" and bool(command.thing) and command.ref is None
        case _:
            return command.intent == expects


def changed(turn: Turn, post: Post, words: str, command: Command) -> None:
    """What is wrong with a draft, or another posting in its place."""
    row = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
    if row is None or row.state != DRAFT:
        return
    if command.intent == "post":
        draft(turn, command.rest, command.kind or "", replaces=row)
    else:
        changed_to(turn, row, words)


def unheard(work: Work, post: Post) -> None:
    """How somebody is called is not worth a line in the group; it is asked when they open their chat."""
    if Ask.of(post).expects != "name":
        one_line(work, post)


def in_public(view: View, post: Post) -> tuple[Span, ...]:  # noqa: ARG001 - what is asked is between us
    return view.say("line.question")


ASK = PostKind(
    "ask",
    Ask,
    question,
    presses={"pick": pick, "more": more, "back": back},
    hears=hear,
    unheard=unheard,
    line=in_public,
)
