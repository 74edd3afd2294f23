"""A reminder of what begins soon, for one person or for the proxy who hears for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core import matters, when
from core.activities import CANCELLED, Occurrence
from core.claims import FINISHED, OFFERED, ON_THE_WAY, PRESENT, UNKNOWN, Claim, Roster
from core.deeds.falling_back import gathered, ring_up
from core.deeds.looking_after import SET_OUT
from core.deeds.undoing import roster_by_id
from core.members import Member
from core.messages import Action, Message, Span
from core.posts.kind import PostKind, Press
from core.posts.row import REMINDER
from core.regulars import come_by, next_of
from core.reminders import stamp
from core.rules import Refusal
from core.talk import attending, helping, leaving
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import facts, headline, names, readable
from core.views.lookup import Lookup
from core.views.readback import what
from core.views.units import heads_of_units
from core.views.view import View, lines
from core.visiting import Visiting
from core.words.clean import tidy_line

LOOKED_AT = 6
"""So many that were found stand in a reminder at most."""


def current(view: View, on: Roster) -> bool:
    """Whether a reminder's start is still the occurrence's start."""
    return on.occurrence.state != CANCELLED and view.post.occasion.endswith(f"@{stamp(on.occurrence.starts_at)}")


def long_over(view: View, on: Roster) -> bool:
    """Whether nobody reports to it any more, and what was confided of it has gone."""
    lasts = view.lookup.here.settings(Visiting).lasts
    return on.occurrence.starts_at is not None and view.lookup.now >= on.occurrence.ends() + lasts


def remind(view: View) -> Message | None:
    """What begins soon, for everybody this reader hears for. None when they hold no place, or it was moved.

    One that stands there with confided words in it then says so instead: they are not this reader's any more.
    """
    post, reader = view.post, view.reader
    theirs = heard(view.lookup, post.occurrence_id, reader)
    if post.confides and post.message is not None:
        on = view.lookup.roster(post.occurrence_id)
        if on is not None and (not theirs or not current(view, on) or long_over(view, on)):
            return passed(view, on, theirs)
    if not theirs or (post.message is None and theirs[0].member_id != post.member_id):
        return None  # somebody else's post for the same reader says it for all of them
    if any(claim.member_id != reader for claim in theirs):
        return reminder(view, theirs)  # it says names
    # The key says all that tells one reminder from another: most of those that fall due together are alike.
    on = view.lookup.roster(post.occurrence_id)
    sees = on is not None and bool(readable(view.lookup, on, theirs, reader))
    alike = tuple((c.slot_id, c.promised, c.happened, c.thing, c.portions) for c in theirs)
    sees_and_skips = (sees, view.post.occasion.startswith("eve") and eve(view, theirs))
    about = (post.occurrence_id, post.occasion, post.state, view.lang, said_at(view).date())
    key = ("remind", *about, sees_and_skips, alike)
    return view.lookup.once(key, lambda: reminder(view, theirs))


def reminder(view: View, theirs: list[Claim]) -> Message | None:
    """The words of it, and what there is to press."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.starts_at is None or not current(view, on):
        return None
    others = any(claim.member_id != view.reader for claim in theirs)
    whom = for_whom(view, theirs) if others else ()
    more = (*to_look_at(view, on), *of_features(view, on, theirs))
    return Message(lines(*about(view, on, theirs), *more, whom), steps(view, on, theirs))


def of_features(view: View, on: Roster, theirs: list[Claim]) -> list[tuple[Span, ...]]:
    """What the features add, each about what it keeps of this activity."""
    features = view.lookup.here.features.values()
    return [line for each in features if each.on_reminders is not None for line in each.on_reminders(view, on, theirs)]


def to_look_at(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """In the last hours before a green watch: what was found where it goes, and is open."""
    kind = view.lookup.kind(on)
    if view.post.occasion.startswith("eve") or not kind.watches(on.occurrence, ""):
        return []
    found = matters.found_open(view.lookup.session, view.lookup.here.id)
    rows = [row for row in found if kind.watches(on.occurrence, row.words)]
    said = [view.say("remind.matter", n=row.number or 0, words=tidy_line(row.words, 40)) for row in rows[:LOOKED_AT]]
    return [view.say("remind.look_at"), *said] if said else []


def passed(view: View, on: Roster, theirs: list[Claim]) -> Message:
    """What is left of a reminder whose reader need not go, or not then: which activity it was about, and when it is."""
    if on.occurrence.state == CANCELLED:
        first = view.say("roster.cancelled")
    elif long_over(view, on):
        first = view.say("roster.over")
    else:
        first = () if theirs else view.say("remind.off")
    sure = readable(view.lookup, on, theirs, view.reader)
    name = (headline(view.lookup, on, view.lang),)
    return Message(lines(first, name, *facts(view.lookup, on, view.lang, private=bool(sure), to=sure)))


def for_whom(view: View, theirs: list[Claim]) -> tuple[Span, ...]:
    """Whom a proxy is to tell, beside themselves or not."""
    of_units = heads_of_units(view.lookup, theirs)
    said = [view.say("roster.unit", name=view.lookup.name(id), n=n) for id, n in of_units.items()]
    others = [c.member_id for c in theirs if c.member_id != view.reader and c.member_id not in of_units]
    if others:
        mine = any(c.member_id == view.reader for c in theirs)
        whom = names(view.lookup, list(dict.fromkeys(others)), view.lang)
        said.append(view.say("remind.with" if mine else "remind.for", names=whom))
    return lines(*said)


def next_steps(view: View, theirs: list[Claim]) -> tuple[str, ...]:
    """What there is to press: to leave on the eve; on the day what comes next, from setting out to the end."""
    happened = {claim.happened for claim in theirs}
    if all(claim.promised == OFFERED for claim in theirs):
        return ()  # the offer stands there with 接受: nobody arrives who has not yet said that they come
    if view.post.occasion.startswith("eve"):
        return eve(view, theirs) if happened <= {UNKNOWN} else ()
    if happened <= {FINISHED}:
        return ()
    if happened <= {PRESENT, FINISHED}:
        return ("done", "need_help")
    if happened <= {ON_THE_WAY} or not may_set_out(view):
        return ("here", "done", "leave", "need_help")
    return ("on_the_way", "here", "done", "leave")


def steps(view: View, on: Roster, theirs: list[Claim]) -> tuple[Action, ...]:
    """The same as actions; of what is no duty one says in its own words that it is over."""
    ends = view.lookup.kind(on).ends
    return tuple(
        replace(action, label=view.text(ends)) if ends and action.id == "done" else action
        for action in view.open(*next_steps(view, theirs))
    )


def may_set_out(view: View) -> bool:
    """Whether 我出发了 is offered: from half an hour before they are to be there."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.starts_at is None:
        return False
    return view.lookup.now >= (on.occurrence.report_at or on.occurrence.starts_at) - SET_OUT


def eve(view: View, theirs: list[Claim]) -> tuple[str, ...]:
    """To leave; who comes every week skips this one."""
    lookup, id = view.lookup, view.post.occurrence_id

    def regular() -> frozenset[int]:
        row = lookup.session.get(Occurrence, (lookup.here.id, id))
        return come_by(lookup.session, lookup.here, row) if row is not None else frozenset()

    weekly = lookup.once(("come every week", id), regular)
    return ("skip_week", "leave") if any(c.member_id in weekly for c in theirs) else ("leave",)


def said_at(view: View) -> datetime:
    """The moment from which 今天 and 明天 are counted: an edit does not turn a reminder of the eve into another."""
    return view.lookup.now if view.post.message is None else max(view.post.due, view.post.not_before)


def about(view: View, on: Roster, theirs: list[Claim]) -> list[tuple[Span, ...]]:
    """The lines that are the same for everybody with such claims: when, what, where."""
    starts = on.occurrence.starts_at
    assert starts is not None  # noqa: S101 - what has no start is not reminded of
    tz, title = view.lookup.here.tz, headline(view.lookup, on, view.lang)
    detail = what(view.lookup, on, theirs, view.lang)
    sure = readable(view.lookup, on, theirs, view.reader)
    at, *more = facts(view.lookup, on, view.lang, private=bool(sure), to=sure)
    day = when.near(starts, tz, view.lang, said_at(view))
    if day == when.day(starts, tz, view.lang, said_at(view)):
        first = view.say("remind.later", title=title)  # the day stands in the line below
    else:
        first = view.say("remind.first", day=day, title=title)
        at = tuple(when.weekday_said(span, starts, tz, view.lang) if isinstance(span, str) else span for span in at)
    return [first, (detail,) if detail else (), at, *more]


def heard(lookup: Lookup, occurrence_id: int, reader: int) -> list[Claim]:
    """The claims whose people this reader hears for, their own first."""
    own, proxied = lookup.once(("heard", occurrence_id), lambda: recipients(lookup, occurrence_id))
    return [*own.get(reader, ()), *proxied.get(reader, ())] if proxied else own.get(reader, [])


def recipients(lookup: Lookup, occurrence_id: int) -> tuple[dict[int, list[Claim]], dict[int, list[Claim]]]:
    """For everybody who hears anything of this activity: their own claims, and those they hear for others."""
    on = lookup.roster(occurrence_id)
    holders = {} if on is None else on.holders()
    lookup.expect(set(holders))
    own: dict[int, list[Claim]] = {}
    proxied: dict[int, list[Claim]] = {}
    for member_id, theirs in holders.items():
        own.setdefault(lookup.member(member_id).id, []).extend(theirs)
        if lookup.member(member_id).proxy_id is None:
            continue
        recipient = lookup.recipient(member_id)
        if recipient is not None and recipient.member_id != member_id:
            proxied.setdefault(recipient.member_id, []).extend(theirs)
    return own, proxied


# ------------------------------------------------------------ pressed


def leave(turn: Turn, press: Press) -> None:
    """退出 on the eve."""
    leaving.leave(turn, for_whom_pressed(turn, press))


def skip(turn: Turn, press: Press) -> None:
    """跳过一周 on the eve, by who comes every week."""
    leaving.leave(turn, for_whom_pressed(turn, press))


def skip_next(turn: Turn, _intent: str) -> bool:
    """跳过一周, typed where no reminder offers it: the next that somebody is on because they come every week."""
    o = next_of(turn.session, turn.here, turn.member.id, turn.now)
    if o is not None:
        leaving.leave(turn, Wish("skip_week", occurrence=o.id))
    elif turn.chat.private:
        turn.refuse(Refusal("no_regular"))
    return True


def need_help(turn: Turn, press: Press) -> None:
    """需要帮忙: the partner and every coordinator read it at once."""
    on = roster_by_id(turn.work, press.post.occurrence_id)
    if on is not None:
        helping.need_help(turn, on)


def attend(turn: Turn, press: Press) -> None:
    """我出发了, 到了, 平安结束."""
    attending.attend(turn, for_whom_pressed(turn, press))


def for_whom_pressed(turn: Turn, press: Press) -> Wish:
    """A button under a reminder for somebody the presser speaks for means that person."""
    post, typed = press.post, not turn.pressed
    owner = None if post.member_id == turn.member.id else turn.session.get(Member, (turn.here.id, post.member_id))
    if owner is None or owner.merged_into == turn.member.id:
        return Wish(press.verb, occurrence=post.occurrence_id, typed=typed)
    return Wish(press.verb, occurrence=post.occurrence_id, people=(owner.id,), myself=False, typed=typed)


REMIND = PostKind(
    "remind",
    render=remind,
    urgency=REMINDER,
    follows="offering",
    means_activity=True,
    labels={"skip_week": skip_next, "need_help": helping.in_words},
    presses={
        "leave": leave,
        "skip_week": skip,
        "need_help": need_help,
        **dict.fromkeys(("here", "done", "on_the_way"), attend),
    },
    unheard=gathered,
    unread=ring_up,
)
