"""One event, one transaction: seen before? whose is it? what comes of it? It is the one way into the core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from core import members, pairing, posts, seen
from core.belonging import group_of, move, outside, outsider, taken
from core.deeds import cut_off, groups, newcomers
from core.deeds.arriving import hello, reached, say_once, unreachable
from core.deeds.falling_back import unread
from core.here import Here
from core.heres import Heres
from core.members import KnownChat, Presence
from core.messages import (
    Answer,
    Arranged,
    Blocked,
    Edited,
    Entered,
    Event,
    Expelled,
    Garbled,
    Hears,
    Joined,
    Left,
    Moved,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
    Unread,
)
from core.network import Network
from core.speaking import heard_in, looked_up
from core.standing import Found, keep, rank, reads_no_more
from core.talk import several
from core.talk.arriving import ask_again, nameless, stranger
from core.talk.at_desk import arrange
from core.talk.corrections import edited
from core.talk.cut_off import say_so
from core.talk.hearing import hear
from core.talk.pairing import code_in, pair
from core.talk.pressing import press
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.work import Actor, Work

Words = Said | Pressed | Edited


class TooSoonError(Exception):
    """Somebody answers a message of ours that is on their screen and not yet in our rows."""


def take_in(
    session: Session,
    heres: Heres,
    network: Network,
    event: Event,
    now: datetime,
    found: Found = (),
    *,
    patient: bool = False,
    asks: bool = False,
) -> Answer:
    """The whole of one transaction. Raises `TooSoonError` if `patient`, where waiting a little tells more, and
    `UnknownError` if whoever calls `asks` the network.

    `found`: where whoever does this was found to stand.
    """
    before = seen.answered(session, network.bot, event.event)
    if before is not None:
        return before
    if found and isinstance(event, Said | Edited | Pressed | Opened | Entered) and event.person is not None:
        for chat, standing in found:
            keep(session, heres.of_chat(session, chat), network, event.person, chat, standing, now)
    came = Came()
    if event.chat.private:
        in_private(session, heres, network, event, now, came, patient=patient)
    else:
        in_group(session, heres, network, event, now, came, found, patient=patient, asks=asks)
    note(session, network.bot, event, now, came)
    return came.answer


@dataclass(slots=True)
class Came:
    """What came of an event."""

    answer: Answer = field(default_factory=Answer)
    outcome: str = seen.NOTHING
    occurrence_id: int = 0

    def of(self, turn: Turn) -> None:
        self.answer, self.outcome, self.occurrence_id = turn.answer, turn.outcome, turn.occurrence_id


def in_group(
    session: Session, heres: Heres, network: Network, event: Event, now: datetime, came: Came, found: Found,
    *, patient: bool, asks: bool,
) -> None:  # fmt: skip
    """Something happened in a group: it concerns the one community that the group is of, or that is asked about it."""
    here = heres.of_group(session, event)
    if heres.several and isinstance(event, Entered | Moved):
        only(session, heres, here, event, now)
    chat = group_of(session, here, event, now)
    if not (chat.bound or taken(session, here, network, event, chat, now)):
        came.answer = outside(session, here, event, chat, now)
        return
    if chat.address != event.chat.id:  # it has another id by now: what is pressed there is all that still happens
        if not isinstance(event, Pressed):
            return
        event, patient = replace(event, message=posts.elsewhere(event.chat.id, event.message)), False
    if isinstance(event, Pressed) and outsider(session, heres, here, chat, event, found, asks=asks):
        came.answer = stranger(session, here, event, now)
        return
    if patient and too_soon(session, network.bot, chat, event):
        raise TooSoonError
    if chat.deaf and isinstance(event, Said) and plainly(event):
        cut_off.hears(session, here, chat, now, hears=True)
    match event:
        case Said(person=person) | Pressed(person=person) | Edited(person=person):
            turn = begin(session, here, network, event, chat, person, now)
            if turn is not None:
                talk(turn, event, network.bot)
                came.of(turn)
            elif not person.id and isinstance(event, Said):
                nameless(session, chat, event.text, here.kinds, chat.lang or here.lang, now)
            else:
                came.answer = stranger(session, here, event, now)
        case Joined(person=person) | Ranked(person=person):
            arrive(session, here, network, event, chat, person, now)
        case Left(person=person):
            members.present(session, chat, person.id).left = True
            reads_no_more(session, here.id, person, now)
        case Entered():
            cut_off.welcome(session, here, chat, now)
        case Expelled():
            cut_off.out(session, here, chat, now)
        case Hears(hears=hears, speaks=speaks):
            cut_off.hears(session, here, chat, now, hears=hears)
            if speaks is not None:
                cut_off.speaks(session, here, chat, now, speaks=speaks)
        case Moved(to=to):
            move(session, here, chat, to, now)
        case Garbled(person=person):
            ask_again(session, chat, person, now)


def plainly(said: Said) -> bool:
    """Whether these are words that only who hears everything is told of: see `Hears`."""
    return not said.text.lstrip().startswith(("/", "!", "／", "！")) and said.reply_to is None and not said.called


def only(session: Session, heres: Heres, here: Here, event: Entered | Moved, now: datetime) -> None:
    """A group is asked about by one community at most: what others know of it that is not theirs is over."""
    for chat in (event.chat, event.to) if isinstance(event, Moved) else (event.chat,):
        for row in heres.rows(session, chat):
            if row.community_id != here.id and not row.bound and not row.closed:
                groups.gone(session, row, now)


def in_private(
    session: Session, heres: Heres, network: Network, event: Event, now: datetime, came: Came, *, patient: bool
) -> None:
    """Something happened in a private chat: it concerns the communities of its person."""
    person: Person | None = getattr(event, "person", None)
    if isinstance(event, Said | Edited) and event.person.id and paired(session, heres, event, now):
        return
    mine = heres.of_person(session, person) if person is not None else ()
    if person is None or not mine:
        awaited = bool(pairing.awaiting(session, heres.ids, now))
        came.answer = stranger(session, heres.first, event, now, awaited=awaited)
        return
    match event:
        case Said() | Pressed() | Edited():
            hear_privately(session, heres, network, event, now, came, mine, patient=patient)
        case Arranged():
            of = next((here for here in mine if here.id == event.community), mine[0])
            turn = privately(session, of, network, event, now, patient=False)
            arrange(turn, event)
            came.of(turn)
        case Opened():
            for here in mine:
                chat = members.know_chat(session, here.community, event.chat, now, account=person.id)
                arrive(session, here, network, event, chat, person, now)
            if event.asks:
                asked = Said(event.event, event.chat, event.person, f"/start {event.token}".rstrip(), "")
                hear_privately(session, heres, network, asked, now, came, mine, patient=False)
        case Blocked():
            for here in mine:
                unreachable(session, members.account_of(session, here.id, person))
        case Unread(message=message):
            for each in mine:
                unread(Work(session, each, now), members.chat_row(session, each.id, event.chat), message)
        case Garbled():
            chat = members.know_chat(session, mine[0].community, event.chat, now, account=person.id)
            ask_again(session, chat, person, now)
    if isinstance(event, Said | Opened):
        for here in mine:
            ask_about_groups(session, here, event, now)


def hear_privately(
    session: Session, heres: Heres, network: Network, event: Words, now: datetime, came: Came, mine: Sequence[Here],
    *, patient: bool,
) -> None:  # fmt: skip
    """Private words, a press or an edit, of somebody who belongs to these communities."""
    here, words, said = several.meant(session, mine, event) if len(mine) > 1 else (mine[0], event, False)
    for other in mine:
        if other is not here:
            account = members.account_of(session, other.id, event.person)
            if account is not None:
                reached(session, account, now)
    turn = privately(session, here, network, words, now, patient=patient)
    if said:
        several.choose(turn, Wish("community", community=here.id))
        turn.elsewhere = None
    if said and isinstance(words, Said) and not words.text.strip():
        several.noted(turn)
    elif len(mine) > 1 and isinstance(words, Said) and several.must_ask(session, mine, words):
        several.ask_which(turn, mine, words.text)
    else:
        talk(turn, words, network.bot)
    came.of(turn)
    if turn.elsewhere is not None:
        go_on(session, heres, network, event, now, came, turn.elsewhere)


def go_on(
    session: Session, heres: Heres, network: Network, event: Words, now: datetime, came: Came, to: tuple[int, str]
) -> None:
    """It was asked of which community somebody spoke: there their words are heard now."""
    here = next((each for each in heres.of_person(session, event.person) if each.id == to[0]), None)
    if here is None:
        return
    said = Said(event.event, event.chat, event.person, to[1], event.message)
    turn = privately(session, here, network, said, now, patient=False)
    several.noted(turn)
    hear(turn, said)
    came.of(turn)


def privately(
    session: Session, here: Here, network: Network, event: Words | Arranged, now: datetime, *, patient: bool
) -> Turn:
    there = looked_up(session, here, event.chat, event.person.id)
    chat = members.know_chat(session, here.community, event.chat, now, account=event.person.id, there=there)
    if patient and too_soon(session, network.bot, chat, event):
        raise TooSoonError
    turn = begin(session, here, network, event, chat, event.person, now)
    assert turn is not None  # noqa: S101 - a private chat is somebody's
    return turn


def give_up(session: Session, heres: Heres, network: Network, event: Event, now: datetime) -> Answer:
    """Record an event that raised, so that it is not tried for ever; answer with a kind word."""
    here = heres.first if event.chat.private else heres.of_group(session, event)
    answer = Answer(toast=text(here.lang, "failed.kind"), alert=True)
    note(session, network.bot, event, now, Came(answer, seen.FAILED))
    chat = members.chat_row(session, here.id, event.chat)
    if isinstance(event, Said) and chat is not None:
        say_once(session, chat, "failed.kind", f"{network.bot}:{event.event}", now)
    return answer


# ------------------------------------------------------------ whose is it


def paired(session: Session, heres: Heres, event: Said | Edited, now: datetime) -> bool:
    """Whether private words are a pairing code; then they have been answered."""
    awaits = [heres[id] for id in pairing.awaiting(session, heres.ids, now)] or [heres.first]
    found = [(here, code) for here in awaits if (code := code_in(session, here, event.person, event.text, now))]
    if found:
        pair(session, [here for here, _ in found], event.chat, event.person, found[0][1], now)
    return bool(found)


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
    event: Words | Arranged,
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
    waited = reached(session, account, now) if chat.private else ()
    session.flush()
    by = Actor(member.id, (account.network, account.id), "desk" if isinstance(event, Arranged) else "chat")
    return Turn(
        work=Work(session, here, now, by, edits=network.can.edits, occasion=f"{network.bot}:{event.event}"),
        can=network.can,
        chat=chat,
        account=account,
        member=member,
        pressed=isinstance(event, Pressed | Arranged),
        message=getattr(event, "message", ""),
        thread=getattr(event, "thread", ""),
        waited=waited,
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
            waited = reached(session, account, now)
            if first and event.fresh:
                hello(session, account, member, now, next(iter(waited), None))
        case Ranked(administrator=administrator):
            rank(session, chat, person, member.id, now, administrator=administrator)
        case Joined(blind=blind):
            members.present(session, chat, person.id)
            if blind:
                newcomers.blind(Work(session, here, now), chat)


def too_soon(session: Session, bot: str, chat: KnownChat, event: Event) -> bool:
    """Whether a press or an answer is about a message of ours that is on a screen and perhaps not written down yet.

    People are quick, and a process that died in between writes it down only after the next one has started. An answer
    to a neighbour's words is never too soon, and one here does not wait for what is under way elsewhere.
    """
    match event:
        case Pressed(message=str(message)) | Said(reply_to=str(message)):
            if posts.copied(session, chat.community_id, chat.id, message) is not None:
                return False
            if seen.earlier(session, bot, event.chat.id, message) is not None:
                return False
            return posts.under_way(session, chat.community_id, chat.id, *heard_in(session, chat))
    return False


def talk(turn: Turn, event: Words, bot: str) -> None:
    """Words, a press or an edit, handed to what understands them."""
    match event:
        case Said():
            say_so(turn, event)
            hear(turn, event)
        case Pressed(message=message, action=action, emoji=emoji):
            press(turn, message, action, emoji)
        case Edited():
            before = seen.earlier(turn.session, bot, event.chat.id, event.message)
            edited(turn, event, before)
    if turn.answer.mark and not turn.can.marks:
        turn.answer = replace(turn.answer, mark="")


def note(session: Session, bot: str, event: Event, now: datetime, came: Came) -> None:
    """Remember that this event was taken in, and its answer."""
    where = {"chat": event.chat.id, "message": getattr(event, "message", "")}
    what = {"outcome": came.outcome, "occurrence_id": came.occurrence_id, "answer": asdict(came.answer)}
    seen.NEW.line(session, bot=bot, event=event.event, at=now, **where, **what)
