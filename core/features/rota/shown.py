"""A rota on screens: the proposal, with what could not be filled; and what somebody is asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from sqlmodel import select

from core import when
from core.activities import Occurrence
from core.features.rota import talk
from core.features.rota.rows import series_of_key
from core.features.rota.talk import Proposed, Wanted
from core.messages import Message, Span
from core.posts import OFFER, Post
from core.posts.kind import PostKind, Press, Typed
from core.repeating import pattern_of
from core.turn import Turn
from core.views.view import View, lines

MOST = 60
"""Duties of a proposal that are named one by one."""


def proposal(view: View) -> Message | None:
    body = Proposed.of(view.post)
    if not view.lookup.reader(view.reader).may("records"):
        return None
    if body.dropped:
        return Message(view.say("rota.dropped"))
    today = view.lookup.now.astimezone(view.lookup.here.tz).date()
    first, last = (when.day_in_words(date.fromisoformat(day), view.lang, today) for day in (body.first, body.last))
    span = view.text("when.to", start=first, end=last)
    full = [each for each in body.duties if each[2]]
    more = view.say("rota.more", n=len(full) - MOST) if len(full) > MOST else ()
    text = lines(
        view.say("rota.sent_head" if body.sent else "rota.head", span=span),
        *[view.say("rota.line", what=what(view, key, at), names=names(view, ids)) for key, at, ids, _ in full[:MOST]],
        more,
        *empty(view, body),
        how(view, body),
        heard(view) if body.sent else (),
    )
    return Message(text, view.open("send_rota", "discard"))


def names(view: View, ids: tuple[int, ...]) -> str:
    return view.text("list.comma").join(view.lookup.name(id) for id in ids)


def what(view: View, key: str, starts: str) -> str:
    """'12月1日周二晚上7点 巡逻'."""
    here, session = view.lookup.here, view.lookup.session
    at = datetime.fromisoformat(starts)
    row = series_of_key(session, here.id, key)[0] if key.startswith("s") else None
    o = pattern_of(session, row) if row is not None else session.get(Occurrence, (here.id, int(key[1:] or 0)))
    title = "" if o is None else here.kind(o).title(o, view.lang)
    day, hour = when.day(at, here.tz, view.lang, view.lookup.now), when.clock(at, here.tz, view.lang)
    return f"{view.text('when.at', day=day, time=hour)} {title}".strip()


def empty(view: View, body: Proposed) -> list[tuple[Span, ...]]:
    """What could not be filled, plainly."""
    short = [each for each in body.duties if each[3]]
    if not short:
        return [view.say("rota.full")]
    listed = [view.say("rota.short", what=what(view, key, at), n=n) for key, at, _, n in short[:MOST]]
    return [view.say("rota.not_full", n=sum(each[3] for each in short)), *listed]


def how(view: View, body: Proposed) -> tuple[Span, ...]:
    """How it was found, and how even it leaves the hours of half a year."""
    gap = "" if body.per_mille < 0 else f"{body.per_mille / 10:g}%"
    return view.say(f"rota.by_{body.how or 'least_served'}", spread=f"{body.tenths / 10:g}", gap=gap)


def heard(view: View) -> tuple[Span, ...]:
    """How many said yes, no, and nothing yet; who said no is for the coordinator to know."""
    rows = view.lookup.session.exec(
        select(Post).where(
            Post.community_id == view.lookup.here.id,
            Post.kind == "rota.ask",
            Post.occasion == str(view.post.id),
        )
    ).all()
    answers = Counter(answer for row in rows for answer in Wanted.of(row).said)
    waiting = view.text("list.comma").join(view.lookup.name(row.member_id) for row in rows if Wanted.of(row).open)
    facts = {"yes": answers["yes"], "no": answers["no"] + answers["gone"], "open": answers[""]}
    return lines(view.say("rota.heard", **facts), view.say("rota.waiting", names=waiting) if waiting else ())


def ask(view: View) -> Message | None:
    """All that is proposed to one person, with what they said to each."""
    body = Wanted.of(view.post)
    said = [(*each, answer) for each, answer in zip(body.duties, body.said, strict=False)]
    rows = [
        view.say(f"rota.ask_{answer}" if answer else "rota.ask_line", what=what(view, key, at))
        for key, at, answer in said
    ]
    single = [
        view.action("not_this", str(nth), view.text("rota.not_this", day=day(view, body.duties[nth][1])))
        for nth in (body.open if len(body.open) > 1 else [])
    ]
    question = view.say("rota.question") if body.open else view.say("rota.answered")
    pressed = view.open("rota_yes", "rota_no")
    return Message(lines(view.say("rota.ask_head"), *rows, question), (*pressed, *(single[:8] if pressed else ())))


def day(view: View, starts: str) -> str:
    return when.day(datetime.fromisoformat(starts), view.lookup.here.tz, view.lang, view.lookup.now)


def yes(turn: Turn, press: Press) -> None:
    talk.accept(turn, press.post)


def no(turn: Turn, press: Press) -> None:
    talk.decline(turn, press.post)


def not_this(turn: Turn, press: Press) -> None:
    talk.decline(turn, press.post, int(press.arg) if press.arg.isdecimal() else -1)


def send(turn: Turn, press: Press) -> None:
    talk.send(turn, press.post)


def discard(turn: Turn, press: Press) -> None:
    talk.drop(turn, press.post)


YES = ("可以", "好", "好的", "行", "都可以", "没问题", "yes", "ok", "fine", "allfine")
NO = ("来不了", "都来不了", "不行", "没空", "no", "cant", "icant")
"""What is typed in place of the labels."""
PROPOSAL = PostKind(
    "rota.proposal", Proposed, proposal, presses={"send_rota": send, "discard": discard},
    means={"send_rota": Typed(words=("发", "发吧", "发出去吧", "send", "sendit"))},
)  # fmt: skip
ASK = PostKind(
    "rota.ask",
    Wanted,
    ask,
    urgency=OFFER,
    presses={"rota_yes": yes, "rota_no": no, "not_this": not_this},
    means={
        "rota_yes": Typed(words=YES, intents=("accept", "yes", "confirm")),
        "rota_no": Typed(words=NO, intents=("decline", "no", "leave")),
    },
)
