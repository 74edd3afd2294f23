"""Giving somebody a role, and taking it back. It is in the log, and what they may not read any more goes at once."""

from __future__ import annotations

from core import roles
from core.confiding import look_again
from core.deeds.whole import deed
from core.members import Member
from core.roles import Given, RoleGiven
from core.rules import Refusal
from core.work import Work


@deed
def appoint(work: Work, who: Member, role: Given | None) -> Refusal | None:
    """From now on this is their role; None: they have none. Of who coordinates anyhow it says nothing."""
    if not work.may("roles"):
        return Refusal("coordinators_only")
    if role is None:
        roles.forget(work.session, work.here.id, who.id)
    else:
        row = RoleGiven(community_id=work.here.id, member_id=who.id, role=role, by_member=work.by.member, at=work.now)
        roles.give(work.session, row)
    work.forget_roles()
    work.log(f"role_{role}" if role else "role_ended", member=who.id)
    look_again(work.session, work.here.id, work.now, members=[who.id])
    return None
