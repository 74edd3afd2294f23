"""One event, one transaction: seen before? whose is it? what comes of it? It is the one way into the core."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core import members, pairing, posts, seen
from core.belonging import chat_of, move, outside, taken
from core.deeds import groups
from core.deeds.arriving import greet, hello, reached, say_once, unreachable
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
from core.standing import Found, keep, rank, reads_no_more
from core.talk.arriving import ask_again, nameless
from core.talk.corrections import edited
from core.talk.hearing import hear
from core.talk.pairing import code_in, pair
from core.talk.pressing import press
from core.turn import Turn
from core.words import text
from core.work import Actor, Work


class TooSoonError(Exception):
    """Somebody answers a message of ours that is on their screen and not yet in our rows."""


def take_in(
    session: Session,
    here: Here,
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
    if found and isinstance(event, Said | Edited | Pressed | Opened | Entered) and event.person is not None:
        keep(session, here, network, event.person, found, now)
    answer = beforehand(session, here, network, event, now)
    if isinstance(answer, Answer):
        note(session, network.bot, event, now, seen.NOTHING, 0, answer)
        return answer
    chat = answer
    if patient and too_soon(session, chat, event):
        raise TooSoonError
    outcome, occurrence_id, answer = seen.NOTHING, 0, Answer()
    match event:
        case Said(person=person) | Pressed(person=person) | Edited(person=person):
            turn = begin(session, here, network, event, chat, person, now)
            if turn is None and not person.id and isinstance(event, Said):
                nameless(session, chat, event.text, here.kinds, chat.lang or here.lang, now)
            elif turn is None:
                answer = stranger(session, here, event, now)
            else:
                talk(turn, event, network.bot)
                outcome, occurrence_id, answer = turn.outcome, turn.occurrence_id, turn.answer
        case Opened(person=person) | Joined(person=person) | Ranked(person=person):
            arrive(session, here, network, event, chat, person, now)
        case Left(person=person):
            members.present(session, chat, person.id).left = True
            reads_no_more(session, here.id, person, now)
        case Blocked(person=person):
            unreachable(session, members.account_of(session, here.id, person))
        case Entered():
            greet(session, chat, now)
        case Expelled():
            groups.gone(session, chat, now)
        case Moved(to=to):
            move(session, chat, to, now)
        case Garbled(person=person):
            ask_again(session, chat, person, now)
        case Withdrawn():
            pass  # a withdrawn word stays said: what it did is taken back by 撤销 or 退出
    if chat.private and isinstance(event, Said | Opened):
        ask_about_groups(session, here, event, now)
    note(session, network.bot, event, now, outcome, occurrence_id, answer)
    return answer


def give_up(session: Session, here: Here, network: Network, event: Event, now: datetime) -> Answer:
    """Record an event that raised, so that it is not tried for ever; answer with a kind word."""
    answer = Answer(toast=text(here.lang, "failed.kind"), alert=True)
    note(session, network.bot, event, now, seen.FAILED, 0, answer)
    chat = members.chat_row(session, here.id, event.chat)
    if isinstance(event, Said) and chat is not None:
        say_once(session, chat, "failed.kind", f"{network.bot}:{event.event}", now)
    return answer


# ------------------------------------------------------------ whose is it


def beforehand(session: Session, here: Here, network: Network, event: Event, now: datetime) -> KnownChat | Answer:
    """The chat of an event that concerns the community; else its answer, for then all is done."""
    if isinstance(event, Said | Edited) and event.chat.private and event.person.id:
        code = code_in(session, here, event.person, event.text, now)
        if code is not None:
            pair(session, here, event.chat, event.person, code, now)
            return Answer()
    chat = chat_of(session, here, event, now)
    if chat is None:
        return stranger(session, here, event, now)
    if chat.private or chat.bound or taken(session, here, network, event, chat, now):
        return chat
    return outside(session, here, event, chat, now)


def ask_about_groups(session: Session, here: Here, event: Said | Opened, now: datetime) -> None:
    """Somebody is at their private chat: if they coordinate, they are asked about groups that wait."""
    account = members.account_of(session, here.id, event.person)
    if account is not None:
        whom = members.member(session, account.community_id, account.member_id).id
        groups.ask_one(session, here, whom, now, talking=isinstance(event, Said))


def begin(
    session: Session,
    here: Here,
    network: Network,
    event: Said | Pressed | Edited,
    chat: KnownChat,
    person: Person,
    now: datetime,
) -> Turn | None:
    """The working set of words or a press; None for somebody who may not speak here."""
    if not person.id:
        return None
    if not chat.private:
        there = session.get(Presence, (here.id, chat.id, person.id))
        if there is not None and there.left and isinstance(event, Pressed):
            return None  # they left: an old button on their screen no longer speaks for them
        members.present(session, chat, person.id)
    account, member = members.welcome(session, here.community, person, now, chat.lang, reachable=network.can.opens)
    if chat.private and not account.reachable:
        reached(session, account, now)
    session.flush()
    by = Actor(member.id, (account.network, account.id), "chat")
    return Turn(
        work=Work(session, here, now, by, edits=network.can.edits, occasion=f"{network.bot}:{event.event}"),
        can=network.can,
        chat=chat,
        account=account,
        member=member,
        pressed=isinstance(event, Pressed),
        message=event.message,
    )


def arrive(
    session: Session,
    here: Here,
    network: Network,
    event: Opened | Joined | Ranked,
    chat: KnownChat,
    person: Person,
    now: datetime,
) -> None:
    """Somebody came into a group, rose or fell in rank, or opened their private chat."""
    account, member = members.welcome(session, here.community, person, now, chat.lang, reachable=network.can.opens)
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


def stranger(session: Session, here: Here, event: Event, now: datetime) -> Answer:
    """A kind no for somebody who does not belong here, private words only: in a foreign group the bot is silent."""
    lang = here.lang
    if isinstance(event, Pressed):
        return Answer(toast=text(lang, "private.stranger"), alert=True)
    if not isinstance(event, Said | Opened) or not event.chat.private:
        return Answer()
    chat = members.know_chat(session, here.community, event.chat, now, account=event.person.id)
    # A kind no an hour, however often they knock.
    more = ["pairing.awaited"] if pairing.awaited(session, here.id, now) else []
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
