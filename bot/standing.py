"""Where somebody stands: asked of their network just before what they do is taken in."""

from __future__ import annotations

import asyncio

from sqlmodel import Session

from core.db import Database
from core.heres import Heres
from core.members import as_chat, open_groups
from core.messages import Chat, Edited, Entered, Event, Opened, Person, Pressed, Said
from core.network import Network, Stands
from core.standing import Found

MOST = 30
"""Groups of which it is asked whether somebody is in them who is in no community yet, where there are several."""


async def standings(database: Database, heres: Heres, network: Network, event: Event) -> Found:
    """Where whoever does this stands: in the group where they do it, or from elsewhere in all groups of that network.

    So a coordinator's word counts by what is true now, a neighbour who writes privately first is no stranger, and who
    brings the bot into a group is known by the others. Nothing of somebody without an id, nor where nobody can tell.
    """
    if not isinstance(network, Stands) or not isinstance(event, Said | Edited | Pressed | Opened | Entered):
        return ()
    person, here_only = event.person, not event.chat.private and not isinstance(event, Entered)
    if person is None or not person.id or (here_only and not any(here.ranks for here in heres)):
        return ()
    chat = event.chat
    groups = [chat] if here_only else await database.read(lambda s: others(s, heres, chat, person))
    found = await asyncio.gather(*(network.standing(person, group, acting=here_only) for group in groups))
    return tuple(zip(groups, found, strict=True))


async def presence(network: Network, event: Event) -> Found:
    """Whether whoever presses in a group is in it: a public one is looked at, and pressed in, by whoever likes."""
    if not isinstance(network, Stands) or not isinstance(event, Pressed):
        return ()
    return ((event.chat, await network.standing(event.person, event.chat, acting=False)),)


def others(session: Session, heres: Heres, chat: Chat, person: Person) -> list[Chat]:
    """The groups on a chat's network that the bot is in, but for this one; of several communities those of the
    person's, and for a newcomer all, unless they are too many to ask.
    """
    mine = (heres.of_person(session, person) if heres.several else ()) or heres
    rows = [row for here in mine for row in open_groups(session, here.id)]
    found = [as_chat(row) for row in rows if row.network == chat.network and row.address != chat.id]
    return found if mine is not heres or not heres.several or len(found) <= MOST else []
