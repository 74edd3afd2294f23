"""Balconies as they are read: all of them, the story of one, and what their carers are asked and told."""

from __future__ import annotations

from dataclasses import replace

from core import posts, when
from core.drawing.values import Sheet, Tile, Tone
from core.features.balcony import rows, said
from core.features.balcony.rows import Balcony, BalconyStep
from core.features.balcony.told import Of
from core.messages import Message, Span
from core.posts import Post, Press, Say
from core.posts.kind import Pictured, PostKind, Typed
from core.posts.row import NOTICE, OFFER, REMINDER
from core.reading import Command
from core.rules import Refusal
from core.turn import Turn
from core.views.view import View, lines

LAST = 12
"""So many steps of a story are told, the last ones."""


def the_balcony(view: View) -> Balcony | None:
    return rows.balcony(view.lookup.session, view.lookup.here.id, view.post.claim_id)


def looked_after(view: View, row: Balcony) -> str:
    id = rows.carer(view.lookup.session, row)
    return view.text("balcony.carer", name=view.lookup.name(id)) if id else ""


def line(view: View, row: Balcony) -> tuple[Span, ...]:
    """3号楼 已种 月季，陈伯照看."""
    head = view.text("balcony.line", name=row.name, state=view.text(f"balcony.state.{row.state}"), grows=row.grows)
    return (f"{head.rstrip()}{looked_after(view, row)}",)


def every(view: View) -> Message:
    """阳台: each with its state; those that are empty on one line."""
    found = rows.balconies(view.lookup.session, view.lookup.here.id)
    if not found:
        return Message(view.say("balcony.none"))
    empty = [row for row in found if row.state == rows.EMPTY and not row.carer_id]
    out = [line(view, row) for row in found if row not in empty]
    folded = view.say("balcony.empties", names=view.text("list.comma").join(row.name for row in empty)) if empty else ()
    return Message(lines(view.say("balcony.head"), *out, folded, view.say("balcony.how")))


TONES: dict[str, Tone] = {"planted": "good", "thriving": "good", "care": "wanting", "dead": "bad"}


def a_map(view: View) -> Sheet | None:
    """阳台图: a place beside the other, each with its state in words and a colour, what grows there and who looks."""
    found = rows.balconies(view.lookup.session, view.lookup.here.id)
    if not found:
        return None
    tiles = []
    for row in found:
        id = rows.carer(view.lookup.session, row)
        carer = view.text("balcony.on_map", name=view.lookup.name(id)) if id else ""
        state = view.text(f"balcony.state.{row.state}")
        tiles.append(Tile(row.name, state, (row.grows, carer), TONES.get(row.state, "")))
    return Sheet(view.text("balcony.map"), tiles=tuple(tiles))


def learned(turn: Turn) -> int:
    """All of them, those of a day that was only just posted too."""
    rows.learn(turn.work)
    return 0


CALLED = Pictured(
    r"(?:\d{1,3}号?楼的?)?(?:一米|公共)?阳台(?:的?(?:分布|示意|地|情况|状态))?",
    "(?:the )?balcon(?:y|ies)(?: map)?|map of the balconies",
    "balcony.stamp",
    a_map,
    which=learned,
)


def story(view: View) -> Message | None:
    """阳台 3号楼: how it stands, and what happened, the newest last."""
    row = the_balcony(view)
    if row is None:
        return None
    told = rows.steps(view.lookup.session, view.lookup.here.id, row.id)[-LAST:]
    return Message(lines(line(view, row), *(step_line(view, each) for each in told)))


def step_line(view: View, step: BalconyStep) -> tuple[Span, ...]:
    lookup = view.lookup
    day = when.day(step.at, lookup.here.tz, view.lang, lookup.now)
    who = lookup.name(step.by_member) if step.by_member else ""
    said = view.text(f"balcony.step.{step.sort}", what=step.words)
    return view.say("balcony.step_line", day=day, what=said.strip(), who=who) if who else (f"{day} {said}".strip(),)


def picture(view: View) -> Message | None:
    """A picture of it, and when it was taken."""
    row = the_balcony(view)
    step = view.lookup.session.get(BalconyStep, (view.lookup.here.id, int(view.post.occasion.partition(">")[0])))
    if row is None or step is None or not step.picture:
        return None
    day = when.day(step.at, view.lookup.here.tz, view.lang, view.lookup.now)
    sort = "before" if step.sort == "before" else "after"
    return Message(view.say(f"balcony.picture_{sort}", name=row.name, day=day), picture=step.picture)


# ------------------------------------------------------------ asked of carers


def asks_for_water(view: View) -> Message | None:
    """It is time to water it, as the season and what grows there want; or somebody saw that it is dry."""
    row = the_balcony(view)
    if row is None:
        return None
    if view.post.state != posts.OPEN or row.state not in rows.GROWING:
        return what_happened(view, row)
    key = {"balcony.water": "water", "balcony.neglected": "neglected"}.get(view.post.kind, "needs")
    body = Of.of(view.post)
    if key == "needs" and (body.said or body.also):
        return Message(lines(*who_said(view, row, body), view.say("balcony.look", name=row.name)), view.open("watered"))
    grows = view.text("balcony.grows", what=row.grows) if row.grows else ""
    days = (view.lookup.now - row.watered_at).days if row.watered_at is not None else 0
    facts: dict[str, str | int] = {
        "name": row.name,
        "who": view.lookup.name(body.by) if body.by else "",
        "grows": grows,
        "n": days,
        "carer": looked_after(view, row),
    }
    return Message(view.say(f"balcony.ask_{key}", **facts), view.open("watered"))


def who_said(view: View, row: Balcony, body: Of) -> list[tuple[Span, ...]]:
    """陈伯说：叶子黄了, and whoever said more of it on that day."""
    told = [(body.by, body.said), *body.also]
    dry = view.text("balcony.is_dry", name=row.name)
    return [view.say("balcony.says", who=view.lookup.name(by), said=said or dry) for by, said in told]


def what_happened(view: View, row: Balcony) -> Message | None:
    """What it asked for is no longer asked of its reader: it was watered, or somebody else looks after it."""
    if view.post.message is None:
        return None
    how = Of.of(view.post).answer or "watered"
    id = rows.carer(view.lookup.session, row)
    if how == "adopted" and id == 0:
        how = "given_back"
    return Message(view.say(f"balcony.is_{how}", name=row.name, who=view.lookup.name(id) if id else ""))


def watered(turn: Turn, press: Press) -> None:
    """浇过了."""
    row = rows.balcony(turn.session, turn.here.id, press.post.claim_id)
    if row is None:
        turn.refuse(Refusal("old_button"))
        return
    rows.water(turn.work, [row])
    turn.seen_done("balcony.thanks_water", name=row.name)


def gentle(view: View) -> Message | None:
    """Long unlooked-at: a gentle word to the carer."""
    row = the_balcony(view)
    if row is None or view.post.state != posts.OPEN:
        return what_happened(view, row) if row is not None else None
    return Message(view.say("balcony.gentle", name=row.name), view.open("watered", "give_back"))


def give_back(turn: Turn, press: Press) -> None:
    """照看不了了."""
    row = rows.balcony(turn.session, turn.here.id, press.post.claim_id)
    if row is None or rows.carer(turn.session, row) != turn.member.id:
        turn.refuse(Refusal("old_button"))
        return
    rows.give(turn.work, row, 0)
    turn.seen_done("balcony.given_back", name=row.name)


def free(view: View) -> Message | None:
    """To who coordinates: nobody looks after it any more."""
    row, body = the_balcony(view), Of.of(view.post)
    if row is None:
        return None
    if id := rows.carer(view.lookup.session, row):
        done = view.say("balcony.is_adopted", name=row.name, who=view.lookup.name(id))
        return Message(done) if view.post.message is not None else None
    dry = view.say("balcony.free_dry") if body.said else ()
    who = view.lookup.name(body.by) if body.by else ""
    return Message(lines(view.say("balcony.free" if who else "balcony.free_now", name=row.name, who=who), dry))


# ------------------------------------------------------------ adopted


def adopt_asked(view: View) -> Message | None:
    """Who planted it, or to whom it is handed: would you look after it?"""
    row, body = the_balcony(view), Of.of(view.post)
    if row is None:
        return None
    has = rows.carer(view.lookup.session, row)
    if body.answer or (has and not body.by):
        if not body.answer and view.post.message is None:
            return None
        mine = has == view.reader
        return Message(view.say("balcony.adopted" if mine else "balcony.not_adopted", name=row.name))
    key = "balcony.hand_ask" if body.by else "balcony.adopt_ask"
    who = view.lookup.name(body.by) if body.by else ""
    return Message(view.say(key, name=row.name, who=who), view.open("accept", "decline"))


def accept(turn: Turn, press: Press) -> None:
    row, body = rows.balcony(turn.session, turn.here.id, press.post.claim_id), Of.of(press.post)
    has = rows.carer(turn.session, row) if row is not None else 0
    if row is None or (has not in (0, turn.member.id) and not (body.by and has == (body.was or body.by))):
        turn.refuse(Refusal("old_button"))
        return
    if has != turn.member.id:
        rows.give(turn.work, row, turn.member.id)
    posts.settle(turn.session, press.post, turn.now, replace(body, answer="yes"))
    answered(turn, row, body, "hand_yes")
    turn.seen_done("balcony.adopted", name=row.name)


def decline(turn: Turn, press: Press) -> None:
    row, body = rows.balcony(turn.session, turn.here.id, press.post.claim_id), Of.of(press.post)
    posts.settle(turn.session, press.post, turn.now, replace(body, answer="no"))
    if row is not None:
        answered(turn, row, body, "hand_no")
    turn.seen_done("balcony.not_adopted", name=row.name if row is not None else "")


def answered(turn: Turn, row: Balcony, body: Of, key: str) -> None:
    """Whoever asked that somebody else looks after it hears what they said."""
    if body.by and body.by != turn.member.id:
        facts = {"name": row.name, "who": turn.member.name}
        turn.privately("say", member_id=body.by, body=Say(key=f"balcony.{key}", facts=facts))


# ------------------------------------------------------------ asked for by somebody else


def wanted(view: View) -> Message | None:
    """To who looks after it: somebody else would like to."""
    row, body = the_balcony(view), Of.of(view.post)
    if row is None:
        return None
    facts = {"name": row.name, "who": view.lookup.name(body.by) if body.by else ""}
    if body.answer or rows.carer(view.lookup.session, row) != view.reader:
        key = "want_given" if body.answer == "yes" else "want_kept" if body.answer else "want_past"
        return Message(view.say(f"balcony.{key}", **facts)) if body.answer or view.post.message is not None else None
    return Message(view.say("balcony.want", **facts), view.open("accept", "decline"))


def let_go(turn: Turn, press: Press) -> None:
    """接受: from now on it is theirs who asked."""
    row, body = rows.balcony(turn.session, turn.here.id, press.post.claim_id), Of.of(press.post)
    if row is None or not body.by or rows.carer(turn.session, row) != turn.member.id:
        turn.refuse(Refusal("old_button"))
        return
    rows.give(turn.work, row, body.by)
    posts.settle(turn.session, press.post, turn.now, replace(body, answer="yes"))
    turn.privately("say", member_id=body.by, body=Say(key="balcony.adopted", facts={"name": row.name}))
    turn.seen_done("balcony.want_given", name=row.name, who=turn.lookup().name(body.by))


def keep_it(turn: Turn, press: Press) -> None:
    """谢绝: it stays with who looks after it."""
    row, body = rows.balcony(turn.session, turn.here.id, press.post.claim_id), Of.of(press.post)
    posts.settle(turn.session, press.post, turn.now, replace(body, answer="no"))
    if row is not None:
        answered(turn, row, body, "want_no")
        turn.seen_done("balcony.want_kept", name=row.name, who=turn.lookup().name(body.by))


def hears_water(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """浇过了, or a plain word of thanks, below what was asked."""
    if post.state == posts.OPEN and said.going(words):
        turn.mark()
        return True
    if command.intent not in ("done", "here") or post.state != posts.OPEN or words.strip(" 。!！") not in DONE:
        return False
    watered(turn, Press(post, "watered"))
    return True


DONE = ("好了", "完成了", "done")

YES_OR_NO = {"accept": Typed(yes=True), "decline": Typed(no=True)}
POSTS = (
    PostKind("balcony.places", render=every, later=False, pictured=CALLED),
    PostKind("balcony.story", render=story, later=False),
    PostKind("balcony.picture", render=picture, urgency=NOTICE, later=False),
    PostKind("balcony.water", Of, asks_for_water, urgency=REMINDER, presses={"watered": watered}, hears=hears_water),
    PostKind("balcony.needs", Of, asks_for_water, urgency=OFFER, presses={"watered": watered}, hears=hears_water),
    PostKind("balcony.neglected", Of, asks_for_water, urgency=NOTICE, presses={"watered": watered}),
    PostKind("balcony.gentle", Of, gentle, urgency=NOTICE, presses={"watered": watered, "give_back": give_back}),
    PostKind("balcony.free", Of, free, urgency=NOTICE),
    PostKind(
        "balcony.want", Of, wanted, urgency=OFFER, presses={"accept": let_go, "decline": keep_it}, means=YES_OR_NO
    ),
    PostKind(
        "balcony.adopt",
        Of,
        adopt_asked,
        urgency=NOTICE,
        presses={"accept": accept, "decline": decline},
        means=YES_OR_NO,
    ),
)
