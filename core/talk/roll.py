"""Who was there, in one line: 1到5号都到，3号请假; said by a coordinator, or by who is on duty with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import col, select

from core.activities import CLOSED, OPEN, Occurrence
from core.attendance import attendance_of
from core.claims import UNKNOWN, Claim, Roster, as_happened, roster_of
from core.deeds import attending as deeds
from core.deeds import undoing
from core.deeds.outcome import Moved, Outcome
from core.members import Member, member
from core.posts import Post, Undoable, settle
from core.reading import Command
from core.rules import Refusal
from core.said.roll import Roll, roll
from core.talk import people
from core.talk.asking import ask
from core.talk.choosing import label, meant
from core.talk.passing import beside
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.words import text

BACK = timedelta(days=14)
"""So long after its end something may be meant that is not named."""
MAY_BE = frozenset({None, "here", "leave", "regret", "undecided"})
"""What a roll may look like to who reads commands."""


@dataclass(frozen=True, slots=True)
class Recorded(Undoable):
    """Who was recorded as what: claims with how often each was moved, what it is now and what it was; and of those that
    were recorded otherwise before, by whom and when.
    """

    claims: tuple[tuple[int, int, str, str], ...] = ()
    before: tuple[tuple[int, int, str], ...] = ()  # claim, member, when
    excused: tuple[int, ...] = ()  # members who promised nothing, of a meeting


def called_out(turn: Turn, words: str, command: Command, about: int) -> bool:
    """Whether these words are a roll of an activity, and it was recorded (or asked of which)."""
    if command.intent not in MAY_BE:
        return False
    read = roll(words, turn.kinds)
    if read is None or not may_mean_it(turn, read, command):
        return False
    return record(turn, Wish("roll", occurrence=about, said=words), read)


def may_mean_it(turn: Turn, read: Roll, command: Command) -> bool:
    """王伯到了 at the time is 到了 for him; from a coordinator afterwards it is attendance."""
    if read.many:
        return turn.may("arrange") or all(line.what in ("present", "late") for line in read.lines) or turn.chat.private
    if command.intent == "leave" and not turn.may("arrange"):
        return False
    if not turn.may("arrange"):
        return False
    if command.intent is None and turn.chat.private:
        return True  # Tom came: no word of the bot's, which would be 到了 for him
    return not any(under_way(turn, on) and named(turn, on, read) for on in candidates(turn, read))


def carry(turn: Turn, wish: Wish, _rest: str) -> None:
    """The answer to which activity was meant."""
    read = roll(wish.said, turn.kinds)
    if read is not None:
        record(turn, wish, read)


def record(turn: Turn, wish: Wish, read: Roll) -> bool:
    """Find the activity and the people, and write it down. False: it is not about anything of ours."""
    found = of_what(turn, wish, read)
    if not found:
        return False
    if many := next((line.many for line in read.lines if line.many), 0):
        as_many = [on for on in found if len(on.taking()) == many]
        if not as_many:
            return differs(turn, found[0], many)
        found = as_many
    if len(found) > 1:
        turn.meant = Meant.SURELY
        options = [
            (label(turn, on.occurrence), Wish("roll", occurrence=on.occurrence.id, said=wish.said)) for on in found
        ]
        ask(turn, "ask.which", options[:10])
        return True
    on = found[0]
    marks = marks_of(turn, on, read)
    if isinstance(marks, str):
        if not turn.chat.private:
            return False
        turn.tell("roll.nobody", who=marks)
        return True
    write(turn, on, marks, wish.said)
    return True


def differs(turn: Turn, on: Roster, many: int) -> bool:
    """五个都来了, where four hold places: whether those four were there is asked, and how to write down one more."""
    if not (turn.chat.private or turn.may("arrange")):
        return False
    turn.meant = Meant.SURELY
    names = text(turn.lang, "list.comma").join(turn.lookup().name(claim.member_id) for claim in on.taking())
    words = text(turn.lang, "roll.typed_all")
    wish = Wish("roll", occurrence=on.occurrence.id, said=words)
    options = [(text(turn.lang, "roll.these"), wish), (text(turn.lang, "action.back"), Wish("nothing"))]
    n, number = len(on.taking()), on.occurrence.number or 0
    ask(turn, "roll.differs", options, said=many, n=n, names=names, number=number)
    return True


def write(turn: Turn, on: Roster, marks: dict[int, str], words: str) -> None:
    turn.meant = Meant.SURELY
    was = {claim.id: claim.happened for claim in on.taking() if claim.id in marks}
    known = attendance_of(turn.session, turn.here.id, [id for id, state in was.items() if state != UNKNOWN])
    earlier = tuple(
        (row.claim_id, row.by_member, row.at.isoformat())
        for row in known.values()
        if row.at is not None and row.by_member
    )
    came = deeds.record(turn.work, on, marks)
    if isinstance(came, Refusal):
        if came.code == "coordinators_only" and turn.chat.private:
            beside(turn, on, "roll", words)
            turn.tell("passed.done")
        elif turn.chat.private or turn.may("arrange"):
            turn.refuse(came)
        return
    turn.mark()
    now = {claim.id: claim.happened for claim in on.taking()}
    excused = tuple(-id for id, what in marks.items() if id < 0 and what == "excused")
    body = Recorded(
        claims=tuple(
            (each.claim, each.changes, now[each.claim], "" if each.is_new else each.happened) for each in came.moved
        ),
        excused=excused,
        before=tuple(each for each in earlier if each[0] in was and now[each[0]] != was[each[0]]),
    )
    turn.privately("roll", occurrence_id=on.occurrence.id, body=body)


# ------------------------------------------------------------ of what


def of_what(turn: Turn, wish: Wish, read: Roll) -> list[Roster]:
    """The activities that may be meant: the one named or answered; what is on now; else what was on last."""
    if wish.occurrence:
        row = turn.session.get(Occurrence, (turn.here.id, wish.occurrence))
        return [roster_of(turn.session, row, lock=True)] if row is not None else []
    if read.ref is not None:
        row = turn.numbered(read.ref)
        return [roster_of(turn.session, row, lock=True)] if row is not None else []
    possible = candidates(turn, read)
    found = [on for on in possible if named(turn, on, read)]
    now = [on for on in found if under_way(turn, on)]
    coming = all(line.what in ("excused", "absent") for line in read.lines)  # 李阿姨请假 may be about what is to come
    if now or not turn.may("arrange") or (coming and not read.day):
        return now
    if not found and (len(read.lines) > 1 or any(line.but_names or line.but_numbers for line in read.lines)):
        found = possible  # it is said who is on none of them
    if not (turn.chat.private or read.day or read.kind):
        return []
    open_ones = [on for on in found if any(claim.happened == UNKNOWN for claim in (*on.taking(), *silent(turn, on)))]
    open_ones = open_ones or found
    if read.day or not open_ones:
        return open_ones
    last = max(str(on.occurrence.starts_at) for on in open_ones)[:10]
    return [on for on in open_ones if str(on.occurrence.starts_at)[:10] == last]


def candidates(turn: Turn, read: Roll) -> list[Roster]:
    """What has begun, or is about to, and is not long over, of the kind and the day that were said; those on which the
    speaker is, unless they coordinate."""
    rows = turn.session.exec(
        select(Occurrence)
        .where(
            Occurrence.community_id == turn.here.id,
            col(Occurrence.state).in_((OPEN, CLOSED)),
            col(Occurrence.starts_at) > turn.now - BACK,
            col(Occurrence.starts_at) < turn.now + timedelta(hours=2),
        )
        .order_by(col(Occurrence.starts_at))
    ).all()
    wish = Wish("roll", kind=read.kind, day=read.day)
    here = [o for o in rows if turn.now >= o.check_in()[0] and meant(turn, wish, o)]
    rosters = [roster_of(turn.session, o, lock=True) for o in here]
    return [on for on in rosters if (on.taking() or silent(turn, on)) and (turn.coordinates or on.of(turn.member.id))]


def under_way(turn: Turn, on: Roster) -> bool:
    begins, ends = on.occurrence.check_in()
    return begins <= turn.now <= ends


# ------------------------------------------------------------ of whom


def named(turn: Turn, on: Roster, read: Roll) -> bool:
    return not isinstance(marks_of(turn, on, read), str)


def marks_of(turn: Turn, on: Roster, read: Roll) -> dict[int, str] | str:
    """What each claim is to be recorded as; or the name, or the number, that is nobody's there."""
    order = [*as_numbered(turn, on), *silent(turn, on)]
    marks: dict[int, str] = {}
    rest = ""
    for line in sorted(read.lines, key=lambda line: not line.everybody):
        if line.rest:
            rest = line.what
            continue
        but = claims_of(turn, order, line.but_numbers, line.but_names)
        heard = [claim for claim in order if claim.id > 0 or claim.member_id not in on.excused()]
        these = heard if line.everybody else claims_of(turn, order, line.numbers, line.names)
        if isinstance(but, str) or isinstance(these, str):
            return but if isinstance(but, str) else str(these)
        marks |= {claim.id: line.what for claim in these if claim not in but}
    if rest:
        left = [claim for claim in order if claim.id > 0 or claim.member_id not in on.excused()]
        marks |= {claim.id: rest for claim in left if claim.id not in marks}
    return marks


def as_numbered(turn: Turn, on: Roster) -> list[Claim]:
    """Those who have a place, as a roster numbers them: who comes with a unit has no number and stands behind."""
    return sorted(on.taking(), key=lambda claim: member(turn.session, turn.here.id, claim.member_id).unit)


def silent(turn: Turn, on: Roster) -> list[Claim]:
    """At a meeting, those who are invited and promised nothing, as heads that are not put down yet: their ids are
    negative. Who has excused themselves is spoken of by name only.
    """
    if not turn.kind(on.occurrence).attends or not on.slots or not turn.coordinates:
        return []
    slot = on.slots[0]
    return [
        Claim(community_id=slot.community_id, id=-id, occurrence_id=slot.occurrence_id, slot_id=slot.id, member_id=id)
        for id in on.invited
        if not on.of(id)
    ]


def claims_of(
    turn: Turn, order: Sequence[Claim], numbers: tuple[int, ...], names: tuple[str, ...]
) -> list[Claim] | str:
    """The claims at these numbers of the roster, or of these people; else what is nobody's."""
    found: list[Claim] = []
    for number in numbers:
        if not 1 <= number <= sum(claim.id > 0 for claim in order):
            return str(number)
        found.append(order[number - 1])
    for name in names:
        theirs = of_name(turn, order, name)
        if not theirs:
            return name
        found += theirs
    return found


def of_name(turn: Turn, order: Sequence[Claim], name: str) -> list[Claim]:
    """The claims of whoever is called so on this roster; several names in one word are taken apart."""
    if name in ("我", "me", "i", "I"):
        return [claim for claim in order if claim.member_id == turn.member.id]
    who = people.find(turn, name, {claim.member_id for claim in order})
    if isinstance(who, Member):
        return [claim for claim in order if claim.member_id == who.id and claim.ordinal == 0]
    known = {member(turn.session, turn.here.id, claim.member_id).name: claim for claim in order if claim.ordinal == 0}
    found, left = [], name
    while left:
        first = next((called for called in known if called and left.startswith(called)), None)
        if first is None:
            return []
        found.append(known[first])
        left = left[len(first) :]
    return found


def undo(turn: Turn, post: Post) -> None:
    """撤销: what was recorded is as before."""
    body = Recorded.of(post)
    moved = tuple(
        Moved(id, changes, promised="claimed" if was else "", happened=as_happened(was))
        for id, changes, _, was in body.claims
    )
    deeds.heard_again(turn.work, post.occurrence_id, body.excused)
    if not moved:
        settle(turn.session, post, turn.now, replace(body, undone=True))
        turn.seen_done("back.undone")
        return
    back = undoing.undo(turn.work, Outcome("record", post.occurrence_id, moved))
    if isinstance(back, Refusal):
        turn.refuse(back)
        return
    settle(turn.session, post, turn.now, Recorded(claims=body.claims, before=body.before, undone=True))
    turn.seen_done("back.undone")
