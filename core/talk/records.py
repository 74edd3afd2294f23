"""Hours asked for: 记录 MONTH and 证明 NAME from coordinators, and 少记了 from who finds some missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import col, select

from core import posts
from core.activities import CLOSED, OPEN, Occurrence
from core.claims import roster_of
from core.deeds import granting, passing
from core.members import Member
from core.news import Passed
from core.posts import OFFER, Body, Post
from core.reading import Command
from core.reading.parts import read_days
from core.rules import Refusal
from core.said.records import Asked, asked
from core.talk import people
from core.talk.passing import LONGEST
from core.turn import Turn
from core.words.clean import storable

LOOKED_BACK = timedelta(days=60)
"""So long ago something may be meant of which hours are missing."""
MAY_BE = frozenset({None, "here", "done", "join", "regret", "undecided", "maybe"})
"""What words about missing hours may look like to who reads commands: 少记了，上周二我也来了."""


@dataclass(frozen=True, slots=True)
class Summary(Body):
    """The record of some days (ISO), or one person's certificate of a year."""

    first: str = ""
    last: str = ""
    whose: int = 0
    year: int = 0
    files: bool = False  # they follow; else it is said how to get them
    form: str = ""  # of the file that this is: csv, xlsx or html


@dataclass(frozen=True, slots=True)
class Correction(Passed):
    """What somebody says is missing; of which activity it seems to be, and how many minutes more (or `in_all`)."""

    occurrence: int = 0
    minutes: int = 0
    in_all: bool = False
    granted: int = 0
    by: int = 0


def of_hours(turn: Turn, words: str, command: Command) -> bool:
    """Whether these private words ask something of hours, and it was answered. In a group nobody's hours are told."""
    if not turn.chat.private or command.intent not in MAY_BE:
        return False
    said = asked(words, base=turn.local, lang=turn.lang)
    if said is None or (said.what != "missing" and command.intent is not None):
        return False
    if said.what == "record":
        record(turn, said)
    elif said.what == "certificate":
        return certificate(turn, said)
    else:
        missing(turn, said, words)
    return True


def record(turn: Turn, said: Asked) -> None:
    """记录 12月."""
    if not turn.may("records"):
        turn.refuse(Refusal("coordinators_only"))
    elif said.first and said.last:
        summed(turn, Summary(first=said.first.isoformat(), last=said.last.isoformat()), "xlsx", "csv")


def certificate(turn: Turn, said: Asked) -> bool:
    """证明 王伯; without a name, or with theirs, one's own. False: nobody is called so."""
    whose = turn.member.id
    if said.who not in ("", turn.member.name):
        found = people.find(turn, said.who)
        if found is None:
            return False
        if not turn.may("records"):
            turn.refuse(Refusal("coordinators_only"))
            return True
        if not isinstance(found, Member):
            turn.tell("record.which", name=said.who)
            return True
        whose = found.id
    summed(turn, Summary(whose=whose, year=said.year or turn.local.year), "html")
    return True


def summed(turn: Turn, body: Summary, *forms: str) -> None:
    """In words, and as files where the speaker's network carries them."""
    turn.privately("record", body=replace(body, files=turn.can.files))
    for form in forms if turn.can.files else ():
        turn.privately("record_file", claim_id=FORMS.index(form) + 1, body=replace(body, form=form))


FORMS = ("csv", "xlsx", "html")


# ------------------------------------------------------------ missing


def missing(turn: Turn, said: Asked, words: str) -> None:
    """少记了2小时: a coordinator reads it, with what it seems to be about, and accepts or answers."""
    o = about(turn, words)
    minutes = said.spent // timedelta(minutes=1) if said.spent else 0
    body = Correction(
        key="missing",
        words=storable(words[:LONGEST]),
        whose=turn.member.id,
        occurrence=o.id if o is not None else 0,
        minutes=minutes,
        in_all=said.in_all,
    )
    whom = passing.coordinators_of(turn.work)
    occasion = turn.work.once()
    for id in whom:
        turn.work.owe("missing", member_id=id, occasion=occasion, body=body, urgency=OFFER, fresh=True)
    turn.tell("record.asked" if whom else "passed.nobody")


def about(turn: Turn, words: str) -> Occurrence | None:
    """The activity that seems to be meant: of the day that was said, else the last that they promised."""
    days = read_days(words, base=turn.local, lang=turn.lang)
    rows = turn.session.exec(
        select(Occurrence)
        .where(
            Occurrence.community_id == turn.here.id,
            col(Occurrence.state).in_((OPEN, CLOSED)),
            col(Occurrence.starts_at) > turn.now - LOOKED_BACK,
            col(Occurrence.starts_at) <= turn.now,
        )
        .order_by(col(Occurrence.starts_at).desc())
    ).all()
    if days is not None and days.days:
        weekdays = {day.weekday() for day in days.days}  # 周二, said on a Wednesday, is the Tuesday that was
        on_day = [o for o in rows if o.starts_at and o.starts_at.astimezone(turn.here.tz).date() in days.days]
        rows = on_day or [o for o in rows if o.starts_at and o.starts_at.astimezone(turn.here.tz).weekday() in weekdays]
    mine = [o for o in rows if roster_of(turn.session, o).of(turn.member.id)]
    return next(iter(mine), None) or (next(iter(rows), None) if days is not None else None)


def accept(turn: Turn, post: Post) -> None:
    """接受: the hours are kept, and who asked is told."""
    body = Correction.of(post)
    o = turn.session.get(Occurrence, (turn.here.id, body.occurrence)) if body.occurrence else None
    if o is None or body.granted or body.answers:
        turn.refuse(Refusal("nothing_to_undo"))
        return
    more = timedelta(minutes=body.minutes) if body.minutes else None
    came = granting.grant(turn.work, o, body.whose, more, in_all=body.in_all)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    minutes = max(1, came // timedelta(minutes=1))
    done = replace(body, granted=minutes, by=turn.member.id)
    for same in cards(turn, post):
        posts.settle(turn.session, same, turn.now, done)
    turn.seen_done("record.granted")
    turn.privately("missing_told", member_id=body.whose, urgency=OFFER, body=done)


def cards(turn: Turn, post: Post) -> list[Post]:
    """The same, as other coordinators have it."""
    rows = turn.session.exec(
        select(Post).where(Post.community_id == turn.here.id, Post.kind == post.kind, Post.occasion == post.occasion)
    ).all()
    return list(rows)


def explain(turn: Turn, post: Post, words: str) -> bool:
    """The coordinator's words in answer: why not, or how it is."""
    body = Correction.of(post)
    who = turn.session.get_one(Member, (turn.here.id, body.whose))
    said = Passed(key="answer", words=storable(words[:LONGEST]), whose=turn.member.id, question=body.words)
    turn.work.owe("passed", urgency=OFFER, member_id=body.whose, occasion=turn.work.once(), body=said, fresh=True)
    for same in cards(turn, post):
        theirs = Correction.of(same)
        posts.settle(
            turn.session, same, turn.now, replace(theirs, answers=(*theirs.answers, (turn.member.id, said.words)))
        )
    turn.tell("passed.sent" if passing.reachable(turn.work, body.whose) else "passed.unsent", who=who.name)
    return True
