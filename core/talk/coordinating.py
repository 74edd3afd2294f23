"""What only coordinators do to what is posted: cancel, change, close, put down and take off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core import drafts, posts, rules
from core.activities import CLOSED, Occurrence
from core.claims import Roster
from core.deeds import changing, claiming, withdrawing
from core.deeds.changing import too_many
from core.deeds.claiming import Coming
from core.deeds.outcome import Outcome
from core.deeds.repeating import may_turn
from core.drafts import LOST, read_of
from core.news import Notice
from core.posts import Change, Press
from core.reading import Posting, amend
from core.reading.parts import says_the_same
from core.repeating import series_of
from core.rules import Refusal
from core.talk import people
from core.talk.ahead import of_one_day
from core.talk.arranging import arranged
from core.talk.asking import expect, look_private
from core.talk.choosing import choose
from core.talk.drafting import moments_of
from core.talk.hesitating import hesitate, possible
from core.talk.kept import keep, kept
from core.talk.namesakes import as_typed, may_be_another, there_already
from core.talk.placing import find_slot
from core.talk.saying import say_back
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import headline, so_many
from core.words import text


def pick(turn: Turn, wish: Wish, fits: Callable[[Roster], bool] = lambda _: True) -> Roster | None:
    """The posted activity a coordinator means. None: a question or a kind no has been said."""
    if not turn.may("arrange"):
        turn.refuse(Refusal("coordinators_only"))
        return None
    on = choose(turn, wish, fits, "nothing_open", "ask.which")
    if on is not None and not turn.may("arrange", on.occurrence.kind):
        turn.refuse(Refusal("not_of_your_kind"))
        return None
    if on is not None and (refusal := rules.stands(on)) is not None:
        turn.refuse(refusal)
        return None
    return on


def name_of(turn: Turn, on: Roster) -> str:
    """'巡逻 #1 11月27日周五晚上7点': an activity named whole, for a question that must not be misread."""
    lookup = turn.lookup()
    return f"{headline(lookup, on, turn.lang)} {lookup.when(on, turn.lang)}"


# ------------------------------------------------------------ cancel


@dataclass(frozen=True, slots=True)
class Confirm(Change):
    """What would happen, as a sentence of the catalogue, and how it was decided."""

    key: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    outcome: str = ""
    far: int = 0  # how many cannot be told privately
    how: str = ""  # SERIES or STOP: what there is to choose; BREAK; '' for yes or no
    series: int = 0  # that which would end
    starts: tuple[str, ...] = ()  # or of which these would be left out


SERIES, STOP, BREAK = "series", "stop", "break"


def rang_up(turn: Turn, press: Press) -> None:
    """打过了: whom nobody could tell privately know by telephone."""
    press.post.body = {**press.post.body, "called": True}
    posts.touch(turn.session, [press.post], turn.now)
    turn.seen_done("untold.thanks")


def far(turn: Turn, *rosters: Roster) -> int:
    """How many of those on these rosters cannot be told privately of a change."""
    lookup = turn.lookup()
    ids = {c.member_id for on in rosters for c in on.claims} - {turn.member.id}
    return sum(lookup.recipient(id) is None for id in ids)


def cancel(turn: Turn, wish: Wish) -> None:
    """取消 N, 取消周五的巡逻: name the consequence and ask."""
    if not turn.may("arrange") and not turn.chat.private and wish.number is None and not wish.occurrence:
        return  # 周五不办了 is said among neighbours as well
    if not turn.may("arrange") and turn.chat.private and any(on.of(turn.member.id) for on in possible(turn, wish)):
        hesitate(turn, replace(wish, verb="regret"))  # 明天的巡逻取消吧: of their own part, from who is no coordinator
        return
    of_day = of_one_day(turn, wish) if turn.may("arrange") else wish
    if of_day is None:
        return
    on = pick(turn, of_day)
    if on is None:
        return
    if any(each.cancels is not None and each.cancels(turn, on) for each in turn.here.features.values()):
        return
    heads, waiting = len(on.taking()), len(on.waiting())
    row = series_of(turn.session, on.occurrence)
    if row is not None and row.repeats:
        ask_how_far(turn, on, heads, waiting)
        return
    key = "confirm.cancel_waiting" if waiting else "confirm.cancel" if heads else "confirm.cancel_empty"
    body = Confirm(key=key, facts={"what": name_of(turn, on), "n": heads, "waiting": waiting}, far=far(turn, on))
    turn.privately("confirm", occurrence_id=on.occurrence.id, body=body)
    look_private(turn)


def ask_how_far(turn: Turn, on: Roster, heads: int, waiting: int) -> None:
    """取消 N of one in a series: only this one, or all from here?"""
    key = "confirm.series_waiting" if waiting else "confirm.series" if heads else "confirm.series_empty"
    facts: dict[str, str | int] = {"what": name_of(turn, on), "n": heads, "waiting": waiting}
    body = Confirm(key=key, facts=facts, far=far(turn, on), how=SERIES)
    turn.privately("confirm", occurrence_id=on.occurrence.id, body=body)
    look_private(turn)


# ------------------------------------------------------------ close


def close(turn: Turn, wish: Wish) -> None:
    """关闭 N: no more joining; leaving and moving up go on."""
    on = pick(turn, wish)
    if on is None:
        return
    if on.occurrence.state == CLOSED:
        turn.tell("closed.already")
        return
    done = changing.close(turn.work, on)
    if isinstance(done, Refusal):
        turn.refuse(done)
        return
    turn.mark()
    body = Notice(key="closed.done", before=done.before or 0)
    turn.privately("notice", occurrence_id=on.occurrence.id, body=body)


# ------------------------------------------------------------ change


def edit(turn: Turn, wish: Wish, words: str) -> None:
    """改 N ...: takes effect at once, says what changed, and can be taken back."""
    on = pick(turn, wish)
    if on is None:
        return
    if not words.strip():
        n = far(turn, on)
        what = name_of(turn, on) + (f"\n{text(turn.lang, 'confirm.untold_edit', n=n)}" if n else "")
        expect(turn, "ask.edit", "edit", Wish("edit", occurrence=on.occurrence.id), what=what)
        return
    o = on.occurrence
    if read_of(turn.session, o) is LOST:
        turn.refuse(Refusal("lost"))
        return
    posting = as_it_is(turn, o)
    amended, fields = amend(posting, words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    if amended.question is not None and not amended.ambiguous:
        turn.tell("edit.question", question=amended.question.words(turn.lang))
        return
    if amended.kind not in (posting.kind, o.kind):  # what a group may see of it hangs on its kind
        turn.tell("edit.kind", number=o.number or 0)
        return
    if not fields:
        same = says_the_same(posting, words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
        turn.tell("edit.same" if same else "edit.nothing")
        return
    plan = arranged(turn, turn.kind(o), amended)
    read = read_of(turn.session, o).model_copy(update={"posting": keep(amended)})
    done = changing.change(turn.work, on, plan, moments_of(turn, amended), read)
    if isinstance(done, Refusal):
        turn.refuse(done)
        return
    turn.mark()
    say_changed(turn, on, done)


def as_it_is(turn: Turn, o: Occurrence) -> Posting:
    """The posting that an occurrence was made from; of one in a series, this one and not the rule."""
    posting = kept(read_of(turn.session, o).posting)
    if not posting.rrule and series_of(turn.session, o) is None:
        return posting
    ends = o.ends_at and o.ends_at.astimezone(turn.here.tz)
    report = o.report_at and o.report_at.astimezone(turn.here.tz)
    return replace(posting, rrule=None, start=local_start(o, turn), end=ends, report_at=report)


def local_start(o: Occurrence, turn: Turn) -> Any:
    if o.starts_at is None:
        return None
    local: datetime = o.starts_at.astimezone(turn.here.tz)
    return local.date() if o.all_day else local


def say_changed(turn: Turn, on: Roster, done: Outcome) -> None:
    n = too_many(on)
    facts: dict[str, str | int] = {"what": what_changed(turn, on, done.before or 0), "n": n}
    then = drafts.before(turn.session, turn.here.id, done.before or 0)
    repeats = then is not None and may_turn(turn.work, on.occurrence, then)
    body = Notice(key="edit.over" if n else "edit.done", facts=facts, before=done.before or 0, repeats=repeats)
    turn.privately("notice", occurrence_id=on.occurrence.id, body=body)


def what_changed(turn: Turn, on: Roster, before: int) -> str:
    """'时间、人数3/5': what an edit changed, in words; how many is said, the rest stands below."""
    now, was = changing.snapshot(on), drafts.before(turn.session, turn.here.id, before)
    assert was is not None  # noqa: S101 - it was kept just now
    names = {"starts_at": "time", "ends_at": "time", "report_at": "time", "place": "place", "title": "title",
             "bring": "bring", "note": "note", "confided": "note", "title_confided": "title", "place_confided": "place",
             "bring_confided": "bring"}  # fmt: skip
    parts = [text(turn.lang, f"edit.part.{name}") for f, name in names.items() if getattr(now, f) != getattr(was, f)]
    changed = {id for id in now.slots.keys() | was.slots.keys() if now.slots.get(id) != was.slots.get(id)}
    apart = changed <= {slot.id for slot in on.aside}  # how many are expected, say
    if changed and apart and (line := turn.kind(on.occurrence).expected(on, turn.lang)):
        parts.append(line)
    elif changed:
        parts.append(text(turn.lang, "edit.part.count", count=so_many(turn.kind(on.occurrence), on, turn.lang)))
    return text(turn.lang, "list.comma").join(dict.fromkeys(parts)) or text(turn.lang, "edit.part.else")


# ------------------------------------------------------------ other people's promises


def add(turn: Turn, wish: Wish) -> None:
    """加 NAME N: put somebody down; for one who has an offer, accept it."""
    if not turn.may("arrange"):
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
    there = [id for id in wish.people if on.of(id) and not on.moves_up(id)]
    if there:
        there_already(turn, replace(wish, occurrence=on.occurrence.id), there[0])
    named = find_slot(turn, on, wish) if wish.thing or wish.slot else None
    if named is None and (wish.thing or wish.slot):
        return
    heads = [(id, "", "") for id in wish.people if id not in there]
    heads += [(0, typed, name) for name, typed in (as_typed(wish, said) for said in wish.strangers)]
    if not heads:
        return
    slot = named or next((s for s in on.slots if on.room(s)), on.slots[0])
    thing = wish.thing if slot.of_things else ""
    coming = [
        Coming(id, slot, typed, thing, wish.portions, anywhere=named is None, stranger=name, ward=False)
        for id, typed, name in heads
    ]
    came = claiming.claim(turn.work, on, coming, verb="add")
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    turn.mark()
    say_back(turn, came, on, "join", may_be_another(turn, wish))


def remove(turn: Turn, wish: Wish) -> None:
    """减 NAME N: take somebody off; they are told."""
    if not turn.may("arrange"):
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
    left = withdrawing.withdraw(turn.work, on, theirs, verb="remove")
    turn.mark()
    say_back(turn, left, on, "leave")
