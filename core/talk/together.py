"""Several activities joined or left in one go: 大扫除和巡逻我都来, 两个都不来了."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.activities import Occurrence
from core.claims import Roster, roster_of, rosters_of
from core.reading import Command, Context, fitting, read_command
from core.reading.parts import read_days
from core.repeating import series_of
from core.said.sentences import several_numbers
from core.said.several import Several, one_by_one, several
from core.talk.choosing import joinable, label, option
from core.talk.deciding import do
from core.talk.wishes import Wish, wish
from core.turn import Meant, Turn


@dataclass(frozen=True, slots=True)
class Together:
    """What is said of several, and of whom; `sure`: no talk between neighbours. `beside`: something else is joined."""

    said: Several
    act: Literal["join", "leave"]
    of: Wish
    sure: bool
    beside: bool = False


def together(turn: Turn, words: str, about: int) -> list[Wish]:
    """What words wish of several activities at once; where one that was named may be another, that is left to be asked.

    None: they say no such thing, or in a group it may be talk.
    """
    if several_numbers(words) is not None:
        return []  # `each_number` has them, or the second is a place of the first: 报名 3 2
    shown = shown_there(turn)
    rows = [o for o in turn.posted() if not shown or o.id in shown]
    if len(rows) < 2 or (about and not shown):
        return []
    wishes: list[Wish] = []
    for heard in understood(turn, words, rows, answers=bool(shown)):
        able = [roster for roster in rosters_of(turn.session, rows) if fits(turn, heard)(roster)]
        found = by_name(turn, heard, rows, able) if heard.said.names else of_all(turn, heard, rows, able)
        if not (found or heard.beside) or not (heard.sure or turn.chat.private):
            return []
        wishes += found
    return sorted(wishes, key=lambda each: not each.occurrence)  # what is sure is done before anything is asked


def do_each(turn: Turn, wishes: Sequence[Wish]) -> bool:
    """Do them, one after the other. False: there are none."""
    for each in wishes:
        turn.meant = Meant.SURELY
        do(turn, each)
    return bool(wishes)


def each_number(turn: Turn, words: str) -> bool:
    """报名 1 2 is about both, where both are numbers of activities and the second is no place of the first."""
    both = several_numbers(words)
    if both is None:
        return False
    numbers = both.numbers
    rows = [turn.numbered(number) for number in numbers]
    first = rows[0]
    if first is None or not {*numbers} <= {row.number for row in turn.posted()}:
        return False
    on, kind = roster_of(turn.session, first), turn.kind(first)
    if any(kind.slots_for(on, str(number)) or kind.slots_near(on, str(number)) for number in numbers[1:]):
        return False
    for number in numbers:
        do(turn, Wish("leave" if both.leave else "join", number=number))
    return True


def shown_there(turn: Turn) -> Sequence[int]:
    """The activities that stand in the message which is answered, where it shows several."""
    post = turn.answered
    if post is None or (kind := turn.here.posts.get(post.kind)) is None or kind.activities is None:
        return ()
    return kind.activities(turn.session, post)


def understood(turn: Turn, words: str, rows: Sequence[Occurrence], *, answers: bool) -> list[Together]:
    """What the words say of several at once, or of one after the other."""
    titles = [name for o in rows for name in called(turn.kind(o).title(o, turn.lang))]
    if each := one_by_one(words, titles, turn.kinds):
        some = any(said.act == "join" for said in each)
        return [Together(said, said.act, Wish(said.act), True, some) for said in each if said.act]
    said = several(words, titles, turn.kinds)
    heard = None if said is None else at_once(turn, words, said, answers=answers)
    return [] if heard is None else [heard]


def called(title: str) -> list[str]:
    """How a title is said: whole, or by its beginning, 绿化 for 绿化巡查."""
    return [title, title[:2]] if len(title) > 3 and not title.isascii() else [title]


def at_once(turn: Turn, words: str, said: Several, *, answers: bool) -> Together | None:
    if said.act:
        near = answers or turn.chat.private or said.plainly
        return Together(said, said.act, Wish(said.act), said.plainly or answers) if near else None
    context: Context = "reply" if answers else "private" if turn.chat.private else "group"
    for sentence in said.as_one:
        command = read_command(sentence, context=context, kinds=turn.kinds, lang=turn.lang)
        if command.intent in ("join", "leave") and of_one(said, command):
            act: Literal["join", "leave"] = "join" if command.intent == "join" else "leave"
            of = replace(wish(command, 0, words if command.around else ""), kind="", day="", number=None)
            return Together(said, act, of, answers or (said.plainly and (command.sure or bool(said.names))))
    return None


def of_one(said: Several, command: Command) -> bool:
    """Whether 都 and 两个 are of activities: 我和老伴都来 and 王阿姨李阿姨两个都来 are of people."""
    return bool(said.names) or ((command.count or 1) == 1 and len(command.who) <= 1)


def fits(turn: Turn, heard: Together) -> Callable[[Roster], bool]:
    """Those that can be joined still, or were promised."""
    who = [turn.member.id] if heard.of.myself else []
    if heard.act == "join":
        return joinable(turn, who, more=not who)
    return lambda on: not who or bool(on.of(turn.member.id))


def by_name(turn: Turn, heard: Together, rows: Sequence[Occurrence], on: Sequence[Roster]) -> list[Wish]:
    """A wish for each that was named; none where some word names nothing, and all is left to who reads it otherwise.

    Who speaks of leaving in a group has promised one of them at least, and means no more than what they promised.
    """
    able = {each.occurrence.id for each in on}
    options = [option(turn, label(turn, o), o.id) for o in rows]
    found: list[Wish] = []
    for name in heard.said.names:
        ids = tuple(rows[at].id for at in fitting(name, options, base=turn.local, kinds=turn.kinds, lang=turn.lang))
        kind = turn.kinds.of(name, asked=True)
        if (kind is None and not ids) or (kind is None and of_a_series(turn, name, rows)):
            return []
        ids = tuple(id for id in ids if id in able) or ids
        if heard.said.every:
            return [replace(heard.of, occurrence=id) for id in ids] if len(ids) > 1 and able.issuperset(ids) else []
        if heard.beside and heard.act == "join" and len(ids) == 1 and promised(turn, ids[0]):
            continue
        if heard.act == "leave" and (heard.beside or not turn.chat.private) and not able.intersection(ids):
            continue
        if len(ids) == 1:
            found.append(replace(heard.of, occurrence=ids[0]))
        else:
            found.append(replace(heard.of, among=ids, kind=kind.name if kind is not None and not ids else ""))
    return list(dict.fromkeys(found))


def of_a_series(turn: Turn, name: str, rows: Sequence[Occurrence]) -> bool:
    """Whether it may be a day of what comes again: those to come, whose rosters are not up, are joined otherwise."""
    return read_days(name, base=turn.local, lang=turn.lang) is not None and any(
        series_of(turn.session, o) is not None for o in rows
    )


def promised(turn: Turn, occurrence_id: int) -> bool:
    """Whether the speaker is on it already."""
    row = turn.session.get(Occurrence, (turn.here.id, occurrence_id))
    return row is not None and bool(roster_of(turn.session, row).of(turn.member.id))


def of_all(turn: Turn, heard: Together, rows: Sequence[Occurrence], on: Sequence[Roster]) -> list[Wish]:
    """A wish for each that can be meant by 都; where another number of them was said, which are meant is asked."""
    if heard.said.but:
        options = [option(turn, label(turn, o), o.id) for o in rows]
        read = [fitting(name, options, base=turn.local, kinds=turn.kinds, lang=turn.lang) for name in heard.said.but]
        out = {rows[at].id for places in read for at in places}
        left = [each.occurrence.id for each in on if each.occurrence.id not in out]
        return [replace(heard.of, occurrence=id) for id in left] if out else []
    if len(on) < 2:
        return []
    if heard.said.many in (0, len(on)):
        return [replace(heard.of, occurrence=each.occurrence.id) for each in on]
    return [replace(heard.of, among=tuple(each.occurrence.id for each in on))]
