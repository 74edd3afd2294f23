"""Where an event belongs: whose chat it is, and what becomes of a group that is not known to be the community's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session

from core import members, posts
from core.deeds import cut_off, groups
from core.here import Here
from core.heres import Heres
from core.known import coordinates, somebody_coordinates
from core.members import SETTINGS, KnownChat, Presence
from core.messages import (
    Answer,
    Chat,
    Entered,
    Event,
    Expelled,
    Hears,
    Joined,
    Left,
    Moved,
    Person,
    Pressed,
    Ranked,
)
from core.network import Network
from core.pairing import new_code
from core.speaking import looked_up, moved_here
from core.standing import Found
from core.words import text
from core.words.clean import tidy_name


class UnknownError(Exception):
    """Somebody of whom nothing is known presses in a group of ours: their network may know whether they are in it."""


def group_of(session: Session, here: Here, event: Event, now: datetime) -> KnownChat:
    """The row of the group of an event, made when the bot is first heard of there. Whether it is ours, `bound` says.

    Of one that has another address by now it is that one's.
    """
    chat = event.chat
    person: Person | None = getattr(event, "person", None)
    row = looked_up(session, here, chat, person.id if person is not None else "")
    if row is None and (moved := moved_here(session, here.id, chat)) is not None:
        return moved
    stays_out = row is not None and row.closed and bool(row.bound) and isinstance(event, Expelled)
    if not stays_out and (row is None or row.closed or row.private or (chat.name and chat.name != row.name)):
        if row is not None and row.closed and row.bound:
            cut_off.back(session, here, row, now)
        row = members.know_chat(session, here.community, chat, now)
        session.flush()
    assert row is not None  # noqa: S101 - it is there, or was made
    if isinstance(event, Entered) and row.deaf == event.hears:
        row.deaf = not event.hears
        session.add(row)
    named = here.groups.get(f"{chat.network}:{chat.id}")
    if named is not None and row.bound != SETTINGS:
        groups.bind(session, row, SETTINGS, now, named=named)
    return row


def taken(session: Session, here: Here, network: Network, event: Event, chat: KnownChat, now: datetime) -> bool:
    """Whether a coordinator has just brought the bot into this group: it is ours by that."""
    if not isinstance(event, Entered) or event.person is None or not known(session, here, event.person):
        return False
    account, member = members.welcome(
        session, here.community, event.person, now, chat.lang, reachable=network.can.opens
    )
    session.flush()
    by = (account.network, account.id, member.id)
    groups.brought(session, here, chat, member, now, by)
    return True


def known(session: Session, here: Here, person: Person) -> bool:
    return coordinates(session, here.id, person, administrators=here.ranks)


def outsider(
    session: Session, heres: Heres, here: Here, chat: KnownChat, press: Pressed, found: Found, *, asks: bool
) -> bool:
    """Whether somebody presses who is in no group of ours, by what was found; raises `UnknownError` to have it looked
    for.
    """
    if not nobody_known(session, heres, here, chat, press.person):
        return False
    if asks:
        raise UnknownError
    return any(there == press.chat and standing.present is False for there, standing in found)


def nobody_known(session: Session, heres: Heres, here: Here, chat: KnownChat, person: Person) -> bool:
    """Whether somebody was never seen in this group, nor in any other of ours. A public group is looked at, and its
    buttons pressed, by whoever likes.
    """
    if not person.id or session.get(Presence, (here.id, chat.id, person.id)) is not None:
        return False
    return not heres.of_person(session, person)


def outside(session: Session, here: Here, event: Event, chat: KnownChat, now: datetime) -> Answer:
    """What happens in a group that is not ours, or not yet. Who is there is kept for the moment at which it may be;
    until then they are nobody's members, and what they say is not even looked at.
    """
    entered = isinstance(event, Entered)
    if chat.refused and not isinstance(event, Expelled):
        if entered or not groups.awaits(session, chat):
            groups.leave(session, chat, now, now)
    elif entered or not (isinstance(event, Expelled) or groups.awaits(session, chat)):
        who = tidy_name(event.person.name) if isinstance(event, Entered) and event.person is not None else ""
        groups.begin(session, here, chat, now, brought_by=who, called=entered)
    match event:
        case Joined(person=person):
            members.present(session, chat, person.id)
        case Ranked(person=person, administrator=administrator):
            members.present(session, chat, person.id).administrator = administrator
        case Left(person=person):
            members.present(session, chat, person.id).left = True
        case Expelled():
            groups.gone(session, chat, now)
        case Hears(hears=hears):
            cut_off.hears(session, here, chat, now, hears=hears)
        case Moved(to=to):
            move(session, here, chat, to, now)
        case Pressed():
            return Answer(toast=text(chat.lang or here.community.lang, "private.stranger"), alert=True)
    return Answer()


def move(session: Session, here: Here, chat: KnownChat, to: Chat, now: datetime) -> None:
    """A group has a new id. What stood in the old one cannot be edited from here: open rosters are put up anew."""
    if chat.address != to.id:
        posts.put_anew(session, here.posts, chat, now)
        chat.before = chat.address
    newcomer = members.move_chat(session, chat, to)
    groups.moved(session, chat, newcomer, now)


# ------------------------------------------------------------ at the start


def settle(session: Session, here: Here, own: Iterable[Chat], running: Collection[str], now: datetime) -> None:
    """Bind the groups that the settings name now, and no others by them; begin to ask about those that are not groups.

    `own`: groups of the operator's own making, on the page. `running`: the networks; of any other nothing is decided.
    """
    community = here.community
    by_name = {row.named: row for row in members.groups(session, here.id) if row.bound == SETTINGS}
    wanted = dict(here.groups)
    for chat in own:
        address = f"{chat.network}:{chat.id}"
        wanted[address] = address
        by_name.setdefault(address, members.know_chat(session, community, chat, now))
    for address, name in wanted.items():
        network, _, id = address.partition(":")
        if id.startswith("#"):  # an alias is not an id: it is found out which room it stands for
            continue
        row = by_name.get(name)
        if row is None or row.address == id:  # else it has moved: the settings still know it by its first id
            there = members.chat_row(session, here.id, Chat(network, id))
            row = there or members.know_chat(session, community, Chat(network, id), now)
        session.flush()
        groups.bind(session, row, SETTINGS, now, named=name)
    for row in members.open_groups(session, here.id):
        if row.network not in running:
            continue
        if row.bound == SETTINGS and row.named not in wanted.values():
            groups.unbind(session, row, now)
        if not row.bound and not row.refused and not groups.awaits(session, row):
            groups.begin(session, here, row, now, brought_by=row.brought_by)
    groups.ask(session, here, now)


def unled(session: Session, heres: Iterable[Here]) -> list[Here]:
    """The communities in which nobody is known who could confirm a group, even if they have not spoken yet."""
    return [here for here in heres if not somebody_coordinates(session, here.id, administrators=here.ranks)]


def pairing_codes(session: Session, heres: Iterable[Here], now: datetime) -> dict[str, str]:
    """A fresh pairing code for each community that is unled, by its name."""
    return {here.community.name: new_code(session, here.id, now) for here in unled(session, heres)}
