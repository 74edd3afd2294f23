"""Minutes written down, a round made for those who were not there, and whom nothing of the month has reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlmodel import col, select

from core.activities import CANCELLED, Occurrence, Slot
from core.book import meetings
from core.claims import FINISHED, Claim, Roster, roster_of
from core.deeds import minuting as deeds
from core.deeds import posting as posting_deeds
from core.elders import elder
from core.excused import carried_to
from core.manners import wall
from core.members import member
from core.news import WrittenDown
from core.posts import Post
from core.reading import read_post
from core.reading.parts import Wanted
from core.said.visits import read_excused
from core.talk import excusing, minuting
from core.talk.choosing import row_of
from core.talk.drafting import lay_out, show
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_text

BACK = timedelta(days=40)
"""A meeting so long ago may be meant without its number."""
DAYS = timedelta(days=6)
"""A round that is made of a meeting goes from tomorrow over so many days more, unless others are said."""


def meeting(turn: Turn, wish: Wish) -> Roster | None:
    """The meeting of that number or whose message was answered; else the last that has begun, else the next."""
    session = turn.session
    if (row := row_of(turn, wish)) is not None:
        return roster_of(session, row) if turn.kind(row).attends else None
    found = [o for o in meetings(session, turn.here.id, turn.now - BACK) if o.starts_at is not None]
    begun = [o for o in found if o.starts_at is not None and o.starts_at <= turn.now]
    meant = begun[-1:] or found[:1]
    return roster_of(session, meant[0]) if meant else None


# ------------------------------------------------------------ minutes


def minutes(turn: Turn, wish: Wish, words: str) -> None:
    """会议记录 TEXT: written down; more may follow within the hour. Without words: what there is."""
    on = meeting(turn, wish)
    if on is None or on.occurrence.state == CANCELLED:
        turn.tell("meeting.none")
        return
    said = tidy_text(words, minuting.LONGEST)
    ids = (deeds.write_down(turn.work, on.occurrence, said),) if said else ()
    body = WrittenDown(ids=ids, group=0 if turn.chat.private else turn.chat.id)
    if turn.attached is not None and turn.attached.what == "picture":
        body = minuting.take(turn, on.occurrence, turn.attached, body)
    turn.privately("meeting.kept", occurrence_id=on.occurrence.id, body=body)


# ------------------------------------------------------------ pictures


def show_pictures(turn: Turn, wish: Wish, _rest: str) -> None:
    """会议照片: to who was invited, or was there."""
    on = meeting(turn, wish)
    me = turn.member.id
    if (
        on is None
        or not (turn.coordinates or me in on.invited or on.of(me))
        or not turn.hears_privately
        or not minuting.show(turn, on.occurrence.id)
    ):
        turn.tell("meeting.no_pictures")


def release_pictures(turn: Turn, wish: Wish, _rest: str) -> None:
    """会议照片可以公开."""
    told_of(turn, wish, released=True)


def withhold_pictures(turn: Turn, wish: Wish, _rest: str) -> None:
    """会议照片不公开."""
    told_of(turn, wish, released=False)


def told_of(turn: Turn, wish: Wish, *, released: bool) -> None:
    on = meeting(turn, wish)
    if on is None:
        turn.tell("meeting.none")
    else:
        minuting.release(turn, on.occurrence.id, released=released)


# ------------------------------------------------------------ carried to the doors


def hears(turn: Turn, about: int, words: str) -> bool:
    """Whether words say 请假, or ask for a round to those who did where a meeting was held; and it was done."""
    if turn.chat.private and turn.coordinates and read_excused(words):
        on = meeting(turn, Wish("carry_round"))
        if on is not None and on.occurrence.starts_at is not None and on.occurrence.starts_at <= turn.now:
            carry_round(turn, Wish("carry_round", occurrence=on.occurrence.id), words)
            return True
    return excusing.hears(turn, about, words)


def carry_round(turn: Turn, wish: Wish, words: str) -> None:
    """请假的送上门: the draft of a round to exactly those who were not there and have no account."""
    on = meeting(turn, wish)
    if on is None:
        turn.tell("meeting.none")
        return
    whom = carried_to(turn.work, on)
    if not whom:
        turn.tell("meeting.nobody_away")
        return
    draft(turn, [who.name for who in whom], words)


def draft(turn: Turn, names: Sequence[str], words: str) -> None:
    """A round with a household for each of these, on the days that were said."""
    name = next(kind for kind in ("study", "visit", *turn.here.may_post) if kind in turn.here.may_post)
    base, lang = turn.local, turn.lang
    kind = text(turn.here.lang, f"{name}.name")
    said = read_post(f"{kind} {words}", base=base, kinds=turn.kinds, lang=lang)
    first = base.date() + timedelta(days=1)
    if said.start is None:
        said = replace(said, start=first, end=first + DAYS, question=None)
    slots = tuple(Wanted(label=str(n), max=1, said=each) for n, each in enumerate(names, 1))
    posting = replace(said, kind=name, slots=slots, title=kind, rest="", whom=None, min=None, max=None)
    row = posting_deeds.fresh(turn.work, name)
    lay_out(turn, row, posting, words)
    show(turn, row)


# ------------------------------------------------------------ whom nothing reached


def not_heard(turn: Turn, _wish: Wish, _rest: str) -> None:
    """本月没听到的: who was invited this month and has neither come, nor read the minutes, nor been visited."""
    first = wall(turn.local.date().replace(day=1), time.min, turn.here.tz)
    invited: dict[int, None] = {}
    heard: set[int] = set()
    for o in meetings(turn.session, turn.here.id, first):
        if o.starts_at is None or o.starts_at > turn.now:
            continue
        on = roster_of(turn.session, o)
        invited |= dict.fromkeys(on.invited)
        heard |= {claim.member_id for claim in on.present()} | read_it(turn, o)
    been = visited_names(turn, first)
    names = [
        who.name
        for who in (member(turn.session, turn.here.id, id) for id in invited if id not in heard)
        if who.name not in been
    ]
    if not invited:
        turn.tell("meeting.none_this_month")
    elif not names:
        turn.tell("meeting.all_heard", n=len(invited))
    else:
        comma = text(turn.lang, "list.comma")
        turn.tell("meeting.not_heard", n=len(names), names=comma.join(names))


def read_it(turn: Turn, o: Occurrence) -> set[int]:
    """To whom the minutes of a meeting came privately."""
    rows = turn.session.exec(
        select(Post.member_id).where(
            Post.community_id == turn.here.id,
            Post.occurrence_id == o.id,
            Post.kind == "meeting.minutes",
            col(Post.shown) > 0,
        )
    ).all()
    return set(rows)


def visited_names(turn: Turn, since: datetime) -> set[str]:
    """What those are called at whose doors somebody was since then."""
    rows = turn.session.exec(
        select(Slot)
        .join(Claim, (col(Claim.community_id) == Slot.community_id) & (col(Claim.slot_id) == Slot.id))
        .join(
            Occurrence,
            (col(Occurrence.community_id) == Slot.community_id) & (col(Occurrence.id) == Slot.occurrence_id),
        )
        .where(
            Slot.community_id == turn.here.id,
            Claim.happened == FINISHED,
            col(Occurrence.kind).in_(("study", "visit")),
            col(Occurrence.starts_at) >= since,
        )
    ).all()
    found = set()
    for slot in rows:
        row = elder(turn.session, turn.here.id, slot.elder_id) if slot.elder_id else None
        found |= {slot.confided.privately(), *([row.read().name] if row is not None and not row.lost else [])}
    return found
