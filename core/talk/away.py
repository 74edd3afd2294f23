"""Going away for a while, and being back: 我不在 12月1日到12月20日, 我下个月去女儿家, 我回来了."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from core import when
from core.away import Away, of_member, promised
from core.claims import roster_of
from core.deeds import absence as deeds
from core.deeds import withdrawing
from core.members import member
from core.posts import Post, Undoable, settle, touch
from core.reading import Command
from core.rules import Refusal
from core.said.absence import CAN_AGAIN, Absence, absence, days_of
from core.talk import people
from core.talk.deciding import do
from core.talk.joining import join
from core.talk.saying import say_back
from core.talk.swapping import where_sought
from core.talk.wishes import Wish, wish
from core.turn import Meant, Turn
from core.words import text

_ME = re.compile(r"我|阿拉|本人|\bi\b")
NOT_ASKED = frozenset({None, "regret", "undecided", "maybe", "leave", "on_the_way"})
"""What words about being away may look like to who reads commands."""


@dataclass(frozen=True, slots=True)
class Gone(Undoable):
    """Somebody is away: the row, what they had promised in that time (an activity each), how much was paused, and who
    said it, where it was somebody else.
    """

    row: int = 0
    promises: tuple[int, ...] = ()
    paused: int = 0
    by: int = 0


def absent(turn: Turn, words: str, command: Command, about: int) -> bool:
    """Whether these words say that somebody goes away, or is back, and it was kept."""
    if command.intent not in (*NOT_ASKED, "here") and not command.who:
        return False
    said = absence(words, base=turn.local, lang=turn.lang)
    if said is None:
        return False
    if said.what == "back" and said.who:
        return turn.chat.private and back_again(turn, said)
    if said.what == "back" and command.intent in (*NOT_ASKED, "here"):
        return back(turn, stays=False) or comes_after_all(turn, words)
    if command.intent not in NOT_ASKED:
        return False
    if said.what == "stays":
        return back(turn, stays=True)
    if not turn.chat.private and not outright(turn, said, words, command):
        return False
    if about and said.days < 2:
        return False
    whose = of_whom(turn, said)
    if whose is None or said.first is None:
        return False
    if command.intent == "leave" and not said.who:
        do(turn, wish(command, about, words))  # 8号的巡逻来不了，12月我都不在
    begin(turn, whose, said.first, said.last)
    return True


def outright(turn: Turn, said: Absence, words: str, command: Command) -> bool:
    """Whether it was said for the bot in a group, where neighbours tell one another where they go: of oneself, with the
    days, and by somebody to whom it can be said back.
    """
    plainly = "不在" in words or "away" in words.lower()
    of_me = plainly or _ME.search(words.lower()) is not None
    long = said.days > 1 or (plainly and said.days > 0)
    return turn.hears_privately and command.intent is None and said.said and not said.who and of_me and long


def of_whom(turn: Turn, said: Absence) -> int | None:
    """The member it is said of; None for one whom the speaker cannot speak for, or whom nobody knows."""
    if not said.who:
        return turn.member.id
    found = people.find(turn, said.who)
    if isinstance(found, people.Several):
        found = next((one for one in found.people if one.proxy_id == turn.member.id), None)
    if found is None or not (turn.coordinates or found.proxy_id == turn.member.id):
        return None
    return found.id


def begin(turn: Turn, whose: int, first: date, last: date | None) -> None:
    """Keep it, and say it back with what was promised in that time."""
    turn.meant = Meant.SURELY
    came = deeds.go_away(turn.work, whose, first, last)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    row, paused = came
    turn.mark()
    if whose != turn.member.id and member(turn.session, turn.here.id, whose).proxy_id != turn.member.id:
        turn.privately("away", member_id=whose, body=gone(turn, row, len(paused), by=turn.member.id))
        turn.tell("away.told", name=member(turn.session, turn.here.id, whose).name, span=span(turn, row))
        return
    turn.privately("away", body=gone(turn, row, len(paused)))


def gone(turn: Turn, row: Away, paused: int, by: int = 0) -> Gone:
    theirs = promised(turn.session, turn.here, row.member_id, row, turn.now)
    return Gone(row=row.id, promises=tuple(o.id for o, _ in theirs), paused=paused, by=by)


def span(turn: Turn, row: Away) -> str:
    return in_words(row, turn.lang, turn.local.date())


def in_words(row: Away, lang: str, today: date) -> str:
    """'12月1日周二到12月20日周日'."""
    first = when.day_in_words(row.begins, lang, today)
    if row.ends is None:
        return text(lang, "away.from", first=first)
    last = when.day_in_words(row.ends, lang, today)
    return first if first == last else text(lang, "when.to", start=first, end=last)


def back(turn: Turn, *, stays: bool) -> bool:
    """我回来了. False where nobody knew that they were away: then it may be about something else."""
    rows = of_member(turn.session, turn.here.id, turn.member.id, turn.local.date())
    now = [row for row in rows if row.covers(turn.local.date())]
    mine = rows if stays else now
    if not mine:
        if rows:  # home again, and away once more later: that stands
            turn.privately("away", body=gone(turn, rows[0], 0))
        return bool(rows)
    turn.meant = Meant.SURELY
    seats = 0
    for row in mine:
        came = deeds.come_back(turn.work, row)
        seats += 0 if isinstance(came, Refusal) else len(came)
    turn.mark()
    turn.tell("away.stays" if stays else "away.back_regular" if seats else "away.back", n=seats)
    return True


def comes_after_all(turn: Turn, words: str) -> bool:
    """我又能来了, by whom a stand-in is sought: their place is theirs again. False where it is about nothing."""
    about = where_sought(turn, Wish("join"), turn.member.id) if CAN_AGAIN.search(words) else 0
    if about:
        turn.meant = Meant.SURELY
        join(turn, Wish("join", occurrence=about, typed=True))
    return bool(about)


def back_again(turn: Turn, said: Absence) -> bool:
    """陈伯回来了, by who may speak for him. False where nobody knew that he was away."""
    whose = of_whom(turn, said)
    rows = of_member(turn.session, turn.here.id, whose, turn.local.date()) if whose else []
    now = [row for row in rows if row.covers(turn.local.date())]
    for row in now:
        deeds.come_back(turn.work, row)
    if now:
        turn.mark()
        turn.tell("away.told_back", name=member(turn.session, turn.here.id, whose or 0).name)
    return bool(now)


def until(turn: Turn, post: Post, words: str) -> bool:
    """到20号: the answer to until when, where that was left open."""
    body = Gone.of(post)
    row = turn.session.get(Away, (turn.here.id, body.row))
    if row is None or row.over or row.last or body.undone or len(words) > 20:
        return False
    read = days_of(words, turn.local, turn.lang)
    last = None if isinstance(read, str) else read[1] or read[0]
    if last is None or last < row.begins:
        return False
    came = deeds.go_away(turn.work, row.member_id, row.begins, last)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return True
    touch(turn.session, [post], turn.now)
    turn.privately("away", body=gone(turn, came[0], len(came[1])))
    return True


def give_back(turn: Turn, post: Post, occurrence: int) -> None:
    """退出 beside one of the promises."""
    row = turn.session.get(Away, (turn.here.id, Gone.of(post).row))
    theirs = promised(turn.session, turn.here, row.member_id, row, turn.now) if row is not None else []
    o = next((o for o, _ in theirs if o.id == occurrence), None)
    if row is None or o is None:
        turn.refuse(Refusal("not_joined"))
        return
    on = roster_of(turn.session, o, lock=True)
    left = withdrawing.leave(turn.work, on, on.of(row.member_id))
    if isinstance(left, Refusal):
        turn.refuse(left)
        return
    touch(turn.session, [post], turn.now)
    if turn.pressed:
        turn.tell("away.given_back")
    else:
        say_back(turn, left, on)


def undo(turn: Turn, post: Post) -> None:
    """撤销: they are not away."""
    body = Gone.of(post)
    row = turn.session.get(Away, (turn.here.id, body.row))
    came = deeds.come_back(turn.work, row) if row is not None and not row.over else Refusal("nothing_to_undo")
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    settle(turn.session, post, turn.now, replace(body, undone=True))
    turn.seen_done("away.undone")
