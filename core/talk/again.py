"""照上次发布: a draft like what was posted before, on other days; those who went are asked first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from core.activities import Occurrence
from core.deeds import again as deeds
from core.deeds import posting as posting_deeds
from core.deeds.elders import GONE
from core.drafts import LOST, read_of
from core.reading import Posting, amend, read_post, read_time
from core.reading.parts import Kind, Wanted, clause, like_last_called, of_month, plain, speaks_of_last
from core.rules import Refusal
from core.talk.asking import ask
from core.talk.coordinating import as_it_is
from core.talk.drafting import lay_out, show
from core.talk.titled import SHORTEST, stands_in
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text


def again(turn: Turn, wish: Wish, words: str) -> bool:
    """照上次发布 KIND D1到D2: the same households, places and numbers, but for what else is said.

    False: neighbours say it to one another.
    """
    words = words or wish.thing
    kind = turn.kinds.get(wish.kind) or turn.kinds.of(plain(words).text, asked=True)
    number = wish.number
    if number is not None and (of_month(words) or (kind is not None and not says_day(turn, words))):
        words, number = f"{number} {words}" if of_month(words) else f"{number}号 {words}", None
    may = turn.may("arrange")
    before = deeds.posted_before(turn.work) if may else []
    last = example(turn, before, kind, words, number)
    if not turn.chat.private and not (may and (kind or last)):
        return False
    if not may:
        turn.refuse(Refusal("coordinators_only"))
    elif last is not None and not turn.may("arrange", last.kind):
        turn.refuse(Refusal("not_of_your_kind"))
    elif last is not None:
        like(turn, last, words)
    elif kind is None and before:
        which(turn, before, words)
    else:
        turn.tell("again.none")
    return True


def says_day(turn: Turn, words: str) -> bool:
    """Whether these words say when: then a number before them is that of an activity, and no day."""
    return read_time(words, base=turn.local, lang=turn.lang).start is not None


def of_title(turn: Turn, words: str) -> bool:
    """上次的大扫除再来一次, where what is meant is called by no kind, but by a title that something had."""
    if not (turn.chat.private and speaks_of_last(words) and turn.may("arrange")):
        return False
    before = [o for o in deeds.posted_before(turn.work) if has_title(turn, o) and len(o.title) >= SHORTEST]
    titles = {re.escape(plain(o.title).text) for o in before}
    rest = like_last_called(clause(words).strip(), "|".join(sorted(titles, key=len, reverse=True))) if titles else None
    return rest is not None and again(turn, Wish("again"), rest)


def example(
    turn: Turn, before: Sequence[Occurrence], kind: Kind | None, words: str, number: int | None
) -> Occurrence | None:
    """The newest of these that is meant: by its number, its title, or its kind; None where none is.

    What has no title of its own stands for its kind before what has one, and a part of an action day only where there
    is nothing else.
    """
    if number is not None and kind is None:
        return next((o for o in before if o.number == number), None)
    named = [o for o in before if has_title(turn, o) and stands_in(o, words)]
    if named:
        return max(named, key=lambda o: len(o.title))  # of several that are called so, the newest
    of_kind = [o for o in before if kind is not None and o.kind == kind.name]
    alone = [o for o in of_kind if not any(f.within and f.within(turn.session, o) for f in turn.here.features.values())]
    found = alone or of_kind
    untitled = [o for o in found if not has_title(turn, o)]
    return next(iter(untitled or found), None)


def has_title(turn: Turn, o: Occurrence) -> bool:
    """Whether it is called by more than the name of its kind."""
    kind = turn.kinds.get(o.kind)
    return bool(o.title) and not (kind is not None and o.title in (kind.zh, kind.en))


def which(turn: Turn, before: Sequence[Occurrence], words: str) -> None:
    """Ask of which kind, of those that were posted; without asking where there is but one."""
    kinds = [name for name in dict.fromkeys(o.kind for o in before) if turn.may("arrange", name)]
    wishes = [(text(turn.lang, f"{name}.name"), Wish("again", kind=name, thing=words)) for name in kinds]
    if len(wishes) == 1:
        again(turn, wishes[0][1], words)
    else:
        ask(turn, "again.which", wishes[:8])


def like(turn: Turn, last: Occurrence, words: str) -> None:
    """A draft of an activity that is to be as this one was."""
    draft = drafted(turn, last, words)
    if draft is not None:
        show(turn, draft)


def drafted(turn: Turn, last: Occurrence, words: str) -> Occurrence | None:
    """The draft itself, not shown yet; None where what was read of the last one is lost."""
    if read_of(turn.session, last) is LOST:
        turn.refuse(Refusal("lost"))
        return None
    base, rest = turn.local, without_name(turn, last, words)
    said = read_post(rest, base=base, kinds=turn.kinds, lang=turn.lang)
    posting = moved(as_it_is(turn, last), said)
    changed, _ = amend(posting, rest, base=base, kinds=turn.kinds, lang=turn.lang)
    whom, note = without_gone(changed.whom), without_gone(changed.rest) or ""
    when = {name: getattr(posting, name) for name in WHEN}
    slots = tuple(slot for slot in changed.slots if lives(slot))
    posting = replace(changed, **when, kind=last.kind, whom=whom, rest=note, slots=slots)
    draft = posting_deeds.fresh(turn.work, last.kind)
    lay_out(turn, draft, posting, words, again=last.id)
    for feature in turn.here.features.values():
        if feature.again is not None:
            feature.again(turn.work, draft, last)
    return draft


def without_gone(words: str | None) -> str | None:
    """The words without what stands for somebody who is of the register no more; None where nothing else is left."""
    left = (words or "").replace(GONE, " ")
    return " ".join(left.split()) if any(letter.isalnum() for letter in left) else None


def lives(slot: Wanted) -> bool:
    """Whether a household is still somebody's: who took their consent back is visited no more."""
    return GONE not in slot.said or without_gone(slot.said.replace(slot.label, " ")) is not None


WHEN = (
    "start", "end", "report_at", "rrule", "time", "time_end", "since", "except_", "daypart", "part", "choices",
    "question", "ambiguous",
)  # fmt: skip
"""What the words say of the time: read for itself, and never as a change of when it was last time."""


def without_name(turn: Turn, last: Occurrence, words: str) -> str:
    """What was said besides what it is called."""
    if has_title(turn, last) and stands_in(last, words):
        return re.sub(re.escape(last.title), " ", words, count=1, flags=re.IGNORECASE)
    kind = turn.kinds.get(last.kind)
    piece = clause(words)
    found = re.search(kind.begins, piece.text) if kind is not None and kind.begins else None
    return f"{piece.said[: found.start()]} {piece.said[found.end() :]}" if found else words


def moved(posting: Posting, said: Posting) -> Posting:
    """The same on the days that were said: at the hour of last time where only a day was, and for as long as then."""
    start, end, asked = said.start, said.end, said.question
    old, until = posting.start, posting.end
    time, time_end = said.time, said.time_end
    if isinstance(old, datetime):
        lasts = until - old if isinstance(until, datetime) else None
        if said.rrule and time is None:
            time, time_end, asked = old.time(), (old + lasts).time() if lasts is not None else None, None
        elif isinstance(start, datetime):
            end = end or (start + lasts if lasts is not None else None)
        elif isinstance(start, date) and end is None:
            start = datetime.combine(start, old.timetz())
            end, asked = (start + lasts if lasts is not None else None), None
        elif isinstance(start, date) and isinstance(end, date) and isinstance(until, datetime):
            start, end, asked = datetime.combine(start, old.timetz()), datetime.combine(end, until.timetz()), None
    ahead = posting.report_at
    report = None
    if isinstance(ahead, datetime) and isinstance(old, datetime) and isinstance(start, datetime):
        report = start - (old - ahead)
    return replace(
        posting, start=start, end=end, report_at=said.report_at or report, rrule=said.rrule, time=time,
        time_end=time_end, since=said.since, except_=said.except_, daypart=said.daypart, part=said.part,
        choices=said.choices, question=asked, ambiguous=said.ambiguous,
    )  # fmt: skip


def offer_to_last(turn: Turn, o: Occurrence) -> None:
    """Right after it is posted: who went last time is asked first, where places are households."""
    last = turn.session.get(Occurrence, (turn.here.id, read_of(turn.session, o).again))
    if last is not None and turn.kind(o).confides:
        deeds.offer_again(turn.work, o, last)
