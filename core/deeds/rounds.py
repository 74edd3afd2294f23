"""What is done on a round: 送到了 and 没碰上, the report and its grade, what is followed up, and who has not been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core import posts, rules
from core.activities import CANCELLED, Occurrence
from core.claims import FINISHED, OFFERED, ON_THE_WAY, Claim, Roster, happen, roster_of
from core.confided import Confided
from core.confiding import FADES, look_again
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.round_times import days_stamp, watch_round
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.deeds.withdrawing import whose, withdraw
from core.ids import new_id
from core.manners import NINE, wall
from core.members import member
from core.posts import OFFER, Post
from core.rounds import FOLLOW, URGENT, VisitReport, last_look, report, still_to_go
from core.rules import Refusal
from core.work import Work

FOLLOWED_EVERY = timedelta(days=3)


def look(work: Work, post: Post) -> None:
    """At its morning: visitors who have not been read so, and the coordinator the buildings that are open."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None or o.state == CANCELLED or o.starts_at is None or work.now >= o.ends():
        return
    if work.now < last_look(work.here, o):
        watch_round(work, o)
        return
    on = roster_of(work.session, o)
    for id in dict.fromkeys(claim.member_id for claim in still_to_go(on, on.taking())):
        work.owe("round.not_yet", member_id=id, occurrence_id=o.id, occasion=days_stamp(o), expires=o.ends())
    if o.made_by:
        work.owe("round.open", member_id=o.made_by, occurrence_id=o.id, occasion=days_stamp(o), expires=o.ends())


def may_deliver(on: Roster, theirs: Sequence[Claim], work: Work) -> Refusal | None:
    o = on.occurrence
    early = o.starts_at is not None and work.now < o.starts_at
    return rules.first(
        (
            rules.stands(on),
            None if theirs else Refusal("not_joined"),
            Refusal("too_early") if early else None,
            Refusal("too_late") if o.starts_at is not None and work.now > o.ends() + FADES else None,
        )
    )


@deed
def deliver(work: Work, on: Roster, theirs: Sequence[Claim]) -> Outcome | Refusal:
    """送到了: somebody has been there; what they say of it may follow."""
    if (refusal := rules.first([may_deliver(on, theirs, work), *whose(work, on, theirs)])) is not None:
        return refusal
    before = ClaimsBefore.of(theirs)
    for claim in theirs:
        happen(work.session, claim, FINISHED)
        slot = on.slot(claim.slot_id)
        row = VisitReport(
            community_id=work.here.id,
            id=new_id(work.now),
            occurrence_id=on.occurrence.id,
            slot_id=claim.slot_id,
            elder_id=slot.elder_id if slot is not None else 0,
            claim_id=claim.id,
            member_id=work.by.member,
            at=work.now,
        )
        work.session.add(row)
        work.log("delivered", on.occurrence, member=claim.member_id, claim=claim.id)
    work.session.flush()
    changed(work, on, {claim.member_id for claim in theirs})
    show_round(work, on.occurrence)
    return before.outcome("delivered", on.occurrence.id, theirs)


@deed
def pick_up(work: Work, on: Roster, theirs: Sequence[Claim]) -> Outcome | Refusal:
    """领了: they have what they are to carry there, be it long before the first day. A coordinator may say it too."""
    over = work.now > on.occurrence.ends() + FADES
    spoken_for = () if work.may("arrange", on.occurrence.kind) else whose(work, on, theirs)
    late = Refusal("too_late") if over else None
    refused = rules.first([rules.stands(on), None if theirs else Refusal("not_joined"), late, *spoken_for])
    if refused is not None:
        return refused
    before = ClaimsBefore.of(theirs)
    for claim in theirs:
        happen(work.session, claim, ON_THE_WAY)
        work.log("picked_up", on.occurrence, member=claim.member_id, claim=claim.id)
    work.session.flush()
    changed(work, on, {claim.member_id for claim in theirs})
    show_round(work, on.occurrence)
    if on.occurrence.made_by:
        work.owe("round.material", member_id=on.occurrence.made_by, occurrence_id=on.occurrence.id, occasion="living")
    return before.outcome("picked_up", on.occurrence.id, theirs)


@deed
def not_in(work: Work, on: Roster, theirs: Sequence[Claim]) -> Refusal | None:
    """没碰上: nobody opened. It is written down, and the household waits as before."""
    if (refusal := rules.first([may_deliver(on, theirs, work), *whose(work, on, theirs)])) is not None:
        return refusal
    for claim in theirs:
        work.log("not_in", on.occurrence, member=claim.member_id, claim=claim.id)
    return None


SHOWN = ("round.eve", "round.mine", "round.not_yet", "round.open", "round.material")


def show_round(work: Work, o: Occurrence) -> None:
    found = posts.standing(work.session, work.here.id, o.id, *SHOWN)
    posts.touch(work.session, [post for post in found if post.message is not None], work.now)


@deed
def say(work: Work, row: VisitReport, words: str) -> None:
    """What a visitor says of it: for the coordinator only."""
    known = row.words.privately()
    row.words = Confided(f"{known}\n{words}" if known else words)
    work.session.add(row)
    work.log("reported", matter=row.id, member=row.member_id)
    tell(work, row)


@deed
def grade(work: Work, row: VisitReport, how: str) -> None:
    """没事, 要跟进, 急. What is urgent reaches every coordinator at once; what is to be followed comes again."""
    row.grade, row.closed_at = how, None
    work.session.add(row)
    work.log(f"report_{how}", matter=row.id, member=row.member_id)
    if how in (FOLLOW, URGENT):
        tell(work, row)
        come_again(work, row)
    elif row.words:
        tell(work, row)


def tell(work: Work, row: VisitReport) -> None:
    """The coordinator who posted it reads it; of what is urgent all do."""
    o = work.session.get_one(Occurrence, (work.here.id, row.occurrence_id))
    urgent = row.grade == URGENT
    maker = member(work.session, work.here.id, o.made_by).id if o.made_by else 0
    may = work.who_may("reports")
    whom = sorted(may) if urgent or maker not in may else [maker]
    work.session.flush()
    for id in whom:
        where = {"member_id": id, "occurrence_id": row.occurrence_id, "claim_id": row.claim_id}
        work.owe("round.report", occasion=str(row.id), urgency=OFFER if urgent else None, **where)


def come_again(work: Work, row: VisitReport) -> None:
    """Owe the morning on which it is looked whether it was followed up."""
    day = wall((work.now + FOLLOWED_EVERY).astimezone(work.here.tz).date(), NINE, work.here.tz)
    where = {"occurrence_id": row.occurrence_id, "claim_id": row.claim_id}
    work.owe_at("round.follow", day, occasion=str(row.id), **where)


def follow(work: Work, post: Post) -> None:
    """Not closed yet: the coordinators' card comes down once more."""
    row = report(work.session, work.here.id, int(post.occasion) if post.occasion.isdecimal() else 0)
    if row is None or row.closed_at is not None or row.grade not in (FOLLOW, URGENT):
        return
    come_again(work, row)
    for card in posts.standing(work.session, work.here.id, row.occurrence_id, "round.report"):
        if card.occasion == str(row.id):
            posts.put_below(card) if card.message is not None else None
            posts.touch(work.session, [card], work.now)


@deed
def close(work: Work, row: VisitReport) -> None:
    """跟好了: nothing is left to do of it."""
    row.closed_at, row.closed_by = work.now, work.by.member
    work.session.add(row)
    work.log("report_closed", matter=row.id)
    cards = posts.standing(work.session, work.here.id, row.occurrence_id, "round.report")
    posts.touch(work.session, [card for card in cards if card.occasion == str(row.id)], work.now)


@deed
def hand_on(work: Work, row: VisitReport, *, back: bool = False) -> None:
    """转给下一位: whoever goes to this household next reads what was said of it; `back`: nobody does, after all."""
    row.handed_at, row.handed_by = (None, 0) if back else (work.now, work.by.member)
    work.session.add(row)
    work.session.flush()
    work.log("report_taken_back" if back else "report_handed_on", matter=row.id)
    cards = posts.standing(work.session, work.here.id, row.occurrence_id, "round.report")
    posts.touch(work.session, [card for card in cards if card.occasion == str(row.id)], work.now)
    look_again(work.session, work.here.id, work.now)


def lapse(work: Work, post: Post) -> None:
    """Two days later: who was asked again and said nothing makes room."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None:
        return
    on = roster_of(work.session, o)
    left = [claim for claim in on.claims if claim.id == post.claim_id and claim.promised == OFFERED]
    if left:
        withdraw(work, on, left, verb="decline")
