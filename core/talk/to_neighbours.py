"""我来 in answer to a neighbour who needs soy sauce: it is no promise, and whoever may have meant one is asked."""

from __future__ import annotations

from core import posts
from core.messages import Said
from core.posts import OPEN
from core.reading import Command, read_command
from core.reading.parts import calls_for_people, is_order, plain, speaks_of_else
from core.talk.asking import Ask
from core.talk.choosing import joinable
from core.talk.hesitating import ask_whether_to_join, ask_whether_to_leave, possible
from core.talk.titled import stands_in
from core.talk.wishes import wish
from core.turn import Turn

TO_NEIGHBOUR = "ask.to_neighbour"


def to_neighbour(turn: Turn, said: Said, command: Command) -> bool:
    """Whether words in a group that join or leave answer what a neighbour said of something else. Nothing is done then;
    who can join something, or has promised something, is asked.
    """
    if turn.chat.private or command.intent not in ("join", "leave") or not said.answers:
        return False
    if command.ref is not None or command.kind or is_order(said.text) or of_ours(turn, said.answers):
        return False
    wanted = wish(command, words=said.text)
    if command.intent == "join":
        fits = joinable(turn, [turn.member.id] if wanted.myself else [], more=False)
        if any(fits(on) for on in possible(turn, wanted)) and not asked_already(turn, TO_NEIGHBOUR):
            ask_whether_to_join(turn, wanted, TO_NEIGHBOUR)
    elif mine := [on for on in possible(turn, wanted) if on.of(turn.member.id)]:
        ask_whether_to_leave(turn, wanted, mine, "ask.staying_neighbour")
    return True


def asked_already(turn: Turn, key: str) -> bool:
    """Whether the same question waits for the speaker: neighbours talk to and fro."""
    asked = posts.standing(turn.session, turn.here.id, 0, "ask")
    return any(each.member_id == turn.member.id and Ask.of(each).key == key for each in asked if each.state == OPEN)


def of_ours(turn: Turn, words: str) -> bool:
    """Whether a neighbour's words may be about what is organised here: they call for people, name a kind of activity,
    one that stands or its place, or say to the bot themselves what they want.
    """
    if speaks_of_else(words):
        return False
    if calls_for_people(words) or turn.kinds.of(plain(words).text) is not None:
        return True
    if any(stands_in(row, words) or (row.place and row.place in words) for row in turn.posted()):
        return True
    return read_command(words, context="group", kinds=turn.kinds, lang=turn.lang).intent is not None
