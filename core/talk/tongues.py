"""The language in which somebody is spoken to: the one they chose, else the one they write."""

from __future__ import annotations

from core.reading.parts import HAN
from core.said.tongues import written_in
from core.tongues import CHOSEN, ONCE, WRITTEN
from core.turn import Turn


def speak(turn: Turn, lang: str) -> None:
    """说英文, 说中文: from now on this person is spoken to so; a group's language stays the group's."""
    turn.member.lang, turn.member.lang_by = lang, CHOSEN
    turn.session.add(turn.member)
    turn.tell("language.now")


def notice(turn: Turn, words: str) -> None:
    """Whoever writes in a language, and chose none, is answered in it.

    English in a group may be for a guest, and one English sentence of who writes or is called in Chinese may be for
    others' eyes, a posting: only the second in a row counts.
    """
    who, lang = turn.member, written_in(words)
    if lang is None or who.lang_by == CHOSEN or (lang == "en" and not turn.chat.private):
        return
    if lang == turn.lang:
        if who.lang_by == ONCE or (who.lang_by == "" and not HAN.search(who.name)):
            note(turn, who.lang or lang, WRITTEN)
    elif lang == "en" and who.lang_by != ONCE and (who.lang_by == WRITTEN or HAN.search(who.name)):
        note(turn, who.lang, ONCE)
    else:
        note(turn, lang, WRITTEN)


def note(turn: Turn, lang: str | None, by: str) -> None:
    turn.member.lang, turn.member.lang_by = lang, by
    turn.session.add(turn.member)
