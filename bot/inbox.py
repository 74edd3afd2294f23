"""One event, one transaction, in one place: seen before? whose is it? what comes of it? commit, then answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from core import members, posts, seen
from core.confiding import look_again
from core.db import Database, passing
from core.here import Here
from core.members import KnownChat, Presence
from core.messages import (
    Answer,
    Blocked,
    Edited,
    Entered,
    Event,
    Expelled,
    Garbled,
    Joined,
    Left,
    Moved,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
    Withdrawn,
)
from core.network import Network
from core.seen import Seen
from core.talk.arriving import ask_again, greet, hello, move, nameless, reached, say_once, unreachable
from core.talk.editing import edited
from core.talk.hearing import hear
from core.talk.pressing import press
from core.turn import Turn
from core.words import text
from core.work import Actor, Work

log = logging.getLogger("xiaobandeng.inbox")


LOOKS_AGAIN, LOOKS = 0.1, 100
"""Seconds until an event about a message under way is looked at again, and how often before that is given up."""


class TooSoonError(Exception):
    """Somebody answers a message of ours that is on their screen and not yet in our rows."""


class Inbox:
    """Takes events in, one at a time and in order, on the database's writer thread."""

    def __init__(
        self, database: Database, here: Here, now: Callable[[], datetime], touched: Callable[[], None]
    ) -> None:
        self._database = database
        self._here = here
        self._now = now
        self._touched = touched

    async def receive(self, network: Network, event: Event) -> Answer:
        """Commit what comes of an event and return the answer; the same event again gets the same answer.

        A defect of ours is recorded as a failed event and answered kindly: one poisoned event must not stop the
        village. Raises only when nothing could be stored, so that the adapter hands the event over again.
        """
        for _ in range(LOOKS):
            try:
                return await self._receive(network, event, patient=True)
            except TooSoonError:
                await asyncio.sleep(LOOKS_AGAIN)
        return await self._receive(network, event, patient=False)

    async def _receive(self, network: Network, event: Event, *, patient: bool) -> Answer:
        now = self._now()
        try:
            answer = await self._database.write(lambda s: self.take_in(s, network, event, now, patient=patient))
        except (OSError, TooSoonError):
            raise  # the disk, a message under way: not recorded, tried again
        except Exception as error:
            if isinstance(error, OperationalError) and passing(error):
                raise  # a lock, a full disk, a server that went away: the same
            log.exception("event failed", extra={"network": network.name, "event": event.event})
            answer = await self._database.write(lambda s: self.give_up(s, network, event, now))
        self._touched()
        return answer

    def give_up(self, session: Session, network: Network, event: Event, now: datetime) -> Answer:
        """Record an event that raised, so that it is not tried for ever; answer with a kind word."""
        lang = self._here.community.lang
        answer = Answer(toast=text(lang, "failed.kind"), alert=True)
        note(session, network.bot, event, now, seen.FAILED, 0, answer)
        chat = members.chat_row(session, self._here.community.id, event.chat)
        if isinstance(event, Said) and chat is not None:
            say_once(session, chat, "failed.kind", f"{network.bot}:{event.event}", now)
        return answer

    def take_in(
        self, session: Session, network: Network, event: Event, now: datetime, *, patient: bool = False
    ) -> Answer:
        """The whole of one transaction. Raises `TooSoonError` if `patient`, where waiting a little tells more."""
        before = seen.answered(session, network.bot, event.event)
        if before is not None:
            return Answer(**before)
        community = self._here.community
        chat = self.chat_of(session, event, now)
        if chat is None:
            answer = Answer(leave=True) if isinstance(event, Entered) else self.stranger(session, event, now)
            note(session, network.bot, event, now, seen.NOTHING, 0, answer)
            return answer
        if patient and too_soon(session, chat, event):
            raise TooSoonError
        outcome, occurrence_id, answer = seen.NOTHING, 0, Answer()
        match event:
            case Said(person=person) | Pressed(person=person) | Edited(person=person):
                turn = self.turn(session, network, event, chat, person, now)
                if turn is None and not person.id and isinstance(event, Said):
                    nameless(session, chat, event.text, self._here.kinds, chat.lang or community.lang, now)
                elif turn is None:
                    answer = self.stranger(session, event, now)
                else:
                    talk(turn, event, network.bot)
                    outcome, occurrence_id, answer = turn.outcome, turn.occurrence_id, turn.answer
            case Opened(person=person) | Joined(person=person) | Ranked(person=person):
                self.arrive(session, network, event, chat, person, now)
            case Left(person=person):
                members.present(session, chat, person.id).left = True
                self.reads_no_more(session, person, now)
            case Blocked(person=person):
                unreachable(session, community.id, person)
            case Entered():
                greet(session, chat, now)
            case Expelled():
                chat.closed = True
                session.add(chat)
            case Moved(to=to):
                move(session, chat, to, now)
            case Garbled(person=person):
                ask_again(session, chat, person, now)
            case Withdrawn():
                pass  # a withdrawn word stays said: what it did is taken back by 撤销 or 退出
        note(session, network.bot, event, now, outcome, occurrence_id, answer)
        return answer

    # ------------------------------------------------------------ whose is it

    def chat_of(self, session: Session, event: Event, now: datetime) -> KnownChat | None:
        """The chat's row if it belongs to the community; a group is adopted when somebody entitled is there."""
        community = self._here.community
        chat = members.chat_row(session, community.id, event.chat)
        person = getattr(event, "person", None)
        if event.chat.private:
            if person is None or not self.known(session, person):
                return None
            return members.know_chat(session, community, event.chat, now, account=person.id)
        if chat is not None:
            if chat.closed or (event.chat.name and event.chat.name != chat.name) or chat.private:
                chat = members.know_chat(session, community, event.chat, now)
            return chat
        name = f"{event.chat.network}:{event.chat.id}"
        if name in self._here.groups or (not self._here.groups and self.entitled(session, event, person)):
            chat = members.know_chat(session, community, event.chat, now)
            session.flush()
            return chat
        return None

    def entitled(self, session: Session, event: Event, person: Person | None) -> bool:
        """Whether an event shows somebody who may bring a group into the community."""
        ranked = isinstance(event, Ranked | Entered) and event.administrator
        if ranked and self._here.manners.administrators_coordinate:
            return True
        if person is None:
            return False
        key = (self._here.community.id, person.network, person.id)
        return session.get(members.Appointment, key) is not None

    def known(self, session: Session, person: Person) -> bool:
        """A private chat belongs where its person is a member of a group, or a coordinator by name."""
        community = self._here.community
        account = members.account_of(session, community.id, person)
        if account is None:
            key = (community.id, person.network, person.id)
            return session.get(members.Appointment, key) is not None
        return members.belongs(session, account)

    def turn(
        self,
        session: Session,
        network: Network,
        event: Said | Pressed | Edited,
        chat: KnownChat,
        person: Person,
        now: datetime,
    ) -> Turn | None:
        """The working set of words or a press; None for somebody who may not speak here."""
        community = self._here.community
        if not person.id:
            return None
        if not chat.private:
            there = session.get(Presence, (community.id, chat.id, person.id))
            if there is not None and there.left and isinstance(event, Pressed):
                return None  # they left: an old button on their screen no longer speaks for them
            members.present(session, chat, person.id)
        account, member = members.welcome(session, community, person, now, chat.lang, reachable=network.can.opens)
        if chat.private and not account.reachable:
            reached(session, account, now)
        session.flush()
        by = Actor(member.id, (account.network, account.id), "chat")
        return Turn(
            work=Work(session, self._here, now, by, edits=network.can.edits, occasion=f"{network.bot}:{event.event}"),
            can=network.can,
            chat=chat,
            account=account,
            member=member,
            pressed=isinstance(event, Pressed),
            message=event.message,
        )

    def arrive(
        self,
        session: Session,
        network: Network,
        event: Opened | Joined | Ranked,
        chat: KnownChat,
        person: Person,
        now: datetime,
    ) -> None:
        """Somebody came into a group, rose or fell in rank, or opened their private chat."""
        community = self._here.community
        account, member = members.welcome(session, community, person, now, chat.lang, reachable=network.can.opens)
        session.flush()
        match event:
            case Opened():
                first = not account.reachable
                reached(session, account, now)
                if first and event.fresh:
                    hello(session, account, member, now)
            case Ranked(administrator=administrator):
                row = members.present(session, chat, person.id)
                fell = row.administrator and not administrator
                row.administrator = administrator
                session.add(row)
                if fell:
                    self.reads_no_more(session, person, now)
            case Joined():
                members.present(session, chat, person.id)

    def reads_no_more(self, session: Session, person: Person, now: datetime) -> None:
        """Somebody left a group, or lost their rank: what they may not read any more goes from their screen."""
        account = members.account_of(session, self._here.community.id, person)
        if account is not None:
            session.flush()
            look_again(session, account.community_id, now, members=[account.member_id])

    def stranger(self, session: Session, event: Event, now: datetime) -> Answer:
        """A kind no for somebody who does not belong here, private words only: in a foreign group the bot is silent."""
        lang = self._here.community.lang
        if isinstance(event, Pressed):
            return Answer(toast=text(lang, "private.stranger"), alert=True)
        if not isinstance(event, Said | Opened) or not event.chat.private:
            return Answer()
        chat = members.know_chat(session, self._here.community, event.chat, now, account=event.person.id)
        # A kind no an hour, however often they knock.
        say_once(session, chat, "private.stranger", f"stranger:{now:%Y%m%d%H}", now)
        return Answer()


def too_soon(session: Session, chat: KnownChat, event: Event) -> bool:
    """Whether a press or an answer is about a message that we may have sent and not written down yet.

    People are quick, and a process that died in between writes it down only after the next one has started.
    """
    match event:
        case Pressed(message=str(message)) | Said(reply_to=str(message)):
            known = posts.copied(session, chat.community_id, chat.id, message) is not None
            return not known and posts.under_way(session, chat.community_id)
    return False


def talk(turn: Turn, event: Said | Pressed | Edited, bot: str) -> None:
    """Words, a press or an edit, handed to what understands them."""
    match event:
        case Said():
            hear(turn, event)
        case Pressed(message=message, action=action, emoji=emoji):
            press(turn, message, action, emoji)
        case Edited():
            before = seen.earlier(turn.session, bot, event.chat.id, event.message)
            edited(turn, event, before)
    if turn.answer.mark and not turn.can.marks:
        turn.answer = replace(turn.answer, mark="")


def note(
    session: Session, bot: str, event: Event, now: datetime, outcome: str, occurrence_id: int, answer: Answer
) -> None:
    """Remember that this event was taken in, and its answer."""
    row = {
        "bot": bot,
        "event": event.event,
        "at": now,
        "chat": event.chat.id,
        "message": getattr(event, "message", ""),
        "outcome": outcome,
        "occurrence_id": occurrence_id,
        "answer": asdict(answer),
    }
    session.connection().execute(seen.NEW, row)


def forget_old(session: Session, before: datetime) -> None:
    """Drop what was seen before this moment: networks deliver again within hours, not weeks."""
    for row in session.exec(select(Seen).where(col(Seen.at) < before).limit(1000)).all():
        session.delete(row)
