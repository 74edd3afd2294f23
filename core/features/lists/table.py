"""A table of people sent privately by a coordinator: what it would make of the lists is shown, and done at 确认."""

from __future__ import annotations

from dataclasses import dataclass

from core import posts
from core.deeds import lists as deeds
from core.features.lists.read_table import read_lists
from core.list_plan import change, plan
from core.members import members
from core.messages import Attached, Message
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN, Post
from core.rules import Refusal
from core.said import tables
from core.turn import Turn
from core.views.list_tables import preview, wrong
from core.views.view import View, lines
from core.words import text


@dataclass(frozen=True, slots=True)
class FromTable(Body):
    """The lists of a table: each with its members, and the names of those who are to become members."""

    lists: tuple[tuple[str, tuple[int, ...], tuple[str, ...]], ...] = ()
    aside: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # of the lists, once it is done
    outcome: str = ""  # "done" or "back"


@dataclass(frozen=True, slots=True)
class Wrong(Body):
    """What is wrong with a table, as it was said."""

    said: tuple[str, ...] = ()


def sent(turn: Turn, thing: Attached, _answers: Post | None) -> bool:
    """Whether a file was a table of people, from a coordinator, and was answered."""
    if thing.what != "file" or not turn.chat.private or not tables.is_table(thing.name) or not turn.may("lists"):
        return False
    if not thing.words:
        turn.tell("lists.file.unread")
        return True
    try:
        cells = tables.separated(thing.words)
    except tables.UnreadableError:
        turn.tell("lists.file.unread")
        return True
    said = read_lists(cells, thing.name.rpartition(".")[0])
    changes, problems = plan(turn.session, turn.here.id, said.rows) if not said.problems else ([], list(said.problems))
    if problems:
        turn.privately("lists.wrong", body=Wrong(said=tuple(wrong(turn.lang, problems))))
    elif not any(each.changes for each in changes):
        turn.tell("lists.file.unchanged")
    else:
        kept = tuple((each.name, each.people, each.strangers) for each in changes)
        turn.privately("lists.table", body=FromTable(lists=kept, aside=said.aside))
    return True


def shown(view: View) -> Message | None:
    """The preview with 确认, and then what came of it."""
    body = FromTable.of(view.post)
    if not view.lookup.reader(view.reader).may("lists"):
        return None
    if body.outcome:
        names = view.text("list.comma").join(body.names)
        return Message(view.say(f"lists.file.{body.outcome}", names=names))
    here = view.lookup.here.id
    changes = [change(view.lookup.session, here, *each) for each in body.lists]
    view.lookup.expect({id for each in changes for id in (*each.plus, *each.less)})
    said = preview(view.lang, changes, view.lookup.name, body.aside)
    return Message(lines(*((line,) for line in said), view.say("lists.file.ask")), view.open("confirm", "back"))


def confirmed(turn: Turn, press: Press) -> None:
    """确认: all of it, or nothing."""
    body = FromTable.of(press.post)
    if not turn.may("lists") or press.post.state != OPEN or body.outcome:
        turn.refuse(Refusal("answered" if turn.may("lists") else "coordinators_only"))
        return
    known = {each.id for each in members(turn.session, turn.here.id)}
    merged = [id for _, people, _ in body.lists for id in people if id not in known]
    if merged:
        turn.tell("lists.file.gone")
        return
    deeds.take_in(turn.work, body.lists)
    done = FromTable(names=tuple(name for name, _, _ in body.lists), outcome="done")
    posts.settle(turn.session, press.post, turn.now, done)
    turn.seen_done("lists.file.done", names=text(turn.lang, "list.comma").join(done.names))


def back(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, FromTable(outcome="back"))
    turn.seen_done("lists.file.back")


def shown_wrong(view: View) -> Message | None:
    return Message(lines(*((line,) for line in Wrong.of(view.post).said)))


TABLE = PostKind("lists.table", FromTable, shown, presses={"confirm": confirmed, "back": back}, later=False)
WRONG = PostKind("lists.wrong", Wrong, shown_wrong, later=False)
