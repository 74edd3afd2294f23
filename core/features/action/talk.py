"""Action days talked of: drawn up from one message, posted with one press, moved to another day with one word."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlmodel import select

from core import posts, when
from core.activities import CANCELLED, DRAFT, Occurrence
from core.claims import roster_of
from core.deeds import posting as deeds
from core.drafts import read_of
from core.features.action import off, rows
from core.features.action.rows import ActionDay, Moved
from core.manners import wall
from core.posts import Post, Press
from core.reading import Command, amend, read_post
from core.reading.parts import as_last_time, clause
from core.rules import Refusal
from core.talk import again
from core.talk.arranging import arranged
from core.talk.asking import ask
from core.talk.coordinating import as_it_is
from core.talk.drafting import lay_out, moments_of
from core.talk.kept import keep, kept
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.views.drafts import may_post
from core.views.view import View
from core.words.clean import tidy_line

HEAD = re.compile(
    r"[\s/!]*(?:请?发布|发一个|发个|post|new)?[\s:：]*(?:一个|an? )?(?:集中行动日?|行动日|action day)(?P<rest>.*)",
    re.IGNORECASE,
)
LEAD = re.compile(r"^\s*(?:[-·•*—]+|[（(]?\d{1,2}[)）.、．]|[①-⑳])\s*")
MOST = 12


def hear(turn: Turn, _about: int, words: str) -> bool:
    """集中行动日 12月5日 迎新年, and a line for each part; or as last time."""
    if off.hear(turn, words) or repeated(turn, words) or hear_move(turn, words):
        return True
    first, _, rest = words.strip().partition("\n")
    found = HEAD.fullmatch(first)
    if found is None:
        return False
    written = [LEAD.sub("", line).strip() for line in rest.splitlines() if line.strip()]
    if not written:
        pieces = [piece.strip() for piece in re.split(r"[；;]", found["rest"]) if piece.strip()]
        head, written = (pieces[0], pieces[1:]) if pieces else ("", [])
    else:
        head = found["rest"]
    says_post = bool(re.match(r"[\s/!]*(?:请?发布|post)", first, re.IGNORECASE))
    if not written and not (says_post or turn.chat.private):
        return False
    turn.meant = Meant.SURELY
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return True
    if not written:
        turn.tell("action.how_to")
        return True
    draw_up(turn, head.strip(" :：,，"), written[:MOST])
    return True


NAMED = "集中行动日?|行动日|action day"


def repeated(turn: Turn, words: str) -> bool:
    """照上次发布 集中行动日 12月19日: the same parts, each at its own hour, on that day."""
    said = as_last_time(clause(words).strip(), NAMED) if len(words) <= LIKE_LAST else None
    if said is None or not (turn.chat.private or turn.coordinates):
        return False
    turn.meant = Meant.SURELY
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return True
    last, to = rows.last_day(turn.work), day_in(turn, said)
    there = [o for o in rows.parts(turn.session, turn.here.id, last.id) if rows.stands(o)] if last is not None else []
    if last is None or to is None:
        turn.tell("action.again_none" if last is None else "action.again_when")
        return True
    drafts = [again.drafted(turn, o, to.isoformat()) for o in there]
    if all(drafts):
        title = tidy_line(titled(said), 30) or last.title
        show(turn, rows.draw_up(turn.work, title, [o for o in drafts if o is not None]))
    return True


LIKE_LAST = 100
"""Letters of words that ask for a day like the last one."""


def draw_up(turn: Turn, head: str, written: list[str]) -> None:
    """Read each line as a posting of that day, and show all of them as one draft."""
    base, free = turn.local, turn.kinds.for_anything()
    day = day_in(turn, head)
    drafts: list[Occurrence] = []
    for line in written:
        posting = read_post(with_day(line, day), base=base, kinds=turn.kinds, lang=turn.lang, surely=True)
        if posting.kind is None and free is not None:
            posting = replace(posting, kind=free.name)
        if posting.kind is None or posting.kind not in turn.here.may_post:
            turn.tell("action.not_understood", line=tidy_line(line, 40))
            return
        o = deeds.fresh(turn.work, posting.kind)
        lay_out(turn, o, posting, line)
        drafts.append(o)
    title = tidy_line(titled(head), 30)
    show(turn, rows.draw_up(turn.work, title, drafts))


DATE = re.compile(
    r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[号日](?!楼)|"
    r"(?:下个?|本|这个?)*(?:周|星期|礼拜)[一二三四五六日天]|[今明后]天|"
    r"(?:on |next |this )*(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)


def day_in(turn: Turn, head: str) -> date | None:
    """The day that the first line says; spring clean says none."""
    said = " ".join(found[0] for found in DATE.finditer(head)) or head
    header = read_post(f"发布 其他 {said}", base=turn.local, kinds=turn.kinds, lang=turn.lang, surely=True)
    return header.start.date() if isinstance(header.start, datetime) else header.start


def titled(head: str) -> str:
    """The day's own name, without when it is."""
    return " ".join(DATE.sub(" ", head).split()).strip(" ,，:：·-")


def with_day(line: str, day: date | None) -> str:
    """A part as a posting of its own, on that day unless it says another."""
    post, said = "post" if line.isascii() else "发布", day.isoformat() if day else ""
    kind, gap, rest = line.partition(" ")
    return f"{post} {kind} {said} {rest}" if gap else f"{post} {line} {said}"


def show(turn: Turn, day: ActionDay) -> None:
    """At the bottom of its author's private chat; what was shown before is settled."""
    shown = select(Post).where(Post.community_id == turn.here.id, Post.kind == "action.draft", Post.claim_id == day.id)
    for older in turn.session.exec(shown.where(Post.state == posts.OPEN)).all():
        posts.settle(turn.session, older, turn.now)
    turn.privately("action.draft", claim_id=day.id)
    turn.mark()


# ------------------------------------------------------------ what is pressed under the draft


def of(turn: Turn, press: Press) -> ActionDay | None:
    if not turn.coordinates:
        turn.refuse(Refusal("coordinators_only"))
        return None
    day = rows.the_day(turn.session, turn.here.id, press.post.claim_id)
    if day is None or day.posted or day.gone:
        turn.tell("draft.already" if day is not None and day.posted else "draft.discarded")
        return None
    return day


def publish(turn: Turn, press: Press) -> None:
    """发布: the overview, then each part."""
    day = of(turn, press)
    if day is None:
        return
    lookup = turn.lookup()
    for o in rows.parts(turn.session, turn.here.id, day.id):
        if o.state != DRAFT or not may_post(
            View(lookup, press.post, turn.lang, private=True), roster_of(turn.session, o)
        ):
            turn.tell("draft.not_yet")
            posts.touch(turn.session, [press.post], turn.now)
            return
    rows.publish(turn.work, day)
    for o in rows.parts(turn.session, turn.here.id, day.id):
        again.offer_to_last(turn, o)
    posts.settle(turn.session, press.post, turn.now)
    turn.seen_done("action.posted", title=day.title, n=len(rows.parts(turn.session, turn.here.id, day.id)))


def change(turn: Turn, press: Press) -> None:
    """修改: how it is done; the next words are read."""
    if of(turn, press) is not None:
        turn.tell("action.change_how")


def discard(turn: Turn, press: Press) -> None:
    """放弃."""
    day = of(turn, press)
    if day is not None:
        rows.discard(turn.work, day)
        posts.settle(turn.session, press.post, turn.now)
        turn.seen_done("draft.discarded")


NTH = re.compile(r"\s*(?:第)?\s*(?P<n>\d{1,2})\s*(?:项|个|条)?[\s:：.、，,]+(?P<rest>\S.*)", re.DOTALL)


def hear_draft(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """2 改到9点: the second part is changed so."""
    day = rows.the_day(turn.session, turn.here.id, post.claim_id)
    found = NTH.fullmatch(words)
    if day is None or day.posted or day.gone or found is None or command.intent in ("list", "mine", "help"):
        return False
    there = rows.parts(turn.session, turn.here.id, day.id)
    nth = int(found["n"])
    if not 1 <= nth <= len(there):
        return False
    o = there[nth - 1]
    before = kept(read_of(turn.session, o).posting)
    amended, fields = amend(before, found["rest"], base=turn.local, kinds=turn.kinds, lang=turn.lang)
    if not fields:
        turn.tell("action.change_how")
        return True
    lay_out(turn, o, amended, found["rest"])
    show(turn, day)
    return True


# ------------------------------------------------------------ rain


MOVED = re.compile(
    r"(?:.{1,10}[,，。\s])?(?:把)?(?:(?:集中)?行动日?(?:就|全部|都|整个|只好|要|得)*(?:改期|延期|推迟|顺延|改|挪|移|推)(?:到|至|为|在)?|"
    r"(?:全部|所有|统统|整个|一起)(?:的)?(?:活动)?(?:就|都|只好|要|得)*(?:改期|延期|推迟|顺延|改|挪|移|推)(?:到|至)|"
    r"(?:改期|延期|推迟|顺延)(?:到|至|为)?)(?P<day>[^\s,，]{2,12})[。!！吧]?"
)
"""下雨了，行动日改到下周六: without a blank before the day."""


def hear_move(turn: Turn, words: str) -> bool:
    """A day that is to come moves; said privately, by who coordinates."""
    found = MOVED.fullmatch(words.strip()) if turn.chat.private else None
    if found is None or not turn.coordinates or not which(turn, Wish("move_day")) or day_in(turn, found["day"]) is None:
        return False
    return move(turn, Wish("move_day"), found["day"])


def move(turn: Turn, wish: Wish, rest: str) -> bool:
    """改期 12月12日: all parts, each at its own hour."""
    if not turn.coordinates:
        return False
    days = which(turn, wish)
    if not days:
        if turn.chat.private:
            turn.tell("action.none_coming")
        return turn.chat.private
    rest = rest or wish.said
    if len(days) > 1:
        later = [(off.called(turn, day), Wish("move_day", slot=day.id, number=wish.number, said=rest)) for day in days]
        ask(turn, "action.which", later[:9])
        return True
    turn.meant = Meant.SURELY
    if wish.number is not None:  # 12号 and 12 December begin with a number, which is that of no activity here
        rest = f"{wish.number} {rest}" if rest else f"{wish.number}号"
    to = day_in(turn, rest)
    found = [o for o in rows.parts(turn.session, turn.here.id, days[0].id) if o.state != CANCELLED and o.starts_at]
    if to is None or not found:
        turn.tell("action.move_how")
        return True
    first = min(o.starts_at.astimezone(turn.here.tz).date() for o in found if o.starts_at is not None)
    if to == first:
        turn.tell("action.same_day")
        return True
    if (refusal := rows.move(turn.work, [shifted(turn, o, to - first) for o in found])) is not None:
        turn.refuse(refusal)
        return True
    turn.mark()
    day = when.day(wall(to, time.min, turn.here.tz), turn.here.tz, turn.lang, turn.now)
    turn.tell("action.moved", n=len(found), title=days[0].title, day=day)
    return True


def which(turn: Turn, wish: Wish) -> list[ActionDay]:
    """The day that was chosen, or whose overview is answered; else all that are to come."""
    answered = turn.answered
    id = answered.claim_id if answered is not None and answered.kind == rows.OVERVIEW else 0
    day = rows.the_day(turn.session, turn.here.id, wish.slot or id)
    return [day] if day is not None else rows.coming(turn.work)


def shifted(turn: Turn, o: Occurrence, by: timedelta) -> Moved:
    """One part, as it is so many days later."""
    posting = as_it_is(turn, o)
    names = ("start", "end", "report_at")
    moved = {name: value + by for name in names if (value := getattr(posting, name)) is not None}
    posting = replace(posting, **moved)
    plan = arranged(turn, turn.kind(o), posting)
    read = read_of(turn.session, o).model_copy(update={"posting": keep(posting)})
    return Moved(roster_of(turn.session, o, lock=True), plan, moments_of(turn, posting), read)
