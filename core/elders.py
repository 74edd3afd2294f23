"""The register: people who are visited. They need no account; all that is kept of them is sealed, and needs consent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlmodel import Session, SQLModel, col, select

from core import columns
from core.activities import CANCELLED, Occurrence, Slot
from core.claims import CLAIMED, THERE, UNKNOWN, Claim
from core.confided import Confided
from core.confiding import Heard
from core.members import Member
from core.reading.parts import named_whole, same_place
from core.said.visits import FIELDS, ReadElder

CONSENT = "2"
"""Which sentence of consent is asked for now: `elders.consent.2` of the catalogues. 1 named one purpose for both."""


class Elder(SQLModel, table=True):
    """Somebody of the register. Their consent is kept with them, and they are kept no longer than it is."""

    community_id: int = columns.key()
    id: int = columns.key()
    name: Confided = columns.confided("elder.name")
    building: Confided = columns.confided("elder.building")
    flat: Confided = columns.confided("elder.flat")
    phone: Confided = columns.confided("elder.phone")
    door: Confided = columns.confided("elder.door")  # how to ring them up
    mind: Confided = columns.confided("elder.mind")  # what to mind
    times: Confided = columns.confided("elder.times")  # when they like to be visited
    close: Confided = columns.confided("elder.close")  # who is close to them
    born: Confided = columns.confided("elder.born")  # a year
    consent_by: int = columns.ref(0)  # the member who took their consent
    consent_at: datetime = columns.moment()
    consent_text: str = CONSENT  # to which text
    kept_by: int = columns.ref(0)  # the member who last changed it
    kept_at: datetime = columns.moment()

    @classmethod
    def of(cls, community_id: int, id: int, said: ReadElder, by: int, now: datetime, text: str = CONSENT) -> Self:
        """Somebody new, with consent taken by this member just now, to this sentence."""
        row = cls(
            community_id=community_id, id=id, consent_by=by, consent_at=now, consent_text=text, kept_by=by, kept_at=now
        )  # fmt: skip
        row.write(said)
        return row

    def write(self, said: ReadElder) -> None:
        for name in FIELDS:
            setattr(self, name, Confided(getattr(said, name)))

    def read(self) -> ReadElder:
        """What is kept, in clear: for a private chat or another sealed column."""
        return ReadElder(**{name: getattr(self, name).privately() for name in FIELDS})

    @property
    def lost(self) -> bool:
        """Whether the key that opens it is gone."""
        return self.name.lost


def elders(session: Session, community_id: int) -> Sequence[Elder]:
    """Everybody of the register, in the order in which they came."""
    return session.exec(select(Elder).where(Elder.community_id == community_id).order_by(col(Elder.id))).all()


def elder(session: Session, community_id: int, id: int) -> Elder | None:
    return session.get(Elder, (community_id, id)) if id else None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the register, opened."""

    id: int
    said: ReadElder


def known(session: Session, community_id: int) -> list[Known]:
    return [Known(row.id, row.read()) for row in elders(session, community_id) if not row.lost]


def called(session: Session, community_id: int, name: str, building: str = "", flat: str = "") -> list[Known]:
    """Those of exactly this name, who live there if it was said where; never one of a name that is only alike."""
    wanted = squeezed(name)
    rows = [row for row in elders(session, community_id) if squeezed(row.name.privately()) == wanted != ""]
    found = [Known(row.id, row.read()) for row in rows]
    return [each for each in found if lives(each.said, building, flat)]


def squeezed(name: str) -> str:
    return "".join(name.split()).casefold()


def alike(session: Session, community_id: int, name: str) -> list[Known]:
    """Those who may be called so for short, 孙玉兰奶奶 for 孙奶奶: to be asked about, never taken for granted."""
    if len(name) < 2 or name.isascii():
        return []
    surname, title = name[0], name[1:]
    found = known(session, community_id)
    return [each for each in found if each.said.name[:1] == surname and each.said.name[1:].endswith(title)]


def lives(said: ReadElder, building: str, flat: str = "") -> bool:
    """Whether somebody may live where it was said: nothing that was said is otherwise."""
    here = not building or not said.building or same_place(building, said.building) or near(building, said.building)
    return here and (not flat or not said.flat or flat.lower() == said.flat.lower())


def near(one: str, other: str) -> bool:
    """Whether one place is a part of the other: 3号楼, and 3号楼2单元."""
    return one.startswith(other) or other.startswith(one)


def named(people: Sequence[Known], words: str) -> list[Known]:
    """Those whom these words name, whole, the one named first first."""
    found = [each for each in people if named_whole(each.said.name, words)]
    return sorted(found, key=lambda each: words.find(each.said.name))


def visits(session: Session, community_id: int, elder_id: int = 0) -> Sequence[tuple[int, datetime | None, int, str]]:
    """Whoever went, or was to go, to somebody of the register (0: to anybody): the id of who was visited, when it
    began, the member, and what is known to have happened. The newest comes last.
    """
    query = (
        select(Slot.elder_id, Occurrence.starts_at, Claim.member_id, Claim.happened)
        .join(Claim, (col(Claim.community_id) == Slot.community_id) & (col(Claim.slot_id) == Slot.id))
        .join(
            Occurrence,
            (col(Occurrence.community_id) == Slot.community_id) & (col(Occurrence.id) == Slot.occurrence_id),
        )
        .where(
            Slot.community_id == community_id,
            Slot.elder_id == elder_id if elder_id else Slot.elder_id != 0,
            Claim.promised == CLAIMED,
            Occurrence.state != CANCELLED,
        )
        .order_by(col(Occurrence.starts_at))
    )
    return session.exec(query).all()


def last_visits(session: Session, community_id: int, now: datetime) -> dict[int, tuple[datetime | None, bool]]:
    """When somebody was last there, by the id of who was visited, and whether somebody promised since and nothing is
    known of it.
    """
    found: dict[int, tuple[datetime | None, bool]] = {}
    for id, starts, _, happened in visits(session, community_id):
        if starts is None or starts > now:
            continue
        been, _promised = found.get(id, (None, False))
        found[id] = (starts, False) if happened in THERE else (been, happened == UNKNOWN)
    return found


def slots_of_elder(session: Session, community_id: int, elder_id: int) -> Sequence[Slot]:
    """The households that are visited because of somebody, of whichever activity."""
    return session.exec(
        select(Slot).where(Slot.community_id == community_id, Slot.elder_id == elder_id).order_by(col(Slot.id))
    ).all()


def reads_of(
    session: Session, community_id: int, elder_id: int, coordinators: Collection[int]
) -> list[tuple[datetime, int]]:
    """When and before whom something of somebody stood on a screen: their card, or a household that is theirs.

    Of an activity with other households only those count who went to this one, or spoke for who did, and coordinators,
    who read all.
    """
    slots = slots_of_elder(session, community_id, elder_id)
    goers: dict[int, set[int]] = {}
    since: dict[int, datetime] = {}
    for claim in session.exec(
        select(Claim).where(Claim.community_id == community_id, col(Claim.slot_id).in_([slot.id for slot in slots]))
    ).all():
        who = session.get(Member, (community_id, claim.member_id))
        for id in (claim.member_id, *((who.proxy_id,) if who is not None and who.proxy_id else ())):
            goers.setdefault(claim.occurrence_id, set()).add(id)
            since[id] = min(since.get(id, claim.made_at), claim.made_at)
    about = {elder_id, 0, *(slot.occurrence_id for slot in slots)}
    rows = session.exec(
        select(Heard)
        .where(Heard.community_id == community_id, col(Heard.occurrence_id).in_(about))
        .order_by(col(Heard.id))
    ).all()
    found: dict[tuple[datetime, int], None] = {}
    for row in rows:
        o, id = row.occurrence_id, row.member_id
        theirs = o == elder_id or id in goers.get(o, ()) or (o != 0 and id in coordinators)
        if theirs or (o == 0 and id in since and row.at >= since[id]):
            found[row.at.replace(second=0, microsecond=0), id] = None
    return list(found)


__all__ = [
    "CONSENT", "FIELDS", "Elder", "Known", "ReadElder", "alike", "called", "elder", "elders", "known", "last_visits",
    "lives", "named", "reads_of", "slots_of_elder", "visits",
]  # fmt: skip
