"""Drafting: from a coordinator's words to an activity that waits for 发布."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from core import posts, seen, series, when
from core.activities import DISCARDED, DRAFT, Occurrence
from core.claims import roster_of
from core.deeds import posting as deeds
from core.deeds.posting import Moments
from core.drafts import LOST, Read, read_of
from core.here import Here
from core.kind import squeeze
from core.manners import wall
from core.members import groups
from core.posts import Post
from core.reading import Posting, TimeReading, amend, read_post
from core.reading.parts import plain, says_the_same, spell, taken
from core.rules import Refusal
from core.talk.arranging import arranged
from core.talk.asking import ask, expect
from core.talk.audiences import for_them, list_ids
from core.talk.audiences import taken as taken_out
from core.talk.doubting import doubted
from core.talk.kept import keep, kept
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.drafts import DraftShown, may_post
from core.views.view import View
from core.words import text
from core.words.clean import storable


def draft(turn: Turn, words: str, kind: str = "", replaces: Occurrence | None = None, chain: str = "") -> None:
    """Read a posting and show its author, privately, what was understood.

    `chain`: the chain it was found in, whose people are put down when it is posted.
    """
    if not turn.may("arrange"):
        turn.refuse(Refusal("coordinators_only"))
        return
    free = turn.kinds.for_anything()
    chosen = free is not None and kind == free.name
    bare, whom = taken_out(turn, words)
    posting = read_post(bare, base=turn.local, kinds=turn.kinds, lang=turn.lang, surely=chosen or not kind)
    posting = for_them(posting, whom)
    if kind and kind in turn.here.may_post:
        posting = replace(posting, kind=kind)
    elif (
        free is not None
        and posting.kind == free.name
        and posting.title in (free.zh, free.en)
        and not free.speaks_of(plain(words).text)
    ):
        posting = replace(posting, kind=None)  # 发布 周六9点: of what, nobody said
    if posting.kind is None or posting.kind not in turn.here.may_post:
        may = [name for name in turn.here.may_post if turn.may("arrange", name)]
        kinds = [(text(turn.lang, f"{name}.name"), Wish("post", kind=name, thing=words)) for name in may]
        ask(turn, "ask.kind", kinds)
        return
    if not turn.may("arrange", posting.kind):
        turn.refuse(Refusal("not_of_your_kind"))
        return
    occurrence = replaces or deeds.fresh(turn.work, posting.kind)
    lay_out(turn, occurrence, posting, words, chain)
    show(turn, occurrence)


def show(turn: Turn, occurrence: Occurrence) -> None:
    """Put the draft at the bottom of its author's private chat."""
    turn.made, turn.about = seen.DRAFTED, occurrence.id
    post = turn.privately("draft", occurrence_id=occurrence.id)
    for older in posts.standing(turn.session, turn.here.id, occurrence.id, "draft"):
        if older.id != post.id:
            posts.settle(turn.session, older, turn.now, replace(DraftShown.of(older), older=True))
    if turn.pressed and turn.can.toasts:
        return
    turn.mark()


LATELY = timedelta(days=60)
"""A date without a year that passed within this time is a slip more often than a plan for next year."""


def passed_lately(turn: Turn, starts_at: datetime | None, said: str) -> str:
    """The day this year, in words, if a bare date was taken for next year's though it passed only lately; else ''."""
    if starts_at is None:
        return ""
    tz = turn.here.tz
    local, today = starts_at.astimezone(tz), turn.now.astimezone(tz)
    if local.year != today.year + 1 or str(local.year) in said or "明年" in said or "next year" in said.casefold():
        return ""
    try:
        this_year = local.replace(year=today.year)
    except ValueError:  # 29 February
        return ""
    return when.day(this_year, tz, turn.lang, turn.now) if today - LATELY < this_year < today else ""


def lay_out(
    turn: Turn, o: Occurrence, posting: Posting, said: str, chain: str = "", asked: str = "", again: int = 0
) -> None:
    """Write a posting into a draft's rows, in place of what they said before. `said`: the words it was read from;
    `asked`: what is asked of it still; `again`: as which activity it is to be.
    """
    kind = turn.here.may_post.get(posting.kind or "") or turn.kind(o)
    question = asked if posting.question is None else posting.question.words(turn.lang)
    doubt = doubted(posting, turn.lang)
    posting = doubt.posting
    if not doubt.question and question == text(turn.lang, "draft.how_many"):
        question = ""  # it has been answered
    question = doubt.question or question
    plan = arranged(turn, kind, posting)
    moments = moments_of(turn, posting)
    just_past = "" if posting.rrule else passed_lately(turn, moments.starts_at, said)
    if just_past and not question:
        question = text(turn.lang, "draft.passed", day=just_past)
    if moments.starts_at is None and not question:
        question = text(turn.lang, "draft.when")
    read = Read(
        posting=keep(posting),
        question=storable(question),
        blocked=moments.starts_at is None
        or bool(just_past)
        or doubt.stops
        or (bool(question) and not posting.ambiguous),
        rule_words=rule_words(posting, turn.lang),
        chain=chain or read_of(turn.session, o).chain,
        thread=(turn.chat.id, turn.thread) if turn.thread else read_of(turn.session, o).thread,
        again=again or read_of(turn.session, o).again,
    )
    posting = replace(posting, kind=kind.name)
    chats, whom = named_groups(turn, posting.groups), list_ids(turn, posting)
    deeds.lay_out(turn.work, o, kind.name, plan, moments, chats, read, whom)


def moments_of(turn: Turn, posting: Posting) -> Moments:
    """Start, end and report time, in UTC. A rule gives the nearest start still to come."""
    tz = turn.here.tz
    start: date | datetime | None = posting.start
    end: date | datetime | None = posting.end
    if posting.rrule:
        since = posting.since or turn.local.date()
        skip = [d.isoformat() for d in posting.except_]
        first = series.following(posting.rrule, posting.time, since, turn.now, tz, skip)
        start = first if posting.time is not None or first is None else first.astimezone(tz).date()
        end = None
        if first is not None and posting.time_end is not None:
            end = wall(first.astimezone(tz).date(), posting.time_end, tz)
            if end <= first:
                end = wall(first.astimezone(tz).date() + timedelta(days=1), posting.time_end, tz)
    starts_at = moment(start, turn.here)
    if end is not None and not isinstance(end, datetime):
        end = moment(end + timedelta(days=1), turn.here)  # a range of days ends with its last day
    report_at = posting.report_at
    if report_at is not None and starts_at is not None and posting.rrule:
        report_at = wall(starts_at.astimezone(tz).date(), report_at.astimezone(tz).time(), tz)
    all_day = start is not None and not isinstance(start, datetime)
    return Moments(starts_at, end, report_at, all_day, posting.part if all_day else "")


def moment(value: date | datetime | None, here: Here) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return wall(value, datetime.min.time(), here.tz)


def rule_words(posting: Posting, lang: str) -> str:
    """The rule in words, for the draft."""
    if not posting.rrule:
        return ""
    reading = TimeReading(
        kind="recurring",
        gran="time",
        rrule=posting.rrule,
        time=posting.time,
        time_end=posting.time_end,
        since=posting.since,
        except_=posting.except_,
    )
    return spell(reading, lang)


def named_groups(turn: Turn, names: Sequence[str]) -> list[int]:
    """The groups that a posting names; empty, which means all, if it names none that we know."""
    wanted = {squeeze(name) for name in names}
    return [chat.id for chat in groups(turn.session, turn.here.id) if squeeze(chat.name) in wanted]


# ------------------------------------------------------------ what is pressed under a draft


def publish(turn: Turn, post: Post) -> Occurrence | None:
    """发布: number it, put its roster into the groups. Returns what was posted, None if it was not."""
    o = of(turn, post)
    if o is None:
        return None
    if o.state != DRAFT:
        turn.tell("draft.already" if o.state != DISCARDED else "draft.discarded")
        return None
    if DraftShown.of(post).older:
        turn.tell("draft.newer")
        return None
    lookup = turn.lookup()
    on = roster_of(turn.session, o)
    if not may_post(View(lookup, post, turn.lang, private=True), on):
        if turn.pressed and turn.can.toasts:
            turn.tell("draft.not_yet")
        else:
            expect(turn, "draft.not_yet", "change", occurrence_id=o.id)  # the answer may be written right below
        posts.touch(turn.session, [post], turn.now)
        return None
    deeds.publish(turn.work, o)
    posts.settle(turn.session, post, turn.now)
    if not turn.pressed and turn.can.edits and post.message is not None:
        turn.mark()  # the draft says it: the same below it would be said twice
    else:
        turn.seen_done("draft.posted", number=o.number or 0, title=turn.kind(o).title(o, turn.lang))
    return o


def change(turn: Turn, post: Post) -> None:
    """修改: the next private words say what is wrong."""
    o = of(turn, post)
    if o is None:
        return
    if o.state != DRAFT:
        turn.tell("draft.already" if o.state != DISCARDED else "draft.discarded")
        return
    expect(turn, "ask.change", "change", occurrence_id=o.id)


def changed_to(turn: Turn, o: Occurrence, words: str, posting: Posting | None = None) -> None:
    """What the coordinator wrote after 修改: only what was said changes, of what was understood or of `posting`."""
    read = read_of(turn.session, o)
    if read is LOST:
        turn.refuse(Refusal("lost"))
        return
    words, whom = taken_out(turn, words)
    posting = for_them(posting or kept(read.posting), whom)
    amended, fields = amend(posting, words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    if not fields and whom is not None:
        lay_out(turn, o, posting, words, asked=read.question)
        show(turn, o)
        return
    if not fields and says_the_same(posting, words, base=turn.local, kinds=turn.kinds, lang=turn.lang):
        show(turn, o)
        return
    if not fields:
        fresh = read_post(words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
        if fresh.kind is None or fresh.start is None:
            expect(turn, "ask.change_again", "change", occurrence_id=o.id)
            return
        amended = for_them(fresh, whom)
    untouched = not {"start", "rrule", "time", "choices", "daypart"} & {*fields}
    lay_out(turn, o, amended, words, asked=read.question if untouched or amended.choices else "")
    show(turn, o)


def choose(turn: Turn, post: Post, nth: int) -> None:
    """One of the two moments that a posting may mean."""
    o = of(turn, post)
    if o is None:
        return
    posting = kept(read_of(turn.session, o).posting)
    if o.state != DRAFT or DraftShown.of(post).older or len(posting.choices) <= nth:
        turn.tell("draft.newer" if o.state == DRAFT else "draft.already" if o.state != DISCARDED else "draft.discarded")
        return
    lay_out(turn, o, taken(posting, posting.choices[nth]), "")
    show(turn, o)


def discard(turn: Turn, post: Post) -> None:
    """放弃: nothing ever reached a group."""
    o = of(turn, post)
    if o is None:
        return
    if o.state == DRAFT:
        deeds.discard(turn.work, o)
    posts.settle(turn.session, post, turn.now)
    turn.seen_done("draft.discarded" if o.state == DISCARDED else "draft.already")


def of(turn: Turn, post: Post) -> Occurrence | None:
    row = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
    if not turn.may("arrange", row.kind if row is not None else ""):
        turn.refuse(Refusal("coordinators_only"))
        return None
    return row
