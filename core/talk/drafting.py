"""Drafting: from a coordinator's words to an activity that waits for 发布, and from there into the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from core import posts, series, when
from core.activities import DISCARDED, DRAFT, OPEN, Occurrence, Series, Slot, next_number, slots_of
from core.claims import sheet
from core.feature import Wanted, squeeze
from core.house import House
from core.ids import new_id
from core.manners import wall
from core.members import Community, groups
from core.posts import Post
from core.reading.amending import amend
from core.reading.posts import Posting, read_post
from core.reading.times import TimeReading, spell
from core.reminders import watch
from core.rules import Refusal
from core.talk.asking import ask, expect
from core.talk.kept import keep, kept
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.drafts import may_post
from core.views.look import Look
from core.words import text


def draft(turn: Turn, words: str, kind: str = "", replaces: Occurrence | None = None, chain: str = "") -> None:
    """Read a posting and show its author, privately, what was understood.

    `chain`: the chain it was found in, whose people are put down when it is posted.
    """
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    posting = read_post(words, base=turn.now.astimezone(turn.community.tz), kinds=turn.house.kinds, lang=turn.lang)
    if kind and kind in turn.house.features:
        posting = replace(posting, kind=kind)
    if posting.kind is None or posting.kind not in turn.house.features:
        kinds = [
            (text(turn.lang, f"{f.name}.name"), Wish("post", kind=f.name, thing=words))
            for f in turn.house.features.values()
        ]
        ask(turn, "ask.kind", kinds)
        return
    occurrence = replaces or Occurrence(
        community_id=turn.community.id, id=new_id(turn.now), kind=posting.kind, made_by=turn.member.id
    )
    if chain:
        occurrence.draft = {"chain": chain}
    lay_out(turn, occurrence, posting, words)
    show(turn, occurrence)


def show(turn: Turn, occurrence: Occurrence) -> None:
    """Put the draft at the bottom of its author's private chat."""
    turn.outcome, turn.occurrence_id = "drafted", occurrence.id
    post = turn.privately("draft", occurrence_id=occurrence.id)
    for older in posts.standing(turn.session, turn.community.id, occurrence.id, "draft"):
        if older.id != post.id:
            older.body = {**older.body, "older": True}
            posts.settle(turn.session, older, turn.now)
    if turn.pressed and turn.can.toasts:
        return
    turn.mark()


LATELY = timedelta(days=60)
"""A date without a year that passed within this time is a slip more often than a plan for next year."""


def passed_lately(turn: Turn, o: Occurrence, said: str) -> str:
    """The day this year, in words, if a bare date was taken for next year's though it passed only lately; else ''."""
    if o.starts_at is None:
        return ""
    tz = turn.community.tz
    local, today = o.starts_at.astimezone(tz), turn.now.astimezone(tz)
    if local.year != today.year + 1 or str(local.year) in said or "明年" in said or "next year" in said.casefold():
        return ""
    try:
        this_year = local.replace(year=today.year)
    except ValueError:  # 29 February
        return ""
    return when.day(this_year, tz, turn.lang, turn.now) if today - LATELY < this_year < today else ""


def lay_out(turn: Turn, o: Occurrence, posting: Posting, said: str) -> None:
    """Write a posting into a draft's rows, in place of what they said before. `said`: the words it was read from."""
    feature = turn.house.features[posting.kind or o.kind]
    plan = feature.arrange(posting, turn.community.lang)
    o.kind, o.state = feature.name, DRAFT
    o.title, o.place, o.bring, o.note, o.confided = plan.title, plan.place, plan.bring, plan.note, plan.confided
    o.chats = named_groups(turn, posting.groups)
    set_times(turn, o, posting)
    stored = keep(posting)
    question = "" if posting.question is None else posting.question.words(turn.lang)
    just_past = "" if posting.rrule else passed_lately(turn, o, said)
    if just_past and not question:
        question = text(turn.lang, "draft.passed", day=just_past)
    if o.starts_at is None and not question:
        question = text(turn.lang, "draft.when")
    o.draft = {
        "posting": stored,
        "question": question,
        "blocked": o.starts_at is None or bool(just_past) or (bool(question) and not posting.ambiguous),
        "rule_words": rule_words(posting, turn.lang),
        "chain": o.draft.get("chain", ""),
    }
    turn.session.add(o)
    for slot in slots_of(turn.session, o):
        turn.session.delete(slot)
    turn.session.flush()
    for position, wanted in enumerate(plan.slots):
        turn.session.add(slot_row(o, wanted, position, turn.now))
    turn.session.flush()


def slot_row(o: Occurrence, wanted: Wanted, position: int, now: datetime) -> Slot:
    return Slot(
        community_id=o.community_id,
        id=new_id(now),
        occurrence_id=o.id,
        position=position,
        label=wanted.label,
        confided=wanted.confided,
        min=wanted.min,
        max=wanted.max,
        unit=wanted.unit,
    )


def set_times(turn: Turn, o: Occurrence, posting: Posting) -> None:
    """Start, end and report time, in UTC. A rule gives the nearest start still to come."""
    tz = turn.community.tz
    start: date | datetime | None = posting.start
    end: date | datetime | None = posting.end
    if posting.rrule:
        since = posting.since or turn.now.astimezone(tz).date()
        skip = [d.isoformat() for d in posting.except_]
        first = series.following(posting.rrule, posting.time, since, turn.now, tz, skip)
        start = first if posting.time is not None or first is None else first.astimezone(tz).date()
        end = None
        if first is not None and posting.time_end is not None:
            end = wall(first.astimezone(tz).date(), posting.time_end, tz)
            if end <= first:
                end = wall(first.astimezone(tz).date() + timedelta(days=1), posting.time_end, tz)
    o.all_day = start is not None and not isinstance(start, datetime)
    o.starts_at = moment(start, turn.community)
    if isinstance(end, datetime) or end is None:
        o.ends_at = end
    else:
        o.ends_at = moment(end + timedelta(days=1), turn.community)  # a range of days ends with its last day
    o.report_at = posting.report_at
    if o.report_at is not None and o.starts_at is not None and posting.rrule:
        clock = o.report_at.astimezone(tz).time()
        o.report_at = wall(o.starts_at.astimezone(tz).date(), clock, tz)


def moment(value: date | datetime | None, community: Community) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return wall(value, datetime.min.time(), community.tz)


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
    return [chat.id for chat in groups(turn.session, turn.community.id) if squeeze(chat.name) in wanted]


# ------------------------------------------------------------ what is pressed under a draft


def publish(turn: Turn, post: Post) -> Occurrence | None:
    """发布: number it, put its roster into the groups. Returns what was posted, None if it was not."""
    o = of(turn, post)
    if o is None:
        return None
    if o.state != DRAFT:
        turn.tell("draft.already" if o.state != DISCARDED else "draft.discarded")
        return None
    if post.body.get("older"):
        turn.tell("draft.newer")
        return None
    books = turn.books()
    on = sheet(turn.session, o)
    if not may_post(Look(books, post, turn.lang, private=True), on):
        if turn.pressed and turn.can.toasts:
            turn.tell("draft.not_yet")
        else:
            expect(turn, "draft.not_yet", "change", occurrence_id=o.id)  # the answer may be written right below
        posts.touch(turn.session, [post], turn.now)
        return None
    put_up(turn.session, turn.community, turn.house, o, turn.now)
    turn.did("post", o)
    posts.settle(turn.session, post, turn.now)
    turn.tell("draft.posted", number=o.number or 0, title=turn.feature(o).title(o, turn.lang, private=False))
    return o


def put_up(
    session: Session, community: Community, house: House, o: Occurrence, now: datetime, *, own: bool = False
) -> None:
    """Make a draft an open activity, with a number, a series and a roster in every group it goes to.

    `own`: the bot posts it of its own accord, as the next of a series.
    """
    o.number, o.state = next_number(session, community.id), OPEN
    if not o.series_id:
        posting = o.draft.get("posting", {})
        row = Series(community_id=community.id, id=new_id(now), kind=o.kind, rrule=posting.get("rrule"))
        row.except_days = [str(day) for day in posting.get("except_", [])]
        row.first = "" if o.starts_at is None else o.starts_at.astimezone(community.tz).isoformat()
        session.add(row)
        session.flush()  # a row must be there before another refers to it
        o.series_id = row.id
    if o.starts_at is not None:
        o.original = o.starts_at.astimezone(community.tz).strftime("%Y-%m-%dT%H:%M")
    session.add(o)
    session.flush()
    for chat in groups(session, community.id):
        if not o.chats or chat.id in o.chats:
            posts.want(
                session,
                community.id,
                now,
                "roster",
                urgency=posts.ROSTER,
                chat_id=chat.id,
                occurrence_id=o.id,
                own=own,
            )
    watch(session, community, house, o, now)
    follow_on(session, community, o, now)


def follow_on(session: Session, community: Community, o: Occurrence, now: datetime) -> None:
    """Owe the next of a series when this one ends."""
    row = session.get_one(Series, (community.id, o.series_id))
    if row.rrule is not None and not row.stopped and o.starts_at is not None:
        posts.want(
            session, community.id, now, "next", urgency=posts.NOTICE, occurrence_id=o.id, due=o.ends(), occasion="next"
        )


def next_of(session: Session, community: Community, house: House, o: Occurrence, now: datetime) -> None:
    """An occurrence of a series ended: put up the next, made like it. Called by the courier in a transaction."""
    row = session.get_one(Series, (community.id, o.series_id))
    if row.rrule is None or row.stopped or o.starts_at is None or not o.original:
        return
    tz = community.tz
    planned = datetime.fromisoformat(o.original)
    clock = None if o.all_day else planned.time()
    first = datetime.fromisoformat(row.first).date() if row.first else planned.date()
    after = max(now, wall(planned.date(), planned.time(), tz))
    start = series.following(row.rrule, clock, first, after, tz, row.except_days)
    if start is None:
        return
    posting = o.draft.get("posting", {})
    twin = Occurrence(
        **{
            name: getattr(o, name)
            for name in (
                "community_id",
                "series_id",
                "kind",
                "title",
                "place",
                "bring",
                "note",
                "confided",
                "chats",
                "made_by",
                "all_day",
            )
        },
        id=new_id(now),
        draft={"posting": posting},
        starts_at=start,
        ends_at=shifted(o.ends_at, o.starts_at, start),
        report_at=shifted(o.report_at, o.starts_at, start),
    )
    session.add(twin)
    session.flush()
    for slot in slots_of(session, o):
        wanted = Wanted(slot.label, slot.confided, slot.min, slot.max, slot.unit)
        session.add(slot_row(twin, wanted, slot.position, now))
    session.flush()
    put_up(session, community, house, twin, now, own=True)


def shifted(moment_: datetime | None, old: datetime, new: datetime) -> datetime | None:
    return None if moment_ is None else new + (moment_ - old)


def change(turn: Turn, post: Post) -> None:
    """修改: the next private words say what is wrong."""
    o = of(turn, post)
    if o is None:
        return
    if o.state != DRAFT:
        turn.tell("draft.already" if o.state != DISCARDED else "draft.discarded")
        return
    expect(turn, "ask.change", "change", occurrence_id=o.id)


def changed_to(turn: Turn, o: Occurrence, words: str) -> None:
    """What the coordinator wrote after 修改: only what was said changes."""
    posting = kept(o.draft["posting"])
    amended, fields = amend(
        posting, words, base=turn.now.astimezone(turn.community.tz), kinds=turn.house.kinds, lang=turn.lang
    )
    if not fields:
        fresh = read_post(words, base=turn.now.astimezone(turn.community.tz), kinds=turn.house.kinds, lang=turn.lang)
        if fresh.kind is None or fresh.start is None:
            expect(turn, "ask.change_again", "change", occurrence_id=o.id)
            return
        amended = fresh
    lay_out(turn, o, amended, words)
    show(turn, o)


def discard(turn: Turn, post: Post) -> None:
    """放弃: nothing ever reached a group."""
    o = of(turn, post)
    if o is None:
        return
    if o.state == DRAFT:
        o.state = DISCARDED
        turn.session.add(o)
        turn.did("discard", o)
    posts.settle(turn.session, post, turn.now)
    turn.tell("draft.discarded" if o.state == DISCARDED else "draft.already")


def of(turn: Turn, post: Post) -> Occurrence | None:
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return None
    return turn.session.get(Occurrence, (turn.community.id, post.occurrence_id))
