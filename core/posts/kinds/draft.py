"""A draft: shown to the coordinator who wrote it before anything reaches a group; answered by a press or in words."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from core.activities import DRAFT as WAITS
from core.activities import Occurrence
from core.claims import roster_of
from core.deeds.group_line import one_line
from core.drafts import read_of
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN, Post
from core.reading import Command
from core.reading.parts import answers, corrects
from core.rules import Refusal
from core.talk import drafting
from core.talk.again import offer_to_last
from core.talk.audiences import taken as taken_out
from core.talk.breaks import ask_about_holidays
from core.talk.chaining import fill_from_chain
from core.talk.deciding import do
from core.talk.drafting import changed_to
from core.talk.kept import kept
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.drafts import DraftShown, draft
from core.visited import strangers_in

STILL_MEANT = timedelta(days=1)
"""How long 发布 alone means the last draft."""


def publish(turn: Turn, press: Press) -> None:
    """发布: with the people of the chain it was made of, if it was."""
    if (posted := drafting.publish(turn, press.post)) is not None:
        fill_from_chain(turn, posted)
        offer_to_last(turn, posted)
        ask_about_holidays(turn, posted)


def change(turn: Turn, press: Press) -> None:
    drafting.change(turn, press.post)


def discard(turn: Turn, press: Press) -> None:
    drafting.discard(turn, press.post)


def publish_last(turn: Turn, _intent: str) -> bool:
    """发布 alone from a coordinator, where no draft was answered: the last draft they were shown, if it still waits."""
    if not turn.may("arrange"):
        return True
    last = turn.session.exec(
        select(Post)
        .where(
            Post.community_id == turn.here.id,
            Post.kind == DRAFT.name,
            Post.member_id == turn.member.id,
            Post.state == OPEN,
            Post.due > turn.now - STILL_MEANT,
        )
        .order_by(col(Post.id).desc())
    ).first()
    if last is None:
        turn.tell("draft.how")
    else:
        publish(turn, Press(last, "publish"))
    return True


def register(turn: Turn, press: Press) -> None:
    """登记: somebody whom it names and the register does not know."""
    row = turn.session.get(Occurrence, (turn.here.id, press.post.occurrence_id))
    found = [] if row is None else strangers_in(turn.session, turn.here.id, roster_of(turn.session, row))
    if not found or not do(turn, Wish("register"), found[0].words):
        turn.refuse(Refusal("answered"))


def first(turn: Turn, press: Press) -> None:
    drafting.choose(turn, press.post, 0)


def second(turn: Turn, press: Press) -> None:
    drafting.choose(turn, press.post, 1)


def hear(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """Words right under a draft, or in answer to it, that say something of it change it: 晚上, 西门, 18号, 改成8点,
    without 修改 being pressed first. Other talk is not forced into it.
    """
    row = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
    if command.intent not in (None, *MAY_CORRECT) or row is None or row.state != WAITS:
        return False
    read = read_of(turn.session, row)
    posting = kept(read.posting)
    bare, whom = taken_out(turn, words)
    if whom is not None and not bare:
        changed_to(turn, row, words)
        return True
    about = corrects(posting, words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    if not about and (read.question and command.intent is None):
        about = answers(posting, words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    if not about:
        return False
    changed_to(turn, row, words)
    return True


MAY_CORRECT = ("edit", "correct", "join", "here", "publish", "whom", "undecided")
"""What a correction of a draft may look like: 改成下午, 西门, 4个人."""


DRAFT = PostKind(
    "draft",
    DraftShown,
    draft,
    presses={
        "publish": publish,
        "change": change,
        "discard": discard,
        "first": first,
        "second": second,
        "register": register,
    },
    labels={"publish": publish_last},
    hears=hear,
    unheard=one_line,
)
