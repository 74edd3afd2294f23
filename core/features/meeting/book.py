"""会议簿 MONTH: the month's meetings, to a coordinator privately."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from core.book import Entry, book
from core.features.meeting.page import SIDE, page
from core.features.meeting.said import MONTH
from core.manners import wall
from core.messages import Bold, File, Message, Span
from core.posts.kind import PostKind
from core.posts.kinds.meetings import confided
from core.said.records import asked
from core.talk.records import Summary
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.readback import which_and_when
from core.views.view import View, lines


def ask(turn: Turn, _wish: Wish, rest: str) -> None:
    """会议簿 11月; without a month, that which is over, or in its last week this one."""
    said = asked(f"{MONTH} {rest}".strip(), base=turn.local, lang=turn.lang)
    if said is None or said.first is None or said.last is None:
        turn.tell("meeting.book.which")
        return
    body = Summary(first=said.first.isoformat(), last=said.last.isoformat())
    turn.privately("meeting.book", body=body)
    if turn.can.files:
        turn.privately("meeting.book_file", body=replace(body, form="html"))


def of_days(view: View) -> tuple[date, list[Entry]]:
    """The first day that was asked for, and the meetings since then."""
    body, here = Summary.of(view.post), view.lookup.here
    first, last = date.fromisoformat(body.first), date.fromisoformat(body.last)
    since, until = (wall(day, time.min, here.tz) for day in (first, last + timedelta(days=1)))
    return first, book(view.lookup.session, here, since, until)


def title(view: View, first: date) -> str:
    return view.text("meeting.book.head", year=first.year, month=first.month)


def shown(view: View) -> Message | None:
    """Each meeting as a paper book has it."""
    if not view.lookup.reader(view.reader).may("records"):
        return None
    first, entries = of_days(view)
    head: tuple[Span, ...] = (Bold(title(view, first)),)
    if not entries:
        return Message(lines(head, view.say("meeting.book.none")))
    return Message(lines(head, *(line for each in entries for line in written(view, each))))


def written(view: View, each: Entry) -> list[tuple[Span, ...]]:
    o, comma = each.on.occurrence, view.text("list.comma")
    keepers = comma.join(each.keepers) or view.text("meeting.book.nobody")
    excused: list[Span] = []
    for name, reason in each.excused:
        excused += [comma if excused else "", name, *(("（", *confided(reason, view), "）") if reason else ())]
    return [
        (" ",),
        (Bold(which_and_when(view, each.on)),),
        view.say("activity.place", value=o.place) if o.place else (),
        view.say("meeting.book.host", name=each.host, keeper=keepers),
        view.say("meeting.report", expected=len(each.on.invited), present=len(each.present), excused=len(each.excused)),
        view.say("meeting.book.present", names=comma.join(each.present)) if each.present else (),
        view.say("meeting.book.excused", names=tuple(excused)) if excused else (),
        *(confided(part, view) for part in each.minutes),
        view.say("meeting.book.pictures", n=len(each.pictures)) if each.pictures else (),
    ]


def file(view: View) -> Message | None:
    """The same as a page to print, made when it is sent."""
    if not view.lookup.reader(view.reader).may("records"):
        return None
    first, entries = of_days(view)
    if not entries:
        return None
    name = f"{view.text('meeting.book.file')}-{first:%Y-%m}.html"
    made = page(view, title(view, first), entries)
    return Message(view.say("record.as_html", name=name), file=File(name, "text/html", made, pictures=SIDE))


BOOK = PostKind("meeting.book", Summary, shown, later=False)
BOOK_FILE = PostKind("meeting.book_file", Summary, file, later=False)
