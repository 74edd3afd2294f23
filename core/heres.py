"""The communities that one process serves, and which of them an event concerns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from sqlalchemy import String, bindparam, union
from sqlmodel import Session, col, select

from core.here import Here
from core.known import coordinates
from core.members import Appointment, KnownChat, Paired, Presence
from core.messages import Chat, Entered, Event, Person
from core.plain import among
from core.ranks import IN_OURS
from core.speaking import moved_here

NETWORK, ACCOUNT = bindparam("network", type_=String()), bindparam("account", type_=String())
BELONGS = union(
    *(
        select(col(table.community_id)).where(col(table.network) == NETWORK, col(table.account) == ACCOUNT)
        for table in (Appointment, Paired)
    ),
    IN_OURS.with_only_columns(col(Presence.community_id)).where(
        col(Presence.account) == ACCOUNT, col(KnownChat.network) == NETWORK
    ),
)
"""The communities of a person: of those in whose groups they are, or where they coordinate by name."""
GROUP = (
    select(KnownChat)
    .where(
        KnownChat.network == bindparam("network"),
        KnownChat.address == bindparam("address"),
        among(KnownChat.community_id, "communities"),
        ~col(KnownChat.private),
    )
    .order_by(col(KnownChat.id).desc())
)


class Heres:
    """All communities of a process, in the order in which the settings name them: never none."""

    def __init__(self, heres: Iterable[Here]) -> None:
        self._by_id = {here.id: here for here in heres}
        self._named = {group: here for here in self for group in here.groups}

    def __iter__(self) -> Iterator[Here]:
        return iter(self._by_id.values())

    def __getitem__(self, community_id: int) -> Here:
        return self._by_id[community_id]

    def get(self, community_id: int) -> Here | None:
        return self._by_id.get(community_id)

    @property
    def ids(self) -> Collection[int]:
        return self._by_id.keys()

    @property
    def first(self) -> Here:
        """Who speaks to strangers."""
        return next(iter(self))

    @property
    def several(self) -> bool:
        return len(self._by_id) > 1

    def names(self, chat: Chat) -> Here:
        """The community whose settings name this group; the first where none does."""
        return self._named.get(f"{chat.network}:{chat.id}", self.first)

    def recognise(self, network: str, chat: Chat, names: Collection[str]) -> None:
        """A group that the settings name by one of these names counts as named by its id from here on."""
        for name in (f"{network}:{name}" for name in names):
            here = self._named.get(name)
            if here is not None:
                here.groups[f"{network}:{chat.id}"] = name
                self._named[f"{network}:{chat.id}"] = here

    def of_person(self, session: Session, person: Person) -> Sequence[Here]:
        """The communities that somebody belongs to."""
        found = set(session.connection().scalars(BELONGS, {"network": person.network, "account": person.id}))
        return [here for here in self if here.id in found] if found else []

    def of_group(self, session: Session, event: Event) -> Here:
        """The community of the group in which something happens; if it is nobody's, that of who brings the bot in."""
        here, sure = self._of(session, event.chat)
        return here if sure else self.of_bringer(session, event) or here

    def of_chat(self, session: Session, chat: Chat) -> Here:
        """The community of a group."""
        return self._of(session, chat)[0]

    def _of(self, session: Session, chat: Chat) -> tuple[Here, bool]:
        """The community of a group, and whether it is so: that which names it, or to which it is bound; else it may be
        that which asks about it already, or the first.
        """
        if not self.several:
            return self.first, True
        named = self._named.get(f"{chat.network}:{chat.id}")
        if named is not None:
            return named, True
        rows = self.rows(session, chat)
        bound = next((row for row in rows if row.bound), None)
        if bound is not None:
            return self[bound.community_id], True
        return (self[rows[0].community_id] if rows else self.first), False

    def of_bringer(self, session: Session, event: Event) -> Here | None:
        """The community of who has just brought the bot into a group: first that in which they coordinate."""
        if not isinstance(event, Entered) or event.person is None:
            return None
        person, mine = event.person, self.of_person(session, event.person)
        may = (here for here in mine if coordinates(session, here.id, person, administrators=here.ranks))
        return next(may, mine[0] if mine else None)

    def rows(self, session: Session, chat: Chat) -> Sequence[KnownChat]:
        """What the communities know of a group, the newest first: of one that was asked about, several may know."""
        where = {"network": chat.network, "address": chat.id, "communities": self.ids}
        found = session.exec(GROUP, params=where).all()
        return found or [row for id in self.ids if (row := moved_here(session, id, chat)) is not None]


@runtime_checkable
class Knows(Protocol):
    """A network with views of its own of what the communities have: it is told of them before it runs."""

    def know(self, heres: Heres) -> None: ...


@runtime_checkable
class Owes(Protocol):
    """A network whose own pages owe posts: it is told before it runs how to say that there is something to deliver."""

    def owe_by(self, touched: Callable[[], None]) -> None: ...
