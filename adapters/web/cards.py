"""What is on, as one person's page shows it: a card for each open activity, with what each can do for that person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from adapters.web.ids import NETWORK, private_chat
from adapters.web.settings import WebSettings
from adapters.web.store import WebMessage, WebPerson
from adapters.web.wording import text
from core import posts
from core.activities import CLOSED, PERSON, posted
from core.claims import FINISHED, OFFERED, PRESENT, WAITLISTED, Roster
from core.here import Here
from core.heres import Heres
from core.members import KnownChat, account_of, member
from core.messages import Bold, Confide, Mention, Person, Span, words
from core.posts import ENDED, Post
from core.views.details import called, facts, headline
from core.views.lookup import Lookup

NAMES = 20
"""How many names stand on a card, besides one's own. The others fold."""
SOON = timedelta(days=2)
"""What begins within this time and has too few is said to be thin."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: what a message in a chat offers, or words that are said privately where none offers it."""

    label: str
    chat: str
    message: str = ""
    action: str = ""
    says: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One activity, as one person sees it."""

    id: int
    title: str
    state: str  # mine, waiting, offered, full, thin, open, closed: how it looks
    badge: str
    lines: tuple[tuple[tuple[str, str], ...], ...]
    mine: bool
    me: str  # one's own name on its roster
    names: tuple[str, ...]
    folded: tuple[str, ...]
    buttons: tuple[Button, ...]
    roster: str  # where the group's roster stands: "chat#m12", '' where no group of the page has it


@dataclass(frozen=True, slots=True)
class Strip:
    """What is open, on one line above a group's talk; and where it leads."""

    words: str
    chat: str = ""
    message: int = 0


class Cards:
    """Reads what is on. Only looks: what is pressed goes the way of every press."""

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings
        self.heres: Heres | None = None

    def of(self, session: Session, viewer: WebPerson, lang: str, now: datetime) -> list[Card]:
        """All open activities: what one promised first, then the others, each by its time."""
        found = [card for here in self.heres or () for card in self._of_here(session, here, viewer, lang, now)]
        return sorted(found, key=lambda card: not card.mine)

    def _of_here(self, session: Session, here: Here, viewer: WebPerson, lang: str, now: datetime) -> Iterator[Card]:
        account = account_of(session, here.id, Person(NETWORK, viewer.id))
        if account is None:
            return
        me = member(session, here.id, account.member_id).id
        lookup = Lookup(session, here, now)
        rows = posted(session, here.id, lookup.now)
        lookup.expect_rosters({row.id for row in rows})
        lookup.expect(lookup.people({row.id for row in rows}))
        offers = Offers(session, here, viewer.id, me, [row.id for row in rows])
        for row in rows:
            on = lookup.roster(row.id)
            if on is not None and seen(on, me, lookup):
                yield Drawn(lookup, on, me, lang, offers, private_chat(viewer.id).id).card()

    def strip(self, session: Session, chat: str, lang: str, now: datetime) -> Strip | None:
        """What is open in a group of the page; None where nothing is."""
        open_ones: list[tuple[Lookup, Roster]] = []
        known = KnownChat.network == NETWORK, KnownChat.address == chat, col(KnownChat.private).is_(False)
        whose = session.exec(select(KnownChat.community_id).where(*known)).all()  # what others have is not for it
        for here in (each for each in self.heres or () if each.id in whose):
            lookup = Lookup(session, here, now)
            rows = [row for row in posted(session, here.id, lookup.now) if lookup.now < row.ends()]
            lookup.expect_rosters({row.id for row in rows})
            open_ones += [(lookup, on) for row in rows if (on := lookup.roster(row.id)) is not None]
        if not open_ones:
            return None
        if len(open_ones) > 1:
            return Strip(text(lang, "pin.several", n=len(open_ones)))
        lookup, on = open_ones[0]
        shown = f"{headline(lookup, on, lang)} {lookup.when(on, lang)} {tally(lookup, on, lang)}"
        found = rosters(session, lookup.here, [on.occurrence.id], chat)
        message = int(found[0].message or 0) if found else 0
        return Strip(shown, chat if message else "", message)


def seen(on: Roster, me: int, lookup: Lookup) -> bool:
    """Whether it stands on this person's page: until it is over; one's own until one has said that one is done."""
    if on.occurrence.starts_at is None:
        return False
    if lookup.now < on.occurrence.ends():
        return True
    theirs = [claim for claim in on.of(me) if claim.promised not in (WAITLISTED, OFFERED)]
    return any(claim.happened != FINISHED for claim in theirs)


def tally(lookup: Lookup, on: Roster, lang: str) -> str:
    """How many of how many, in words."""
    taken, wanted = len(on.filling()), on.wanted()
    if wanted is not None:
        return f"{taken}/{wanted}"
    return lookup.kind(on).count(taken, on.slots[0].unit if on.slots else PERSON, lang)


def rosters(session: Session, here: Here, ids: Iterable[int], chat: str = "") -> Sequence[Post]:
    """The rosters that stand in groups of the page, or in this one of them."""
    there = select(KnownChat.id).where(
        KnownChat.community_id == here.id, KnownChat.network == NETWORK, col(KnownChat.private).is_(False)
    )
    if chat:
        there = there.where(KnownChat.address == chat)
    return session.exec(
        select(Post).where(
            Post.community_id == here.id,
            col(Post.occurrence_id).in_(list(ids)),
            Post.kind == "roster",
            Post.state != ENDED,
            col(Post.message).is_not(None),
            col(Post.shown_in).in_(there),
        )
    ).all()


class Offers:
    """What messages on one person's page offer about some activities: rosters of groups, and what is told privately."""

    def __init__(self, session: Session, here: Here, person: str, me: int, ids: Sequence[int]) -> None:
        self._session = session
        own = select(KnownChat.id).where(
            KnownChat.community_id == here.id, KnownChat.network == NETWORK, KnownChat.account == person
        )
        told = session.exec(
            select(Post)
            .where(
                Post.community_id == here.id,
                col(Post.occurrence_id).in_(list(ids)),
                Post.member_id == me,
                Post.state == posts.OPEN,
                col(Post.message).is_not(None),
                col(Post.shown_in).in_(own),
            )
            .order_by(col(Post.id).desc())
        ).all()
        self._told: dict[int, list[Post]] = {}
        for post in told:
            self._told.setdefault(post.occurrence_id, []).append(post)
        self._rosters = {post.occurrence_id: post for post in rosters(session, here, ids)}

    def roster(self, occurrence: int) -> WebMessage | None:
        """The message in a group that is its roster."""
        post = self._rosters.get(occurrence)
        return self._session.get(WebMessage, int(post.message)) if post is not None and post.message else None

    def joining(self, occurrence: int, verb: str) -> tuple[WebMessage, str, str] | None:
        """Where the roster offers this: the message, the action and its label."""
        row = self.roster(occurrence)
        return None if row is None else _action(row, verb)

    def told(self, occurrence: int, verb: str) -> tuple[WebMessage, str, str] | None:
        """Where something that was told privately offers this, the newest first."""
        for post in self._told.get(occurrence, ()):
            row = self._session.get(WebMessage, int(post.message or 0))
            if row is not None and (found := _action(row, verb)) is not None:
                return found
        return None


def _action(row: WebMessage, verb: str) -> tuple[WebMessage, str, str] | None:
    for action in row.actions:
        if str(action["id"]).partition(".")[2] == verb:
            return row, str(action["id"]), str(action["label"])
    return None


class Drawn:
    """One activity about to become a card."""

    def __init__(self, lookup: Lookup, on: Roster, me: int, lang: str, offers: Offers, own: str) -> None:
        self._lookup, self._on, self._me, self._lang, self._offers, self._own = lookup, on, me, lang, offers, own
        self._theirs = on.of(me)
        self._id = on.occurrence.id

    def card(self) -> Card:
        state = self._state()
        me = called(self._lookup, self._on, self._me, self._lang)
        others = self._others()
        row = self._offers.roster(self._id)
        known = facts(self._lookup, self._on, self._lang, private=False)
        return Card(
            id=self._id,
            title=headline(self._lookup, self._on, self._lang),
            state=state,
            badge=self._badge(state),
            lines=tuple(tuple(plain(line)) for line in known),
            mine=bool(self._theirs),
            me=me if self._theirs else "",
            names=tuple(others[:NAMES]),
            folded=tuple(others[NAMES:]),
            buttons=tuple(self._buttons(state)),
            roster="" if row is None else f"{row.chat}?at={row.id}#m{row.id}",
        )

    def _others(self) -> list[str]:
        """Who else comes, each once, as the roster names them."""
        ids = dict.fromkeys(claim.member_id for claim in self._on.taking() if claim.member_id != self._me)
        return [called(self._lookup, self._on, id, self._lang) for id in ids]

    def _state(self) -> str:
        promised = {claim.promised for claim in self._theirs}
        if OFFERED in promised:
            return "offered"
        if promised == {WAITLISTED}:
            return "waiting"
        if promised:
            return "mine"
        if self._on.occurrence.state == CLOSED:
            return "closed"
        missing = self._missing()
        if missing == 0:
            return "full"
        soon = self._starts_within(SOON) and missing is not None
        return "thin" if soon else "open"

    def _missing(self) -> int | None:
        wanted = self._on.wanted()
        return None if wanted is None else max(0, wanted - len(self._on.filling()))

    def _starts_within(self, time: timedelta) -> bool:
        starts = self._on.occurrence.starts_at
        return starts is not None and starts - self._lookup.now <= time

    def _badge(self, state: str) -> str:
        if state == "waiting":
            at = [claim.id for claim in self._on.waiting()].index(self._theirs[0].id)
            return text(self._lang, "now.waiting", n=at + 1)
        if state in ("mine", "offered", "full", "closed"):
            return text(self._lang, f"now.{state}")
        missing = self._missing()
        if missing is None:
            return text(self._lang, "now.unlimited")
        unit = self._on.slots[0].unit if self._on.slots else PERSON
        return text(self._lang, "now.missing" if unit == PERSON else "now.missing_things", n=missing)

    def _buttons(self, state: str) -> Iterator[Button]:
        if state == "offered":
            yield from self._told_buttons("accept", "decline")
        elif state in ("mine", "waiting"):
            yield from self._there()
            if not self._over():
                yield self._of_roster("leave", text(self._lang, "now.leave"))
        elif state in ("open", "thin", "full") and not self._over():
            yield self._of_roster("join", text(self._lang, "now.join"), first=True, full=state == "full")

    def _over(self) -> bool:
        return self._lookup.now >= self._on.occurrence.ends()

    def _there(self) -> Iterator[Button]:
        """到了, and then that it is over, when it is time."""
        sure = [claim for claim in self._theirs if claim.promised not in (WAITLISTED, OFFERED)]
        begins, ends = self._on.occurrence.check_in()
        if not sure or not begins <= self._lookup.now <= ends:
            return
        verb = "done" if all(claim.happened == PRESENT for claim in sure) else "here"
        if verb == "done" or any(claim.happened not in (PRESENT, FINISHED) for claim in sure):
            found = self._offers.told(self._id, verb)
            if found is not None:
                yield Button(found[2], self._own, str(found[0].id), found[1], first=True)
            else:
                word = text(self._lang, f"now.{verb}")
                yield Button(word, self._own, says=f"{word} {self._on.occurrence.number or ''}".strip(), first=True)

    def _told_buttons(self, *verbs: str) -> Iterator[Button]:
        for verb in verbs:
            if (found := self._offers.told(self._id, verb)) is not None:
                yield Button(found[2], self._own, str(found[0].id), found[1], first=verb == verbs[0])

    def _of_roster(self, verb: str, word: str, *, first: bool = False, full: bool = False) -> Button:
        found = self._offers.joining(self._id, verb) or self._offers.joining(self._id, "excuse")
        queue = text(self._lang, "now.queue") if full else ""
        if found is None:
            return Button(
                queue or word, self._own, says=f"{word} {self._on.occurrence.number or ''}".strip(), first=first
            )
        row, action, label = found
        return Button(queue or label, row.chat, str(row.id), action, first=first)


def plain(line: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """A line as CSS classes and words. What is confided is not on a card: it is told privately, and fades there."""
    for span in line:
        match span:
            case Confide():
                continue
            case Bold() | Mention():
                yield "bold", words(span)
            case str():
                yield "", span
