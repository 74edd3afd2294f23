"""报平安 talked of: arranged, ended, and answered in words."""

from __future__ import annotations

from core import posts
from core.deeds import morning as deeds
from core.deeds.passing import reachable
from core.features.well.said import MorningSaid, read_morning
from core.manners import NINE
from core.members import Member, accounts_of
from core.morning import ASKED, Arrangement, Morning, arrangement
from core.posts import Post, Say
from core.reading.parts import same
from core.rules import Refusal
from core.said.wellbeing import UNWELL, WELL, wellbeing
from core.talk import people
from core.talk.wishes import Wish
from core.turn import Meant, Turn
from core.words.clean import storable, tidy_name


def arranged(turn: Turn, _wish: Wish, rest: str) -> None:
    """报平安 每天9点 王伯, with nothing said but that: how it is done."""
    said = read_morning(f"报平安 {rest}") if rest else None
    if said is None:
        turn.tell("well.how")
    else:
        arrange(turn, said)


def stopped(turn: Turn, _wish: Wish, _rest: str) -> None:
    stop(turn, MorningSaid(off=True))


def hears(turn: Turn, _about: int, words: str) -> bool:
    """Whether these words arrange it or end it, or answer this morning's question."""
    if turn.chat.private and answers(turn, words):
        return True
    said = read_morning(words)
    if said is None or (not turn.chat.private and said.at is None and not said.off):
        return False
    turn.meant = Meant.SURELY
    if said.off:
        if not turn.chat.private and arrangement(turn.session, turn.here.id, turn.member.id) is None:
            return False
        stop(turn, said)
    elif said == MorningSaid():
        turn.tell("well.how")
    else:
        arrange(turn, said)
    return True


def arrange(turn: Turn, said: MorningSaid) -> None:
    who = whose(turn, said.who)
    if who is None:
        return
    mine = who.id == turn.member.id
    if not mine and not turn.coordinates:
        turn.tell("well.not_yours", name=who.name)
        return
    if not accounts_of(turn.session, turn.here.id, who.id):
        turn.tell("well.no_account", name=who.name)
        return
    if not reachable(turn.work, who.id):
        turn.tell("well.no_private", name=who.name)
        return
    near = neighbour(turn, said.neighbour, who) if said.neighbour else None
    came = deeds.arrange(turn.work, who.id, said.at or NINE, near.id if near else 0)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    turn.mark()
    turn.privately("well.set", body=Arrangement(whose=who.id))
    if not mine:
        turn.privately("well.set", member_id=who.id, body=Arrangement(whose=who.id, by=turn.member.id))
    if near is not None:
        tell_neighbour(turn, near, who)


def tell_neighbour(turn: Turn, near: Member, who: Member) -> None:
    """Whom somebody named is told so, once."""
    if near.id != turn.member.id:
        turn.privately("say", member_id=near.id, body=Say(key="well.neighbour", facts={"name": who.name}))


def whose(turn: Turn, name: str) -> Member | None:
    """Of whom it is said; None: it was answered why not."""
    if not name or same(turn.member.name, name):
        return turn.member
    return named(turn, name)


def named(turn: Turn, name: str) -> Member | None:
    match people.find(turn, name):
        case Member() as found:
            return found
        case None:
            turn.refuse(Refusal("nobody_called", {"name": tidy_name(name)}))
        case _:
            turn.tell("well.several", name=tidy_name(name))
    return None


def neighbour(turn: Turn, name: str, who: Member) -> Member | None:
    """The neighbour by this name, who can be told; None: it was answered why not, and it goes on without."""
    found = turn.member if same(turn.member.name, name) else named(turn, name)
    if found is None or found.id == who.id:
        return None
    if not reachable(turn.work, found.id):
        turn.tell("well.neighbour_unreached", name=found.name)
        return None
    return found


def name_neighbour(turn: Turn, post: Post, words: str) -> bool:
    """The name of a neighbour, written below what was arranged."""
    whose_day = arrangement(turn.session, turn.here.id, Arrangement.of(post).whose)
    if whose_day is None or not words.strip() or len(words) > 20:
        return False
    match people.find(turn, words.strip().removeprefix("邻居").strip(" ：:是")):
        case Member() as found if reachable(turn.work, found.id) and found.id != whose_day.member_id:
            deeds.look_in(turn.work, whose_day, found.id)
            posts.settle(turn.session, post, turn.now)
            turn.tell("well.named", name=found.name)
            tell_neighbour(turn, found, turn.lookup().member(whose_day.member_id))
            return True
        case Member() as found:
            turn.tell("well.neighbour_unreached", name=found.name)
            return True
    return False


def stop(turn: Turn, said: MorningSaid) -> None:
    who = whose(turn, said.who)
    if who is None:
        return
    post = arrangement(turn.session, turn.here.id, who.id)
    if post is None:
        turn.tell("well.none", name=who.name)
        return
    came = deeds.stop(turn.work, post)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    turn.mark()
    turn.tell("well.stopped" if who.id == turn.member.id else "well.stopped_for", name=who.name)


# ------------------------------------------------------------ this morning's answer


def open_question(turn: Turn) -> Post | None:
    """This morning's question, while no answer came."""
    asked = deeds.question(turn.work, turn.member.id, deeds.today(turn.work))
    return None if asked is None or Morning.of(asked).answer in ("well", "unwell") else asked


def answers(turn: Turn, words: str) -> bool:
    """我很好, 没事, 还好: said anywhere in the private chat that does not ask something else."""
    asked = open_question(turn)
    if asked is None:
        return False
    newest = posts.newest(turn.session, turn.here.id, turn.chat.id)
    kind = turn.here.posts.get(newest.kind) if newest is not None else None
    if newest is not None and newest.kind != ASKED and kind is not None and kind.hears is not None:
        return False
    said = wellbeing(words)
    if said == WELL:
        deeds.answer(turn.work, asked, "well")
        turn.mark()
        turn.tell("well.thanks")
        return True
    if said == UNWELL:
        not_well(turn, asked, words)
        return True
    return False


def not_well(turn: Turn, asked: Post, words: str) -> None:
    """Something is wrong: those who can help read it at once."""
    reached = deeds.unwell(turn.work, asked, storable(words[:500]))
    turn.privately("say", body=Say(key="passed.emergency", more=("passed.done",) if reached else ()))
