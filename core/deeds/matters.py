"""What is done with a matter: it is brought, shared, made public, stepped, given, joined to another, and closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import matters, posts
from core.confided import Confided
from core.deeds.whole import deed
from core.ids import new_id
from core.manners import morning_after
from core.matters import (
    ASKED,
    ENDED,
    GIVEN,
    JOINED,
    LOOK,
    NO,
    OPEN,
    REFUSED,
    SOLVED,
    STEP,
    WAITING,
    WELL,
    Following,
    Matter,
    MatterShare,
    MatterStep,
    MatterVerdict,
    Sort,
    StepSort,
)
from core.members import groups, member
from core.posts import Body
from core.work import Work

ANSWER_WITHIN = timedelta(days=1)
"""After this, one of which nobody said whether it is another is one of its own."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote: what everybody may read of it, and the whole, empty where that is no more."""

    openly: str = ""
    whole: Confided = field(default_factory=Confided)


@dataclass(frozen=True, slots=True)
class Silent(Body):
    """Matters of which nothing was heard for long, by their ids."""

    about: tuple[int, ...] = ()


# ------------------------------------------------------------ brought


@deed
def bring(work: Work, sort: Sort, words: Words, *, public: bool, perhaps: Matter | None = None) -> Matter:
    """A new matter by who acts. `perhaps`: it may be this one, and who brought it is asked before it has a number."""
    row = Matter(
        community_id=work.here.id,
        id=new_id(work.now),
        sort=sort,
        state=ASKED,
        public=public,
        words=words.openly if public else "",
        kept=Confided("" if public else words.openly),
        confided=words.whole,
        brought_by=work.by.member,
        perhaps=perhaps.id if perhaps is not None else 0,
        brought_at=work.now,
        stepped_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.log("matter_brought", matter=row.id)
    if perhaps is None:
        open_up(work, row)
    else:
        work.owe("matters.alike", member_id=work.by.member, occurrence_id=row.id, occasion="alike")
        work.owe("matters.unasked", occurrence_id=row.id, occasion="unasked", due=work.now + ANSWER_WITHIN)
    return row


@deed
def open_up(work: Work, row: Matter) -> None:
    """It is a matter of its own: it has a number, and stands on the board or waits for a coordinator."""
    row.number = matters.next_number(work.session, work.here.id)
    row.state, row.perhaps = OPEN if row.public else WAITING, 0
    work.session.add(row)
    work.session.flush()
    if row.brought_by:
        put_down(work, row, row.brought_by)
    watch(work, row)
    if row.public:
        show(work)
    else:
        for id in sorted(work.coordinators):
            work.owe("matters.card", member_id=id, occurrence_id=row.id, occasion="card")


@deed
def same(work: Work, row: Matter) -> Matter | None:
    """It is the other: who brought it shares that. None if the other is none any more: then it is one of its own."""
    other = matters.matter(work.session, work.here.id, row.perhaps, lock=True)
    if other is None or not other.followed:
        open_up(work, row)
        return None
    row.state, row.joined_to = JOINED, other.id
    work.session.add(row)
    share(work, other, row.brought_by)
    return other


def put_down(work: Work, row: Matter, member_id: int) -> bool:
    """Write down that it matters to this member; False if it was known."""
    who = member(work.session, work.here.id, member_id).id
    if who in matters.sharers(work.session, work.here.id, row.id):
        return False
    work.session.add(MatterShare(community_id=work.here.id, matter_id=row.id, member_id=who, at=work.now))
    work.session.flush()
    return True


@deed
def share(work: Work, row: Matter, member_id: int) -> bool:
    """我也是; False if it was known. Who shares what is said to be solved is asked as the others were."""
    if not put_down(work, row, member_id):
        return False
    work.log("matter_shared", member=member_id, matter=row.id)
    if row.state == LOOK:
        ask(work, row, [member_id])
    show(work, row)
    return True


# ------------------------------------------------------------ who reads it


@deed
def publish(work: Work, row: Matter) -> None:
    """From now on it stands on the board, without the name of who brought it."""
    if row.state == WAITING:
        row.state = OPEN
    row.public, row.kept_by = True, work.by.member
    row.words, row.kept = row.words or row.kept.privately(), Confided()
    work.session.add(row)
    work.log("matter_public", matter=row.id)
    settle_cards(work, row)
    if row.brought_by not in (0, work.by.member):
        work.owe("matters.decided", member_id=row.brought_by, occurrence_id=row.id, occasion="public")
    show(work)


@deed
def keep_private(work: Work, row: Matter) -> None:
    """It is handled privately: nothing of it stands on the board, or does any more."""
    if row.state == WAITING:
        row.state = OPEN
    was, row.public, row.kept_by = row.public, False, work.by.member
    row.kept, row.words = (Confided(row.words) if row.words else row.kept), ""
    work.session.add(row)
    for step in matters.steps_of(work.session, work.here.id, row.id):
        if step.words:
            step.kept, step.words = Confided(step.words), ""
            work.session.add(step)
    work.log("matter_private", matter=row.id)
    settle_cards(work, row)
    if row.brought_by not in (0, work.by.member) and not was:
        work.owe("matters.decided", member_id=row.brought_by, occurrence_id=row.id, occasion="private")
    show(work)


def settle_cards(work: Work, row: Matter) -> None:
    """What coordinators were asked says now what was decided."""
    cards = posts.standing(work.session, work.here.id, row.id, "matters.card")
    posts.touch(work.session, cards, work.now)


def show(work: Work, row: Matter | None = None) -> None:
    """The board of each group is to be shown anew; for a matter that is not public there is nothing to show."""
    if row is not None and not row.public:
        return
    work.session.flush()
    for chat in groups(work.session, work.here.id):
        work.owe("matters.board", chat_id=chat.id, occasion="board", own=True)


# ------------------------------------------------------------ steps


@deed
def step(work: Work, row: Matter, words: Words, sort: StepSort = STEP, *, about: int = 0) -> MatterStep:
    """Something came of it: on the board, and told to those who share it. What was closed is open again by it."""
    if row.state in (*ENDED, WAITING):
        row.state, row.closed_at = OPEN, None
    found = add_step(work, row, words, sort, about=about)
    tell(work, row, found)
    watch(work, row)
    show(work, row)
    return found


def add_step(work: Work, row: Matter, words: Words, sort: StepSort, *, about: int = 0) -> MatterStep:
    found = MatterStep(
        community_id=work.here.id,
        id=new_id(work.now),
        matter_id=row.id,
        at=work.now,
        by_member=work.by.member,
        sort=sort,
        words=words.openly if row.public else "",
        kept=Confided("" if row.public else words.openly),
        confided=words.whole,
        about=about,
    )
    row.stepped_at = work.now
    if work.by.member in work.coordinators:
        row.kept_by = work.by.member
    work.session.add(found)
    work.session.add(row)
    work.session.flush()
    work.log(f"matter_{sort}", matter=row.id)
    settle_cards(work, row)
    return found


def tell(work: Work, row: Matter, found: MatterStep, but: Collection[int] = ()) -> None:
    """Owe those who share it, and who has it, a word of this step; who wrote it knows."""
    whom = dict.fromkeys(
        (*matters.sharers(work.session, work.here.id, row.id), *((row.given_to,) * bool(row.given_to)))
    )
    for id in whom:
        if id != work.by.member and id not in but:
            work.owe("matters.step", member_id=id, occurrence_id=row.id, occasion=str(found.id))


@deed
def refuse(work: Work, row: Matter, why: Words) -> None:
    """It cannot be done, and why: that stays on the board for a week."""
    row.state, row.closed_at = REFUSED, work.now
    found = add_step(work, row, why, NO)
    tell(work, row, found)
    show(work, row)
    owe_board_later(work)


@deed
def well(work: Work, row: Matter) -> None:
    """What was found broken is well again: finder and sharers are told, and it is closed."""
    row.state, row.closed_at = SOLVED, work.now
    found = add_step(work, row, Words(), WELL)
    asked = posts.standing(work.session, work.here.id, row.id, "matters.green")
    posts.touch(work.session, asked, work.now)
    tell(work, row, found)
    show(work, row)
    owe_board_later(work)


@deed
def hand_over(work: Work, row: Matter, member_id: int) -> None:
    """Somebody has it from now on: they are told, and may write steps."""
    row.given_to = member_id
    if row.state in (*ENDED, WAITING):
        row.state, row.closed_at = OPEN, None
    add_step(work, row, Words(), GIVEN, about=member_id)
    if member_id != work.by.member:
        work.owe("matters.given", member_id=member_id, occurrence_id=row.id, occasion=str(new_id(work.now)))
    watch(work, row)
    show(work, row)


@deed
def join(work: Work, row: Matter, into: Matter) -> None:
    """Two were one: sharers, steps and answers move, and the number of this is a pointer to the other."""
    session, here = work.session, work.here.id
    known = set(matters.sharers(session, here, into.id))
    for id in matters.sharers(session, here, row.id):
        if id not in known:
            session.add(MatterShare(community_id=here, matter_id=into.id, member_id=id, at=work.now))
    for each in matters.steps_of(session, here, row.id):
        each.matter_id = into.id
        if not into.public and each.words:
            each.kept, each.words = Confided(each.words), ""
        session.add(each)
    said = {verdict.member_id for verdict in matters.verdicts(session, here, [into.id])}
    for verdict in matters.verdicts(session, here, [row.id]):
        if verdict.member_id not in said:
            session.add(MatterVerdict(**{**verdict.model_dump(), "matter_id": into.id}))
        session.delete(verdict)
    row.state, row.joined_to, row.closed_at = JOINED, into.id, work.now
    into.stepped_at, into.kept_by = max(into.stepped_at, row.stepped_at), work.by.member
    session.add(row)
    session.add(into)
    session.flush()
    work.log("matter_joined", matter=row.id)
    for id in matters.sharers(session, here, row.id):
        if id != work.by.member:
            work.owe("matters.joined", member_id=id, occurrence_id=row.id, occasion="joined")
    settle_cards(work, row)
    if into.state == LOOK:
        ask(work, into, matters.sharers(session, here, into.id))
    show(work)


# ------------------------------------------------------------ asked


def ask(work: Work, row: Matter, whom: list[int]) -> list[int]:
    """Ask these whether it is solved: who was never asked, and who said 还没有 of an earlier time. Returns whom."""
    asked = []
    known = {verdict.member_id: verdict for verdict in matters.verdicts(work.session, work.here.id, [row.id])}
    for id in whom:
        verdict = known.get(id) or MatterVerdict(community_id=work.here.id, matter_id=row.id, member_id=id)
        if verdict.asked and (verdict.said != matters.NOT_YET or verdict.asked == row.round):
            continue
        verdict.asked, verdict.at = row.round, work.now
        work.session.add(verdict)
        work.owe("matters.look", member_id=id, occurrence_id=row.id, occasion=str(row.round))
        asked.append(id)
    work.session.flush()
    return asked


# ------------------------------------------------------------ nothing heard of it


def watch(work: Work, row: Matter) -> None:
    """Owe the morning on which it is looked whether anything was heard of it."""
    look_on(work, row, row.stepped_at)


def look_on(work: Work, row: Matter, since: datetime) -> None:
    due = morning_after(since + timedelta(days=work.here.settings(Following).silent_days), work.here.tz)
    work.owe_at("matters.silence", due, occurrence_id=row.id, occasion="silence")


def responsible(work: Work, row: Matter) -> list[int]:
    """Who coordinates it: whoever last did something about it, if they still coordinate; else all who do."""
    kept_by = member(work.session, work.here.id, row.kept_by).id if row.kept_by else 0
    return [kept_by] if kept_by in work.coordinators else sorted(work.coordinators)


def still_silent(work: Work, row: Matter) -> None:
    """At its morning: nothing was heard of it. Who has it and the coordinator read so, in one message for all."""
    if row.state not in (OPEN, WAITING):
        return
    look_on(work, row, work.now)
    day = f"{work.now.astimezone(work.here.tz):%Y-%m-%d}"
    whom = [*responsible(work, row), *((member(work.session, work.here.id, row.given_to).id,) if row.given_to else ())]
    for id in dict.fromkeys(whom):
        post = work.owe("matters.nothing", member_id=id, occasion=day)
        body = Silent.of(post)
        post.body = Silent(about=tuple(dict.fromkeys((*body.about, row.id)))).stored()
        work.session.add(post)


def owe_board_later(work: Work) -> None:
    """What was closed goes from the board a week later."""
    due = work.now + matters.SHOWN_CLOSED
    work.owe("matters.refresh", occasion=f"{due:%Y%m%d%H%M}", due=due)
