"""What is on, as one person's page shows it: a card for each open activity, with what each can do for that person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from adapters.web.ids import NETWORK, private_chat
from adapters.web.settings import WebSettings
from adapters.web.spans import drawn
from adapters.web.store import WebMessage, WebPerson
from adapters.web.wording import text
from core import posts, rules
from core.activities import PERSON, posted
from core.claims import Roster
from core.here import Here
from core.heres import Heres
from core.members import KnownChat, account_of, member
from core.messages import Confide, Person, Span
from core.outlook import Deed, Outlook, State
from core.posts import ENDED, Post
from core.views.details import called, facts, headline, so_many
from core.views.lookup import Lookup
from core.words import text as label

NAMES = 20
"""How many names stand on a card, besides one's own. The others fold."""


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
    state: State  # how it looks
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
            if on is not None and (outlook := Outlook(on, me, lookup.now)).current:
                yield Drawn(lookup, outlook, lang, offers, private_chat(viewer.id).id).card()

    def strip(self, session: Session, chat: str, lang: str, now: datetime) -> Strip | None:
        """What can still be joined in a group of the page; None where nothing can."""
        open_ones: list[tuple[Lookup, Roster]] = []
        known = KnownChat.network == NETWORK, KnownChat.address == chat, col(KnownChat.private).is_(False)
        whose = session.exec(select(KnownChat.community_id).where(*known)).all()  # what others have is not for it
        for here in (each for each in self.heres or () if each.id in whose):
            lookup = Lookup(session, here, now)
            rows = [row for row in posted(session, here.id, lookup.now) if lookup.now < row.ends()]
            lookup.expect_rosters({row.id for row in rows})
            found = (on for row in rows if (on := lookup.roster(row.id)) is not None)
            open_ones += [(lookup, on) for on in found if rules.still_open(on, now) is None]
        if not open_ones:
            return None
        if len(open_ones) > 1:
            return Strip(text(lang, "pin.several", n=len(open_ones)))
        lookup, on = open_ones[0]
        shown = f"{headline(lookup, on, lang)} {lookup.when(on, lang)} {so_many(lookup.kind(on), on, lang)}"
        stands = rosters(session, lookup.here, [on.occurrence.id], chat)
        message = int(stands[0].message or 0) if stands else 0
        return Strip(shown, chat if message else "", message)


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
        """Where the roster offers this: the message, the action and its verb."""
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
            return row, str(action["id"]), verb
    return None


class Drawn:
    """One activity about to become a card."""

    def __init__(self, lookup: Lookup, outlook: Outlook, lang: str, offers: Offers, own: str) -> None:
        self._lookup, self._outlook, self._lang, self._offers, self._own = lookup, outlook, lang, offers, own
        self._on, self._me, self._id = outlook.on, outlook.member_id, outlook.on.occurrence.id

    def card(self) -> Card:
        state, mine = self._outlook.state, bool(self._outlook.theirs)
        others = self._others()
        row = self._offers.roster(self._id)
        known = facts(self._lookup, self._on, self._lang, private=False)
        return Card(
            id=self._id,
            title=headline(self._lookup, self._on, self._lang),
            state=state,
            badge=self._badge(state),
            lines=tuple(tuple(plain(line)) for line in known),
            mine=mine,
            me=called(self._lookup, self._on, self._me, self._lang) if mine else "",
            names=tuple(others[:NAMES]),
            folded=tuple(others[NAMES:]),
            buttons=tuple(button for deed in self._outlook.deeds() if (button := self._button(deed, state))),
            roster="" if row is None else f"{row.chat}?at={row.id}#m{row.id}",
        )

    def _others(self) -> list[str]:
        """Who else comes, each once, as the roster names them."""
        ids = dict.fromkeys(claim.member_id for claim in self._on.taking() if claim.member_id != self._me)
        return [called(self._lookup, self._on, id, self._lang) for id in ids]

    def _badge(self, state: State) -> str:
        if state == "waiting":
            return text(self._lang, "now.waiting", n=self._on.number_waiting(self._outlook.theirs[0]))
        if state not in ("open", "thin"):
            return text(self._lang, f"now.{state}")
        missing = self._on.missing()
        if missing is None:
            return text(self._lang, "now.unlimited")
        return text(self._lang, "now.missing" if self._on.unit == PERSON else "now.missing_things", n=missing)

    def _label(self, verb: str) -> str:
        """What is pressed, in the reader's own language: the message that offers it has that of its chat."""
        kind = self._lookup.kind(self._on)
        other = {"join": kind.join_key(self._on), "done": kind.ends}.get(verb)
        return label(self._lang, other or f"action.{verb}")

    def _button(self, deed: Deed, state: State) -> Button | None:
        """What does this: on the message that offers it, else in words that are said privately.

        A place that is kept is taken or refused only where it was offered.
        """
        first = deed not in ("leave", "decline")
        if deed in ("join", "leave"):
            found = self._offers.joining(self._id, deed) or self._offers.joining(self._id, "excuse")
        else:
            found = self._offers.told(self._id, deed)
        queue = text(self._lang, "now.queue") if state == "full" else ""
        if found is not None:
            row, action, verb = found
            return Button(queue or self._label(verb), row.chat, str(row.id), action, first=first)
        if deed in ("accept", "decline"):
            return None
        word = text(self._lang, f"now.{deed}")
        says = f"{word} {self._on.occurrence.number or ''}".strip()
        return Button(queue or word, self._own, says=says, first=first)


def plain(line: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """A line as it is drawn. What is confided is not on a card: it is told privately, and fades there."""
    return (drawn(span) for span in line if not isinstance(span, Confide))
