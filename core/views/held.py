"""Everything held about a neighbour, told in words: a line for each row that names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from sqlmodel import col, func, select

from core import consents, lists, matters, morning, regulars, when
from core.activities import Series
from core.audit import AuditLine
from core.away import Away
from core.claims import LIVE, Claim
from core.confided import Confided
from core.confiding import Heard
from core.hours import own
from core.hours import records as records_of
from core.invited import EXCUSED, Invited
from core.members import Member, Presence
from core.messages import Confide, Span, words
from core.repeating import pattern_of
from core.rounds import VisitReport
from core.views.document import document
from core.views.readback import which_and_when
from core.views.records import duration
from core.views.view import View
from core.words import catalogue

MOST = 20
"""So many promises are told one by one in a chat, the last ones; a file has them all."""
STYLE = "body{font:20px/1.6 sans-serif;margin:1.5em;max-width:40em}p{margin:.3em 0}"
EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))
Lines = list[tuple[Span, ...]]


def held(view: View, who: Member, *, whole: bool) -> Lines:
    """Line by line. `whole`: every row, for a file; else so much as one reads in a chat."""
    lookup = view.lookup
    out: Lines = [view.say("my_data.name", name=who.name or "?")]
    out += [
        view.say("my_data.account", network=each.network, id=each.id, name=each.name or each.id)
        for each in lookup.accounts(who.id)
    ]
    if who.lang:
        out.append(view.say("my_data.speaks", tongue=view.text(f"my_data.lang.{who.lang}")))
    out += [*groups(view, who), *spoken_for(view, who), *promises(view, who, whole=whole)]
    if whole:
        out += [*served(view, who), *absent(view, who), *weekly(view, who), *listed(view, who), *excused(view, who)]
    out += [
        *brought(view, who, whole=whole),
        *mornings(view, who),
        *of_features(view, who),
        *agreed(view, who),
        *(logged_whole(view, who) if whole else logged(view, who)),
    ]
    return out


def page(title: str, lang: str, lines: Sequence[tuple[Span, ...]]) -> bytes:
    """The same as a page that every telephone opens; '**' of a heading becomes one."""
    said = ["".join(words(span) for span in line) for line in lines]
    body = "".join(f"<p>{escape(line)}</p>" for line in said)
    return document(title, lang, STYLE, body).encode()


def agreed(view: View, who: Member) -> Lines:
    """What they agreed to, when, before whom; and when they took it back."""
    lookup = view.lookup
    out: Lines = []
    for row in consents.given(lookup.session, lookup.here.id, member=who.id):
        if row.purpose not in lookup.here.purposes:
            continue
        by = view.text("my_data.yourself") if row.taken_by in (0, who.id) else lookup.name(row.taken_by)
        what, on = view.text(f"consent.what.{row.purpose}"), when.day(row.at, lookup.here.tz, view.lang, row.at)
        out.append(view.say("my_data.agreed", what=what, day=on, who=by, text=row.text))
        if row.ended_at is not None:
            ended = when.day(row.ended_at, lookup.here.tz, view.lang, row.ended_at)
            out[-1] = (*out[-1], *view.say("my_data.taken_back", day=ended))
    return out


def groups(view: View, who: Member) -> Lines:
    """The groups that they are seen in."""
    lookup = view.lookup
    ids = [account.id for account in lookup.accounts(who.id)]
    rows = lookup.session.exec(
        select(Presence).where(
            Presence.community_id == lookup.here.id, col(Presence.account).in_(ids), ~col(Presence.left)
        )
    ).all()
    chats = [chat for row in rows if (chat := lookup.chat(row.chat_id)) is not None and not chat.private]
    names = dict.fromkeys(chat.name or chat.address for chat in chats)
    return [view.say("my_data.groups", names=view.text("list.comma").join(names))] if names else []


def spoken_for(view: View, who: Member) -> Lines:
    """For whom they speak, and who speaks for them."""
    lookup = view.lookup
    wards = lookup.session.exec(
        select(Member.name).where(
            Member.community_id == lookup.here.id, Member.proxy_id == who.id, col(Member.merged_into).is_(None)
        )
    ).all()
    out = [view.say("my_data.wards", names=view.text("list.comma").join(wards))] if wards else []
    if who.proxy_id is not None:
        out.append(view.say("my_data.proxy", name=lookup.name(who.proxy_id)))
    return out


def promises(view: View, who: Member, *, whole: bool) -> Lines:
    """What they promised, with what is known to have happened: the last ones one by one, and how many in all."""
    lookup = view.lookup
    rows = lookup.session.exec(
        select(Claim)
        .where(Claim.community_id == lookup.here.id, Claim.member_id == who.id)
        .order_by(col(Claim.id).desc())
    ).all()
    if not rows:
        return [view.say("my_data.no_promises")]
    out = [view.say("my_data.promises_all" if whole else "my_data.promises", n=len(rows))]
    for claim in rows if whole else rows[:MOST]:
        on = lookup.roster(claim.occurrence_id)
        if on is not None and on.occurrence.number is not None:
            state = view.text("my_data.live" if claim.promised in LIVE else "my_data.ended")
            out.append((f"{which_and_when(view, on)} {state}",))
    return out


def served(view: View, who: Member) -> Lines:
    """Each time that they were there, and for how long."""
    lookup = view.lookup
    rows = own(records_of(lookup.session, lookup.here, EVER, view.lang, [who.id]), who.id)
    return [
        view.say("my_data.served", what=row.title, day=day(view, row.begins), hours=duration(row.hours, view.lang))
        for row in rows
    ]


def absent(view: View, who: Member) -> Lines:
    """When they said that they are, or were, away."""
    here = view.lookup.here
    mine = select(Away).where(Away.community_id == here.id, Away.member_id == who.id).order_by(col(Away.first))
    out: Lines = []
    for row in view.lookup.session.exec(mine).all():
        last = view.text("when.to", start=row.first, end=row.last) if row.last else row.first
        out.append(view.say("my_data.away", days=last))
    return out


def weekly(view: View, who: Member) -> Lines:
    """What they promised for good."""
    session, here = view.lookup.session, view.lookup.here
    out: Lines = []
    for row in regulars.of_member(session, here.id, who.id):
        series = session.get(Series, (here.id, row.series_id))
        like = pattern_of(session, series) if series is not None else None
        if like is not None:
            days = when.weekdays(row.weekdays, view.lang) or view.text("regular.always")
            out.append(view.say("my_data.weekly", what=here.kind(like).title(like, view.lang), days=days))
    return out


def listed(view: View, who: Member) -> Lines:
    """The lists that they are on."""
    session, here = view.lookup.session, view.lookup.here.id
    names = [each.name for each in lists.lists(session, here) if who.id in lists.people_on(session, here, each.id)]
    return [view.say("my_data.lists", names=view.text("list.comma").join(names))] if names else []


def excused(view: View, who: Member) -> Lines:
    """Meetings that they excused themselves from, and why."""
    lookup = view.lookup
    theirs = (Invited.community_id == lookup.here.id, Invited.member_id == who.id, Invited.answer == EXCUSED)
    out: Lines = []
    for row in lookup.session.exec(select(Invited).where(*theirs)).all():
        on = lookup.roster(row.occurrence_id)
        if on is not None:
            out.append(view.say("my_data.excused", what=which_and_when(view, on), why=own_words(view, row.reason)))
    return out


def brought(view: View, who: Member, *, whole: bool) -> Lines:
    """The matters that they brought or share; `whole`: with what they said of those that they brought."""
    session, here = view.lookup.session, view.lookup.here.id
    shared = select(matters.MatterShare.matter_id).where(
        matters.MatterShare.community_id == here, matters.MatterShare.member_id == who.id
    )
    rows = session.exec(select(matters.Matter).where(matters.Matter.community_id == here)).all()
    mine = {row.id for row in rows if row.brought_by == who.id} | set(session.exec(shared).all())
    theirs = [row for row in rows if row.id in mine and row.number]
    numbers = [view.text("matters.number", n=row.number or 0) for row in theirs]
    out = [view.say("my_data.matters", which=view.text("list.comma").join(numbers))] if numbers else []
    for row in theirs if whole else ():
        if row.brought_by == who.id:
            said = row.confided or row.kept or Confided(row.words)
            out.append((view.text("matters.number", n=row.number or 0), " ", *own_words(view, said)))
    return out


def own_words(view: View, said: Confided) -> tuple[Span, ...]:
    """What they wrote to the bot themselves."""
    return view.say("confided.lost") if said.lost else (Confide(said.privately(), anywhere=True),)


def mornings(view: View, who: Member) -> Lines:
    """When they are asked whether they are well, who looks in on them, and on whom they look in."""
    lookup = view.lookup
    out: Lines = []
    for post in morning.arrangements(lookup.session, lookup.here.id):
        body, asked = morning.Arranged.of(post), lookup.member(post.member_id)
        if asked.id == who.id:
            near = lookup.name(body.neighbour) if body.neighbour else ""
            out.append(view.say("my_data.morning", at=f"{body.hour:%H:%M}", name=near))
        elif body.neighbour and lookup.member(body.neighbour).id == who.id:
            out.append(view.say("my_data.looks_in", name=asked.name))
    return out


def of_features(view: View, who: Member) -> Lines:
    """What the features keep of them."""
    here = view.lookup.here
    features = (*here.features.values(), *here.switched_off.values())
    return [line for each in features if each.known is not None for line in each.known(view, who.id)]


def logged(view: View, who: Member) -> Lines:
    """How many lines of the log are about them, and how often something confided was shown to them."""
    session, here = view.lookup.session, view.lookup.here.id
    n, first = session.exec(
        select(func.count(), func.min(AuditLine.at)).where(
            AuditLine.community_id == here,
            (col(AuditLine.by_member) == who.id) | (col(AuditLine.for_member) == who.id),
        )
    ).one()
    heard = session.exec(
        select(func.count()).select_from(Heard).where(Heard.community_id == here, Heard.member_id == who.id)
    ).one()
    out: Lines = []
    if n:
        day = when.day(first, view.lookup.here.tz, view.lang, first)
        out.append(view.say("my_data.log", n=n, day=day))
    if heard:
        out.append(view.say("my_data.heard", n=heard))
    return out


def logged_whole(view: View, who: Member) -> Lines:
    """Each of those lines, and each of those readings, with its moment: nothing more is kept of them."""
    session, here = view.lookup.session, view.lookup.here.id
    by_or_for = (col(AuditLine.by_member) == who.id) | (col(AuditLine.for_member) == who.id)
    rows = session.exec(select(AuditLine).where(AuditLine.community_id == here, by_or_for).order_by(col(AuditLine.id)))
    done = [line_of(view, row, who.id) for row in rows.all()]
    heard = select(Heard.at).where(Heard.community_id == here, Heard.member_id == who.id).order_by(col(Heard.id))
    read = [view.say("log.heard", when=moment(view, at)) for at in session.exec(heard).all()]
    reports = (VisitReport.community_id == here, VisitReport.member_id == who.id)
    told = session.exec(select(VisitReport.at).where(*reports).order_by(col(VisitReport.id))).all()
    out: Lines = [view.say("my_data.log_lines"), *done] if done else []
    out += [view.say("my_data.heard", n=len(read)), *read] if read else []
    said = [view.say("log.reported", when=moment(view, at)) for at in told]
    return out + ([view.say("my_data.reports", n=len(said)), *said] if said else [])


def line_of(view: View, row: AuditLine, whose: int = 0) -> tuple[Span, ...]:
    """When, who did what, and about which activity: what the bot calls it is no word of a neighbour's.

    `whose`: in whose file it stands, 0 for nobody's who has a name here. Another neighbour is named only as who did it.
    """
    on = view.lookup.roster(row.occurrence_id) if row.occurrence_id else None
    by = view.lookup.name(row.by_member) if row.by_member else view.text("log.bot")
    did = f"log.did.{row.verb}"
    line = view.text(
        "log.line",
        when=moment(view, row.at),
        who=view.text("log.you") if whose and row.by_member == whose else by,
        did=view.text(did if catalogue().has(did) else "log.else"),
        about=about(view, row, whose),
    )
    if on is None or on.occurrence.number is None:
        return (line,)
    return view.say("log.of", line=line, what=which_and_when(view, on))


def about(view: View, row: AuditLine, whose: int) -> str:
    """Whom it was about, where that is not who did it: in somebody's own file."""
    if not whose or row.for_member in (0, row.by_member):
        return ""
    return view.text("log.for_you" if row.for_member == whose else "log.for_another")


def day(view: View, at: datetime) -> str:
    """With its year: a file is read in years to come."""
    return f"{at.astimezone(view.lookup.here.tz):%Y-%m-%d}"


def moment(view: View, at: datetime) -> str:
    return f"{at.astimezone(view.lookup.here.tz):%Y-%m-%d %H:%M}"
