"""Matters talked of: brought, shared, asked about, and followed by those who may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlmodel import col, select

from core import matters, posts, seen
from core.claims import roster_of
from core.confided import Confided
from core.deeds import matters as deeds
from core.deeds import picturing, verdicts, watching
from core.deeds import posting as posting_deeds
from core.deeds.matters import Words
from core.features.matters.brought import Empty, Noted, say_shared
from core.features.matters.judged import Score
from core.features.matters.pictured import lost, show_all, take, with_number
from core.features.matters.said import OfMatter, read_matter
from core.matters import ENDED, FOUND, LOOK, RETRACTED, Matter, Sort
from core.members import Member, members
from core.reading import NOTHING, Posting
from core.reading.parts import Openly, openly, places_in, plain, speak_alike
from core.rules import Refusal
from core.talk import people
from core.talk.drafting import lay_out, show
from core.talk.joining import join
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.words.clean import storable, tidy_line, tidy_name

LONGEST = 6_000
"""Letters of a matter or a step that are kept: as many as are read of any message."""


def hear(turn: Turn, _wish: Wish, words: str) -> bool:
    """Whatever is said of matters. False: 还没有 was said where nothing was asked."""
    said = read_matter(words)
    if said is None or (said.act == "answer" and not answered_late(turn, said.rest)):
        return False
    if said.act != "answer":
        turn.made = seen.MATTER
        understood(turn, said)
    return True


def answered_late(turn: Turn, words: str) -> bool:
    """解决了 and 还没有 alone, privately, answer the newest question that was not answered yet, wherever it stands."""
    from core.features.matters.judged import hear_answer  # noqa: PLC0415 - the kinds of posts stand above this

    if not turn.chat.private:
        return False
    asked = select(posts.Post).where(
        posts.Post.community_id == turn.here.id,
        posts.Post.member_id == turn.member.id,
        posts.Post.kind == "matters.look",
        posts.Post.state == posts.OPEN,
    )
    found = turn.session.exec(asked.order_by(col(posts.Post.id).desc())).all()
    return any(hear_answer(turn, post, words, NOTHING) for post in found)


def understood(turn: Turn, said: OfMatter) -> None:
    """What is asked of matters, done."""
    match said.act:
        case "concern" | "found":
            bring(turn, said.act, said.rest)
        case "board":
            board(turn)
        case "score":
            turn.privately("matters.score", body=Score.read(verdicts.score(turn.work)))
        case "me_too":
            me_too(turn, said.number)
        case "show":
            if (row := numbered(turn, said)) is not None and not with_number(turn, row):
                turn.privately("matters.all", occurrence_id=row.id)
                show_all(turn, row)
        case _:
            follow(turn, said)


# ------------------------------------------------------------ brought


def bring(turn: Turn, sort: Sort, said: str) -> None:
    """烦心事 TEXT, 发现 TEXT: public where everybody heard it; privately it goes to the coordinators."""
    whole = tidied(said)
    if not whole:
        turn.privately("matters.empty", body=Empty(sort=sort))
        return
    found = openly(whole, [each.name for each in members(turn.session, turn.here.id)])
    if not found.words.strip(" …"):
        turn.tell("matters.nothing_left")
        return
    public = not turn.chat.private
    open_ones = [m for m in matters.in_states(turn.session, turn.here.id, *matters.FOLLOWED) if readable(turn, m)]
    twin = next((m for m in open_ones if speak_alike(found.words, m.words or m.kept.privately())), None)
    row = deeds.bring(turn.work, sort, kept(whole, found), public=public, perhaps=twin)
    turn.mark()
    seen = take(turn, row, released=public)
    if twin is None:
        body = Noted(left_out=found.left_out, pictures=seen, missed=not seen and lost(turn))
        turn.privately("matters.noted", occurrence_id=row.id, body=body)


def tidied(words: str) -> str:
    """All of somebody's words, line by line."""
    return "\n".join(line for part in storable(words).splitlines() if (line := tidy_line(part, LONGEST)))


def kept(whole: str, found: Openly) -> Words:
    return Words(found.words, Confided(whole if found.left_out else ""))


def readable(turn: Turn, row: Matter) -> bool:
    """Whether the speaker may read what it is about."""
    shares = row.public or turn.may("matters") or turn.member.id == row.given_to
    return shares or turn.member.id in matters.sharers(turn.session, turn.here.id, row.id)


def me_too(turn: Turn, number: int | None) -> None:
    """我也是 N; without a number only privately, where one can be meant."""
    if number is None:
        if turn.chat.private:
            turn.tell("matters.which_me_too")
        return
    if matters.numbered(turn.session, turn.here.id, number) is None and not matters.any_here(
        turn.session, turn.here.id
    ):
        join(turn, Wish("join", number=number))  # me too, 1: of an activity
        return
    row = numbered(turn, OfMatter("me_too", number))
    if row is None:
        return
    if not row.public:
        turn.refuse(Refusal("matter_private", {"which": called(turn, row)}))
    elif row.state in ENDED:
        turn.refuse(Refusal("matter_closed", {"which": called(turn, row)}))
    elif deeds.share(turn.work, row, turn.member.id):
        turn.mark()
        say_shared(turn, row)
    else:
        turn.tell("matters.shared_already", which=called(turn, row))


def board(turn: Turn) -> None:
    """小板凳: bring it to the bottom of the group, for anybody; asked for privately, show it there."""
    private = turn.chat.private
    post = turn.work.owe(
        "matters.board",
        chat_id=0 if private else turn.chat.id,
        member_id=turn.member.id if private else 0,
        occasion="board",
        again=True,
    )
    post.own = False  # it was asked for
    post.not_before = min(post.not_before, turn.now)


def called(turn: Turn, row: Matter) -> str:
    return text(turn.lang, "matters.number", n=row.number or 0)


def numbered(turn: Turn, said: OfMatter) -> Matter | None:
    """The matter of this number; None, which is said, for one that is not there or not for the speaker to read."""
    row = matters.numbered(turn.session, turn.here.id, said.number or 0)
    if row is not None and row.state == RETRACTED:
        turn.refuse(Refusal("matter_taken_back", {"which": called(turn, row)}))
        return None
    if row is not None and (readable(turn, row) or said.act == "me_too"):
        return row
    if row is not None:
        turn.refuse(Refusal("matter_private", {"which": called(turn, row)}))
    elif turn.chat.private or matters.any_here(turn.session, turn.here.id):
        turn.refuse(Refusal("no_matter", {"number": said.number or 0}))
    return None


# ------------------------------------------------------------ followed


def follow(turn: Turn, said: OfMatter) -> None:
    """What changes a matter: a coordinator's, but for what who has it, found it or shares it may say."""
    row = numbered(turn, said)
    if row is None:
        return
    said = as_meant(turn, row, said)
    may = turn.may("matters")
    may |= said.act == "step" and row.given_to == turn.member.id
    may |= said.act in ("well", "still") and row.sort == FOUND and looks_after(turn, row)
    if said.act == "not_yet" or (said.act == "solve" and not may):
        answer(turn, row, said)
    elif not may:
        turn.refuse(Refusal("coordinators_only"))
    else:
        DOING[said.act](turn, row, said)


def as_meant(turn: Turn, row: Matter, said: OfMatter) -> OfMatter:
    """修好了 of the finder means 好了; 好了 of a concern means 解决了."""
    if said.act == "solve" and row.sort == FOUND and not turn.may("matters") and looks_after(turn, row):
        return replace(said, act="well")
    if said.act == "well" and row.sort != FOUND:
        return replace(said, act="solve")
    if said.act == "not_yet" and turn.may("matters") and row.state != LOOK:
        return replace(said, act="step", rest=text(turn.lang, "matters.step.still"))
    return said


def looks_after(turn: Turn, row: Matter) -> bool:
    """Whether the speaker found it, or watches where it is: they were asked, or are on the roster of such a watch."""
    if turn.member.id == row.brought_by:
        return True
    asked = posts.standing(turn.session, turn.here.id, row.id, "matters.green")
    if any(post.member_id == turn.member.id for post in asked):
        return True
    rosters = (roster_of(turn.session, o) for o in turn.posted())
    return any(turn.kind(on.occurrence).watches(on.occurrence, row.words) and on.of(turn.member.id) for on in rosters)


def answer(turn: Turn, row: Matter, said: OfMatter) -> None:
    """事1 解决了, 事1 还没有: who was asked says it in words."""
    from core.features.matters.judged import say  # noqa: PLC0415 - the kinds of posts stand above this

    verdict = verdicts.verdict_of(turn.work, row, turn.member.id)
    where = {"member_id": turn.member.id, "occurrence_id": row.id}
    post = None
    if verdict is not None and verdict.asked:
        post = posts.owed(turn.session, turn.here.id, "matters.look", occasion=str(verdict.asked), **where)
    if post is None:
        turn.refuse(Refusal("coordinators_only"))
    else:
        say(turn, post, matters.NOT_YET if said.act == "not_yet" else matters.YES)


def written(turn: Turn, row: Matter, words: str) -> Words:
    """A step's words: nobody's name who asked, no telephone, no flat; who works there may be called by their trade."""
    whole = tidied(words)
    lookup = turn.lookup()
    asked = [lookup.name(id) for id in matters.sharers(turn.session, turn.here.id, row.id)]
    return kept(whole, openly(whole, [name for name in asked if len(name) > 1], workers=True))


def say_stepped(turn: Turn, row: Matter, words: Words | None = None, key: str = "matters.stepped") -> None:
    """Written down, and what was left out."""
    turn.mark()
    which = called(turn, row)
    if words is not None and words.whole:
        turn.tell(f"{key}_without", which=which)
    else:
        turn.tell(key, which=which)


def step(turn: Turn, row: Matter, said: OfMatter) -> None:
    words = written(turn, row, said.rest)
    if not words.openly.strip(" …"):
        turn.tell("matters.nothing_left")
        return
    reopened = row.state in ENDED
    found = deeds.step(turn.work, row, words)
    take(turn, row, step=found.id, released=row.public and (turn.may("matters") or not turn.chat.private))
    say_stepped(turn, row, words, "matters.reopened" if reopened and not words.whole else "matters.stepped")
    if lost(turn):
        turn.tell("matters.picture_lost")


def refuse(turn: Turn, row: Matter, said: OfMatter) -> None:
    """办不了 WHY: a no without a reason is refused kindly."""
    words = written(turn, row, said.rest)
    if not words.openly.strip(" …"):
        turn.tell("matters.why_not", which=called(turn, row))
        return
    deeds.refuse(turn.work, row, words)
    say_stepped(turn, row, words)


def solve(turn: Turn, row: Matter, said: OfMatter) -> None:
    words = written(turn, row, said.rest)
    verdicts.solve(turn.work, row, words)
    newest = picturing.newest_step(turn.work, row)
    take(turn, row, step=newest, released=row.public and (turn.may("matters") or not turn.chat.private))
    say_stepped(turn, row, words, "matters.asked")


def well(turn: Turn, row: Matter, _said: OfMatter) -> None:
    if row.state in ENDED:
        turn.refuse(Refusal("matter_closed", {"which": called(turn, row)}))
        return
    deeds.well(turn.work, row)
    say_stepped(turn, row, key="matters.well")


def still(turn: Turn, row: Matter, _said: OfMatter) -> None:
    watching.still_there(turn.work, row)
    say_stepped(turn, row)


def give(turn: Turn, row: Matter, said: OfMatter) -> None:
    """交给 NAME."""
    found = people.find(turn, said.rest)
    if found is None and turn.member.name == said.rest:
        found = turn.member
    if not isinstance(found, Member):
        key = "matters.give_which" if found is not None else "matters.give_unknown"
        turn.tell(key, name=tidy_name(said.rest), which=called(turn, row))
        return
    deeds.hand_over(turn.work, row, found.id)
    turn.mark()
    turn.tell("matters.given_to", which=called(turn, row), name=found.name)


def publish(turn: Turn, row: Matter, _said: OfMatter) -> None:
    deeds.publish(turn.work, row)
    picturing.release(turn.work, row)
    turn.tell("matters.card.public")


def private(turn: Turn, row: Matter, _said: OfMatter) -> None:
    deeds.keep_private(turn.work, row)
    picturing.withhold(turn.work, row)
    turn.tell("matters.card.private")


def same(turn: Turn, row: Matter, said: OfMatter) -> None:
    """事2 同事1."""
    into = matters.numbered(turn.session, turn.here.id, said.other)
    if into is None or into.state == RETRACTED:
        turn.refuse(Refusal("no_matter", {"number": said.other}))
    elif into.id == row.id:
        turn.tell("matters.same_already", which=called(turn, row))
    else:
        which = called(turn, row)
        deeds.join(turn.work, row, into)
        picturing.moved(turn.work, row)
        turn.mark()
        turn.tell("matters.joined_now", which=which, other=called(turn, into))


def plan(turn: Turn, row: Matter, _said: OfMatter) -> None:
    """发成活动: a draft of it, which is changed and posted as any other. What is private stays out of it."""
    if not row.followed:
        turn.tell("matters.plan_closed", which=called(turn, row))
        return
    kind = kind_for(turn, row)
    if kind is None:
        turn.tell("matters.plan_none")
        return
    place = next((said for _, said in places_in(row.words)), "")
    green = row.sort == FOUND and kind == PATROL
    title = text(turn.here.lang, "matters.green_watch") if green else ""
    note = f"{called(turn, row)} {row.words}" if row.public else ""
    posting = Posting(kind=kind, title=title or None, place=place or None, rest=note)
    draft = posting_deeds.fresh(turn.work, kind)
    lay_out(turn, draft, posting, note)
    watching.plan(turn.work, row, draft)
    show(turn, draft)


PATROL = "patrol"


def kind_for(turn: Turn, row: Matter) -> str | None:
    """What a matter is made: what its words name, a watch for what was found, else whatever may have any title."""
    named = turn.kinds.of(plain(row.words or row.kept.privately()).text)
    wanted = (PATROL if row.sort == FOUND else "", named.name if named is not None else "", "other", PATROL)
    may = turn.here.may_post
    return next((name for name in wanted if name in may), next(iter(may), None))


DOING: Mapping[str, Callable[[Turn, Matter, OfMatter], None]] = {
    "step": step, "refuse": refuse, "solve": solve, "well": well, "still": still, "give": give, "plan": plan,
    "publish": publish, "private": private, "same": same,
}  # fmt: skip
