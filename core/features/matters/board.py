"""小板凳: one board in each group, edited in place, with what is followed and what was closed this week."""

from __future__ import annotations

from core import matters
from core.deeds.group_line import one_line
from core.deeds.matters import show
from core.features.matters.shown import bold_line, dated, people, standing, tally
from core.matter_pictures import pictures_of
from core.matters import NO, WELL, Matter, MatterStep
from core.messages import Message, Span
from core.posts.kind import Pictured, PostKind
from core.posts.row import NOTICE, ROSTER, Post
from core.views.view import View, lines
from core.work import Work

LINES = 12
"""So many matters at most: what a phone shows at once."""
WORDS, STEP = 60, 48
"""Letters of a matter and of its last step: all of it stands in the answer to 事N."""


def board(view: View) -> Message | None:
    """Open matters, that with the newest step first; then what was closed this week."""
    session, here, now = view.lookup.session, view.lookup.here.id, view.lookup.now
    followed, closed = matters.on_board(session, here, now)
    rows = [*followed, *closed]
    if not rows and view.post.own and view.post.message is None:
        return None  # nobody asked for it, and there is nothing
    shown = rows[:LINES]
    ids = [row.id for row in shown]
    last = {step.matter_id: step for step in matters.steps_of(session, here, *ids)}
    shares = matters.shares_of(session, here, ids)
    spoken = matters.verdicts(session, here, ids)
    pictured = {each.matter_id for each in pictures_of(session, here, *ids) if each.released}
    out: list[tuple[Span, ...]] = [view.say("matters.board")]
    for row in shown:
        counted = tally(view, matters.count([v for v in spoken if v.matter_id == row.id]))
        seen = view.text("matters.has_picture") if row.id in pictured else ""
        out.append(line(view, row, last.get(row.id), shares.get(row.id, 0), seen, counted))
    if len(rows) > len(shown):
        out.append(view.say("matters.more", n=len(rows) - len(shown)))
    out.append(view.say("matters.how" if rows else "matters.nothing_open"))
    return Message(lines(*out), topic="stool")


def line(view: View, row: Matter, last: MatterStep | None, shares: int, *more: str) -> tuple[Span, ...]:
    """'事1 楼道灯坏了 3人 · 11月24日 物业来看过了'."""
    step = dated(view, row, last, STEP) if last is not None else ()
    state = "" if last is not None and last.sort in (NO, WELL) else standing(view, row)
    behind: list[Span] = []
    for part in ((people(view, shares),), step, (state,), *((part,) for part in more)):
        if any(part):
            behind += [view.text("matters.dot") if behind else (" " if shares > 1 else view.text("matters.dot")), *part]
    return (*bold_line(view, row, WORDS), *behind)


def refresh(work: Work, post: Post) -> None:  # noqa: ARG001 - every act takes the post that it is of
    """What was closed a week ago goes from the board."""
    show(work)


CALLED = Pictured(
    "(?:小?板凳|议事板|烦心事|大家的事|事情)(?:议事)?(?:的?(?:板|情况|进展))?",
    "(?:the )?(?:little stool|matters?|concerns?)(?: board)?|(?:the )?board",
    "matters.stamp",
)
BOARD = PostKind("matters.board", render=board, urgency=ROSTER, unheard=one_line, pictured=CALLED)
REFRESH = PostKind("matters.refresh", act=refresh, urgency=NOTICE, restored=True)
