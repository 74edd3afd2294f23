"""People: put down without an account, called by another name, found to be one person, left in peace."""

from __future__ import annotations

from sqlmodel import col, select

from core import claims, posts
from core.deeds.outcome import Outcome
from core.deeds.whole import deed
from core.ids import new_id
from core.members import Member
from core.weeks import rosters_of
from core.work import Work


@deed
def enrol(work: Work, name: str, *, proxy: bool) -> Member:
    """A new member who has no account. `proxy`: who acts speaks for them and hears their reminders."""
    who = Member(
        community_id=work.here.id,
        id=new_id(work.now),
        name=name,
        proxy_id=work.by.member if proxy else None,
        named=True,
    )
    work.session.add(who)
    work.session.flush()
    return who


@deed
def rename(work: Work, who: Member, name: str) -> Outcome:
    """From now on rosters call them so."""
    who.name, who.named = name, True
    work.session.add(who)
    work.log("named", member=who.id)
    touch_rosters_of(work, who.id)
    return Outcome("named")


@deed
def hush(work: Work, who: Member, *, quiet: bool) -> Outcome:
    """From now on only reminders, and what changed; or everything again."""
    who.quiet = quiet
    work.session.add(who)
    return Outcome("quiet")


def touch_rosters_of(work: Work, member_id: int) -> None:
    """Every roster that shows this member is to be shown anew."""
    ids = work.session.exec(
        select(claims.Claim.occurrence_id)
        .where(
            claims.Claim.community_id == work.here.id,
            claims.Claim.member_id == member_id,
            col(claims.Claim.promised).in_(claims.LIVE),
        )
        .distinct()
    ).all()
    posts.touch(work.session, rosters_of(work.session, work.here.id, ids), work.now)
