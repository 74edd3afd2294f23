"""Words: a label typed, an answer to a question, a command, or talk that is not for the bot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from core import posts
from core.deeds.arriving import hello
from core.members import members
from core.messages import Attached, Said
from core.posts import Post, Typed
from core.reading import NOTHING, Command, Context, read_command
from core.reading.parts import clause, same, spelt
from core.rules import Refusal
from core.said.alarms import alarming
from core.said.calling import calls, uncalled
from core.said.courtesies import courtesy
from core.said.lateness import lateness
from core.said.sentences import arrival, says_only, today_in
from core.said.yes_or_no import agrees, refuses
from core.talk import cut_off, linking, minuting, people, plaints, rounds, tongues
from core.talk.answering import answer
from core.talk.attending import over
from core.talk.away import absent
from core.talk.breaks import on_break
from core.talk.chaining import taken
from core.talk.choosing import of_week
from core.talk.deciding import do
from core.talk.hesitating import proposed
from core.talk.late import comes_late
from core.talk.merging import ask_same
from core.talk.passing import alarm, handed_on, is_order, puzzle
from core.talk.pressing import carry_out, pressed
from core.talk.records import of_hours
from core.talk.roll import called_out
from core.talk.starting import started
from core.talk.titled import titled
from core.talk.to_neighbours import to_neighbour
from core.talk.together import do_each, each_number, together
from core.talk.wishes import Wish, wish
from core.turn import Meant, Turn

LABELS = frozenset(
    {
        "undo",
        "accept",
        "decline",
        "stand_in",
        "confirm",
        "back",
        "publish",
        "change",
        "discard",
        "more",
        "pass_on",
        "reply",
        "skip_week",
        "need_help",
        "agree",
        "keep",
    }
    | {"yes", "no", "ours", "not_ours"}
)
"""Intents that name a label and nothing else: they mean something only where a message offers it."""
ALWAYS = frozenset({"help", "mine", "list"})
"""Words that keep their meaning even when an answer is waited for."""
CALLED = {"join": "maybe", "leave": "regret"}
"""What @李阿姨 报名 comes to: it may be said to her or of her. What is said to a coordinator is about the speaker."""
HESITATING = frozenset({"regret", "undecided", "correct"})
"""What ordinary sentences may come to: in answer to a question they are the answer."""


NOTHING_ELSE = Typed()
COUNTED = re.compile(r"\s*[-+＋－➕➖−—]")
"""+1 and -1 say who comes: they are not the number 1 of what may be pressed."""
LONGEST, MOST_LINES = 6_000, 250
"""Letters and lines of one message that are read: a chain of 150 neighbours with a note each has fewer. Reading and
writing down more would let everybody else wait."""
BEGINNING = 200
"""Letters of a longer message from which it is seen whether it begins with a word of the bot's."""


def hear(turn: Turn, said: Said, meant: int = 0) -> None:
    """Understand words said (about the activity `meant`, unless they answer another), or leave them alone."""
    turn.mentions, turn.attached = said.mentions, said.attached
    tongues.notice(turn, said.text)
    if (said.attached is not None and shown(turn, said, said.attached)) or started(turn, said.text):
        return
    answered = turn.answered = replied_to(turn, said.reply_to)
    about = meant_by(turn, answered) or meant
    if len(said.text) > LONGEST or said.text.count("\n") >= MOST_LINES:
        if turn.chat.private or about or spelt(clause(said.text[:BEGINNING]).strip().text, turn.kinds.verbs):
            turn.refuse(Refusal("too_long"))
        return
    if (answered is not None and hands_on(turn, answered, said.text)) or not_theirs(turn, said):
        return
    offering = answered or (posts.newest(turn.session, turn.here.id, turn.chat.id) if turn.chat.private else None)
    if linking.hears(turn, said.text) or taken(turn, said.text, about) or each_number(turn, said.text):
        return
    several = together(turn, said.text, about)
    if (several and not not_yet(turn, said.text) and do_each(turn, several)) or any(
        feature.hears is not None and feature.hears(turn, about, said.text) for feature in turn.here.features.values()
    ):
        return
    command = understand(turn, said.text, about)
    turn.meant = Meant.SURELY if turn.chat.private or surely(command, said.text, about) else Meant.PERHAPS
    if to_neighbour(turn, said, command) or (offering is not None and offered(turn, offering, said, command)):
        return
    to_bot = turn.chat.private or bool(about) or said.called or calls(said.text)
    cried = to_bot and cries_for_help(turn, said.text, command)
    if cried and command.intent not in STILL_DONE:
        return
    if not cried and duty_said(turn, said.text, command, about):
        return
    if to_bot and command.intent in MAY_BE_ASKED and answer(turn, uncalled(said.text), about):
        return
    if waited_for(turn, said.text, command, answered) or do_each(turn, several):
        return
    if turn.chat.private and no_wish(turn, said.text, command, cried=cried):
        return
    if command.intent in LABELS:
        label_alone(turn, said.text, command.intent)
        return
    if not cried and late(turn, said.text, command, about):
        return
    if command.intent is None and turn.chat.private and (over(turn, said.text) or arrived(turn, said.text)):
        return
    wanted = wish(command, about, "" if cried else said.text)
    done = command.intent is not None and do(turn, of_week(turn, wanted, answered), command.rest)
    ask_same(turn)
    if not done and turn.chat.private:
        small_talk(turn, said.text)


def duty_said(turn: Turn, words: str, command: Command, about: int) -> bool:
    """Whether it was about duty, in sentences that no command is: a break, away, who was there."""
    return any(hears(turn, words, command, about) for hears in (on_break, absent, called_out))


def no_wish(turn: Turn, words: str, command: Command, *, cried: bool) -> bool:
    """Whether private words that answer nothing are no wish: about hours (时间不对 under a draft is about the draft),
    cut off in the middle, or a sigh.
    """
    if not cried and of_hours(turn, words, command):
        return True
    return cut_off.asked(turn, words) or plaints.answer(turn, words, command)


def shown(turn: Turn, said: Said, thing: Attached) -> bool:
    """Answer a picture, a voice message, a file. False: the words under it say what is meant."""
    answered = replied_to(turn, said.reply_to)
    ordered = bool(said.text.strip()) and not no_order(turn, said.text, answered)
    if not ordered and minuting.pictured(turn, said.text, thing, answered):
        return True
    if (not said.text.strip() or thing.what == "file") and belongs(turn, thing, answered):
        return True
    if not turn.chat.private:
        return not said.text.strip()
    if rounds.pictured(turn, said.text, thing.what):
        return True
    if ordered:
        return False
    puzzle(turn, said.text, f"private.{thing.what}", thing.what)
    return True


def no_order(turn: Turn, words: str, answered: Post | None) -> bool:
    """Whether the words under something are no cry for help and ask for nothing. Those in a group are not asked."""
    if not turn.chat.private:
        return False
    return not alarming(words) and understand(turn, words, meant_by(turn, answered)).intent is None


def belongs(turn: Turn, thing: Attached, answered: Post | None) -> bool:
    """Whether what came without words belongs to what one of the features keeps."""
    return any(
        feature.shows is not None and feature.shows(turn, thing, answered) for feature in turn.here.features.values()
    )


def hands_on(turn: Turn, answered: Post, words: str) -> bool:
    """Whether these words answer something that was passed on; orders to the bot are orders there too."""
    kind = turn.here.posts.get(answered.kind)
    if kind is None or kind.answered is None or is_order(understand(turn, words, 0)):
        return False
    return kind.answered(turn, answered, words)


def not_theirs(turn: Turn, said: Said) -> bool:
    """Whether these are somebody else's words, and no order to the bot by that."""
    return said.forwarded and handed_on(turn, said.text, understand(turn, said.text, 0))


def cries_for_help(turn: Turn, words: str, command: Command) -> bool:
    """Whether somebody is in danger by what was said to the bot: it is passed on, and answered with whom to ring up."""
    if is_order(command) or not alarming(words):
        return False
    turn.meant = Meant.SURELY
    alarm(turn, words)
    return True


MAY_BE_ASKED = frozenset({None, "list", "roster", "regret", "undecided", "maybe", "mine", "whom"})
"""What a plain question may look like to who reads commands."""
STILL_DONE = frozenset({"leave", "here", "done", "on_the_way"})
"""What is done though somebody cried for help in the same words: a promise they cannot keep."""


def late(turn: Turn, words: str, command: Command, about: int) -> bool:
    """Whether these words say that the speaker comes late, and it was handed on."""
    if command.intent not in MAY_BE_LATE or command.who or (how := lateness(words)) is None:
        return False
    if command.intent is None and not (turn.chat.private or about):
        return False
    return comes_late(turn, wish(command, about), words, how)


MAY_BE_LATE = frozenset({None, "on_the_way", "undecided", "regret"})


def arrived(turn: Turn, words: str) -> bool:
    """老孙头到了: somebody whose name looks like none, called just as the roster calls them."""
    who = arrival(words)
    if who is None or not any(same(m.name, who.name) for m in members(turn.session, turn.here.id)):
        return False
    return do(turn, Wish("done" if who.done else "here", names=(who.name,), myself=False))


def label_alone(turn: Turn, words: str, intent: str) -> None:
    """A label typed where no message offers it: some kind of post may know which one is meant."""
    for kind in turn.here.posts.values():
        if intent in kind.labels and kind.labels[intent](turn, intent):
            return
    if not turn.chat.private:
        return
    if courtesy(words) == "heard":
        turn.mark()  # 好的 under something that asks nothing
    else:
        turn.refuse(Refusal("nothing_offered"))


def surely(command: Command, words: str, answered: int) -> bool:
    """Whether words in a group are meant for the bot: in answer to its roster, or nothing but a word of its own.

    People say 我到了 and how do I leave to one another as well.
    """
    if answered:
        return command.intent != "leave" or command.sure
    if command.intent in ("here", "done", "on_the_way", "help"):
        return command.sure and says_only(plain(words))
    return command.sure


def small_talk(turn: Turn, words: str) -> None:
    """Private words that ask nothing: a greeting is returned, thanks are taken; 巡逻 alone is shown the patrol, or
    is the beginning of a posting.
    """
    match courtesy(words):
        case "greeting" if turn.waited:
            hello(turn.session, turn.account, turn.member, turn.now, turn.waited[0])
        case "greeting":
            turn.tell("private.hello")
        case "thanks":
            turn.tell("private.welcome")
        case "heard":
            turn.mark()
        case _ if (kind := turn.kinds.just(words)) is not None:
            none = not any(row.kind == kind.name for row in turn.posted())
            post = turn.may("arrange") and none and kind.name in turn.here.may_post
            do(turn, Wish("post" if post else "roster", kind=kind.name))
        case _ if not proposed(turn, words) and not minuting.follows(turn, words):
            puzzle(turn, words)


def understand(turn: Turn, words: str, about: int) -> Command:
    context: Context = "reply" if about else "private" if turn.chat.private else "group"
    numbers = [row.number for row in turn.posted() if row.number is not None]
    if not about and (by_title := of_title(turn, words, context, numbers)) is not None:
        return by_title
    command = read_command(words, context=context, kinds=turn.kinds, open=numbers, lang=turn.lang)
    verb = turn.here.verbs.get(command.intent or "")
    if verb is not None and verb.meant is not None and not verb.meant(turn, command.rest):
        command = read_command(words, context=context, kinds=turn.kinds.unverbed, open=numbers, lang=turn.lang)
    if command.to and not people.coordinates(turn, command.to):
        return replace(command, intent=CALLED.get(command.intent or ""), sure=False)
    if context == "group" and command.intent == "leave" and not command.day:
        return replace(command, day=today_in(words))  # 今天去不了，下雨 is not about Saturday
    return command


def of_title(turn: Turn, words: str, context: Context, numbers: Collection[int]) -> Command | None:
    """A command about an activity that is called by its title; the title alone, privately, asks for its roster."""
    found = titled(turn, words)
    if found is None or found.occurrence.number is None:
        return None
    if not found.rest:
        return Command("roster", ref=found.occurrence.number) if context == "private" else None
    command = read_command(found.rest, context=context, kinds=turn.kinds, open=numbers, lang=turn.lang)
    if command.intent not in OF_AN_ACTIVITY or command.ref is not None or not (command.sure or context == "private"):
        return None
    return replace(command, ref=found.occurrence.number)


OF_AN_ACTIVITY = frozenset({"join", "leave", "here", "done", "on_the_way", "maybe", "roster", "chain"})


def replied_to(turn: Turn, message: str | None) -> Post | None:
    return None if message is None else posts.copied(turn.session, turn.here.id, turn.chat.id, message)


def meant_by(turn: Turn, post: Post | None) -> int:
    """The occurrence that an answer to this post means, 0 for none."""
    kind = turn.here.posts.get(post.kind) if post is not None else None
    return post.occurrence_id if post is not None and kind is not None and kind.means_activity else 0


def plain(words: str) -> str:
    """Words without sign, case, white space and punctuation: how a label is recognised when typed."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def offered(turn: Turn, offering: Post, said: Said, command: Command) -> bool:
    """A label typed of the message answered, or of the last; or of the one above it, where the last asks nothing."""
    if typed_label(turn, offering, said.text, command):
        return True
    waits = still_waited_for(turn) if offering.kind in ASIDE and said.reply_to is None else None
    return waits is not None and waits.state == posts.OPEN and typed_label(turn, waits, said.text, command)


def typed_label(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """A label, its sign or its number typed instead of pressed, where the message answered (or the last) offers it."""
    kind = turn.here.posts.get(post.kind)
    means = kind.means if kind is not None else {}
    bare, counted = plain(words), bool(COUNTED.match(words))
    asked = turn.chat.private and post.state == posts.OPEN
    confirms = any(action == "confirm" for action, *_ in post.actions)
    for action, sign, label in post.actions:
        press = pressed(post, action)
        verb = press.verb
        if verb in ("join", "leave"):
            continue  # these are words of their own
        signs = () if counted else (plain(sign),)
        also, intents, yes, no = means.get(verb, NOTHING_ELSE)
        no = no or (verb == "back" and confirms)
        hit = bare in (plain(label), *signs, *also) if bare else words.strip() == sign
        said = command.intent in (intents or ({verb} & LABELS))
        answer = asked and ((no and refuses(words)) or (yes and agrees(words)))
        if hit or (said and not command.rest) or answer:
            turn.meant = Meant.SURELY
            carry_out(turn, press)
            return True
    return False


ASIDE = frozenset({"puzzle", "answered", "say", "mine", "open"})
"""Kinds of posts that ask nothing: a draft or a question above them is still waited for."""
STILL_ASKED = timedelta(minutes=30)


def still_waited_for(turn: Turn) -> Post | None:
    """What was put last into this private chat, or stands above what asks nothing."""
    return posts.newest_besides(turn.session, turn.here.id, turn.chat.id, ASIDE, turn.now - STILL_ASKED)


def not_yet(turn: Turn, words: str) -> bool:
    """Whether something else is heard in these words first: danger, or an answer to what was asked privately."""
    post = still_waited_for(turn) if turn.chat.private else None
    asked = post is not None and post.state == posts.OPEN and post.kind == "ask" and bool(post.body.get("options"))
    return asked or alarming(words)


def waited_for(turn: Turn, words: str, command: Command, answered: Post | None) -> bool:
    """The next private words after something that words may answer, or words in answer to it: its kind says what they
    mean to it.
    """
    if not turn.chat.private or command.intent in ALWAYS:
        return False
    heard = answered is not None and answered.kind in turn.here.posts and turn.here.posts[answered.kind].hears
    post = answered if heard else still_waited_for(turn)
    if post is None or (post.state != posts.OPEN and not heard) or post.body.get("gone"):
        return False
    kind = turn.here.posts.get(post.kind)
    if kind is None or kind.hears is None:
        return False
    return kind.hears(turn, post, words, NOTHING if command.intent in HESITATING else command)
