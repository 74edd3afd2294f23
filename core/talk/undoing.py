"""撤销: taking back the last change, while nothing else has happened since, for a day."""

from __future__ import annotations

from core import claims, posts
from core.activities import Occurrence
from core.claims import CLAIMED, UNKNOWN, WAITLISTED, Claim, Sheet, by_id, happen, promise, sheet
from core.posts import Post
from core.rules import Refusal
from core.talk.coordinating import take_edit_back
from core.talk.leaving import come_back, withdraw
from core.talk.merging import part
from core.talk.saying import changed
from core.turn import Turn
from core.views.look import Look
from core.views.readback import may_undo


def undo(turn: Turn, post: Post) -> None:
    """Take back what the post under which 撤销 stands had said."""
    if post.rule == "quieted":
        turn.member.quiet = False
        turn.session.add(turn.member)
        posts.settle(turn.session, post, turn.now, undone=True)
        turn.tell("quiet.off")
    elif post.rule == "notice" and post.body.get("before") and not post.body.get("undone"):
        take_edit_back(turn, post)
    elif post.rule == "chained" and not post.body.get("undone"):
        if undo_chain(turn, post):
            posts.settle(turn.session, post, turn.now, undone=True)
            turn.tell("back.undone")
    elif post.rule == "readback":
        undo_claims(turn, post)
    elif post.rule == "merged":
        part(turn, post)
    else:
        turn.refuse(Refusal("nothing_to_undo"))


def undo_claims(turn: Turn, post: Post) -> None:
    if not may_undo(Look(turn.books(), post, turn.lang, private=True)):
        turn.refuse(Refusal("nothing_to_undo"))
        return
    theirs = by_id(turn.session, turn.community.id, [id for id, _ in post.body["claims"]])
    on = sheet_of(turn, theirs[0].occurrence_id)
    if on is None or on.occurrence.starts_at is None or turn.now >= on.occurrence.check_in()[1]:
        turn.refuse(Refusal("over"))
        return
    waited = post.body.get("waited", [])
    match post.body["verb"]:
        case "join" | "wait":
            withdraw(turn, on, [c for c in on.claims if c.id in {t.id for t in theirs}], verb="undo")
        case "leave":
            come_back(turn, on, theirs, waited)
        case _:
            was = dict(post.body.get("was", ()))
            for claim in theirs:
                happen(turn.session, claim, was.get(claim.id, UNKNOWN))
                turn.did("undo", on.occurrence, member=claim.member_id, claim=claim.id)
            changed(turn, on)
    waits = post.body["verb"] == "leave" and any(c.promised == WAITLISTED and c.id not in waited for c in theirs)
    posts.settle(turn.session, post, turn.now, undone="waits" if waits else True)
    turn.tell("back.undone_waits" if waits else "back.undone")


def sheet_of(turn: Turn, occurrence_id: int) -> Sheet | None:
    """The sheet of an occurrence, to be changed."""
    row = turn.session.get(Occurrence, (turn.community.id, occurrence_id))
    return None if row is None else sheet(turn.session, row)


def undo_chain(turn: Turn, post: Post) -> bool:
    """撤销 under a read-back of a chain; False when something happened since."""
    row = turn.session.get_one(Occurrence, (turn.community.id, post.occurrence_id))
    on = sheet(turn.session, row)
    made = by_id(turn.session, turn.community.id, [id for id, _ in post.body["made"]])
    ended = by_id(turn.session, turn.community.id, [id for id, _ in post.body["ended"]])
    was = dict((*post.body["made"], *post.body["ended"]))
    if any(claim.changes != was[claim.id] for claim in (*made, *ended)):
        turn.refuse(Refusal("nothing_to_undo"))
        return False
    withdraw(turn, on, [c for c in on.claims if c.id in {m.id for m in made}], verb="undo")
    come_back(turn, on, ended)
    return True


def accept(turn: Turn, post: Post, *, yes: bool) -> None:
    """接受 and 谢绝 under an offer."""
    claim = turn.session.get(Claim, (turn.community.id, post.claim_id))
    on = sheet_of(turn, post.occurrence_id)
    if claim is None or on is None or claim.promised != claims.OFFERED or str(claim.changes) != post.occasion:
        if claim is not None and claim.promised == CLAIMED and yes:
            turn.tell("offer.accepted")
            return
        turn.refuse(Refusal("no_offer"))
        return
    if yes:
        promise(turn.session, claim, CLAIMED)
        turn.did("accept", on.occurrence, member=claim.member_id, claim=claim.id)
        changed(turn, on, {claim.member_id})
        if turn.feature(on.occurrence).confides:  # now it may be told
            body = {"verb": "join", "claims": [[claim.id, claim.changes]]}
            turn.privately("readback", member_id=claim.member_id, body=body, occurrence_id=on.occurrence.id)
    else:
        mine = [c for c in on.claims if c.id == claim.id]
        withdraw(turn, on, mine, verb="decline")
    answer = "accepted" if yes else "declined"
    posts.settle(turn.session, post, turn.now, answer=answer)
    turn.tell(f"offer.{answer}")
