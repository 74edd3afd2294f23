"""Rights: what is kept about me, what of it is wrong, and 忘记我. Asked privately, by anybody, about themselves."""

from __future__ import annotations

from dataclasses import dataclass

from core.posts import Body
from core.reading import read_command
from core.reading.parts import right_name
from core.talk import people
from core.talk.passing import outright
from core.talk.wishes import Wish
from core.turn import Turn


@dataclass(frozen=True, slots=True)
class MyData(Body):
    """`file`: all of it follows as one; else it stands here whole."""

    file: bool = False


def my_data(turn: Turn, _wish: Wish, _words: str) -> bool:
    """我的资料."""
    if not turn.chat.private:
        return False
    if turn.can.files:
        turn.privately("my_data_file")
    turn.privately("my_data", body=MyData(file=turn.can.files))
    return True


def consented(turn: Turn, _wish: Wish, _words: str) -> bool:
    """收回同意, 我同意过什么: what they agreed to, each with a press that takes it back."""
    if not turn.chat.private:
        return False
    turn.privately("consents")
    return True


def forget_me(turn: Turn, _wish: Wish, _words: str) -> bool:
    """忘记我: what would happen is named first."""
    if not turn.chat.private:
        return False
    turn.privately("forget_me")
    return True


def correct(turn: Turn, _wish: Wish, words: str) -> bool:
    """更正 ...: one's own name at once; anything else goes to who can put it right."""
    if not turn.chat.private or not words.strip():
        return False
    command = read_command(words, context="private", kinds=turn.kinds, lang=turn.lang)
    if command.intent == "name":
        people.call_me(turn, command.rest)
    else:
        outright(turn, words)
    return True


def misnamed(turn: Turn, _wish: Wish, words: str) -> bool:
    """我的名字写错了, with the right one behind it or without: then it is said how it is put right."""
    if not turn.chat.private:
        return False
    if (right := right_name(words)) is not None:
        people.call_me(turn, right)
    else:
        turn.tell("my_data.misnamed")
    return True
