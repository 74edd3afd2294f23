"""Rounds talked of by visitors: 送到了, 没碰上, and the words that are the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from core import posts
from core.claims import CLAIMED, FINISHED, Claim, Roster, roster_of
from core.deeds import rounds as deeds
from core.deeds.round_times import days_stamp
from core.reading import read_command
from core.reading.parts import places_in, same
from core.rounds import VisitReport, delivered, households, is_round, just_said
from core.rules import Refusal
from core.said.alarms import alarming
from core.said.asked import asked
from core.said.courtesies import courtesy
from core.said.rounds import OfRound, asks_open, read_named_round, read_round
from core.talk import handing_on, materials, passing
from core.talk.asking import last_asked
from core.turn import Turn
from core.words.clean import tidy_text

AFTER = timedelta(hours=2)
"""So long after its end people still tell of a visit."""
LONGEST = 1_500
"""Letters of a report that are kept."""


def hears(turn: Turn, _about: int, words: str) -> bool:
    """Whether private words are 送到了, 没碰上, the report that follows within the hour, or what is to become of it."""
    if not turn.chat.private:
        return False
    if materials.hears(turn, words) or handing_on.hears(turn, words) or how_far(turn, words):
        return True
    said, found = at_a_door(turn, words)
    if said is not None and said.act in ("delivered", "not_in"):
        if found is None:
            return said.act == "not_in" and not alarming(words) and on_a_visit(turn, words)
        on, theirs = found
        if said.act == "not_in" and alarming(said.rest):
            return False  # nobody opens, and somebody calls from inside
        if said.act == "not_in":
            not_there(turn, on, theirs)
        elif deliver(turn, on, theirs) and said.rest:
            heard(turn, said.rest)
        return True
    row = just_said(turn.session, turn.here.id, turn.member.id, turn.now)
    if row is None or last_asked(turn, "ask"):
        return False
    if said is not None:
        deeds.grade(turn.work, row, said.act)
        touch(turn, row)
        turn.tell(f"round.graded.{said.act}")
        return True
    return meant(turn, words) and heard(turn, words)


def on_a_visit(turn: Turn, words: str) -> bool:
    """Whether it is said on a visit at an hour, where nobody opened: its coordinator reads it."""
    for o in turn.posted():
        if o.starts_at is None or not o.starts_at <= turn.now <= o.ends() + AFTER or not turn.kind(o).keeps(o):
            continue
        on = roster_of(turn.session, o)
        if on.of(turn.member.id):
            passing.beside(turn, on, "said", words)
            turn.tell("round.not_in_told")
            return True
    return False


def how_far(turn: Turn, words: str) -> bool:
    """还有谁没送, by who coordinates: where nobody has been, of each round that is under way. False: there is none."""
    if not asks_open(words) or not turn.may("reports"):
        return False
    now = [o for o in turn.posted() if is_round(o) and o.starts_at is not None and o.starts_at <= turn.now]
    for on in (roster_of(turn.session, o) for o in now):
        if {slot.id for slot in households(on)} <= delivered(on):
            turn.tell("round.all_done")
        else:
            turn.privately("round.open", occurrence_id=on.occurrence.id)
    return bool(now)


def at_a_door(turn: Turn, words: str) -> tuple[OfRound | None, tuple[Roster, list[Claim]] | None]:
    """What was said of a round, and of which: of one household of theirs where it was named, else of all of theirs."""
    named = read_named_round(words)
    found = where(turn, named.who) if named is not None else None
    if named is not None and found is not None:
        waits = any(claim.happened != FINISHED for claim in found[1])
        if waits or named.act == "delivered":  # else it tells more of where they were
            return named, found
    said = read_round(words)
    if said is None or (named is not None and places_in(named.who) and named.who in said.rest):
        return None, None  # at another's door
    return said, where(turn)


def meant(turn: Turn, words: str) -> bool:
    """Whether words right after 送到了 can be the report: no command, no question, no mere thanks."""
    command = read_command(words, context="private", kinds=turn.kinds, lang=turn.lang)
    if command.intent not in (None, "regret", "undecided", "maybe", "whom"):
        return False
    return not courtesy(words) and not asked(words, turn.kinds)


def heard(turn: Turn, words: str) -> bool:
    """The report goes to the coordinator, and to nobody else."""
    row = just_said(turn.session, turn.here.id, turn.member.id, turn.now)
    if row is None:
        return False
    deeds.say(turn.work, row, tidy_text(words, LONGEST))
    turn.mark()
    turn.tell("round.noted")
    return True


def pictured(turn: Turn, words: str, what: str) -> bool:
    """Whether a picture or a voice message is a part of the report: that it came is written down."""
    row = just_said(turn.session, turn.here.id, turn.member.id, turn.now) if turn.chat.private else None
    if row is None or what not in ("picture", "voice", "file"):
        return False
    return heard(turn, f"📷 {words}".strip())


def where(turn: Turn, who: str = "") -> tuple[Roster, list[Claim]] | None:
    """The round that the speaker is on now, one that is not done before others; None: they are on none.

    `who`: at whose door, where they said it: then only what is theirs there.
    """
    wards = {turn.member.id, *turn.lookup().reader(turn.member.id).wards}
    found = []
    for o in turn.posted():
        if not is_round(o) or o.starts_at is None or o.starts_at > turn.now:
            continue
        on = roster_of(turn.session, o)
        theirs = [c for c in on.claims if c.promised == CLAIMED and c.member_id in wards]
        theirs = [c for c in theirs if not who or lives_there(turn, on, c, who) or goes(turn, c, who)]
        own = [c for c in theirs if c.member_id == turn.member.id]
        if theirs:
            found.append((on, own or theirs))
    left = [each for each in found if any(c.happened != FINISHED for c in each[1])]
    return next(iter(left or found), None)


def goes(turn: Turn, claim: Claim, who: str) -> bool:
    """Whether these words name who goes there, spoken for by somebody: 王伯送到了."""
    return claim.member_id != turn.member.id and same(turn.lookup().name(claim.member_id), who)


def lives_there(turn: Turn, on: Roster, claim: Claim, who: str) -> bool:
    """Whether these words name the household of this claim: the building, the flat, or who lives there."""
    slot = on.slot(claim.slot_id)
    if slot is None:
        return False
    elder = turn.lookup().elder(slot.elder_id) if slot.elder_id else None
    label = turn.kind(on.occurrence).slot_name(on, slot, turn.lang)
    known = [label, slot.label, "" if slot.confided.lost else slot.confided.privately()]
    known += [elder.name, elder.flat, f"{elder.building}{elder.flat}"] if elder is not None else []
    plain = [re.sub(r"\W", "", each).lower() for each in known]
    said = re.sub(r"\W|^(?:在|给|把)", "", who).lower()
    rest = said.removeprefix(plain[1]) if plain[1] else said
    whole = said in plain or (said and rest == "")
    return bool(whole or (len(rest) > 1 and any(rest in each for each in plain[2:])))


def deliver(turn: Turn, on: Roster, theirs: Sequence[Claim]) -> bool:
    """送到了, where it was not said yet."""
    new = [claim for claim in theirs if claim.happened != FINISHED]
    if theirs and not new:
        turn.tell("round.already")
        return True
    came = deeds.deliver(turn.work, on, new)
    if isinstance(came, Refusal):
        turn.refuse(came)
        return False
    turn.mark()
    if not turn.pressed:
        show_mine(turn, on)
    elif turn.can.toasts:
        turn.tell("round.thanks")
    return True


def show_mine(turn: Turn, on: Roster) -> None:
    """After typed words: how it was is asked below them."""
    post = turn.work.owe(
        "round.mine",
        member_id=turn.member.id,
        occurrence_id=on.occurrence.id,
        occasion=days_stamp(on.occurrence),
        again=True,
    )
    post.not_before = min(post.not_before, turn.now)


def not_there(turn: Turn, on: Roster, theirs: Sequence[Claim]) -> None:
    """没碰上: the household waits as before."""
    came = deeds.not_in(turn.work, on, [claim for claim in theirs if claim.happened != FINISHED])
    if isinstance(came, Refusal):
        turn.refuse(came)
        return
    turn.mark()
    turn.tell("round.try_again")


def touch(turn: Turn, row: VisitReport) -> None:
    found = posts.standing(turn.session, turn.here.id, row.occurrence_id, "round.mine")
    posts.touch(turn.session, [post for post in found if post.member_id in (row.member_id, turn.member.id)], turn.now)
