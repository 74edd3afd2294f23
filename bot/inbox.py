"""One event, one transaction, in one place: seen before? whose is it? what comes of it? commit, then answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.belonging import chat_of, outside, taken
from bot.standing import Found, keep, rank, reads_no_more, standings
from core import members, pairing, posts, seen
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
from core.talk import ours
from core.talk.arriving import ask_again, greet, hello, move, nameless, reached, say_once, unreachable
from core.talk.corrections import edited
from core.talk.hearing import hear
from core.talk.pairing import code_in, pair
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
        found = await standings(self._database, self._here, network, event)
        for _ in range(LOOKS):
            try:
                return await self._receive(network, event, found, patient=True)
            except TooSoonError:
                await asyncio.sleep(LOOKS_AGAIN)
        return await self._receive(network, event, found, patient=False)

    async def _receive(self, network: Network, event: Event, found: Found, *, patient: bool) -> Answer:
        now = self._now()
        try:
            answer = await self._database.write(lambda s: self.take_in(s, network, event, now, found, patient=patient))
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
        self,
        session: Session,
        network: Network,
        event: Event,
        now: datetime,
        found: Found = (),
        *,
        patient: bool = False,
    ) -> Answer:
        """The whole of one transaction. Raises `TooSoonError` if `patient`, where waiting a little tells more.

        `found`: where whoever does this was found to stand.
        """
        before = seen.answered(session, network.bot, event.event)
        if before is not None:
            return restored(before)
        community = self._here.community
        if found and isinstance(event, Said | Edited | Pressed | Opened | Entered) and event.person is not None:
            keep(session, self._here, network, event.person, found, now)
        answer = self.beforehand(session, network, event, now)
        if isinstance(answer, Answer):
            note(session, network.bot, event, now, seen.NOTHING, 0, answer)
            return answer
        chat = answer
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
                reads_no_more(session, community.id, person, now)
            case Blocked(person=person):
                unreachable(session, community.id, person)
            case Entered():
                greet(session, chat, now)
            case Expelled():
                ours.gone(session, chat, now)
            case Moved(to=to):
                ours.moved(session, chat, move(session, chat, to, now), now)
            case Garbled(person=person):
                ask_again(session, chat, person, now)
            case Withdrawn():
                pass  # a withdrawn word stays said: what it did is taken back by 撤销 or 退出
        if chat.private and isinstance(event, Said | Opened):
            self.ask_about_groups(session, event, now)
        note(session, network.bot, event, now, outcome, occurrence_id, answer)
        return answer

    # ------------------------------------------------------------ whose is it

    def beforehand(self, session: Session, network: Network, event: Event, now: datetime) -> KnownChat | Answer:
        """The chat of an event that concerns the community; else its answer, for then all is done."""
        here = self._here
        if isinstance(event, Said | Edited) and event.chat.private and event.person.id:
            code = code_in(session, here, event.person, event.text, now)
            if code is not None:
                pair(session, here, event.chat, event.person, code, now)
                return Answer()
        chat = chat_of(session, here, event, now)
        if chat is None:
            return self.stranger(session, event, now)
        if chat.private or chat.bound or taken(session, here, network, event, chat, now):
            return chat
        return outside(session, here, event, chat, now)

    def ask_about_groups(self, session: Session, event: Said | Opened, now: datetime) -> None:
        """Somebody is at their private chat: if they coordinate, they are asked about groups that wait."""
        account = members.account_of(session, self._here.id, event.person)
        if account is not None:
            whom = members.member(session, account.community_id, account.member_id).id
            ours.ask_one(session, self._here, whom, now, talking=isinstance(event, Said))

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
                rank(session, chat, person, member.id, now, administrator=administrator)
            case Joined():
                members.present(session, chat, person.id)

    def stranger(self, session: Session, event: Event, now: datetime) -> Answer:
        """A kind no for somebody who does not belong here, private words only: in a foreign group the bot is silent."""
        lang = self._here.community.lang
        if isinstance(event, Pressed):
            return Answer(toast=text(lang, "private.stranger"), alert=True)
        if not isinstance(event, Said | Opened) or not event.chat.private:
            return Answer()
        chat = members.know_chat(session, self._here.community, event.chat, now, account=event.person.id)
        # A kind no an hour, however often they knock.
        more = ["pairing.awaited"] if pairing.awaited(session, self._here.community.id, now) else []
        say_once(session, chat, "private.stranger", f"stranger:{now:%Y%m%d%H}", now, more=more)
        return Answer()


def restored(answer: dict[str, Any]) -> Answer:
    """An answer as it was stored, perhaps by an earlier version that had more to say."""
    known = {field.name for field in fields(Answer)}
    return Answer(**{name: value for name, value in answer.items() if name in known})


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
