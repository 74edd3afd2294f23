"""What is done with the register: somebody is put down with their consent, corrected, and taken off without a trace."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select

from core import consents, posts
from core.activities import CLOSED, OPEN, Occurrence
from core.confided import Confided
from core.confiding import look_again
from core.consents import REGISTER, VISITORS
from core.deeds.forgotten import look_on_monday
from core.deeds.whole import deed
from core.drafts import Draft
from core.elders import CONSENT, FIELDS, Elder, ReadElder, slots_of_elder
from core.ids import new_id
from core.posts import Post
from core.rounds import VisitReport
from core.visited import waiting_for
from core.work import Work

CARD = "visit.card"
GONE = "…"
"""What stands in the place of what was said of somebody who is of the register no more."""


@deed
def register(
    work: Work, said: ReadElder, text: str = CONSENT, agreed: datetime | None = None, *, shared: bool = True
) -> Elder:
    """Put somebody down, with the consent that who acts has taken. What waits to be posted, or is, knows them then.

    `text`: to which sentence they agreed; `agreed`: when, if not now; `shared`: and who visits them may read it.
    """
    row = Elder.of(work.here.id, new_id(work.now), said, work.by.member, work.now, text)
    row.consent_at = agreed or work.now
    work.session.add(row)
    work.session.flush()
    for purpose in (REGISTER, VISITORS) if shared else (REGISTER,):
        consents.give(work, purpose, text, elder=row.id, at=agreed)
    work.log("elder_registered", matter=row.id)
    look_on_monday(work)
    for slot, words in waiting_for(work, row):
        slot.elder_id, slot.confided = row.id, Confided(words)
        work.session.add(slot)
        drafts = posts.standing(work.session, work.here.id, slot.occurrence_id, "draft")
        posts.touch(work.session, drafts, work.now)
    return row


@deed
def correct(work: Work, row: Elder, said: ReadElder) -> None:
    """Write down what is otherwise. What stands on screens, and what is still to be sent, says it so from now on."""
    row.write(said)
    row.kept_by, row.kept_at = work.by.member, work.now
    work.session.add(row)
    work.session.flush()
    work.log("elder_corrected", matter=row.id)
    show_anew(work, row.id)


@deed
def take_off(work: Work, row: Elder, *, withdrew: bool = False) -> list[int]:
    """They are of the register no more: nothing of them is kept, and nothing of them is sent from now on.

    `withdrew`: they took their consent back. The log knows that, and no name. Returns the activities to come in which
    they were to be visited.
    """
    said, id = row.read(), row.id
    slots = slots_of_elder(work.session, work.here.id, id)
    for slot in slots:
        slot.confided = Confided()
        work.session.add(slot)
    strike(work, id, said)
    said_of = (VisitReport.community_id == work.here.id, VisitReport.elder_id == id)
    for told in work.session.exec(select(VisitReport).where(*said_of)).all():
        told.words, told.handed_at = Confided(), None
        work.session.add(told)
    work.session.delete(row)
    consents.end(work, elder=id)
    work.log("elder_withdrew" if withdrew else "elder_deleted", matter=id)
    show_anew(work, id)
    rows = visited_in(work, {s.occurrence_id for s in slots})
    return [o.id for o in rows if o.state in (OPEN, CLOSED) and o.starts_at is not None and o.ends() > work.now]


def strike(work: Work, id: int, said: ReadElder) -> None:
    """Take what was written of them out of the activities that they were visited in, and of what was read of those."""
    about = {slot.occurrence_id for slot in slots_of_elder(work.session, work.here.id, id)}
    told = [value for name in FIELDS if len(value := getattr(said, name)) > 1 and name not in ("building", "born")]
    for o in visited_in(work, about):
        for name in ("title_confided", "place_confided", "bring_confided", "confided"):
            setattr(o, name, Confided(struck(getattr(o, name).privately(), told)))
        work.session.add(o)
    quoted = [json.dumps(value)[1:-1] for value in told]
    here = Draft.community_id == work.here.id
    for draft in work.session.exec(select(Draft).where(here, col(Draft.occurrence_id).in_(about))).all():
        if not draft.kept.lost:
            draft.kept = Confided(struck(draft.kept.privately(), quoted))
            work.session.add(draft)


def visited_in(work: Work, ids: Collection[int]) -> Sequence[Occurrence]:
    here = Occurrence.community_id == work.here.id
    return work.session.exec(select(Occurrence).where(here, col(Occurrence.id).in_(ids))).all()


def struck(words: str, told: Sequence[str]) -> str:
    for each in sorted(told, key=len, reverse=True):
        words = words.replace(each, GONE)
    return words


def show_anew(work: Work, id: int) -> None:
    """Whatever shows somebody of the register is rendered once more."""
    for about in {slot.occurrence_id for slot in slots_of_elder(work.session, work.here.id, id)}:
        look_again(work.session, work.here.id, work.now, occurrence_id=about)
        drafts = posts.standing(work.session, work.here.id, about, "draft")
        posts.touch(work.session, drafts, work.now)
    cards = work.session.exec(select(Post).where(Post.community_id == work.here.id, Post.occurrence_id == id)).all()
    for post in cards:
        if post.state == posts.ENDED:
            post.state = posts.SETTLED
    posts.touch(work.session, cards, work.now)
