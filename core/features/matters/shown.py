"""How a matter is named on screens: its number, its words, its people, its steps."""

from __future__ import annotations

from datetime import datetime

from core import matters
from core.confided import Confided
from core.matters import AGAIN, GIVEN, LOOK, NO, NOT_YET, REFUSED, SOLVED, STEP, WELL, YES, Matter, MatterStep
from core.messages import Bold, Confide, Span
from core.reading.parts import GONE
from core.views.view import View, lines
from core.words.clean import tidy_line


def the_matter(view: View) -> Matter | None:
    """The matter that a post is about; of one that was joined to another, itself."""
    id = view.post.occurrence_id
    return view.lookup.once(("matter", id), lambda: matters.matter(view.lookup.session, view.lookup.here.id, id))


def called(view: View, row: Matter) -> str:
    """'事1'."""
    return view.text("matters.number", n=row.number or 0)


def may_read(view: View, row: Matter, since: datetime) -> bool:
    """Whether what was said while a matter was private is for this reader: who follows it, and who shared it then."""
    reader = view.lookup.reader(view.reader)
    whom = {reader.id, *reader.wards} - {0}
    if reader.may("matters") or (row.given_to and view.lookup.member(row.given_to).id in whom):
        return True
    session, here = view.lookup.session, view.lookup.here.id
    shares = view.lookup.once(("shared", row.id), lambda: matters.shared_since(session, here, row.id))
    return any(at <= since and view.lookup.member(id).id in whom for id, at in shares)


def said(
    view: View, row: Matter, words: str, kept: Confided, since: datetime | None = None, longest: int = 400
) -> tuple[Span, ...]:
    """What may be read of it here. What is kept is for private chats, and there for those alone to whom it was told.

    `since`: when it was said; of the matter itself, whoever shares it knows what it is about.
    """
    if words:
        return (tidy_line(words, longest),)
    if not kept:
        return ()
    if not view.private or not may_read(view, row, since or view.lookup.now):
        return (GONE,)
    if kept.lost:
        return view.say("confided.lost")
    return (Confide(tidy_line(kept.privately(), longest), anywhere=True),)


def headline(view: View, row: Matter, longest: int = 400) -> tuple[Span, ...]:
    """'事1 楼道灯坏了'."""
    return (f"{called(view, row)} ", *said(view, row, row.words, row.kept, longest=longest))


def bold_line(view: View, row: Matter, longest: int = 400) -> tuple[Span, ...]:
    """The same, to stand out; of what is kept the number alone does."""
    if row.words:
        return (Bold(f"{called(view, row)} {tidy_line(row.words, longest)}"),)
    return (Bold(called(view, row)), " ", *said(view, row, row.words, row.kept, longest=longest))


def whole(view: View, confided: Confided) -> tuple[Span, ...]:
    """What else was said, for those it was said to: telephone, flat, names."""
    if not confided:
        return ()
    if confided.lost:
        return view.say("confided.lost")
    return view.say("matters.whole", words=(Confide(tidy_line(confided.privately(), 1_500)),))


def day(view: View, moment: datetime) -> str:
    local = moment.astimezone(view.lookup.here.tz)
    return view.text("matters.day", month=view.text(f"matters.month.{local.month}"), day=local.day)


def step_words(
    view: View, row: Matter, each: MatterStep, longest: int = 400, *, names: bool = False
) -> tuple[Span, ...]:
    """What a step says, without its day. `names`: to whom it was given may be read by this reader."""
    words = said(view, row, each.words, each.kept, each.at, longest)
    match each.sort:
        case sort if sort == STEP:
            return words
        case sort if sort == GIVEN and names:
            return view.say("matters.step.given_to", name=view.lookup.name(each.about))
        case sort if sort in (GIVEN, AGAIN, WELL):
            return view.say(f"matters.step.{sort}")
        case sort:
            key = f"matters.step.{sort}"
            return view.say(f"{key}_what", words=words) if words else view.say(key)


def dated(view: View, row: Matter, each: MatterStep, longest: int = 400, *, names: bool = False) -> tuple[Span, ...]:
    """'11月24日 物业来看过了'."""
    words = step_words(view, row, each, longest, names=names)
    return view.say("matters.dated", day=day(view, each.at), words=words)


def people(view: View, n: int) -> str:
    """'3人', once it is more than one."""
    return view.text("matters.people", n=n) if n > 1 else ""


def tally(view: View, said: dict[str, int]) -> str:
    """'解决2 还没有1', from three answers on: before, it would say who said what. A zero is not shown."""
    if said[YES] + said[NOT_YET] < ENOUGH:
        return ""
    return " ".join(view.text(f"matters.said.{word}", n=said[word]) for word in (YES, NOT_YET) if said[word])


ENOUGH = 3


def standing(view: View, row: Matter) -> str:
    """What is to be said of its state where that is not simply open."""
    if row.state == LOOK:
        return view.text("matters.look_all")
    return view.text("matters.closed") if row.state == SOLVED else ""


def history(view: View, row: Matter) -> tuple[Span, ...]:
    """All its steps with their days, and what those who asked say of it."""
    reader = view.lookup.reader(view.reader)
    session, here = view.lookup.session, view.lookup.here.id
    shares = matters.shares_of(session, here, [row.id]).get(row.id, 0)
    counted = tally(view, matters.count(matters.verdicts(session, here, [row.id])))
    out: list[tuple[Span, ...]] = [bold_line(view, row)]
    if reader.may("matters"):
        out.append(whole(view, row.confided))
    brought = view.text("matters.dated", day=day(view, row.brought_at), words=view.text(f"matters.brought.{row.sort}"))
    out.append((f"{brought} {people(view, shares)}".strip(),))
    for each in matters.steps_of(session, here, row.id):
        out.append(dated(view, row, each, names=reader.may("matters")))
        if reader.may("matters"):
            out.append(whole(view, each.confided))
    out += [(line,) for line in (standing(view, row) if row.state != REFUSED else "", counted) if line]
    return lines(*out)


__all__ = [
    "NO", "bold_line", "called", "dated", "day", "headline", "history", "people", "said", "standing", "step_words",
    "tally", "the_matter", "whole",
]  # fmt: skip
