"""The draft of a digest: made, changed, posted or let go; and what is posted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from core import posts
from core.activities import Occurrence
from core.deeds import digest as deeds
from core.digest import Held, between, held, stepped
from core.features.digest import made
from core.features.digest.made import Period
from core.manners import wall
from core.matters import Matter, MatterStep
from core.messages import Bold, Message
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import ANSWER, NOTICE, OPEN, Post
from core.reading.parts import number
from core.rules import Refusal
from core.talk.asking import last_asked
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines
from core.words.clean import tidy_line
from core.work import Work

LONGEST = 200
"""Letters of a line that a coordinator adds."""
MOST = 12
"""Lines: what a telephone shows at once."""
STRUCK = re.compile(
    r"^(?:请?把?)?(?:去掉|删掉|删除|不要|拿掉|remove|delete|without|leave out)\s*(?P<what>.+?)[。.!！]*$",
    re.IGNORECASE,
)
TURNED = re.compile(r"^(?:请?把)(?P<what>.+?)(?:去掉|删掉|删除|拿掉)了?[。.!！]*$")
LINE = re.compile(r"^第?\s*(?P<n>\d{1,2}|[一二三四五六七八九十])\s*(?:行|条)$|^line\s*(?P<en>\d{1,2})$", re.IGNORECASE)
ORDERS = re.compile(
    r"/|!|发布|取消|放弃|帮助|活动|我的|名单|简报|(?:post|cancel|discard|help|list|mine|digest)\b", re.IGNORECASE
)
"""What keeps its meaning though a line is waited for."""


@dataclass(frozen=True, slots=True)
class Digest(Body):
    """A head and lines under it, as they were when it was made."""

    head: str = ""
    lines: tuple[str, ...] = ()
    changing: bool = False  # the next words say what is to be another
    ended: str = ""  # "posted", "changed" or "discarded"


# ------------------------------------------------------------ asked for


def draft(turn: Turn, _wish: Wish, _rest: str) -> None:
    """简报: Monday to now, and what comes."""
    found = this_week(turn.work)
    if not found.lines:
        turn.tell("digest.nothing")
    else:
        turn.privately("digest.draft", body=found)


def draft_month(turn: Turn, _wish: Wish, _rest: str) -> None:
    """简报 上月."""
    first = turn.local.date().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    since, until = (wall(day, time.min, turn.here.tz) for day in (before, first))
    period = Period(since, until, month=before.month)
    found = Digest(head=made.head(turn.here, period), lines=lines_of(turn.work, period, coming=False))
    if not found.lines:
        turn.tell("digest.nothing_month")
    else:
        turn.privately("digest.draft", body=found)


def this_weeks(work: Work) -> Period:
    """Monday to now."""
    local = work.now.astimezone(work.here.tz)
    monday = wall(local.date() - timedelta(days=local.weekday()), time.min, work.here.tz)
    return Period(monday, work.now + timedelta(seconds=1))


def this_week(work: Work) -> Digest:
    period = this_weeks(work)
    return Digest(head=made.head(work.here, period), lines=lines_of(work, period, coming=True))


def lines_of(work: Work, period: Period, *, coming: bool) -> tuple[str, ...]:
    """What there is to say of this time, in the language of the community: nobody's name is among it."""
    was, comes, came = facts(work, period, coming=coming)
    return made.lines(work, was, comes, came, MOST - 1)


def facts(
    work: Work, period: Period, *, coming: bool
) -> tuple[Sequence[Held], Sequence[Occurrence], Sequence[tuple[Matter, MatterStep]]]:
    """What was held, what comes, and of which matters something came."""
    session, here = work.session, work.here.id
    was = held(session, here, period.since, period.until)
    comes = between(session, here, work.now + timedelta(seconds=1), work.now + made.AHEAD) if coming else ()
    return was, comes, stepped(session, here, period.since, period.until)


def want(turn: Turn, _wish: Wish, _rest: str) -> None:
    """订阅."""
    new = deeds.subscribe(turn.work, turn.member.id)
    turn.tell("digest.subscribed" if new else "digest.subscribed_already")


def stop(turn: Turn, _wish: Wish, _rest: str) -> None:
    """不订."""
    was = deeds.unsubscribe(turn.work, turn.member.id)
    turn.tell("digest.unsubscribed" if was else "digest.unsubscribed_already")


# ------------------------------------------------------------ the draft


def shown(view: View) -> Message:
    """本周简报, with 发布, 修改 and 放弃."""
    body = Digest.of(view.post)
    what = lines((Bold(body.head),), *((line,) for line in body.lines))
    if body.ended:
        return Message(lines(what, view.say(f"digest.ended.{body.ended}")))
    return Message(what, view.open("publish", "change", "discard"))


def waiting(turn: Turn, post: Post) -> Digest | None:
    """What a draft says that waits still; None, which is said, for one that is over or not theirs to post."""
    body = Digest.of(post)
    if not turn.may("digest"):
        turn.refuse(Refusal("coordinators_only"))
    elif post.state != OPEN or body.ended:
        turn.refuse(Refusal("answered"))
    else:
        return body
    return None


def publish(turn: Turn, press: Press) -> None:
    body = waiting(turn, press.post)
    if body is None:
        return
    deeds.put_up(turn.work, Digest(head=body.head, lines=body.lines))
    posts.settle(turn.session, press.post, turn.now, replace(body, ended="posted", changing=False))
    turn.seen_done("digest.ended.posted")


def change(turn: Turn, press: Press) -> None:
    body = waiting(turn, press.post)
    if body is None:
        return
    press.post.body = replace(body, changing=True).stored()
    turn.session.add(press.post)
    turn.privately("digest.what", occurrence_id=press.post.id)


def discard(turn: Turn, press: Press) -> None:
    body = waiting(turn, press.post)
    if body is None:
        return
    posts.settle(turn.session, press.post, turn.now, replace(body, ended="discarded", changing=False))
    turn.seen_done("digest.ended.discarded")


def changed(turn: Turn, post: Post, words: str) -> bool:
    """What a coordinator wants to be another: a line less, or one more. A new draft follows."""
    body = waiting(turn, post)
    if body is None:
        return True
    said = tidy_line(words, LONGEST)
    found = STRUCK.match(said) or TURNED.match(said)
    kept = without(body.lines, found["what"].strip("“”\"' ")) if found else (*body.lines[: MOST - 2], said)
    if kept == body.lines:
        turn.tell("digest.not_there")
        return True
    posts.settle(turn.session, post, turn.now, replace(body, ended="changed", changing=False))
    if kept:
        turn.privately("digest.draft", body=Digest(head=body.head, lines=kept))
    else:
        turn.tell("digest.nothing")
    return True


def without(of: tuple[str, ...], what: str) -> tuple[str, ...]:
    """The lines but for the one of this number, or those that say this."""
    if found := LINE.match(what):
        n = number(found["n"] or found["en"])
        return tuple(line for at, line in enumerate(of, 1) if at != n)
    return tuple(line for line in of if what.lower() not in line.lower())


def asked_what(view: View) -> Message:
    """哪里要改？"""
    return Message(view.say("digest.change"))


def hears(turn: Turn, _about: int, words: str) -> bool:
    """The next private words after 修改, whatever else they may look like; orders and questions are what they are."""
    if not turn.chat.private:
        return False
    question = last_asked(turn, WHAT.name)
    if question is None or ORDERS.match(words.strip()):
        return False
    of = turn.session.get(Post, (turn.here.id, question.occurrence_id))
    if of is None or not Digest.of(of).changing:
        return False
    posts.settle(turn.session, question, turn.now)
    return changed(turn, of, words)


# ------------------------------------------------------------ what is posted, and by itself


def posted(view: View) -> Message:
    body = Digest.of(view.post)
    return Message(lines((Bold(body.head),), *((line,) for line in body.lines)))


def time_has_come(work: Work, post: Post) -> None:
    """By the settings: each coordinator has a draft, where there is anything to say."""
    deeds.look_next(work)
    found = this_week(work)
    if found.lines:
        for id in sorted(work.coordinators):
            work.owe("digest.draft", member_id=id, occasion=occasion(post.due), body=found, urgency=NOTICE)


def occasion(due: datetime) -> str:
    return f"weekly {due:%Y%m%d}"


DRAFT = PostKind(
    "digest.draft",
    Digest,
    shown,
    urgency=ANSWER,
    presses={"publish": publish, "change": change, "discard": discard},
    later=False,
)
WHAT = PostKind("digest.what", render=asked_what, urgency=ANSWER, later=False)
POSTED = PostKind("digest.posted", Digest, posted, urgency=NOTICE, later=False)
TIME = PostKind("digest.time", act=time_has_come, urgency=NOTICE, restored=True)
