"""What only coordinators do to what is posted: cancel, change, close, put down and take off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core import claims, posts, rules
from core.activities import CANCELLED, CLOSED, OPEN, Occurrence, Slot
from core.claims import Head, Sheet, promise, put_down, sheet
from core.posts import Post
from core.reading.amending import amend
from core.reading.posts import Posting
from core.reminders import reschedule, schedule
from core.rules import Refusal
from core.talk import people
from core.talk.asking import expect, look_private
from core.talk.choosing import choose
from core.talk.drafting import follow_on, set_times, slot_row
from core.talk.kept import keep, kept
from core.talk.leaving import fill, withdraw
from core.talk.saying import changed, say_back, tell_holders
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import headline, limit
from core.words import text


def pick(turn: Turn, wish: Wish, fits: Callable[[Sheet], bool] = lambda _: True) -> Sheet | None:
    """The posted activity a coordinator means. None: a question or a kind no has been said."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return None
    on = choose(turn, wish, fits, "nothing_open", "ask.which")
    if on is not None and (refusal := rules.stands(on)) is not None:
        turn.refuse(refusal)
        return None
    return on


def name_of(turn: Turn, on: Sheet) -> str:
    """'巡逻 #1 11月27日周五晚上7点': an activity named whole, for a question that must not be misread."""
    books = turn.books()
    return f"{headline(books, on, turn.lang, private=False)} {books.when(on, turn.lang)}"


# ------------------------------------------------------------ cancel


def cancel(turn: Turn, wish: Wish) -> None:
    """取消 N: name the consequence and ask."""
    on = pick(turn, wish)
    if on is None:
        return
    heads, waiting = len(on.taking()), len(on.waiting())
    key = "confirm.cancel_waiting" if waiting else "confirm.cancel" if heads else "confirm.cancel_empty"
    body = {"key": key, "facts": {"what": name_of(turn, on), "n": heads, "waiting": waiting}}
    turn.privately("confirm", occurrence_id=on.occurrence.id, body=body)
    look_private(turn)


def confirmed(turn: Turn, post: Post) -> None:
    """确认: cancelled. Nobody is taken off the roster: it says what was to be, and everybody is told."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    row = turn.session.get_one(Occurrence, (turn.community.id, post.occurrence_id))
    on = sheet(turn.session, row)
    if row.state != CANCELLED:
        row.state = CANCELLED
        turn.session.add(row)
        turn.did("cancel", row)
        tell_holders(turn, on, "notice.cancelled")
        changed(turn, on)
    outcome = "confirm.cancelled" if on.claims else "confirm.cancelled_empty"
    posts.settle(turn.session, post, turn.now, outcome=outcome)
    turn.tell(outcome, what=post.body["facts"]["what"])


def back(turn: Turn, post: Post) -> None:
    """返回: nothing was done."""
    posts.settle(turn.session, post, turn.now, outcome="confirm.back", chosen=text(turn.lang, "action.back"))
    turn.tell("confirm.back")


# ------------------------------------------------------------ close


def close(turn: Turn, wish: Wish) -> None:
    """关闭 N: no more joining; leaving and moving up go on."""
    on = pick(turn, wish)
    if on is None:
        return
    if on.occurrence.state == CLOSED:
        turn.tell("closed.already")
        return
    on.occurrence.state = CLOSED
    turn.session.add(on.occurrence)
    turn.did("close", on.occurrence)
    changed(turn, on)
    turn.mark()
    turn.privately("notice", occurrence_id=on.occurrence.id, body={"key": "closed.done", "before": {"state": OPEN}})


# ------------------------------------------------------------ change


def edit(turn: Turn, wish: Wish, words: str) -> None:
    """改 N ...: takes effect at once, says what changed, and can be taken back."""
    on = pick(turn, wish)
    if on is None:
        return
    if not words.strip():
        expect(turn, "ask.edit", "edit", Wish("edit", occurrence=on.occurrence.id), what=name_of(turn, on))
        return
    o = on.occurrence
    tz = turn.community.tz
    posting = kept(o.draft["posting"])
    if posting.rrule:  # this one occurrence is changed, not the rule
        posting = replace(posting, rrule=None, start=local_start(o, turn), end=o.ends_at and o.ends_at.astimezone(tz))
    amended, fields = amend(posting, words, base=turn.now.astimezone(tz), kinds=turn.house.kinds, lang=turn.lang)
    if amended.question is not None and not amended.ambiguous:
        turn.tell("edit.question", question=amended.question.words(turn.lang))
        return
    if not fields:
        turn.tell("edit.nothing")
        return
    before = snapshot(on)
    apply(turn, on, amended)
    if o.starts_at is not None and o.starts_at <= turn.now and not o.all_day:
        restore(turn, on, before)
        turn.tell("edit.past")
        return
    after_edit(turn, on, before)


def local_start(o: Occurrence, turn: Turn) -> Any:
    if o.starts_at is None:
        return None
    local = o.starts_at.astimezone(turn.community.tz)
    return local.date() if o.all_day else local


def apply(turn: Turn, on: Sheet, amended: Posting) -> None:
    """Write an amended posting over a posted occurrence; slots that people have claimed are kept, whatever it says."""
    o, feature = on.occurrence, turn.feature(on.occurrence)
    plan = feature.arrange(amended, turn.community.lang)
    o.title, o.place, o.bring, o.note, o.confided = plan.title, plan.place, plan.bring, plan.note, plan.confided
    set_times(turn, o, amended)
    o.draft = {**o.draft, "posting": keep(amended)}
    turn.session.add(o)
    left = {slot.label: slot for slot in on.slots}
    for position, wanted in enumerate(plan.slots):
        slot = left.pop(wanted.label, None)
        if slot is None and len(plan.slots) == len(on.slots) == 1:
            slot = left.popitem()[1]
        if slot is None:
            turn.session.add(slot_row(o, wanted, position, turn.now))
            continue
        slot.min, slot.max, slot.position = wanted.min, wanted.max, position
        slot.confided = wanted.confided
        turn.session.add(slot)
    for slot in left.values():
        if on.taking(slot) or on.waiting(slot):
            slot.max = 0  # nobody is removed: the coordinator sees 2/0 and talks to them
            turn.session.add(slot)
        else:
            turn.session.delete(slot)
    turn.session.flush()
    on.slots = sheet(turn.session, o).slots


def after_edit(turn: Turn, on: Sheet, before: dict[str, Any]) -> None:
    """Move the reminders, fill new places, tell those who promised and the coordinator."""
    o = on.occurrence
    turn.did("edit", o)
    moved = [f for f in ("starts_at", "ends_at", "report_at") if stamp(getattr(o, f)) != before[f]]
    if moved:
        reschedule(turn.session, turn.community, turn.house, o, turn.now)
        follow_on(turn.session, turn.community, o, turn.now)
    fill(turn, on)
    changed(turn, on)
    tell_moved(turn, on, before)
    turn.mark()
    n = too_many(on)
    facts: dict[str, str | int] = {"what": what_changed(turn, on, before), "n": n}
    body = {"key": "edit.over" if n else "edit.done", "facts": facts, "before": before}
    turn.privately("notice", occurrence_id=o.id, body=body)


def tell_moved(turn: Turn, on: Sheet, before: dict[str, Any]) -> None:
    """Tell those who promised or wait of another time or place; of anything else the roster speaks."""
    moved = any(stamp(getattr(on.occurrence, f)) != before[f] for f in ("starts_at", "ends_at", "report_at"))
    elsewhere = on.occurrence.place != before["place"]
    if moved or elsewhere:
        tell_holders(turn, on, "notice.both" if moved and elsewhere else "notice.moved" if moved else "notice.place")


def too_many(on: Sheet) -> int:
    """How many hold places beyond those wanted."""
    return sum(max(0, -(on.left(slot) or 0)) for slot in on.slots)


def what_changed(turn: Turn, on: Sheet, before: dict[str, Any]) -> str:
    """'时间、人数3/5': what an edit changed, in words; how many is said, the rest stands below."""
    now = snapshot(on)
    names = {"starts_at": "time", "ends_at": "time", "report_at": "time", "place": "place", "title": "title",
             "bring": "bring", "note": "note", "confided": "note"}  # fmt: skip
    parts = [text(turn.lang, f"edit.part.{name}") for f, name in names.items() if now[f] != before[f]]
    if now["slots"] != before["slots"]:
        count = limit(len(on.taking()), on.wanted(), turn.lang, on.slots[0].unit)
        parts.append(text(turn.lang, "edit.part.count", count=count))
    return text(turn.lang, "list.comma").join(dict.fromkeys(parts)) or text(turn.lang, "edit.part.else")


def stamp(value: datetime | None) -> str | None:
    """A moment for comparing and keeping: whatever its zone was, the same moment looks the same."""
    return None if value is None else value.astimezone(UTC).isoformat()


def snapshot(on: Sheet) -> dict[str, Any]:
    """What an edit may change, as JSON, so that it can be taken back."""
    o = on.occurrence
    return {
        **{f: stamp(getattr(o, f)) for f in ("starts_at", "ends_at", "report_at")},
        **{f: getattr(o, f) for f in ("all_day", "title", "place", "bring", "note", "confided", "state", "draft")},
        "slots": {str(s.id): [s.min, s.max, s.position, s.confided, s.label] for s in on.slots},
    }


def restore(turn: Turn, on: Sheet, before: dict[str, Any]) -> None:
    """Write a snapshot back. A slot added since is kept if somebody claimed it."""
    o = on.occurrence
    for f, value in before.items():
        if f in ("starts_at", "ends_at", "report_at"):
            setattr(o, f, None if value is None else datetime.fromisoformat(value))
        elif f != "slots":
            setattr(o, f, value)
    turn.session.add(o)
    if "slots" in before:
        for slot in on.slots:
            if str(slot.id) in before["slots"]:
                slot.min, slot.max, slot.position, slot.confided = before["slots"][str(slot.id)][:4]
                turn.session.add(slot)
            elif not on.taking(slot) and not on.waiting(slot):
                turn.session.delete(slot)
    turn.session.flush()
    on.slots = sheet(turn.session, o).slots


def take_edit_back(turn: Turn, post: Post) -> None:
    """撤销 under what an edit (or 关闭) said."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    row = turn.session.get_one(Occurrence, (turn.community.id, post.occurrence_id))
    on = sheet(turn.session, row)
    now = snapshot(on)
    if (refusal := rules.stands(on)) is not None:
        turn.refuse(refusal)
        return
    restore(turn, on, post.body["before"])
    n = too_many(on)
    key = "edit.undone_over" if n else "edit.undone"
    facts: dict[str, str | int] = {"count": f"{len(on.taking())}/{on.wanted()}", "n": n}
    posts.settle(turn.session, post, turn.now, undone=True, key=key, facts=facts)
    turn.did("edit_undone", row)
    if stamp(row.starts_at) != now["starts_at"]:
        reschedule(turn.session, turn.community, turn.house, row, turn.now)
        follow_on(turn.session, turn.community, row, turn.now)
    tell_moved(turn, on, now)
    fill(turn, on)
    changed(turn, on)
    turn.tell(key, **facts)


# ------------------------------------------------------------ other people's promises


def add(turn: Turn, wish: Wish) -> None:
    """加 NAME N: put somebody down; for one who has an offer, accept it."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    found = people.resolve(turn, wish, make=True)
    if found is None:
        return
    wish = replace(found, myself=False)
    if not wish.people and not wish.strangers:
        turn.tell("add.who")
        return
    on = pick(turn, wish)
    if on is None:
        return
    ids = [*wish.people, *(people.without_account(turn, name, proxy=False).id for name in wish.strangers)]
    feature = turn.feature(on.occurrence)
    named: tuple[Slot, ...] = feature.slots_for(on, wish.thing)
    made = []
    for id in ids:
        mine = on.of(id)
        if mine and mine[0].promised == claims.OFFERED:
            promise(turn.session, mine[0], claims.CLAIMED)
            made.append(mine[0])
        elif mine:
            turn.refuse(Refusal("already_there", {"name": turn.books().name(id)}))
            continue
        else:
            slot = next((s for s in named or on.slots if on.room(s)), (named or tuple(on.slots))[0])
            made.append(
                put_down(
                    turn.session,
                    on,
                    slot,
                    Head(id, thing="" if slot.unit == "person" else wish.thing, portions=wish.portions),
                    turn.speaker,
                    turn.now,
                )
            )
        turn.did("add", on.occurrence, member=id, claim=made[-1].id)
        turn.session.flush()
        schedule(turn.session, turn.community, turn.house, on.occurrence, id, turn.now)
    if made:
        changed(turn, on)
        turn.mark()
        say_back(turn, "join", on, made)


def remove(turn: Turn, wish: Wish) -> None:
    """减 NAME N: take somebody off; they are told."""
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return
    if not wish.names and not wish.people:
        turn.tell("add.who")
        return
    on = pick(turn, replace(wish, names=()))
    if on is None:
        return
    there = {c.member_id for c in on.claims}
    found = people.resolve(turn, replace(wish, occurrence=on.occurrence.id), make=False, among=there)
    if found is None:
        return
    theirs = [c for c in on.claims if c.member_id in found.people]
    if not theirs:
        turn.refuse(Refusal("nobody_called", {"name": (found.strangers or ("",))[0]}))
        return
    waited = [c.id for c in theirs if c in on.waiting()]
    withdraw(turn, on, theirs, verb="remove")
    turn.mark()
    say_back(turn, "leave", on, theirs, waited=waited)
