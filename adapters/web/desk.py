"""A coordinator's desk as a page shows it: what the core says of it, in words. It only looks and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from adapters.web import spans
from adapters.web.ids import NETWORK
from adapters.web.store import WebPerson
from adapters.web.wording import text
from core import when
from core.activities import CLOSED
from core.claims import Roster
from core.desk import Desk, Errand, Planned
from core.heres import Heres
from core.manners import wall
from core.members import account_of, member
from core.messages import Person, Span
from core.news import Calls, Passed
from core.posts import OPEN, Post
from core.reading.parts import spell_day
from core.views.details import called, headline, so_many
from core.views.lookup import Lookup
from core.views.view import View
from core.words import text as core_text

FORTNIGHT = 14
"""Days of the list of what comes."""
WEEK = 7
LATELY = timedelta(hours=1)
"""So long a question that something raised is shown where it was done."""


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a form: what is done, with what."""

    label: str
    what: str
    fields: tuple[tuple[str, str], ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """Something that needs a word today, with what there is to press, or where it leads."""

    sort: str
    title: str
    words: str = ""
    people: tuple[tuple[str, tuple[Press, ...]], ...] = ()
    asks: str = ""  # the post that words typed here answer
    link: str = ""
    label: str = ""
    whole: Press | None = None  # what is pressed of all of them at once


@dataclass(frozen=True, slots=True)
class Item:
    """Something that takes place, on one line."""

    clock: str
    title: str
    badge: str
    state: str
    link: str  # '' where there is no roster yet


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a list or a calendar."""

    date: date
    words: str
    here: bool  # of the month that is shown
    today: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in weeks from Monday, and the ones before and after as `2026-11`."""

    name: str
    weeks: tuple[tuple[Day, ...], ...]
    before: str
    after: str

    @property
    def busy(self) -> bool:
        """Whether anything takes place in it."""
        return any(day.here and day.items for week in self.weeks for day in week)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was raised by what was just done: its lines, and what there is to press."""

    lines: tuple[tuple[tuple[str, str], ...], ...]
    presses: tuple[Press, ...]


def desks(session: Session, heres: Heres, viewer: WebPerson, now: datetime) -> Iterator[Desk]:
    """The desks of somebody: one for each community in which they arrange something."""
    for here in heres:
        account = account_of(session, here.id, Person(NETWORK, viewer.id))
        if account is not None:
            desk = Desk(Lookup(session, here, now), member(session, here.id, account.member_id).id)
            if desk.open:
                yield desk


def waiting(session: Session, heres: Heres | None, viewer: WebPerson, now: datetime) -> int | None:
    """How many things need a word of theirs today; None for who arranges nothing."""
    found = list(desks(session, heres, viewer, now)) if heres is not None else []
    return sum(len(desk.errands()) for desk in found) if found else None


class Drawing:
    """One desk in one language."""

    def __init__(self, desk: Desk, lang: str) -> None:
        self.desk, self.lang = desk, lang
        self.lookup = desk.lookup
        self.here = desk.lookup.here

    def _say(self, key: str, **facts: str | int) -> str:
        return text(self.lang, f"desk.{key}", **facts)

    # ------------------------------------------------------------ what needs a word

    def tasks(self) -> list[Task]:
        return [self._task(errand) for errand in self.desk.errands()]

    def _task(self, errand: Errand) -> Task:
        on, sort, post = errand.on, errand.sort, errand.post
        title = f"{headline(self.lookup, on, self.lang)} · {self.lookup.when(on, self.lang)}" if on is not None else ""
        if sort == "draft":
            there = self.to(f"post?draft={on.occurrence.id}") if on is not None else ""
            return Task(sort, title, link=there, label=self._say("see_draft"))
        if post is not None and sort in ("passed", "urgent", "help"):
            said = self._say(f"of.{sort}", who=self.lookup.name(errand.whom[0]))
            return Task(sort, said, f"{Passed.of(post).words}\n{title}".strip(), asks=str(post.id))
        people = [(self._name(errand, id), self._for(errand, id)) for id in errand.whom]
        return Task(
            sort,
            title,
            self._lacks(errand) if sort == "thin" else "",
            tuple(people),
            link=self._roster(errand.on),
            label=self._say("see_roll" if sort == "roll" else "see_roster"),
            whole=self._called(errand),
        )

    def _lacks(self, errand: Errand) -> str:
        of_things = errand.on is not None and any(slot.of_things for slot in errand.on.slots)
        return text(self.lang, "now.missing_things" if of_things else "now.missing", n=errand.missing)

    def _name(self, errand: Errand, id: int) -> str:
        return called(self.lookup, errand.on, id, self.lang) if errand.on is not None else self.lookup.name(id)

    def _for(self, errand: Errand, id: int) -> tuple[Press, ...]:
        """What there is to press about one person."""
        on, post = errand.on, errand.post
        found: list[Press] = []
        if on is not None and errand.sort in ("back", "arrived"):
            verb = "done" if errand.sort == "back" else "here"
            fields = (("occurrence", str(on.occurrence.id)), ("member", str(id)), ("verb", verb))
            found.append(Press(text(self.lang, f"now.{verb}"), "attend", fields, first=True))
        if post is not None and errand.sort in ("call", "back", "arrived"):
            missed = id in Calls.of(post).missed
            for verb in ("called",) if missed else ("called", "no_answer"):
                first = verb == "called" and errand.sort == "call"
                found.append(self.press(post, f"{verb}.{id}", core_text(self.lang, f"action.{verb}"), first=first))
        return tuple(found)

    def _called(self, errand: Errand) -> Press | None:
        """打过了, where it is of all of them at once."""
        if errand.sort != "untold" or errand.post is None:
            return None
        return self.press(errand.post, "called", core_text(self.lang, "action.called"), first=True)

    @staticmethod
    def press(post: Post, action: str, label: str, *, first: bool = False) -> Press:
        return Press(label, "press", (("post", str(post.id)), ("action", action)), first=first)

    def asked(self, event: int) -> list[Asked]:
        """What this event made the bot ask: it is answered where it was done, and in one's private chat as well."""
        rows = self.lookup.session.exec(
            select(Post).where(
                Post.community_id == self.here.id,
                Post.member_id == self.desk.member_id,
                col(Post.kind) != "draft",  # which has a page of its own
                Post.state == OPEN,
                Post.due > self.lookup.now - LATELY,
                col(Post.occasion).startswith(f"{NETWORK}:{event}/"),
            )
        ).all()
        found = []
        for post in rows:
            render = self.here.posts[post.kind].render
            view = View(self.lookup, post, self.lang, private=True, reader=self.desk.member_id)
            message = render(view) if render is not None else None
            if message is not None and (message.actions or post.kind == "ask"):
                presses = (self.press(post, each.id, each.label, first=each.tone == "yes") for each in message.actions)
                found.append(Asked(drawn(message.text), tuple(presses)))
        return found

    # ------------------------------------------------------------ what comes

    def fortnight(self) -> list[Day]:
        """The days of the next two weeks on which something takes place."""
        first = self.lookup.now.astimezone(self.here.tz).date()
        return [day for day in self._days(first, FORTNIGHT, first.month) if day.items]

    def month(self, year: int, month: int) -> Month:
        """A month, with the days of other months that its weeks begin and end with."""
        first = date(year, month, 1)
        after = (first + timedelta(days=31)).replace(day=1)
        monday = first - timedelta(days=first.weekday())
        weeks = -(-(after - monday).days // WEEK)
        days = self._days(monday, weeks * WEEK, month)
        before = first - timedelta(days=1)
        return Month(
            text(self.lang, "when.month", year=year, month=month, monthname=text(self.lang, f"month.m{month}")),
            tuple(tuple(days[n : n + WEEK]) for n in range(0, len(days), WEEK)),
            f"{before:%Y-%m}",
            f"{after:%Y-%m}",
        )

    def _days(self, first: date, count: int, month: int) -> list[Day]:
        tz, today = self.here.tz, self.lookup.now.astimezone(self.here.tz).date()
        until = wall(first + timedelta(days=count), time(), tz)
        on: dict[date, list[Item]] = {}
        for each in self.desk.planned(wall(first, time(), tz), until):
            on.setdefault(max(first, each.starts.astimezone(tz).date()), []).append(self._item(each))
        days = (first + timedelta(days=n) for n in range(count))
        return [
            Day(at, spell_day(at, self.lang, today=today), at.month == month, at == today, tuple(on.get(at, ())))
            for at in days
        ]

    def _item(self, planned: Planned) -> Item:
        on, o = planned.on, planned.like
        clock = self._say("all_day") if o.all_day else when.clock(planned.starts, self.here.tz, self.lang)
        if on is None or not o.number:
            return Item(clock, self.here.kind(o).title(o, self.lang), self._say("by_rule"), "later", "")
        state, badge = self._badge(on)
        return Item(clock, headline(self.lookup, on, self.lang), badge, state, self._roster(on))

    def _badge(self, on: Roster) -> tuple[str, str]:
        """How it stands, for its colour and in words."""
        if self.lookup.now >= on.occurrence.ends():
            return "over", self._say("over", n=len(on.present()))
        said = so_many(self.lookup.kind(on), on, self.lang)
        if on.occurrence.state == CLOSED:
            return "closed", f"{said} {text(self.lang, 'now.closed')}"
        if not on.filling():
            return "thin", self._say("nobody", count=said)
        match on.missing():
            case None:
                return "open", said
            case 0:
                return "full", self._say("full", count=said)
            case missing:
                return "open", self._say("so_far", count=said, n=missing)

    # ------------------------------------------------------------ where things are

    def to(self, place: str) -> str:
        """The address of a page of this desk, without where somebody's pages begin."""
        return f"/desk/{self.here.id}/{place}".rstrip("/")

    def _roster(self, on: Roster | None) -> str:
        """Where its roster is; '' for what has none, or is not theirs to arrange."""
        if on is None or not on.occurrence.number or not self.desk.may("arrange", on.occurrence.kind):
            return ""
        return self.to(f"roster/{on.occurrence.number}")


def drawn(message: Sequence[Span]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """A message as lines of CSS classes and words."""
    lines: list[list[tuple[str, str]]] = [[]]
    for span in message:
        kind, said = spans.drawn(span)
        for n, part in enumerate(said.split("\n")):
            if n:
                lines.append([])
            if part:
                lines[-1].append((kind, part))
    return tuple(tuple(line) for line in lines if line)
