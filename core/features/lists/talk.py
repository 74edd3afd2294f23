"""Lists talked of by coordinators, privately: 第一支部：陈伯、李阿姨, 第一支部 加 王伯. Nobody else is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import lists, posts
from core.deeds import lists as deeds
from core.features.lists.said import OfList, read_list
from core.lists import PeopleList, list_by_id, list_called, people_on
from core.members import members
from core.messages import Bold, Message, Span
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN
from core.reading.parts import same
from core.rules import Refusal
from core.talk import people
from core.talk.asking import last_asked
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines
from core.words.clean import tidy_line, tidy_name

ANSWERED_BY_A_NAME = ("ask", "draft")
"""While such a question waits, the bare name of a list is its answer."""

# ------------------------------------------------------------ said


def hears(turn: Turn, _about: int, words: str) -> bool:
    """Whether private words are about a list, and were acted upon."""
    if not turn.chat.private:
        return False
    known = [row.name for row in lists.lists(turn.session, turn.here.id)]
    names = [each.name for each in members(turn.session, turn.here.id)] if ":" in words or "：" in words else []
    said = read_list(words, known, names)
    if said is None or (said.act == "show" and last_asked(turn, *ANSWERED_BY_A_NAME)):
        return False
    if not turn.may("lists"):
        turn.refuse(Refusal("coordinators_only"))
        return True
    if said.act == "all":
        turn.privately("lists.all")
        return True
    row = list_called(turn.session, turn.here.id, said.name)
    match said.act:
        case "show" if row is not None:
            turn.privately("lists.shown", body=Shown(list_id=row.id))
        case "delete" if row is not None:
            turn.privately("lists.change", body=Changing(list_id=row.id, name=row.name, ends=True))
        case "keep" | "add" | "take":
            find_people(turn, said)
        case _:
            return False
    return True


def find_people(turn: Turn, said: OfList) -> None:
    """Who is meant by each name; two that fit are asked about, who is unknown is to become a member."""
    own = [name for name in said.names if turn.member.name and same(name, turn.member.name)]
    names = tuple(tidy_name(name) for name in said.names if name not in own and tidy_name(name))
    mine = (turn.member.id,) if own else ()
    wish = Wish("lists", names=names, people=mine, kind=said.act, said=tidy_line(said.name, 24), myself=False)
    carry_on(turn, wish)


def resolved(turn: Turn, wish: Wish, _rest: str) -> None:
    """The answer to who of two was meant."""
    carry_on(turn, wish)


def carry_on(turn: Turn, wish: Wish) -> None:
    row = list_called(turn.session, turn.here.id, wish.said)
    there = people_on(turn.session, turn.here.id, row.id) if row is not None else []
    among = set(there) if wish.kind == "take" else None
    found = people.resolve(turn, wish, make=wish.kind != "take", among=among)
    if found is None:
        return
    if found.strangers and wish.kind == "take":
        turn.tell("lists.not_on", name=found.strangers[0], which=wish.said)
        return
    wanted = {
        "keep": list(found.people),
        "add": [*there, *found.people],
        "take": [id for id in there if id not in found.people],
    }[found.kind]
    settle(turn, row, found.said, list(dict.fromkeys(wanted)), found.strangers)


def settle(turn: Turn, row: PeopleList | None, name: str, wanted: Sequence[int], strangers: Sequence[str]) -> None:
    """A new list is kept; one that is there is changed once that is confirmed."""
    if row is None:
        kept = deeds.keep(turn.work, name, wanted, strangers)
        turn.privately("lists.shown", body=Shown(list_id=kept.id, new=len(strangers), kept=True))
        return
    there = people_on(turn.session, turn.here.id, row.id)
    plus = tuple(id for id in wanted if id not in there)
    less = tuple(id for id in there if id not in wanted)
    if not (plus or less or strangers):
        turn.tell("lists.same", name=row.name, n=len(there))
        return
    body = Changing(list_id=row.id, name=row.name, plus=plus, less=less, strangers=tuple(strangers))
    turn.privately("lists.change", body=body)


# ------------------------------------------------------------ shown


@dataclass(frozen=True, slots=True)
class Shown(Body):
    """A list, and how many of it are new to the bot."""

    list_id: int = 0
    new: int = 0
    kept: bool = False


def shown(view: View) -> Message | None:
    """第一支部 3人, and the names: to who coordinates still."""
    session, here, body = view.lookup.session, view.lookup.here.id, Shown.of(view.post)
    row = list_by_id(session, here, body.list_id)
    if row is None or not view.lookup.reader(view.reader).may("lists"):
        return None
    ids = people_on(session, here, row.id)
    head: tuple[Span, ...] = (Bold(row.name), " ", view.text("lists.n", n=len(ids)))
    away = [id for id in ids if view.lookup.recipient(id) is None]
    told = view.say("lists.no_account", n=len(away)) if away else ()
    return Message(lines(view.say("lists.kept") if body.kept else (), head, (naming(view, ids),), told))


def naming(view: View, ids: Sequence[int]) -> str:
    view.lookup.expect(set(ids))
    return view.text("list.comma").join(view.lookup.name(id) for id in ids)


def all_lists(view: View) -> Message | None:
    """Which lists there are, each with how many are on it."""
    session, here = view.lookup.session, view.lookup.here.id
    if not view.lookup.reader(view.reader).may("lists"):
        return None
    rows = lists.lists(session, here)
    if not rows:
        return Message(view.say("lists.none"))
    counted = [(row.name, len(people_on(session, here, row.id))) for row in rows]
    return Message(lines(*(view.say("lists.one", name=name, n=n) for name, n in counted), view.say("lists.how")))


# ------------------------------------------------------------ changed


@dataclass(frozen=True, slots=True)
class Changing(Body):
    """What is to be another on a list: who comes onto it, who leaves it; or that it ends."""

    list_id: int = 0
    name: str = ""
    plus: tuple[int, ...] = ()
    less: tuple[int, ...] = ()
    strangers: tuple[str, ...] = ()
    ends: bool = False
    outcome: str = ""  # "kept", "ended" or "back"
    n: int = 0


def change(view: View) -> Message | None:
    """加 and 减, with 确认."""
    body = Changing.of(view.post)
    if not view.lookup.reader(view.reader).may("lists"):
        return None
    if body.outcome:
        return Message(view.say(f"lists.change.{body.outcome}", name=body.name, n=body.n))
    if body.ends:
        return Message(view.say("lists.change.end", name=body.name), view.open("confirm", "back"))
    comma = view.text("list.comma")
    plus = comma.join([*(view.lookup.name(id) for id in body.plus), *body.strangers])
    less = comma.join(view.lookup.name(id) for id in body.less)
    said = lines(
        view.say("lists.change.head", name=body.name),
        view.say("lists.change.plus", names=plus) if plus else (),
        view.say("lists.change.less", names=less) if less else (),
    )
    return Message(said, view.open("confirm", "back"))


def confirmed(turn: Turn, press: Press) -> None:
    """确认: it is as was shown."""
    body = Changing.of(press.post)
    row = list_by_id(turn.session, turn.here.id, body.list_id)
    if not turn.may("lists"):
        turn.refuse(Refusal("coordinators_only"))
        return
    if row is None or press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return
    if body.ends:
        deeds.give_up(turn.work, row)
        outcome, n = "ended", 0
    else:
        there = [id for id in people_on(turn.session, turn.here.id, row.id) if id not in body.less]
        deeds.keep(turn.work, row.name, [*there, *body.plus], body.strangers)
        outcome, n = "kept", len(people_on(turn.session, turn.here.id, row.id))
    posts.settle(turn.session, press.post, turn.now, replace(body, outcome=outcome, n=n))
    turn.seen_done(f"lists.change.{outcome}", name=body.name, n=n)


def back(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(Changing.of(press.post), outcome="back"))
    turn.seen_done("lists.change.back", name=Changing.of(press.post).name)


SHOWN = PostKind("lists.shown", Shown, shown, later=False)
ALL = PostKind("lists.all", render=all_lists, later=False)
CHANGE = PostKind("lists.change", Changing, change, presses={"confirm": confirmed, "back": back}, later=False)
