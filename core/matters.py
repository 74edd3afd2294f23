"""Matters: what neighbours bring, the steps of it, who shares it, and what those who asked say of its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import Field as PydanticField
from pydantic import StrictInt
from sqlalchemy import Index, UniqueConstraint, delete, func, or_, update
from sqlmodel import AutoString, Field, Session, SQLModel, col, select

from core import columns
from core.confided import Confided
from core.members import Community, member
from core.settings import Table

Sort = Literal["concern", "found"]
"""What it is: something that bothers, or something broken that a watcher saw."""
CONCERN: Final = "concern"
FOUND: Final = "found"

State = Literal["asked", "waiting", "open", "look", "solved", "refused", "joined", "retracted"]
"""How it stands: perhaps it is another that is there already; a coordinator is to say whether it is public; it is
followed; it is said to be solved, and those who asked are to look; closed, solved or with the reason why not; part of
another; taken back by who brought it.
"""
ASKED: Final = "asked"
WAITING: Final = "waiting"
OPEN: Final = "open"
LOOK: Final = "look"
SOLVED: Final = "solved"
REFUSED: Final = "refused"
JOINED: Final = "joined"
RETRACTED: Final = "retracted"
FOLLOWED: Final = (OPEN, LOOK)
ENDED: Final = (SOLVED, REFUSED)

StepSort = Literal["step", "given", "still", "again", "solved", "well", "no", "planned", "held"]
"""The sorts of steps: what was done, whom it was given to, still there, not solved after all, said to be solved, well
again, cannot be done, an activity made of it, and that this is over.
"""
STEP: Final = "step"
GIVEN: Final = "given"
STILL: Final = "still"
AGAIN: Final = "again"
SAID_SOLVED: Final = "solved"
WELL: Final = "well"
NO: Final = "no"
PLANNED: Final = "planned"
HELD: Final = "held"

Said = Literal["", "solved", "not_yet"]
"""What somebody who was asked said of a matter's end, if anything yet."""
YES: Final = "solved"
NOT_YET: Final = "not_yet"
GRADES = ("good", "fair", "poor")

SHOWN_CLOSED = timedelta(days=7)
"""How long what was closed stays on the board."""


class Following(Table):
    """What may be set of how matters are followed."""

    silent_days: StrictInt = PydanticField(
        14, ge=1, le=365, description="days without a step, 1 to 365", examples=["14"]
    )


class Matter(SQLModel, table=True):
    """Something that a neighbour brought. Nobody's name stands with it where everybody reads."""

    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_matter_state", "community_id", "state"),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    number: int | None = None  # within its community; None while it is asked whether it is another
    sort: Sort = Field(default=CONCERN, sa_type=AutoString)
    state: State = Field(default=OPEN, sa_type=AutoString)
    public: bool = False
    words: str = ""  # what everybody may read of it, once it is public
    kept: Confided = columns.confided("matter.kept")  # the same, as long as it is not
    confided: Confided = columns.confided("matter.confided")  # the whole, where more was said than everybody may read
    brought_by: int = columns.ref(0)
    given_to: int = columns.ref(0)
    kept_by: int = columns.ref(0)  # the coordinator who last did something about it
    perhaps: int = columns.ref(0)  # while it is asked: which matter it may be
    joined_to: int = columns.ref(0)  # of one that is part of another: which
    round: int = 0  # how often it was said to be solved
    brought_at: datetime = columns.moment()
    stepped_at: datetime = columns.moment()
    closed_at: datetime | None = columns.moment()

    @property
    def followed(self) -> bool:
        return self.state in FOLLOWED


class MatterStep(SQLModel, table=True):
    """Something that came of a matter. Rows are added; their words change only where they are kept."""

    __table_args__ = (Index("ix_matterstep_matter", "community_id", "matter_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    matter_id: int = columns.ref(0)
    at: datetime = columns.moment()
    by_member: int = columns.ref(0)
    sort: StepSort = Field(default=STEP, sa_type=AutoString)
    words: str = ""  # what everybody may read, if the matter was public then
    kept: Confided = columns.confided("matterstep.kept")  # the same, if it was not
    confided: Confided = columns.confided("matterstep.confided")  # the whole, where more was said
    about: int = columns.ref(0)  # a member it was given to, or an activity


class MatterShare(SQLModel, table=True):
    """Somebody to whom it matters: who brought it, and whoever said 我也是."""

    community_id: int = columns.key()
    matter_id: int = columns.key()
    member_id: int = columns.key()
    at: datetime = columns.moment()


class MatterVerdict(SQLModel, table=True):
    """What somebody who asked says of its end: their last word. It is counted, and never shown with a name."""

    community_id: int = columns.key()
    matter_id: int = columns.key()
    member_id: int = columns.key()
    asked: int = 0  # for which time that it was said to be solved they were asked last
    answered: int = 0  # ... and answered last
    said: Said = Field(default="", sa_type=AutoString)
    grade: str = Field(default="")
    at: datetime = columns.moment()


class MatterPlan(SQLModel, table=True):
    """Which matter an activity was made of."""

    community_id: int = columns.key()
    occurrence_id: int = columns.key()
    matter_id: int = columns.ref(0)


def matter(session: Session, community_id: int, id: int, *, lock: bool = False) -> Matter | None:
    where = (Matter.community_id == community_id, Matter.id == id)
    query = select(Matter).where(*where)
    return session.exec(query.with_for_update() if lock else query).first()


def numbered(session: Session, community_id: int, number: int) -> Matter | None:
    """The matter of this number; of one that was joined to another, that other: its number is a pointer."""
    found = session.exec(
        select(Matter).where(Matter.community_id == community_id, Matter.number == number).with_for_update()
    ).first()
    while found is not None and found.state == JOINED:
        found = matter(session, community_id, found.joined_to, lock=True)
    return found


def brought_by(session: Session, row: Matter) -> int:
    """Who brought it, as they are known now; 0 for somebody who is known no more."""
    return member(session, row.community_id, row.brought_by).id if row.brought_by else 0


def next_number(session: Session, community_id: int) -> int:
    """The number of the next matter. The community's row is held, so that two at once get two."""
    session.exec(select(Community).where(Community.id == community_id).with_for_update()).one()
    last = session.exec(select(func.max(Matter.number)).where(Matter.community_id == community_id)).one()
    return (last or 0) + 1


def any_here(session: Session, community_id: int) -> bool:
    query = select(Matter.id).where(Matter.community_id == community_id, col(Matter.number).is_not(None))
    return session.exec(query.limit(1)).first() is not None


def in_states(session: Session, community_id: int, *states: str) -> Sequence[Matter]:
    """Matters in these states, that with the newest step first."""
    return session.exec(
        select(Matter)
        .where(Matter.community_id == community_id, col(Matter.state).in_(states))
        .order_by(col(Matter.stepped_at).desc(), col(Matter.id).desc())
    ).all()


def found_open(session: Session, community_id: int) -> list[Matter]:
    """What watchers found and everybody may read, and is followed: oldest first."""
    rows = in_states(session, community_id, *FOLLOWED)
    return sorted((row for row in rows if row.public and row.sort == FOUND), key=lambda row: row.number or 0)


def on_board(session: Session, community_id: int, now: datetime) -> tuple[Sequence[Matter], Sequence[Matter]]:
    """What the board shows: what is followed, and what was closed within the week; newest step first."""
    found = [each for each in in_states(session, community_id, *FOLLOWED, *ENDED) if each.public]
    closed = [m for m in found if m.closed_at is not None and now - m.closed_at < SHOWN_CLOSED and m.state in ENDED]
    return [each for each in found if each.followed], closed


def steps_of(session: Session, community_id: int, *matter_ids: int) -> Sequence[MatterStep]:
    """Their steps, oldest first."""
    return session.exec(
        select(MatterStep)
        .where(MatterStep.community_id == community_id, col(MatterStep.matter_id).in_(matter_ids))
        .order_by(col(MatterStep.id))
    ).all()


def sharers(session: Session, community_id: int, matter_id: int) -> list[int]:
    """Who shares it, each person once, who brought it first."""
    rows = session.exec(
        select(MatterShare)
        .where(MatterShare.community_id == community_id, MatterShare.matter_id == matter_id)
        .order_by(col(MatterShare.at), col(MatterShare.member_id))
    ).all()
    return list(dict.fromkeys(member(session, community_id, row.member_id).id for row in rows))


def shared_since(session: Session, community_id: int, matter_id: int) -> list[tuple[int, datetime]]:
    """Who shares it, or shared what was joined to it, and since when."""
    joined = select(Matter.id).where(Matter.community_id == community_id, Matter.joined_to == matter_id)
    rows = session.exec(
        select(MatterShare).where(
            MatterShare.community_id == community_id,
            or_(col(MatterShare.matter_id) == matter_id, col(MatterShare.matter_id).in_(joined)),
        )
    ).all()
    return [(row.member_id, row.at) for row in rows]


def shares_of(session: Session, community_id: int, matter_ids: Sequence[int]) -> dict[int, int]:
    """How many people share each of these."""
    rows = session.exec(
        select(MatterShare).where(MatterShare.community_id == community_id, col(MatterShare.matter_id).in_(matter_ids))
    ).all()
    people: dict[int, set[int]] = {}
    for row in rows:
        people.setdefault(row.matter_id, set()).add(member(session, community_id, row.member_id).id)
    return {id: len(who) for id, who in people.items()}


def forget(session: Session, community_id: int, member_id: int) -> None:
    """Somebody is to be known no more: what they brought stays and is nobody's, what they share and said is gone."""
    for table in (MatterShare, MatterVerdict):
        where = (col(table.community_id) == community_id, col(table.member_id) == member_id)
        session.execute(delete(table).where(*where))
    for of, columns_ in ((Matter, ("brought_by", "given_to", "kept_by")), (MatterStep, ("by_member",))):
        for name in columns_:
            mine = getattr(of, name)
            session.execute(update(of).where(col(of.community_id) == community_id, mine == member_id).values({name: 0}))


def verdicts(session: Session, community_id: int, matter_ids: Sequence[int]) -> Sequence[MatterVerdict]:
    return session.exec(
        select(MatterVerdict).where(
            MatterVerdict.community_id == community_id, col(MatterVerdict.matter_id).in_(matter_ids)
        )
    ).all()


def verdicts_since(session: Session, community_id: int, since: datetime) -> Sequence[MatterVerdict]:
    return session.exec(
        select(MatterVerdict).where(MatterVerdict.community_id == community_id, col(MatterVerdict.at) >= since)
    ).all()


def count(rows: Sequence[MatterVerdict]) -> dict[str, int]:
    """How many said what: solved, not_yet, good, fair, poor."""
    said = [row.said for row in rows] + [row.grade for row in rows if row.said == YES]
    return {word: said.count(word) for word in (YES, NOT_YET, *GRADES)}


def spoken_of(session: Session, community_id: int, member_id: int, since: datetime) -> tuple[Matter, datetime] | None:
    """What somebody brought, or wrote a step of, since then, whichever was later; and when that was."""
    brought = select(Matter).where(
        Matter.community_id == community_id, Matter.brought_by == member_id, col(Matter.brought_at) >= since
    )
    row = session.exec(brought.order_by(col(Matter.brought_at).desc(), col(Matter.id).desc())).first()
    wrote = select(MatterStep).where(
        MatterStep.community_id == community_id, MatterStep.by_member == member_id, col(MatterStep.at) >= since
    )
    step = session.exec(wrote.order_by(col(MatterStep.id).desc())).first()
    if step is not None and (row is None or step.at >= row.brought_at):
        of = matter(session, community_id, step.matter_id)
        return None if of is None else (of, step.at)
    return None if row is None else (row, row.brought_at)
