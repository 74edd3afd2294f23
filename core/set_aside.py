"""An event that no process lives through is set aside: nobody waits for it any more, and its person is told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from core import attempts, members, posts, seen
from core.attempts import COUNTED, MOST, Attempt
from core.deeds.arriving import say_once
from core.heres import Heres
from core.messages import Answer, Event, Pressed, Said
from core.network import Network
from core.posts import Say
from core.take_in import Came, note
from core.words import text

TOLD = "refusal.set_aside"


def set_aside(session: Session, heres: Heres, network: Network, event: Event, now: datetime) -> Answer:
    """The whole of one transaction, in place of `take_in`. Nothing of the event is read.

    When even this has cost a process its life, it is done without a word to anybody.
    """
    row = session.get_one(Attempt, (network.bot, event.event))
    before = seen.answered(session, network.bot, event.event)
    if before is not None:
        if row.state == COUNTED:
            attempts.taken_in(session, network.bot, event.event)  # the process ended just after it was
        return before
    answer = Answer()
    if row.attempts == MOST:
        answer = tell(session, heres, event, TOLD, f"aside:{network.bot}:{event.event}", now)
    note(session, network.bot, event, now, Came(answer, seen.ASIDE))
    attempts.put_aside(session, network.bot, event, network.name, now)
    return answer


def tell(session: Session, heres: Heres, event: Event, key: str, occasion: str, now: datetime) -> Answer:
    """One kind sentence about an event that is not taken in: over what was pressed, or privately after words; in a
    group only to who cannot be told so.
    """
    here = heres.first if event.chat.private else heres.of_group(session, event)
    if isinstance(event, Pressed):
        return Answer(toast=text(here.lang, key), alert=True)
    if not isinstance(event, Said) or not event.person.id:
        return Answer()
    if event.chat.private:
        here = next(iter(heres.of_person(session, event.person)), here)
        chat = members.know_chat(session, here.community, event.chat, now, account=event.person.id)
        say_once(session, chat, key, occasion, now)
        return Answer()
    group, account = members.chat_row(session, here.id, event.chat), members.account_of(session, here.id, event.person)
    if group is not None and group.bound and account is not None:
        whom, body = account.member_id, Say(key=key, origin=group.id)
        posts.want(session, here.id, now, "say", urgency=posts.ANSWER, member_id=whom, occasion=occasion, body=body)
    return Answer()
