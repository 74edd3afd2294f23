"""Records of hours: a month's, one person's of a year, and hours that somebody finds missing."""

from __future__ import annotations

from datetime import date, timedelta

from core.hours import of_days, of_year, own
from core.hours import records as records_of
from core.messages import Confide, File, Message, Span
from core.posts.kind import PostKind, Press
from core.posts.row import OFFER
from core.talk import passing, records
from core.talk.records import Correction, Summary
from core.turn import Turn
from core.views.readback import which_and_when
from core.views.record_files import as_csv, as_xlsx, page, table
from core.views.records import duration, of_month, of_person
from core.views.view import View, lines
from core.words.clean import tidy_text


def record(view: View) -> Message | None:
    """Coordinators' business, but for one's own certificate."""
    body = Summary.of(view.post)
    if body.whose != view.reader and not view.lookup.reader(view.reader).may("records"):
        return None
    if body.whose:
        return Message(of_person(view, body.whose, body.year))
    days = date.fromisoformat(body.first), date.fromisoformat(body.last)
    return Message(of_month(view, *days, files=body.files))


KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
"""Media types."""


def record_file(view: View) -> Message | None:
    """One of the files of a record: made when it is sent, of the rows as they are then."""
    body, here = Summary.of(view.post), view.lookup.here
    if body.form not in KINDS or (body.whose != view.reader and not view.lookup.reader(view.reader).may("records")):
        return None
    if body.whose:
        who = view.lookup.name(body.whose)
        rows = own(records_of(view.lookup.session, here, of_year(here, body.year), view.lang, [body.whose]), body.whose)
        name = f"{view.text('certificate.file')}-{body.year}-{who}.html"
        made = page(here, who, body.year, rows).encode()
    else:
        first, last = date.fromisoformat(body.first), date.fromisoformat(body.last)
        rows = records_of(view.lookup.session, here, of_days(here, first, last), view.lang)
        name = f"{view.text('record.file_name')}-{first:%Y-%m}.{body.form}"
        made = (as_csv if body.form == "csv" else as_xlsx)(table(here, rows))
    if not rows:
        return None
    safe = "".join("_" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in name)
    return Message(view.say(f"record.as_{body.form}", name=safe), file=File(safe, KINDS[body.form], made))


def missing(view: View) -> Message | None:
    """Whose, what they say, and what it seems to be about; then what came of it."""
    if not view.lookup.reader(view.reader).may("records"):
        return None
    body = Correction.of(view.post)
    who = view.lookup.name(body.whose)
    verbs = ("accept", "reply") if body.occurrence and not body.answers else ("reply",)
    answers = [view.say("passed.answered", who=view.lookup.name(by), words=spoken(w)) for by, w in body.answers]
    return Message(
        lines(
            view.say("record.missing", who=who),
            spoken(body.words),
            (activity(view, body),) if body.occurrence else (),
            granted(view, body) if body.granted else how(view, body) if not answers else (),
            *answers,
        ),
        view.open(*verbs),
    )


def how(view: View, body: Correction) -> tuple[Span, ...]:
    """What 接受 would write down."""
    if not body.occurrence:
        return view.say("record.explain")
    if not body.minutes:
        return view.say("record.would_all")
    hours = duration(timedelta(minutes=body.minutes), view.lang)
    return view.say("record.would_be" if body.in_all else "record.would_add", hours=hours)


def granted(view: View, body: Correction) -> tuple[Span, ...]:
    hours = duration(timedelta(minutes=body.granted), view.lang)
    return view.say("record.is_now", hours=hours, by=view.lookup.name(body.by))


def activity(view: View, body: Correction) -> str:
    on = view.lookup.roster(body.occurrence)
    return "" if on is None else which_and_when(view, on)


def told(view: View) -> Message | None:
    """To who asked: it is written down."""
    body = Correction.of(view.post)
    return Message(lines(view.say("record.told"), (activity(view, body),), granted(view, body)))


def spoken(words: str) -> tuple[Span, ...]:
    return (Confide(tidy_text(words, passing.LONGEST), anywhere=True),)


def accept(turn: Turn, press: Press) -> None:
    records.accept(turn, press.post)


def begin(turn: Turn, press: Press) -> None:
    """回复: what is written next goes to who asked."""
    passing.begin_answer(turn, press.post)


RECORD = PostKind("record", Summary, record)
RECORD_FILE = PostKind("record_file", Summary, record_file, chatty=True, later=False)
MISSING = PostKind(
    "missing", Correction, missing, urgency=OFFER, presses={"accept": accept, "reply": begin}, answered=records.explain
)
MISSING_TOLD = PostKind("missing_told", Correction, told, urgency=OFFER)
