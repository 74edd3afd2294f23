"""Who promised, and who came: claims, their two axes, and the moves that are legal on each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, get_args

from sqlalchemy import ForeignKeyConstraint, Index, bindparam, text
from sqlmodel import AutoString, Field, Session, SQLModel, col, select

from core import columns
from core.activities import AHEAD, ASIDE, CLOSED, OPEN, PERSON, RETIRED, Occurrence, Slot, slots_of
from core.ids import new_id
from core.invited import answers
from core.plain import among
from core.way import New, Rows, one_of

Promised = Literal["waitlisted", "offered", "claimed", "withdrawn", "replaced"]
"""The axis of the promise."""
Happened = Literal["unknown", "on_the_way", "present", "finished", "late", "left_early", "excused", "no_show"]
"""The axis of what happened. Nothing of it is final: whoever was there knows better than the row."""

WAITLISTED: Final = "waitlisted"
OFFERED: Final = "offered"
CLAIMED: Final = "claimed"
WITHDRAWN: Final = "withdrawn"
REPLACED: Final = "replaced"

UNKNOWN: Final = "unknown"
ON_THE_WAY: Final = "on_the_way"
PRESENT: Final = "present"
FINISHED: Final = "finished"
LATE: Final = "late"
LEFT_EARLY: Final = "left_early"
EXCUSED: Final = "excused"
NO_SHOW: Final = "no_show"

HAPPENINGS: tuple[Happened, ...] = get_args(Happened)
THERE: tuple[Happened, ...] = (PRESENT, FINISHED, LATE, LEFT_EARLY)
"""What happened where somebody was there."""

LIVE: tuple[Promised, ...] = (WAITLISTED, OFFERED, CLAIMED)
TAKING: tuple[Promised, ...] = (OFFERED, CLAIMED)  # these fill a place; an offer counts as taken

PROMISES: dict[Promised, frozenset[Promised]] = {
    WAITLISTED: frozenset({OFFERED, CLAIMED, WITHDRAWN}),
    OFFERED: frozenset({CLAIMED, WITHDRAWN, WAITLISTED}),
    CLAIMED: frozenset({WITHDRAWN, REPLACED}),
    # End states, left only by a correction: somebody undoes, or a coordinator puts it right.
    WITHDRAWN: frozenset({CLAIMED, WAITLISTED}),
    REPLACED: frozenset({CLAIMED, WAITLISTED}),
}


def as_happened(said: str) -> Happened:
    """What a body of a post says that had happened; `unknown` for what is no state."""
    return next((state for state in HAPPENINGS if state == said), UNKNOWN)


class Claim(SQLModel, table=True):
    """One head's promise for one slot. Who comes back after leaving is a new row at the end."""

    __table_args__ = (
        ForeignKeyConstraint(["community_id", "slot_id"], ["slot.community_id", "slot.id"]),
        ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"]),
        Index(
            "ix_claim_live",
            "community_id",
            "slot_id",
            "member_id",
            "ordinal",
            unique=True,  # its words stay as they were made: none was ever `seeking`
            sqlite_where=text("promised IN ('waitlisted', 'offered', 'claimed', 'seeking')"),
            postgresql_where=text("promised IN ('waitlisted', 'offered', 'claimed', 'seeking')"),
        ),
        Index("ix_claim_occurrence", "community_id", "occurrence_id", "position", "id"),
        Index("ix_claim_member", "community_id", "member_id"),
        Index("ix_claim_speaker", "community_id", "speaker_network", "speaker_account"),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    slot_id: int = columns.ref(0)
    member_id: int = columns.ref(0)
    ordinal: int = 0  # 0 the person, 1 2 ... those they bring
    guest_of: int | None = columns.ref()  # the claim of the one who brings them
    name: str = ""  # as typed, or '' for "one more"
    position: int = 0  # the order in the slot
    speaker_network: str = ""  # the account that spoke
    speaker_account: str = ""
    promised: Promised = Field(default=CLAIMED, sa_type=AutoString)
    happened: Happened = Field(default=UNKNOWN, sa_type=AutoString)
    thing: str = ""  # what is brought, where its slot counts things
    portions: int | None = None
    made_at: datetime = columns.moment()
    changes: int = 0  # moves so far: an undo counts only while this is what it was


class Illegal(Exception):
    """A move that the table does not have: a mistake in the program, never in a person."""


def promise(session: Session, claim: Claim, to: Promised) -> None:
    """Move a claim along the axis of the promise. Raises `Illegal` for a move that is not in the table."""
    if to not in PROMISES[claim.promised]:
        raise Illegal(f"{claim.promised} -> {to}")
    claim.promised = to
    claim.changes += 1
    session.add(claim)


def happen(session: Session, claim: Claim, to: Happened) -> None:
    """Move a claim along the axis of what happened; the same again is nothing. Raises `Illegal` for no state."""
    if to == claim.happened:
        return
    if to not in HAPPENINGS:
        raise Illegal(f"{claim.happened} -> {to}")
    claim.happened = to
    claim.changes += 1
    session.add(claim)


@dataclass(slots=True)
class Roster:
    """An occurrence with its slots and live claims, as loaded at one moment: what rules and rosters look at."""

    occurrence: Occurrence
    slots: list[Slot]
    claims: list[Claim] = field(default_factory=list)  # live ones, in the order of their places
    aside: list[Slot] = field(default_factory=list)  # of those who are counted apart
    invited: dict[int, str] = field(default_factory=dict)  # whom it is for, if it is for some, and what they answered

    def slot(self, id: int) -> Slot | None:
        return next((slot for slot in (*self.slots, *self.aside) if slot.id == id), None)

    def filling(self) -> list[Claim]:
        """Those who fill a place that is wanted: without those who are counted apart."""
        apart = {slot.id for slot in self.aside}
        return [c for c in self.taking() if c.slot_id not in apart]

    def taking(self, slot: Slot | None = None) -> list[Claim]:
        """Those who fill a place, of one slot or of all."""
        return [c for c in self.claims if c.promised in TAKING and (slot is None or c.slot_id == slot.id)]

    def waiting(self, slot: Slot | None = None) -> list[Claim]:
        """The waiting list, first come first."""
        return [c for c in self.claims if c.promised == WAITLISTED and (slot is None or c.slot_id == slot.id)]

    def number_waiting(self, claim: Claim) -> int:
        """候补第几位, from 1; 0 when this claim does not wait."""
        ids = [c.id for c in self.waiting()]
        return 1 + ids.index(claim.id) if claim.id in ids else 0

    def of(self, member_id: int) -> list[Claim]:
        """A member's live claims, the people they bring included."""
        return [c for c in self.claims if c.member_id == member_id]

    def unheard(self) -> list[int]:
        """Who is invited and has said nothing."""
        there = {claim.member_id for claim in self.claims}
        return [id for id, answer in self.invited.items() if not answer and id not in there]

    def present(self) -> list[Claim]:
        """Those who were there, each person once."""
        return [claim for claim in self.taking() if claim.happened in THERE and claim.ordinal == 0]

    def excused(self) -> list[int]:
        """Who is invited and cannot come."""
        there = {claim.member_id for claim in self.claims}
        return [id for id, answer in self.invited.items() if answer == EXCUSED and id not in there]

    def holders(self) -> dict[int, list[Claim]]:
        """Who holds places, with their claims: for looking up many of them."""
        found: dict[int, list[Claim]] = {}
        for claim in self.taking():
            found.setdefault(claim.member_id, []).append(claim)
        return found

    def moves_up(self, member_id: int) -> bool:
        """Whether a join by this member takes a place that is kept for them, or free while they wait.

        In the last hour nobody is moved up unasked, so a free place and a waiting list may stand side by side.
        """
        mine = self.of(member_id)
        if any(c.promised == OFFERED for c in mine):
            return True
        return bool(mine) and all(c.promised == WAITLISTED for c in mine) and any(self.room(s) for s in self.slots)

    def left(self, slot: Slot) -> int | None:
        """Places still free in a slot; None without a limit, negative when places were taken away from people."""
        return None if slot.max is None else slot.max - len(self.taking(slot))

    def room(self, slot: Slot) -> bool:
        left = self.left(slot)
        return left is None or left > 0

    def wanted(self) -> int | None:
        """The most that are wanted in all; None when a slot has no limit."""
        return None if any(s.max is None for s in self.slots) else sum(s.max or 0 for s in self.slots)

    def missing(self) -> int | None:
        """How many are still wanted; None where as many may come as like."""
        wanted = self.wanted()
        return None if wanted is None else max(0, wanted - len(self.filling()))

    @property
    def unit(self) -> str:
        """What is counted: people, or things of some sort."""
        return self.slots[0].unit if self.slots else PERSON


IN_ORDER = Rows(
    Claim,
    Claim.community_id == bindparam("community"),
    Claim.occurrence_id == bindparam("occurrence"),
    one_of(Claim.promised, LIVE),
    order=(col(Claim.position), col(Claim.id)),
)
SLOTS_OF_ALL = Rows(
    Slot,
    Slot.community_id == bindparam("community"),
    among(Slot.occurrence_id, "occurrences"),
    order=(col(Slot.occurrence_id), col(Slot.position)),
)
CLAIMS_OF_ALL = Rows(
    Claim,
    Claim.community_id == bindparam("community"),
    among(Claim.occurrence_id, "occurrences"),
    one_of(Claim.promised, LIVE),
    order=(col(Claim.occurrence_id), col(Claim.position), col(Claim.id)),
)
NEW = New(Claim)


ON_ROSTERS = select(Occurrence, Claim).join(
    Claim, (col(Claim.community_id) == Occurrence.community_id) & (col(Claim.occurrence_id) == Occurrence.id)
)
"""Activities, each with each of its claims."""


def promised_ahead(
    session: Session, community_id: int, member_id: int, now: datetime, states: tuple[Promised, ...] = LIVE
) -> Sequence[tuple[Occurrence, Claim]]:
    """What a member has promised, or waits for, that has not begun, soonest first; also where no roster is up yet."""
    query = ON_ROSTERS.where(
        Occurrence.community_id == community_id,
        col(Occurrence.state).in_((OPEN, CLOSED, AHEAD)),
        col(Occurrence.starts_at) > now,
        Claim.member_id == member_id,
        col(Claim.promised).in_(states),
    ).order_by(col(Occurrence.starts_at), col(Claim.ordinal))
    return session.exec(query).all()


def roster_of(session: Session, occurrence: Occurrence, *, lock: bool = False) -> Roster:
    """Load an occurrence with its slots (held, if `lock`, before claims are counted) and live claims: two queries."""
    slots = slots_of(session, occurrence, lock=lock)
    claims = IN_ORDER.all(session, community=occurrence.community_id, occurrence=occurrence.id)
    invited = answers(session, occurrence.community_id, [occurrence.id]) if occurrence.bidden else {}
    return parted(Roster(occurrence, seen_slots(slots, claims), claims, invited=invited.get(occurrence.id, {})))


def rosters_of(session: Session, occurrences: Sequence[Occurrence]) -> list[Roster]:
    """The same of several activities of one community, in their order, to be looked at: two queries for all of them."""
    if len(occurrences) < 2:
        return [roster_of(session, occurrence) for occurrence in occurrences]
    community, ids = occurrences[0].community_id, [occurrence.id for occurrence in occurrences]
    slots: dict[int, list[Slot]] = {}
    claims: dict[int, list[Claim]] = {}
    for slot in SLOTS_OF_ALL.all(session, community=community, occurrences=ids):
        slots.setdefault(slot.occurrence_id, []).append(slot)
    for claim in CLAIMS_OF_ALL.all(session, community=community, occurrences=ids):
        claims.setdefault(claim.occurrence_id, []).append(claim)
    bidden = [occurrence.id for occurrence in occurrences if occurrence.bidden]
    invited = answers(session, community, bidden) if bidden else {}
    found = []
    for o in occurrences:
        theirs = claims.get(o.id, [])
        found.append(parted(Roster(o, seen_slots(slots.get(o.id, []), theirs), theirs, invited=invited.get(o.id, {}))))
    return found


def parted(on: Roster) -> Roster:
    """The roster with those slots aside that are counted apart."""
    on.aside = [slot for slot in on.slots if slot.unit == ASIDE]
    on.slots = [slot for slot in on.slots if slot.unit != ASIDE]
    return on


def seen_slots(slots: Sequence[Slot], claims: Sequence[Claim]) -> list[Slot]:
    """Without those that were taken away and that nobody is on any more."""
    if all(slot.position < RETIRED for slot in slots):
        return list(slots)
    held = {claim.slot_id for claim in claims}
    return [slot for slot in slots if slot.position < RETIRED or slot.id in held]


def by_id(session: Session, community_id: int, ids: Sequence[int]) -> list[Claim]:
    """Claims to be moved, ended ones included, in the order asked for."""
    found = (session.get(Claim, (community_id, id)) for id in ids)
    return [claim for claim in found if claim is not None]


@dataclass(frozen=True, slots=True)
class Head:
    """One head to be put down: whose claim, and what they bring."""

    member_id: int
    ordinal: int = 0
    name: str = ""
    guest_of: int | None = None
    thing: str = ""
    portions: int | None = None


def put_down(
    session: Session,
    on: Roster,
    slot: Slot,
    head: Head,
    speaker: tuple[str, str],
    now: datetime,
    state: Promised | None = None,
) -> Claim:
    """Write one claim at the end of a slot: a place if one is free, else the waiting list (or `state`, if given)."""
    claim = NEW.row(
        session,
        community_id=slot.community_id,
        id=new_id(now),
        occurrence_id=slot.occurrence_id,
        slot_id=slot.id,
        member_id=head.member_id,
        ordinal=head.ordinal,
        guest_of=head.guest_of,
        name=head.name,
        thing=head.thing,
        portions=head.portions,
        position=max((each.position for each in on.claims), default=0) + 1,
        speaker_network=speaker[0],
        speaker_account=speaker[1],
        promised=state or (CLAIMED if on.room(slot) else WAITLISTED),
        made_at=now,
    )
    on.claims.append(claim)
    return claim


def next_ordinal(on: Roster, member_id: int) -> int:
    """0 for the person, 1 2 ... for those (or the further things) they bring: live claims are unique by it."""
    taken = {c.ordinal for c in on.of(member_id)}
    return next(n for n in range(1000) if n not in taken)


def take_back(session: Session, on: Roster, claims: Iterable[Claim], to: Promised = WITHDRAWN) -> list[Slot]:
    """End these claims; return the slots in which a place became free."""
    freed: dict[int, Slot] = {}
    for claim in claims:
        took = claim.promised in TAKING
        promise(session, claim, to)
        on.claims.remove(claim)
        slot = on.slot(claim.slot_id)
        if took and slot is not None:
            freed[slot.id] = slot
    return list(freed.values())


def promote(session: Session, on: Roster, *, pools: bool, passed: Collection[int] = ()) -> list[Claim]:
    """Offer every free place to the waiting list, first come first; return those who were offered one.

    `pools`: who waits, waits for any slot; else only for the one they named. `passed`: who is not to be asked now.
    """
    offered = []
    for claim in (c for c in on.waiting() if c.member_id not in passed):
        own = [slot for slot in on.slots if slot.id == claim.slot_id]
        free = next((slot for slot in (*own, *(on.slots if pools else ())) if on.room(slot)), None)
        if free is not None:
            claim.slot_id = free.id
            promise(session, claim, OFFERED)
            offered.append(claim)
    return offered
