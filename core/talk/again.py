"""照上次发布: a draft like what was posted last, on other days; those who went are asked first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from core.activities import Occurrence
from core.deeds import again as deeds
from core.deeds import posting as posting_deeds
from core.drafts import LOST, read_of
from core.reading import Posting, read_post
from core.reading.text import plain
from core.rules import Refusal
from core.talk.drafting import lay_out, show
from core.talk.kept import kept
from core.talk.wishes import Wish
from core.turn import Turn


def again(turn: Turn, _wish: Wish, words: str) -> bool:
    """照上次发布 KIND D1到D2: the same households, places and numbers. False: neighbours say it to one another."""
    kind = turn.kinds.of(plain(words).text, asked=True)
    if not turn.chat.private and (kind is None or not turn.may("arrange")):
        return False
    if not turn.may("arrange"):
        turn.refuse(Refusal("coordinators_only"))
        return True
    last = deeds.last_of(turn.work, kind.name) if kind is not None else None
    if kind is None or last is None:
        turn.tell("again.none" if kind is not None else "again.which")
        return True
    read = read_of(turn.session, last)
    if read is LOST:
        turn.refuse(Refusal("lost"))
        return True
    said = read_post(words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    posting = moved(kept(read.posting), said)
    draft = posting_deeds.fresh(turn.work, last.kind)
    lay_out(turn, draft, replace(posting, kind=last.kind), words, again=last.id)
    show(turn, draft)
    return True


def moved(posting: Posting, said: Posting) -> Posting:
    """The same on the days that were said; at the hour of last time where only a day was."""
    start, end, asked = said.start, said.end, said.question
    old = posting.start
    if isinstance(old, datetime) and isinstance(start, date) and not isinstance(start, datetime) and end is None:
        lasts = posting.end - old if isinstance(posting.end, datetime) else None
        start = datetime.combine(start, old.timetz())
        end, asked = (start + lasts if lasts is not None else None), None
    ahead = posting.report_at
    report = None
    if isinstance(ahead, datetime) and isinstance(old, datetime) and isinstance(start, datetime):
        report = start - (old - ahead)
    return replace(
        posting, start=start, end=end, report_at=said.report_at or report, rrule=said.rrule, time=said.time,
        time_end=said.time_end, since=said.since, except_=said.except_, daypart=said.daypart, part=said.part,
        choices=said.choices, question=asked, ambiguous=said.ambiguous,
    )  # fmt: skip


def offer_to_last(turn: Turn, o: Occurrence) -> None:
    """Right after it is posted: who went last time is asked first, where places are households."""
    last = turn.session.get(Occurrence, (turn.here.id, read_of(turn.session, o).again))
    if last is not None and turn.kind(o).confides:
        deeds.offer_again(turn.work, o, last)
