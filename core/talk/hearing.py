"""Words: a label typed, an answer to a question, a command, or talk that is not for the bot."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from core import posts
from core.activities import DRAFT, Occurrence, posted_numbers
from core.claims import OFFERED, Claim
from core.drafts import read_of
from core.messages import Said
from core.posts import Post
from core.reading.commands import NOTHING, Command, Context, read_command
from core.reading.courtesies import courtesy
from core.rules import Refusal
from core.talk import people
from core.talk.chaining import taken
from core.talk.deciding import do
from core.talk.drafting import changed_to, draft
from core.talk.merging import ask_same
from core.talk.pressing import carry_out
from core.talk.undoing import accept
from core.talk.wishes import restored, wish
from core.turn import Turn

ANSWER_WITHIN = timedelta(days=1)
LABELS = frozenset(
    {"undo", "accept", "decline", "stand_in", "confirm", "back", "publish", "change", "discard", "more"}
    | {"yes", "no", "ours", "not_ours"}
)
"""Intents that name a label and nothing else: they mean something only where a message offers it."""
ALSO = {"ours": ("yes", "ours"), "not_ours": ("no", "not_ours"), "disown": ("not_ours",)}
"""What else answers where these are offered: a question is answered with yes and no too."""
ANSWERS = {"is_them": ("是", "是的", "对", "对的", "yes"), "not_them": ("不", "不对", "不是的", "no")}
"""What else says whether somebody is who they say they are. 好的 does not: it may answer anything."""
ALWAYS = frozenset({"help", "mine", "list"})
"""Words that keep their meaning even when an answer is waited for."""
CALLED = {"join": "maybe", "leave": "regret"}
"""What @李阿姨 报名 comes to: it may be said to her or of her. What is said to a coordinator is about the speaker."""
HESITATING = frozenset({"regret", "undecided"})
"""What ordinary sentences may come to: in answer to a question they are the answer."""


COUNTED = re.compile(r"\s*[-+＋－➕➖−—]")
"""+1 and -1 say who comes: they are not the number 1 of what may be pressed."""
LONGEST, MOST_LINES = 6_000, 250
"""Letters and lines of one message that are read: a chain of 150 neighbours with a note each has fewer. Reading and
writing down more would let everybody else wait."""


def hear(turn: Turn, said: Said) -> None:
    """Understand words said, or leave them alone: in a group the bot is silent when nothing is meant for it."""
    answered = replied_to(turn, said.reply_to)
    if len(said.text) > LONGEST or said.text.count("\n") >= MOST_LINES:
        if turn.chat.private or on_roster(answered):
            turn.refuse(Refusal("too_long"))
        return
    offering = answered or (posts.newest(turn.session, turn.here.id, turn.chat.id) if turn.chat.private else None)
    if taken(turn, said.text, on_roster(answered)):
        return
    command = understand(turn, said.text, answered)
    turn.overheard = not turn.chat.private and not (command.sure or (on_roster(answered) and command.intent != "leave"))
    if offering is not None and typed_label(turn, offering, said.text, command):
        return
    if waited_for(turn, said.text, command):
        return
    if command.intent in LABELS and command.intent != "publish":
        if not turn.chat.private or (command.intent in ("accept", "decline") and answer_offer(turn, command.intent)):
            return
        if courtesy(said.text) == "heard":
            turn.mark()  # 好的 under something that asks nothing
        else:
            turn.refuse(Refusal("nothing_offered"))
        return
    if command.intent == "publish":
        publish_last(turn)
        return
    if command.intent is not None and do(turn, wish(command, on_roster(answered)), command.rest):
        ask_same(turn)
        return
    ask_same(turn)
    if turn.chat.private:
        small_talk(turn, said.text)


def small_talk(turn: Turn, words: str) -> None:
    """Private words that want nothing: a greeting is returned, thanks are taken, anything else was not understood."""
    match courtesy(words):
        case "greeting":
            turn.tell("private.hello")
        case "thanks":
            turn.tell("private.welcome")
        case "heard":
            turn.mark()
        case _:
            turn.tell("private.not_understood")


def publish_last(turn: Turn) -> None:
    """发布 alone from a coordinator, where no draft was answered: the last draft they were shown, if it still waits."""
    if not turn.coordinates:
        return
    last = turn.session.exec(
        select(Post)
        .where(
            Post.community_id == turn.here.id,
            Post.kind == "draft",
            Post.member_id == turn.member.id,
            Post.state == posts.OPEN,
            Post.due > turn.now - ANSWER_WITHIN,
        )
        .order_by(col(Post.id).desc())
    ).first()
    if last is None:
        turn.tell("draft.how")
        return
    carry_out(turn, last, "publish", "")


def answer_offer(turn: Turn, intent: str) -> bool:
    """接受 or 谢绝 from somebody who read of their place in the group: the one offer that stands for them is meant."""
    offers = turn.session.exec(
        select(Post)
        .join(Claim, (col(Claim.community_id) == Post.community_id) & (col(Claim.id) == Post.claim_id))
        .where(
            Post.community_id == turn.here.id,
            Post.kind == "offer",
            Post.member_id == turn.member.id,
            Claim.promised == OFFERED,
        )
        .order_by(col(Post.id).desc())
    ).all()
    if len({post.claim_id for post in offers}) != 1:
        return False
    accept(turn, offers[0], yes=intent == "accept")
    return True


def understand(turn: Turn, words: str, answered: Post | None) -> Command:
    context: Context = "reply" if on_roster(answered) else "private" if turn.chat.private else "group"
    numbers = posted_numbers(turn.session, turn.here.id, turn.now)
    command = read_command(words, context=context, kinds=turn.kinds, open=numbers, lang=turn.lang)
    if command.to and not people.coordinates(turn, command.to):
        return replace(command, intent=CALLED.get(command.intent or ""), sure=False)
    return command


def replied_to(turn: Turn, message: str | None) -> Post | None:
    return None if message is None else posts.copied(turn.session, turn.here.id, turn.chat.id, message)


def on_roster(post: Post | None) -> int:
    """The occurrence that a post is about, 0 for none: an answer to it means that activity."""
    return (
        post.occurrence_id
        if post is not None and post.kind in ("roster", "remind", "readback", "offer", "notice")
        else 0
    )


def plain(words: str) -> str:
    """Words without sign, case, white space and punctuation: how a label is recognised when typed."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def typed_label(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """A label, its sign or its number typed instead of pressed, where the message answered (or the last) offers it."""
    bare, counted = plain(words), bool(COUNTED.match(words))
    for action, sign, label in post.actions:
        verb, _, arg = action.partition(".")
        if verb in ("join", "leave"):
            continue  # these are words of their own
        signs = () if counted else (plain(sign),)
        hit = bare in (plain(label), *signs, *ANSWERS.get(verb, ())) if bare else words.strip() == sign
        said = command.intent in ALSO[verb] if verb in ALSO else command.intent == verb and verb in LABELS
        if hit or (said and not command.rest):
            carry_out(turn, post, verb, arg)
            return True
    return False


def corrected(turn: Turn, post: Post, words: str) -> bool:
    """Words right under a draft that asks something are the answer, without 修改 being pressed first."""
    row = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
    if row is None or row.state != DRAFT or not read_of(turn.session, row).question:
        return False
    changed_to(turn, row, words)
    return True


def answers(expects: str, command: Command) -> bool:
    """Whether a command can also be the answer that is waited for."""
    match expects:
        case "change":
            return True  # 修改 asked what is wrong: whatever follows says so
        case "dish":
            return command.intent == "join" and bool(command.thing) and command.ref is None
        case _:
            return command.intent == expects


def waited_for(turn: Turn, words: str, command: Command) -> bool:
    """The next private words after a question that words answer."""
    if not turn.chat.private or command.intent in ALWAYS:
        return False
    post = posts.newest(turn.session, turn.here.id, turn.chat.id)
    if post is None or post.state != posts.OPEN:
        return False
    if command.intent in HESITATING:
        command = NOTHING
    if post.kind == "draft" and command.intent is None:
        return corrected(turn, post, words)
    if not post.body.get("expects"):
        return False
    if turn.now - post.due > ANSWER_WITHIN:
        return False
    expects = post.body["expects"]
    if command.intent is not None and not answers(expects, command):
        return False  # words of the table keep their meaning wherever they are typed
    posts.settle(turn.session, post, turn.now, chosen="")
    match expects:
        case "change":
            row = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
            if row is not None and row.state == DRAFT:
                if command.intent == "post":
                    draft(turn, command.rest, command.kind or "", replaces=row)
                else:
                    changed_to(turn, row, words)
        case "edit":
            do(turn, restored(post.body["wish"]), words)
        case "name":
            people.call_me(turn, command.rest if command.intent == "name" else words)
        case "dish":
            said = read_command(words, context="reply", kinds=turn.kinds, lang=turn.lang)
            thing = said.thing or words.strip()
            do(turn, replace(restored(post.body["wish"]), thing=thing, portions=said.portions, typed=True))
        case _:
            return False
    return True
