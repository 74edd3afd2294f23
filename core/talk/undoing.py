"""撤销, 接受 and 谢绝: what the post says that was done is taken back, what it offers is answered."""

from __future__ import annotations

from core import posts
from core.claims import CLAIMED, UNKNOWN, WAITLISTED, Claim, by_id
from core.deeds import people, undoing, withdrawing
from core.deeds.changing import too_many
from core.deeds.outcome import Moved, Outcome
from core.deeds.undoing import roster_by_id
from core.posts import Post
from core.rules import Refusal
from core.talk.merging import part
from core.turn import Turn
from core.views.readback import may_undo
from core.views.view import View


def undo(turn: Turn, post: Post) -> None:
    """Take back what the post under which 撤销 stands had said."""
    if post.body.get("undone"):
        turn.refuse(Refusal("nothing_to_undo"))
        return
    match post.kind:
        case "quieted":
            people.hush(turn.work, turn.member, quiet=False)
            posts.settle(turn.session, post, turn.now, undone=True)
            turn.seen_done("quiet.off")
        case "notice" if post.body.get("before"):
            undo_change(turn, post)
        case "merged":
            part(turn, post)
        case "chained" | "readback":
            undo_claims(turn, post)
        case _:
            turn.refuse(Refusal("nothing_to_undo"))


def undo_change(turn: Turn, post: Post) -> None:
    """撤销 under what a change (or 关闭) said."""
    back = undoing.undo(turn.work, Outcome("edit", post.occurrence_id, before=post.body["before"]))
    if isinstance(back, Refusal):
        turn.refuse(back)
        return
    on = roster_by_id(turn.work, post.occurrence_id)
    assert on is not None  # noqa: S101 - it was changed back just now
    n = too_many(on)
    key = "edit.undone_over" if n else "edit.undone"
    facts: dict[str, str | int] = {"count": f"{len(on.taking())}/{on.wanted()}", "n": n}
    posts.settle(turn.session, post, turn.now, undone=True, key=key, facts=facts)
    turn.seen_done(key, **facts)


def undo_claims(turn: Turn, post: Post) -> None:
    """撤销 under a read-back, of one claim or of a whole chain."""
    fresh = post.kind == "chained" or may_undo(View(turn.lookup(), post, turn.lang, private=True))
    outcome = done(post)
    back = undoing.undo(turn.work, outcome) if fresh else Refusal("nothing_to_undo")
    if isinstance(back, Refusal):
        turn.refuse(back)
        return
    now = {claim.id: claim.promised for claim in by_id(turn.session, turn.here.id, outcome.claims)}
    waits = any(now[each.claim] == WAITLISTED and each.promised == CLAIMED for each in outcome.moved)
    waits = waits and post.kind == "readback"
    posts.settle(turn.session, post, turn.now, undone="waits" if waits else True)
    turn.seen_done("back.undone_waits" if waits else "back.undone")


def done(post: Post) -> Outcome:
    """What was done, as a post on somebody's screen says it."""
    body = post.body
    if post.kind == "chained":
        made = [Moved(id, changes) for id, changes in body["made"]]
        ended = [Moved(id, changes, promised=CLAIMED) for id, changes in body["ended"]]
        return Outcome("chain", post.occurrence_id, (*made, *ended))
    was, waited = dict(body.get("was", ())), body.get("waited", [])
    states = {"join": "", "wait": "", "leave": CLAIMED}
    moved = tuple(
        Moved(
            id,
            changes,
            promised=WAITLISTED if id in waited else states.get(body["verb"], CLAIMED),
            happened=was.get(id, UNKNOWN),
        )
        for id, changes in body["claims"]
    )
    return Outcome(body["verb"], post.occurrence_id, moved)


def accept(turn: Turn, post: Post, *, yes: bool) -> None:
    """接受 and 谢绝 under an offer."""
    claim = turn.session.get(Claim, (turn.here.id, post.claim_id))
    on = roster_by_id(turn.work, post.occurrence_id)
    meant = claim is not None and on is not None and str(claim.changes) == post.occasion
    came = withdrawing.answer_offer(turn.work, on, claim, yes=yes) if meant and on and claim else Refusal("no_offer")
    if isinstance(came, Refusal):
        if claim is not None and claim.promised == CLAIMED and yes:
            turn.tell("offer.accepted")
            return
        turn.refuse(came)
        return
    if yes and on is not None and claim is not None and turn.kind(on.occurrence).confides:  # now it may be told
        body = {"verb": "join", "claims": [[claim.id, claim.changes]]}
        turn.privately("readback", member_id=claim.member_id, body=body, occurrence_id=on.occurrence.id)
    answer = "accepted" if yes else "declined"
    posts.settle(turn.session, post, turn.now, answer=answer)
    turn.seen_done(f"offer.{answer}")
